"""Keep what somebody typed for an authorisation that is not drawn up yet (C14)."""

import datetime
import uuid
from uuid import UUID

from mahis.domain.parties import Actor
from mahis.domain.refusals import Forbidden, NotFound, Refused
from mahis.store.models import Draft
from mahis.usecases._transaction import in_one_transaction

#: Bounds on what one draft holds, far above any form; a draft is not a store for files.
_LONGEST_TEXT = 500
_MOST_FIELDS = 20
_MOST_CHOICES = 200

Typed = dict[str, str | list[str]]


class DraftUnknown(NotFound):
    """There is no such draft, or it is somebody else's."""

    code = "draftUnknown"


class DraftTooLarge(Refused):
    """More was typed than a draft can hold."""

    code = "draftTooLarge"


class OnlyManagersDraw(Forbidden):
    """Only managers of an enterprise draw up authorisations."""

    code = "onlyManagersDraw"


@in_one_transaction
def save(*, actor: Actor, draft_id: UUID | None, typed: Typed, at: datetime.datetime) -> UUID:
    """Keep what was typed, in a new draft or in one of one's own; gives the draft's id.

    A page can be made with an id that no draft has yet: its first click makes the draft, and a
    second click finds it. Raises OnlyManagersDraw, DraftTooLarge or DraftUnknown.
    """
    if not actor.manages or actor.side is None:
        raise OnlyManagersDraw
    _require_small(typed)
    draft_id = draft_id or uuid.uuid4()
    Draft.objects.get_or_create(
        pk=draft_id,
        defaults={
            "person": actor.person.insz,
            "enterprise": actor.enterprise,
            "side": actor.side,
            "created_at": at,
            "changed_at": at,
        },
    )
    draft = _own(actor, draft_id)
    draft.typed = typed
    draft.changed_at = at
    draft.save()
    return draft.pk


@in_one_transaction
def discard(*, actor: Actor, draft_id: UUID) -> None:
    """Throw away a draft that nothing was drawn up from; raises DraftUnknown."""
    draft = _own(actor, draft_id)
    draft.delete()


def _own(actor: Actor, draft_id: UUID) -> Draft:
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .filter(
            pk=draft_id,
            person=actor.person.insz,
            enterprise=actor.enterprise,
            side=actor.side,
            authorisation=None,
        )
        .first()
    )
    if draft is None:
        raise DraftUnknown
    return draft


def _require_small(typed: Typed) -> None:
    texts = [
        text for value in typed.values() for text in ([value] if isinstance(value, str) else value)
    ]
    if (
        len(typed) > _MOST_FIELDS
        or len(texts) > _MOST_CHOICES
        or any(len(text) > _LONGEST_TEXT for text in texts)
    ):
        raise DraftTooLarge
