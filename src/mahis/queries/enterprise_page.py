"""Everything that officers look up about one enterprise: register, qualities, mandates (N2)."""

import dataclasses
import datetime
from collections.abc import Mapping

from django.db.models import Count

from mahis.domain.changes import Subject
from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, NssoNumber
from mahis.domain.mandate import State
from mahis.domain.parties import Actor, Language, ProviderStatus, Side
from mahis.queries import cards, changes, labels, representatives
from mahis.queries.cards import PartyCard
from mahis.queries.changes import Change
from mahis.queries.representatives import OwnRepresentatives
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import loading
from mahis.store.models import (
    Employer,
    Enterprise,
    EnterpriseContact,
    EnterpriseName,
    Mandate,
    Provider,
    Secretariat,
    UserAccount,
)
from mahis.store.shown_state import shown_state

_SITUATION = "JuridicalSituation"
_NORMAL = "000"
#: Changes shown of each quality; their own pages show all.
_MOST_CHANGES = 20
#: Mandates counted for one side; more are "or more".
COUNTED_AT_MOST = 10_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class NameRow:
    """One name in the register."""

    name: str
    #: None where the register does not tell.
    language: Language | None
    is_proper: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class EmployerRow:
    """One registration as an employer."""

    number: NssoNumber
    validity: Validity
    is_in_force: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class SecretariatRow:
    """One recognition as a social secretariat."""

    number: str
    validity: Validity
    is_in_force: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProviderRow:
    """The quality of provider as it is recorded."""

    status: ProviderStatus
    validity: Validity


@dataclasses.dataclass(frozen=True, kw_only=True)
class AccountRow:
    """The account in user management, by which it is told things."""

    validity: Validity
    is_in_force: bool
    ebox_opened_on: datetime.date | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class SideCounts:
    """How many mandates an enterprise has on one side, by the state shown on the day."""

    side: Side
    counts: Mapping[State, int]
    #: Whether there are more than are counted.
    more: bool

    @property
    def total(self) -> int:
        """All of them, as far as they are counted."""
        return sum(self.counts.values())


@dataclasses.dataclass(frozen=True, kw_only=True)
class EnterprisePage:
    """One enterprise with all that is known of it here."""

    card: PartyCard
    #: Label of the juridical situation; empty where it is normal.
    situation: str
    names: tuple[NameRow, ...]
    #: Telephone numbers, mail and web addresses that the register has.
    contacts: tuple[str, ...]
    employers: tuple[EmployerRow, ...]
    provider: ProviderRow | None
    secretariats: tuple[SecretariatRow, ...]
    account: AccountRow | None
    sides: tuple[SideCounts, ...]
    #: None where the register does not know its offices.
    representatives: OwnRepresentatives | None
    #: What changed of its qualities, the newest first.
    changes: tuple[tuple[Subject, Change], ...]


def page(
    *, actor: Actor, number: EnterpriseNumber, on: datetime.date, language: str
) -> EnterprisePage | None:
    """Show one enterprise; None where the register does not know it. Raises OfficersOnly."""
    if not actor.is_officer:
        raise OfficersOnly
    row = Enterprise.objects.filter(number=number).first()
    card = cards.of_enterprises([number], on=on, language=language).get(number)
    if row is None or card is None:
        return None
    return EnterprisePage(
        card=card,
        situation=_situation(row, language),
        names=_names(number),
        contacts=tuple(
            EnterpriseContact.objects.filter(entity=number.as_int)
            .order_by("kind", "value")
            .values_list("value", flat=True)
        ),
        employers=_employers(number, on),
        provider=_provider(number),
        secretariats=_secretariats(number, on),
        account=_account(number, on),
        sides=tuple(_counts(number, side, on) for side in Side),
        representatives=_representatives(actor, number, on=on, language=language),
        changes=_changes(actor, number),
    )


def _situation(row: Enterprise, language: str) -> str:
    if row.situation == _NORMAL:
        return ""
    found = labels.of_codes(category=_SITUATION, codes=[row.situation], language=language)
    return found[row.situation]


def _names(number: EnterpriseNumber) -> tuple[NameRow, ...]:
    rows = EnterpriseName.objects.filter(entity=number.as_int).order_by("kind", "language", "id")
    return tuple(
        NameRow(
            name=row.name,
            language=loading.REGISTER_LANGUAGES.get(row.language),
            is_proper=row.kind == "001",
        )
        for row in rows
    )


def _employers(number: EnterpriseNumber, on: datetime.date) -> tuple[EmployerRow, ...]:
    found = []
    for row in Employer.objects.filter(enterprise=number).order_by("-begins", "-id"):
        validity = Validity(row.begins, row.ends)
        found.append(
            EmployerRow(
                number=NssoNumber(row.nsso_number), validity=validity, is_in_force=on in validity
            )
        )
    return tuple(found)


def _provider(number: EnterpriseNumber) -> ProviderRow | None:
    row = Provider.objects.filter(pk=number).first()
    if row is None:
        return None
    return ProviderRow(status=row.status, validity=Validity(row.begins, row.ends))


def _secretariats(number: EnterpriseNumber, on: datetime.date) -> tuple[SecretariatRow, ...]:
    found = []
    for row in Secretariat.objects.filter(enterprise=number).order_by("-begins", "-id"):
        validity = Validity(row.begins, row.ends)
        found.append(
            SecretariatRow(number=row.ssa_number, validity=validity, is_in_force=on in validity)
        )
    return tuple(found)


def _account(number: EnterpriseNumber, on: datetime.date) -> AccountRow | None:
    row = UserAccount.objects.filter(pk=number).first()
    if row is None:
        return None
    validity = Validity(row.begins, row.ends)
    return AccountRow(
        validity=validity, is_in_force=on in validity, ebox_opened_on=row.ebox_opened_on
    )


def _counts(number: EnterpriseNumber, side: Side, on: datetime.date) -> SideCounts:
    all_of_them = Mandate.objects.filter(**{side.value: number})
    some = all_of_them.order_by().values("pk")[: COUNTED_AT_MOST + 1]
    counted = dict(
        Mandate.objects.filter(pk__in=some)
        .annotate(shown=shown_state(on))
        .values("shown")
        .annotate(count=Count("pk"))
        .order_by()
        .values_list("shown", "count")
    )
    counts = {state: counted[state] for state in State if state in counted}
    return SideCounts(side=side, counts=counts, more=sum(counts.values()) > COUNTED_AT_MOST)


def _representatives(
    actor: Actor, number: EnterpriseNumber, *, on: datetime.date, language: str
) -> OwnRepresentatives | None:
    """Show its people as it sees them itself."""
    inside = dataclasses.replace(
        actor, capacity=dataclasses.replace(actor.capacity, enterprise=number)
    )
    return representatives.own(actor=inside, on=on, language=language)


def _changes(actor: Actor, number: EnterpriseNumber) -> tuple[tuple[Subject, Change], ...]:
    found = [
        (subject, change)
        for subject in (Subject.PROVIDER, Subject.EMPLOYER)
        for change in changes.of(actor=actor, subject=subject, key=number.digits)[:_MOST_CHANGES]
    ]
    return tuple(sorted(found, key=lambda each: each[1].at, reverse=True))
