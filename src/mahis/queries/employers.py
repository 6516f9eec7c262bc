"""Enterprises as NSSO employers, for officers: found, shown, and what the office wrote (N2)."""

import dataclasses
import datetime
from collections.abc import Iterable

from mahis.domain.changes import Subject
from mahis.domain.employers import Source
from mahis.domain.identifiers import EnterpriseNumber, NssoNumber
from mahis.domain.mandate import State
from mahis.domain.parties import Actor, Side
from mahis.domain.refusals import Refused
from mahis.queries import cards, changes, labels, party_search, party_text
from mahis.queries.cards import PartyCard
from mahis.queries.changes import Change
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import loading
from mahis.store.models import Employer, Mandate

#: The most that a page lists.
MOST = 50
#: Rows of names looked at in one search, as one enterprise can have several.
_MOST_NAMES = 4 * MOST
#: Establishments have names too, under numbers from here on.
_FIRST_ESTABLISHMENT = 2_000_000_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class RegistrationRow:
    """One registration of an enterprise as an employer."""

    #: Number of its row, which acts name it by.
    key: int
    nsso_number: NssoNumber
    begins: datetime.date
    #: The last day; None while no end is known.
    ends: datetime.date | None
    #: Whether the office wrote it and no register file has said the same yet.
    by_office: bool
    #: Whether it is in force on the day.
    in_force: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class EmployerDetails:
    """One enterprise as an employer."""

    card: PartyCard
    #: The newest first.
    registrations: tuple[RegistrationRow, ...]
    #: Mandates that wait until it is an employer.
    waiting: int
    #: Active mandates for groups of employers.
    active: int
    #: The newest first.
    changes: tuple[Change, ...]

    @property
    def goes_on(self) -> bool:
        """Whether a registration has no end, so that no other can follow it yet."""
        return any(each.ends is None for each in self.registrations)

    @property
    def version(self) -> int:
        """The number of the last change; 0 where there is none."""
        return self.changes[0].number if self.changes else 0

    def registration(self, key: int) -> RegistrationRow | None:
        """Give one of the registrations; None where there is none of this key."""
        return next((each for each in self.registrations if each.key == key), None)


@dataclasses.dataclass(frozen=True, kw_only=True)
class FoundEmployer:
    """An enterprise in a list, with its newest registration, if any."""

    number: EnterpriseNumber
    name: str
    registration: RegistrationRow | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class FoundEmployers:
    """What a search found."""

    rows: tuple[FoundEmployer, ...] = ()
    #: Whether there are more than the rows.
    more: bool = False
    #: Why nothing can be searched for with what was typed.
    refusal: Refused | None = None


def one(
    *, actor: Actor, number: EnterpriseNumber, on: datetime.date, language: str
) -> EmployerDetails | None:
    """Show one enterprise as an employer; None where the register does not know it.

    Raises OfficersOnly.
    """
    _require_officer(actor)
    card = cards.of_enterprises([number], on=on, language=language).get(number)
    if card is None:
        return None
    rows = Employer.objects.filter(enterprise=number).order_by("-begins", "-id")
    mandates = Mandate.objects.filter(mandator_id=number)
    return EmployerDetails(
        card=card,
        registrations=tuple(_row(each, on) for each in rows),
        waiting=mandates.filter(state=State.IDENTIFICATION).count(),
        active=mandates.filter(state=State.ACTIVE, group__employers_only=True).count(),
        changes=changes.of(actor=actor, subject=Subject.EMPLOYER, key=number.digits),
    )


def found(*, actor: Actor, text: str, on: datetime.date, language: str) -> FoundEmployers:
    """Find enterprises by number, NSSO number or a part of the name; raises OfficersOnly.

    Never raises for what was typed: the refusal is part of the answer.
    """
    _require_officer(actor)
    try:
        typed = party_text.read(text, side=Side.MANDATOR)
        by_number = party_search.numbered(typed, on=None)
        numbers = by_number if typed.is_number else _named(typed.words)
    except Refused as refusal:
        return FoundEmployers(refusal=refusal)
    rows = _list(list(dict.fromkeys(numbers))[: MOST + 1], on=on, language=language)
    return FoundEmployers(rows=rows[:MOST], more=len(rows) > MOST)


def unconfirmed(*, actor: Actor, on: datetime.date, language: str) -> FoundEmployers:
    """List whom the office wrote down and no register file has confirmed; raises OfficersOnly."""
    _require_officer(actor)
    rows = Employer.objects.filter(source=Source.OFFICE).order_by("-begins", "-id")
    numbers = dict.fromkeys(rows.values_list("enterprise", flat=True)[: MOST + 1])
    listed = _list(numbers, on=on, language=language)
    return FoundEmployers(rows=listed[:MOST], more=len(listed) > MOST)


def _require_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise OfficersOnly


def _named(words: Iterable[str]) -> list[EnterpriseNumber]:
    """Give the enterprises that have the words in a name; establishments have others' numbers."""
    names = party_search.named(words).filter(entity__lt=_FIRST_ESTABLISHMENT)
    found_names = names.order_by("folded", "entity").values_list("entity", flat=True)
    return [EnterpriseNumber.from_int(entity) for entity in found_names[:_MOST_NAMES]]


def _list(
    numbers: Iterable[EnterpriseNumber], *, on: datetime.date, language: str
) -> tuple[FoundEmployer, ...]:
    wanted = list(numbers)
    newest: dict[EnterpriseNumber, Employer] = {}
    for row in Employer.objects.filter(enterprise__in=wanted).order_by("begins", "id"):
        newest[row.enterprise] = row
    known = cards.of_enterprises(wanted, on=on, language=language)
    names = loading.names_of(known, language=labels.language_of(language))
    return tuple(
        FoundEmployer(
            number=number,
            name=names[number],
            registration=_row(newest[number], on) if number in newest else None,
        )
        for number in known
    )


def _row(row: Employer, on: datetime.date) -> RegistrationRow:
    return RegistrationRow(
        key=row.pk,
        nsso_number=NssoNumber(row.nsso_number),
        begins=row.begins,
        ends=row.ends,
        by_office=row.source is Source.OFFICE,
        in_force=row.begins <= on and (row.ends is None or row.ends >= on),
    )
