"""In which capacities a person may act: what the access registry gives, held to the registers."""

import dataclasses
import datetime

from django.db.models import QuerySet

from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Capacity, ProviderStatus, Quality, Role
from mahis.queries import labels
from mahis.store import loading
from mahis.store.models import (
    AccessKind,
    AccessRight,
    Employer,
    Enterprise,
    Provider,
    Secretariat,
)

#: Statuses of a provider in which its people may at least consult.
_CONSULTING_AT_LEAST = frozenset({ProviderStatus.ACTIVE, ProviderStatus.BLOCKED})


@dataclasses.dataclass(frozen=True, kw_only=True)
class OfferedCapacity:
    """One capacity that a person can choose."""

    capacity: Capacity
    enterprise_name: str


def offered(
    *, person: Insz, on: datetime.date, language: str = "en"
) -> tuple[OfferedCapacity, ...]:
    """Give the capacities in which a person may act on a day, by name of the enterprise (A2)."""
    capacities = _capacities(tuple(_rights_of(person, on)), on)
    names = loading.names_of(
        {capacity.enterprise for capacity in capacities}, language=labels.language_of(language)
    )
    choices = (
        OfferedCapacity(capacity=capacity, enterprise_name=names[capacity.enterprise])
        for capacity in capacities
    )
    return tuple(sorted(choices, key=_place_in_list))


def is_offered(*, person: Insz, capacity: Capacity, on: datetime.date) -> bool:
    """Say whether a person may act in exactly this capacity on a day."""
    rights = _rights_of(person, on).filter(enterprise=capacity.enterprise)
    return capacity in _capacities(tuple(rights), on)


def _rights_of(person: Insz, on: datetime.date) -> QuerySet[AccessRight]:
    return AccessRight.objects.filter(loading.in_force(on), person=person)


def _place_in_list(choice: OfferedCapacity) -> tuple[str, EnterpriseNumber, int]:
    quality = list(Quality).index(choice.capacity.quality)
    return (choice.enterprise_name.casefold(), choice.capacity.enterprise, quality)


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Registers:
    """What the registers say on a day about the enterprises that rights are for."""

    known: frozenset[EnterpriseNumber]
    active: frozenset[EnterpriseNumber]
    employers: frozenset[EnterpriseNumber]
    providers: dict[EnterpriseNumber, ProviderStatus]
    secretariats: frozenset[EnterpriseNumber]

    def quality_of(self, right: AccessRight) -> Quality | None:
        """Give the quality that a right is for; None where the registers do not bear it out."""
        if right.kind is AccessKind.OFFICER:
            return Quality.NSSO_OFFICER
        if right.enterprise not in self.known:
            return None
        if right.kind is AccessKind.PROVIDER:
            return Quality.SERVICE_PROVIDER if right.enterprise in self.providers else None
        if right.kind is AccessKind.SECRETARIAT:
            return Quality.SOCIAL_SECRETARIAT if right.enterprise in self.secretariats else None
        if right.enterprise in self.employers:
            return Quality.NSSO_EMPLOYER
        return Quality.COMPANY_WITHOUT_STAFF

    def role_of(self, right: AccessRight) -> Role:
        """Give the role that is left of a right: a blocked provider or ceased enterprise consults.

        Nothing new can be done by either, but what was given before stays readable.
        """
        given: Role = right.role
        if right.kind is AccessKind.OFFICER:
            return given
        blocked = (
            right.kind is AccessKind.PROVIDER
            and self.providers.get(right.enterprise) is not ProviderStatus.ACTIVE
        )
        return Role.CONSULT if blocked or right.enterprise not in self.active else given


def _capacities(rights: tuple[AccessRight, ...], on: datetime.date) -> frozenset[Capacity]:
    """Turn rights into capacities; of two rights to the same, the one to manage counts."""
    registers = _registers(rights, on)
    best: dict[tuple[EnterpriseNumber, Quality], Role] = {}
    for right in rights:
        quality, role = registers.quality_of(right), registers.role_of(right)
        if quality is not None:
            key = (right.enterprise, quality)
            best[key] = Role.MANAGE if Role.MANAGE in (role, best.get(key)) else Role.CONSULT
    return frozenset(
        Capacity(enterprise=enterprise, quality=quality, role=role)
        for (enterprise, quality), role in best.items()
    )


def _registers(rights: tuple[AccessRight, ...], on: datetime.date) -> _Registers:
    """Read the registers; those that no right is about are not asked."""
    numbers = {
        kind: {right.enterprise for right in rights if right.kind is kind} for kind in AccessKind
    }
    valid = loading.in_force(on)
    parties = set().union(*(numbers[kind] for kind in AccessKind if kind is not AccessKind.OFFICER))
    enterprises = {row.number: row for row in Enterprise.objects.filter(number__in=parties)}
    own, providing, recognised = (
        numbers[kind]
        for kind in (AccessKind.ENTERPRISE, AccessKind.PROVIDER, AccessKind.SECRETARIAT)
    )
    return _Registers(
        known=frozenset(enterprises),
        active=frozenset(number for number, row in enterprises.items() if on in row.activity),
        employers=frozenset(
            row.enterprise for row in Employer.objects.filter(valid, enterprise__in=own)
        ),
        providers={
            row.enterprise: row.status
            for row in Provider.objects.filter(valid, enterprise__in=providing)
            if row.status in _CONSULTING_AT_LEAST
        },
        secretariats=frozenset(
            row.enterprise for row in Secretariat.objects.filter(valid, enterprise__in=recognised)
        ),
    )
