"""What notices say and carry, read together for many."""

import dataclasses
import uuid
from collections.abc import Callable, Iterable, Mapping

from mahis.domain.documents import DocumentKind, file_name
from mahis.domain.notice_facts import NoticeFacts
from mahis.domain.notices import CARRIES_DOCUMENT, Channel
from mahis.domain.parties import Language
from mahis.store import notice_facts
from mahis.store.models import AuthorisationDocument, Notice
from mahis.store.notice_facts import Address
from mahis.usecases.send_notices.leasing import Leased

#: Largest document that goes with a notice; whoever wants a larger one follows the link.
LARGEST = 6 * 2**20

#: Gives the language that a channel has for a recipient's.
Speaks = Callable[[Channel, Language], Language]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Attached:
    """A document that goes with a notice, still in the store of files."""

    sha256: str
    name: str
    #: Whether parties have signed in it.
    is_signed: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that a notice is made from."""

    facts: NoticeFacts
    #: The language to write in: that of the recipient, as far as its channel knows it.
    language: Language
    attached: Attached | None

    @property
    def reference(self) -> str:
        """What the matter is found by; empty for what is about no authorisation."""
        return str(self.facts.reference or "")


def contents(
    *, leased: Iterable[Leased], speaks: Speaks, address: Address
) -> dict[uuid.UUID, Content]:
    """Give what each notice is made from; what cannot be made is left out, and the log says why."""
    channels = {each.notice: each.channel for each in leased}
    rows = list(Notice.objects.filter(pk__in=channels).prefetch_related("authorisation"))
    languages = {row.pk: speaks(channels[row.pk], row.language) for row in rows}
    facts = notice_facts.of_notices(rows, languages=languages, address=address)
    documents = _documents(row.authorisation_id for row in rows if row.telling in CARRIES_DOCUMENT)
    return {
        row.pk: Content(
            facts=facts[row.pk],
            language=languages[row.pk],
            attached=_attached(row, documents),
        )
        for row in rows
        if row.pk in facts
    }


def _documents(authorisations: Iterable[int | None]) -> Mapping[int, Attached]:
    """Give the newest form of each authorisation, with the signatures that it has."""
    rows = AuthorisationDocument.objects.filter(
        authorisation__in=set(authorisations),
        kind__in=[DocumentKind.FORM, DocumentKind.SIGNED],
        document__size__lte=LARGEST,
    )
    return {
        row.authorisation_id: Attached(
            sha256=row.document_id,
            name=file_name(
                reference=row.authorisation.reference,
                kind=row.kind,
                number=row.number,
                language=row.language,
            ),
            is_signed=row.kind is DocumentKind.SIGNED,
        )
        for row in rows.select_related("authorisation").order_by("number")
    }


def _attached(row: Notice, documents: Mapping[int, Attached]) -> Attached | None:
    if row.authorisation_id is None or row.telling not in CARRIES_DOCUMENT:
        return None
    return documents.get(row.authorisation_id)
