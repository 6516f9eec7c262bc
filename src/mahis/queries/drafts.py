"""What somebody typed and has not drawn up yet (C14)."""

import dataclasses
import datetime
from uuid import UUID

from django.db.models import QuerySet

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor
from mahis.store.models import Draft

#: As many as a list shows; somebody with more finds the newest.
_MOST = 50


@dataclasses.dataclass(frozen=True, kw_only=True)
class DraftLine:
    """One unfinished form."""

    draft_id: UUID
    created_at: datetime.datetime
    changed_at: datetime.datetime
    #: What was typed, by field name.
    typed: dict[str, str | list[str]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpenDraft:
    """One form as it was left, and what was drawn up from it if that is done."""

    typed: dict[str, str | list[str]]
    #: Set once something was drawn up from it: the form is over then.
    authorisation: AuthorisationReference | None


def of_actor(*, actor: Actor) -> tuple[DraftLine, ...]:
    """Give a person's unfinished forms in this capacity, last changed first."""
    unfinished = _own(actor).filter(authorisation=None).order_by("-changed_at", "id")
    return tuple(
        DraftLine(
            draft_id=draft.pk,
            created_at=draft.created_at,
            changed_at=draft.changed_at,
            typed=draft.typed,
        )
        for draft in unfinished[:_MOST]
    )


def typed(*, actor: Actor, draft_id: UUID) -> OpenDraft | None:
    """Give one of a person's own forms; None where there is none, or somebody else's."""
    draft = _own(actor).filter(pk=draft_id).select_related("authorisation").first()
    if draft is None:
        return None
    made = draft.authorisation
    return OpenDraft(typed=draft.typed, authorisation=None if made is None else made.reference)


def _own(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(
        person=actor.person.insz, enterprise=actor.enterprise, side=actor.side
    )
