"""What became of mandates since a party ceased, or the mandator as an employer."""

import dataclasses
import datetime
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import MandateReference, State
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import Quarter
from mahis.queries import evidence, labels
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import loading
from mahis.store.fields import EnterpriseNumberField
from mahis.store.models import Authorisation, Employer, Enterprise, HistoryEntry

#: How many lines a page of the list has.
PAGE = 50
_ACTS = (Act.CEASE, Act.END_EMPLOYER)
_ONE_DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settled:
    """What became of one mandate since something ceased."""

    act: Act
    at: datetime.datetime
    #: The party that has ceased; for an employer that is one no more, the mandator.
    side: Side
    #: The last day on which it was active, or an employer.
    last_day: datetime.date
    after: State
    #: The end quarter after it, where the mandate has one.
    end: Quarter | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class SettledLine:
    """The same in the officers' list."""

    reference: MandateReference
    settled: Settled
    number: EnterpriseNumber
    name: str
    #: Whether the register says otherwise today; nothing is undone by itself.
    is_back: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class SettledPage:
    """One page of the list, the newest first."""

    lines: tuple[SettledLine, ...]
    total: int
    #: How many lines there are of enterprises of which the register says otherwise today.
    back: int

    @property
    def pages(self) -> int:
        """The number of pages."""
        return -(-self.total // PAGE)


def of_authorisation(row: Authorisation) -> dict[int, Settled]:
    """Give what became last of the mandate at each place of an authorisation."""
    entries = HistoryEntry.objects.filter(authorisation=row, act__in=_ACTS).order_by("number")
    read = {entry.place: _settled(entry) for entry in entries}
    return {place: settled for place, settled in read.items() if settled is not None}


def all_settled(
    *, actor: Actor, on: datetime.date, language: str, page: int = 1, only_back: bool = False
) -> SettledPage:
    """List the mandates touched; `only_back`: those of whom the register says otherwise today.

    Raises OfficersOnly.
    """
    if not actor.is_officer:
        raise OfficersOnly
    entries, back = HistoryEntry.objects.filter(act__in=_ACTS), _back(on)
    wanted = back if only_back else entries
    count_back = back.count()
    total = count_back if only_back else entries.count()
    first = (max(page, 1) - 1) * PAGE
    newest = wanted.select_related("authorisation").order_by("-at", "-id")
    rows = list(newest[first : first + PAGE])
    keys = set(back.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return SettledPage(lines=_lines(rows, keys, language), total=total, back=count_back)


def _back(on: datetime.date) -> QuerySet[HistoryEntry]:
    """Give the entries about enterprises of which the register says otherwise by now."""
    employs = Employer.objects.filter(loading.in_force(on), enterprise=OuterRef("gone"))
    active = Enterprise.objects.filter(
        Q(ceased_on=None) | Q(ceased_on__gt=OuterRef("ceased_on")), pk=OuterRef("gone")
    )
    of_mandatary = Q(act=Act.CEASE, ceased_side=Side.MANDATARY.value)
    return (
        HistoryEntry.objects.filter(act__in=_ACTS)
        .annotate(
            ceased_side=KeyTextTransform("ceased", "evidence"),
            last_day=Cast(KeyTextTransform("lastDay", "evidence"), DateField()),
        )
        .annotate(
            ceased_on=ExpressionWrapper(F("last_day") + _ONE_DAY, DateField()),
            gone=Case(
                When(of_mandatary, then=F("authorisation__mandatary")),
                default=F("authorisation__mandator"),
                output_field=EnterpriseNumberField(),
            ),
        )
        .annotate(
            is_back=Case(
                When(act=Act.CEASE, then=Exists(active)),
                When(act=Act.END_EMPLOYER, then=Exists(employs)),
                default=Value(value=False),
            )
        )
        .filter(is_back=True)
    )


def _lines(
    rows: Sequence[HistoryEntry], back: AbstractSet[int], language: str
) -> tuple[SettledLine, ...]:
    read = [(row, settled) for row in rows if (settled := _settled(row)) is not None]
    numbers = {row.pk: _number(row, settled.side) for row, settled in read}
    names = loading.names_of(set(numbers.values()), language=labels.language_of(language))
    return tuple(
        SettledLine(
            reference=MandateReference(row.authorisation.reference, row.place),
            settled=settled,
            number=numbers[row.pk],
            name=names[numbers[row.pk]],
            is_back=row.pk in back,
        )
        for row, settled in read
    )


def _number(row: HistoryEntry, side: Side) -> EnterpriseNumber:
    authorisation = row.authorisation
    parties = {Side.MANDATOR: authorisation.mandator_id, Side.MANDATARY: authorisation.mandatary_id}
    return loading.number_of(parties[side])


def _settled(row: HistoryEntry) -> Settled | None:
    """Read an entry; None where somebody tampered with it, which the history page says."""
    (read,) = evidence.read_all([row.evidence], language="")
    side, last_day = read.ceased, read.last_day
    if row.act is Act.END_EMPLOYER:
        side, last_day = Side.MANDATOR, read.employer_until
    if side is None or last_day is None:
        return None
    return Settled(
        act=row.act, at=row.at, side=side, last_day=last_day, after=row.after, end=read.end
    )
