"""What notices say and carry: the facts that they are written from, read together for many."""

import dataclasses
import datetime
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils import timezone

from mahis.domain.documents import DocumentKind, RejectionReason, file_name
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.notices import CARRIES_DOCUMENT, Channel, Telling
from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.gateways.notices import NoticeFacts, ToldMandate, ToldParty
from mahis.store import loading
from mahis.store.models import AuthorisationDocument, HistoryEntry, Mandate, Notice
from mahis.usecases.send_notices.leasing import Leased

_log = logging.getLogger(__name__)

#: Largest document that goes with a notice; whoever wants a larger one follows the link.
LARGEST = 6 * 2**20
#: Tellings that name the limit for signing.
_WITH_LIMIT = frozenset(
    {Telling.DRAWN_UP, Telling.SIGNED_BY_ONE, Telling.EXPIRED, Telling.SIGN_REMINDER}
)

#: Gives the full address at which a recipient goes on; for None, about no authorisation.
Address = Callable[[AuthorisationReference | None], str]
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


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Read:
    """What is read once for many notices."""

    entries: Mapping[int, Sequence[HistoryEntry]]
    mandates: Mapping[int, Mapping[int, Mandate]]
    names: Mapping[Language, Mapping[EnterpriseNumber, str]]
    documents: Mapping[int, Attached]


def contents(
    *, leased: Iterable[Leased], speaks: Speaks, address: Address
) -> dict[uuid.UUID, Content]:
    """Give what each notice is made from; what cannot be made is left out, and the log says why."""
    channels = {each.notice: each.channel for each in leased}
    rows = list(Notice.objects.filter(pk__in=channels).select_related("authorisation"))
    languages = {row.pk: speaks(channels[row.pk], row.language) for row in rows}
    read = _read(rows, languages)
    found = {}
    for row in rows:
        try:
            found[row.pk] = _content(row, languages[row.pk], read, address)
        except (ValueError, LookupError, Refused):
            # Nobody's number stands in these: they are about codes, places and quarters.
            _log.exception("the notice %s cannot be written", row.pk)
    return found


def _read(rows: Sequence[Notice], languages: Mapping[uuid.UUID, Language]) -> _Read:
    authorisations = {row.authorisation_id for row in rows if row.authorisation_id is not None}
    entries: dict[int, list[HistoryEntry]] = {}
    for entry in HistoryEntry.objects.filter(authorisation__in=authorisations).order_by("number"):
        entries.setdefault(entry.authorisation_id, []).append(entry)
    mandates: dict[int, dict[int, Mandate]] = {}
    for mandate in Mandate.objects.filter(authorisation__in=authorisations).select_related("group"):
        mandates.setdefault(mandate.authorisation_id, {})[mandate.place] = mandate
    names = {
        language: loading.names_of(
            {
                number
                for row in rows
                if languages[row.pk] is language
                for number in _parties(row).values()
            },
            language=language,
        )
        for language in set(languages.values())
    }
    carrying = {row.authorisation_id for row in rows if row.telling in CARRIES_DOCUMENT}
    return _Read(
        entries=entries, mandates=mandates, names=names, documents=_documents(carrying - {None})
    )


def _parties(row: Notice) -> dict[Side, EnterpriseNumber]:
    if row.authorisation is None:
        return {row.side: loading.number_of(row.recipient_id)}
    return {
        Side.MANDATOR: loading.number_of(row.authorisation.mandator_id),
        Side.MANDATARY: loading.number_of(row.authorisation.mandatary_id),
    }


def _documents(authorisations: Iterable[int | None]) -> dict[int, Attached]:
    """Give the newest form of each authorisation, with the signatures that it has."""
    rows = AuthorisationDocument.objects.filter(
        authorisation__in=authorisations,
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


def _content(row: Notice, language: Language, read: _Read, address: Address) -> Content:
    step = _step(row, read)
    first = step[0] if step else None
    authorisation = row.authorisation
    parties = _parties(row)
    facts = NoticeFacts(
        telling=row.telling,
        side=row.side,
        must_act=row.must_act,
        reference=None if authorisation is None else authorisation.reference,
        mandates=tuple(_mandates(row, step, language, read)),
        parties={
            side: ToldParty(number=number, name=read.names[language][number])
            for side, number in parties.items()
        },
        kind=first.kind if first else Kind.CLOCK,
        acted=_acted(first, parties),
        act=first.act if first else None,
        rejection=_rejection(first),
        reason=first.reason if first else "",
        last_day=_last_day(row),
        link=address(None if authorisation is None else authorisation.reference),
        on=timezone.localtime(row.created_at).date(),
    )
    carried = None
    if authorisation is not None and row.telling in CARRIES_DOCUMENT:
        carried = read.documents.get(authorisation.pk)
    return Content(facts=facts, language=language, attached=carried)


def _step(row: Notice, read: _Read) -> list[HistoryEntry]:
    """Give the entries of the act that a notice tells of; none for a warning."""
    if row.history_number is None or row.authorisation_id is None:
        return []
    entries = read.entries[row.authorisation_id]
    (first,) = [entry for entry in entries if entry.number == row.history_number]
    return [entry for entry in entries if entry.version == first.version]


def _mandates(
    row: Notice, step: Sequence[HistoryEntry], language: Language, read: _Read
) -> Iterable[ToldMandate]:
    entries = {entry.place: entry for entry in step}
    for place in sorted(row.places):
        assert row.authorisation_id is not None
        mandate = read.mandates[row.authorisation_id][place]
        yield ToldMandate(
            place=place,
            group=mandate.group.name_in(language.value),
            period=_period(mandate, entries[place]) if step else mandate.quarters,
        )


def _period(mandate: Mandate, entry: HistoryEntry) -> QuarterPeriod:
    """Give the period as it was after a step, whatever came later."""
    end = entry.evidence.get("end")
    return QuarterPeriod(mandate.quarters.start, None if end is None else Quarter.parse(str(end)))


def _acted(entry: HistoryEntry | None, parties: Mapping[Side, EnterpriseNumber]) -> Side | None:
    if entry is None or entry.kind is not Kind.PARTY:
        return None
    (side,) = [side for side, number in parties.items() if number == entry.enterprise]
    return side


def _rejection(entry: HistoryEntry | None) -> RejectionReason | None:
    if entry is None or entry.act is not Act.REJECT:
        return None
    return RejectionReason(entry.evidence["rejection"])


def _last_day(row: Notice) -> datetime.date | None:
    if row.telling is Telling.PROVIDER_LAPSES_SOON:
        return row.warns_of
    if row.telling in _WITH_LIMIT and row.authorisation is not None:
        return row.authorisation.expires_on
    return None
