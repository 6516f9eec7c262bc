"""What notices tell, read from what happened: for those who send them, and those who show them."""

import dataclasses
import datetime
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils import timezone

from mahis.domain.changes import Subject
from mahis.domain.documents import RejectionReason
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import (
    RUNNING_STATES,
    AuthorisationReference,
    MandateReference,
    State,
)
from mahis.domain.notice_facts import (
    WITH_A_LAST_DAY,
    WITH_A_SUCCESSOR,
    NoticeFacts,
    ToldMandate,
    ToldParty,
)
from mahis.domain.notices import Telling
from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.store import loading, told_delegations
from mahis.store.models import Authorisation, Change, HistoryEntry, Mandate, Notice

_log = logging.getLogger(__name__)

#: What of a history entry is told; nothing else is read.
_TOLD_OF_ENTRIES = (
    "authorisation_id",
    "number",
    "at",
    "version",
    "place",
    "act",
    "before",
    "after",
    "kind",
    "enterprise",
    "reason",
    "evidence",
)

#: Tellings whose last day the history keeps, and under which name.
_LAST_DAYS_IN_HISTORY = {
    Telling.PARTY_CEASED: "lastDay",
    Telling.EMPLOYER_CEASED: "employerUntil",
}

#: Gives the full address at which a recipient goes on, for an authorisation or, where a notice is
#: about none, for what it tells.
Address = Callable[[AuthorisationReference | Telling], str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Read:
    """What is read once for many notices."""

    entries: Mapping[int, Sequence[HistoryEntry]]
    mandates: Mapping[int, Mapping[int, Mandate]]
    names: Mapping[Language, Mapping[EnterpriseNumber, str]]
    #: Changes of providers, by the digits of the enterprise and their number.
    changes: Mapping[tuple[str, int], Change]
    #: The mandatary of each authorisation that took, or was to take, the place of another.
    successors: Mapping[int, EnterpriseNumber]


def of_notices(
    rows: Sequence[Notice], *, languages: Mapping[uuid.UUID, Language], address: Address
) -> dict[uuid.UUID, NoticeFacts]:
    """Give what each notice tells, with names in a language of its own.

    The authorisations are read with the rows. What cannot be told, because somebody tampered with
    what happened, is left out, and the log says why.
    """
    read = _read(rows, languages)
    found = {}
    for row in rows:
        try:
            found[row.pk] = _facts(row, languages[row.pk], read, address)
        except (ValueError, LookupError, Refused):
            # Nobody's number stands in these: they are about codes, places and quarters.
            _log.exception("the notice %s cannot be written", row.pk)
    return found


def _read(rows: Sequence[Notice], languages: Mapping[uuid.UUID, Language]) -> _Read:
    authorisations = {row.authorisation_id for row in rows if row.authorisation_id is not None}
    entries: dict[int, list[HistoryEntry]] = {}
    history = HistoryEntry.objects.filter(authorisation__in=authorisations).only(*_TOLD_OF_ENTRIES)
    for entry in history.order_by("number"):
        entries.setdefault(entry.authorisation_id, []).append(entry)
    mandates: dict[int, dict[int, Mandate]] = {}
    # Many mandates share few groups, and many notices few authorisations: each is read once.
    given = Mandate.objects.filter(authorisation__in=authorisations).prefetch_related("group")
    for mandate in given.only("authorisation_id", "place", "quarters", "group_id"):
        mandates.setdefault(mandate.authorisation_id, {})[mandate.place] = mandate
    successors = _successors(rows, entries)
    delegates = told_delegations.delegates_in(each for step in entries.values() for each in step)
    names = {
        language: loading.names_of(
            {
                number
                for row in rows
                if languages[row.pk] is language
                for number in _parties(row).values()
            }
            | set(successors.values())
            | delegates,
            language=language,
        )
        for language in set(languages.values())
    }
    return _Read(
        entries=entries,
        mandates=mandates,
        names=names,
        changes=_changes(rows),
        successors=successors,
    )


def _changes(rows: Sequence[Notice]) -> dict[tuple[str, int], Change]:
    """Read the changes of providers that notices tell of."""
    wanted = {key for row in rows if (key := _change_of(row)) is not None}
    if not wanted:
        return {}
    found = Change.objects.filter(
        subject=Subject.PROVIDER,
        key__in={key for key, _ in wanted},
        number__in={number for _, number in wanted},
    )
    return {(each.key, each.number): each for each in found}


def _change_of(row: Notice) -> tuple[str, int] | None:
    """Name the change that a notice tells of; None for steps and for warnings."""
    if row.authorisation_id is not None or row.history_number is None:
        return None
    return loading.number_of(row.recipient_id).digits, row.history_number


def _successors(
    rows: Sequence[Notice], entries: Mapping[int, Sequence[HistoryEntry]]
) -> Mapping[int, EnterpriseNumber]:
    """Give the mandataries of the authorisations that notices name as newer ones."""
    named = {
        MandateReference.parse(str(entry.evidence["successor"])).authorisation.number
        for row in rows
        if row.telling in WITH_A_SUCCESSOR and row.authorisation_id is not None
        for entry in entries.get(row.authorisation_id, ())
        if "successor" in entry.evidence
    }
    newer = Authorisation.objects.filter(pk__in=named) if named else ()
    return {each.pk: loading.number_of(each.mandatary_id) for each in newer}


def _parties(row: Notice) -> dict[Side, EnterpriseNumber]:
    if row.authorisation is None:
        return {row.side: loading.number_of(row.recipient_id)}
    return {
        Side.MANDATOR: loading.number_of(row.authorisation.mandator_id),
        Side.MANDATARY: loading.number_of(row.authorisation.mandatary_id),
    }


def _facts(row: Notice, language: Language, read: _Read, address: Address) -> NoticeFacts:
    step = _step(row, read)
    first = step[0] if step else None
    key = _change_of(row)
    change = None if key is None else read.changes[key]
    told = first or change
    reference = None if row.authorisation is None else row.authorisation.reference
    parties = _parties(row)
    return NoticeFacts(
        telling=row.telling,
        side=row.side,
        must_act=row.must_act,
        reference=reference,
        mandates=tuple(_mandates(row, step, language, read)),
        parties={
            side: ToldParty(number=number, name=read.names[language][number])
            for side, number in parties.items()
        },
        kind=told.kind if told else Kind.CLOCK,
        acted=_acted(first, parties),
        half_signed=_half_signed(first),
        act=first.act if first else None,
        was_signed=first is not None and first.before in RUNNING_STATES,
        waiting=_waiting(row, step or _before(row, read)),
        successor=_successor(row, first, read.names[language], read),
        rejection=_rejection(first),
        reason=told.reason if told else "",
        last_day=_last_day(row, first, change),
        delegation=told_delegations.of_step(
            row, first, language=language, names=read.names[language]
        ),
        ceased=_ceased(row, first),
        after=first.after if first else None,
        link=address(reference or row.telling),
        on=timezone.localtime(row.created_at).date(),
    )


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
            period=_period(row, mandate, entries[place] if step else None),
        )


def _period(row: Notice, mandate: Mandate, entry: HistoryEntry | None) -> QuarterPeriod:
    """Give the period as it was when the notice was written, whatever came later."""
    if entry is not None:
        end = entry.evidence.get("end")
        last = None if end is None else Quarter.parse(str(end))
    elif row.telling is Telling.ENDS_SOON and row.warns_of is not None:
        last = Quarter.containing(row.warns_of)
    else:
        last = mandate.quarters.end
    return QuarterPeriod(mandate.quarters.start, last)


def _acted(entry: HistoryEntry | None, parties: Mapping[Side, EnterpriseNumber]) -> Side | None:
    if entry is None or entry.kind is not Kind.PARTY:
        return None
    (side,) = [side for side, number in parties.items() if number == entry.enterprise]
    return side


def _half_signed(entry: HistoryEntry | None) -> frozenset[Side]:
    if entry is None:
        return frozenset()
    return frozenset(Side(side) for side in entry.evidence.get("halfSigned", ()))


def _rejection(entry: HistoryEntry | None) -> RejectionReason | None:
    if entry is None or entry.act is not Act.REJECT:
        return None
    return RejectionReason(entry.evidence["rejection"])


def _waiting(row: Notice, step: Sequence[HistoryEntry]) -> bool:
    states = {entry.after for entry in step if entry.place in row.places}
    return states == {State.IDENTIFICATION}


def _before(row: Notice, read: _Read) -> Sequence[HistoryEntry]:
    """Give the last entry of each mandate before a warning, which is no step itself."""
    if row.authorisation_id is None:
        return ()
    entries = read.entries.get(row.authorisation_id, ())
    return tuple({each.place: each for each in entries if each.at <= row.created_at}.values())


def _successor(
    row: Notice,
    entry: HistoryEntry | None,
    names: Mapping[EnterpriseNumber, str],
    read: _Read,
) -> ToldParty | None:
    if entry is None or row.telling not in WITH_A_SUCCESSOR:
        return None
    newer = MandateReference.parse(str(entry.evidence["successor"]))
    number = read.successors[newer.authorisation.number]
    return ToldParty(number=number, name=names[number])


def _ceased(row: Notice, entry: HistoryEntry | None) -> Side | None:
    if row.telling is not Telling.PARTY_CEASED or entry is None:
        return None
    return Side(entry.evidence["ceased"])


def _last_day(
    row: Notice, entry: HistoryEntry | None, change: Change | None
) -> datetime.date | None:
    if change is not None:
        last_day = change.after.get("lastDay")
        return None if last_day is None else datetime.date.fromisoformat(last_day)
    kept = _LAST_DAYS_IN_HISTORY.get(row.telling)
    if kept is not None and entry is not None:
        return datetime.date.fromisoformat(entry.evidence[kept])
    if row.telling is Telling.PROVIDER_LAPSES_SOON:
        return row.warns_of
    if row.telling in WITH_A_LAST_DAY and row.authorisation is not None:
        return row.authorisation.expires_on
    return None
