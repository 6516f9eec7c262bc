"""What inventing mandates needs of the register: enterprises, who may sign, accounts, groups."""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator

from mahis.domain import cosigning, representation
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Actor, Capacity, Language, Party, Person, Quality, Role, Side
from mahis.domain.representation import SigningPower
from mahis.store import addresses, loading
from mahis.store.models import (
    AccessKind,
    AccessRight,
    ApplicationGroup,
    Employer,
    Enterprise,
    MatrixVersion,
    Office,
    Provider,
    Secretariat,
    UserAccount,
)
from mahis.usecases._record import LANGUAGE_WHERE_UNKNOWN
from mahis.usecases.seed_mandates.plans import Casting

# How the federal login names the level of itsme.
_ASSURANCE = "urn:be:fedict:iam:fas:Level450"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signer:
    """Somebody who may sign for an enterprise, and why."""

    actor: Actor
    power: SigningPower


def _makes_whole(signer: Signer, first: FirstOfTwo | None) -> bool:
    is_another = first is None or signer.actor.person.insz != first.person
    return is_another and cosigning.adding(power=signer.power, first=first).completes


class World:
    """The register in memory, as far as inventing mandates needs it."""

    def __init__(self) -> None:
        self._enterprises = {row.number: row for row in Enterprise.objects.all()}
        self._secretariats = set(Secretariat.objects.values_list("enterprise", flat=True))
        self._accounts = {row.enterprise: row for row in UserAccount.objects.all()}
        self._matrices = tuple(row.to_domain() for row in MatrixVersion.objects.all())
        self._offices: dict[EnterpriseNumber, list[representation.Office]] = {}
        self._persons: dict[Insz, Person] = {}
        self._read_offices()
        self.groups = {row.code: row for row in ApplicationGroup.objects.all()}

    def _read_offices(self) -> None:
        for row in Office.objects.order_by("id"):
            self._offices.setdefault(row.enterprise, []).append(row.to_domain())
            if row.person is not None:
                self._persons[row.person] = Person(
                    insz=row.person, given_name=row.given_name, family_name=row.family_name
                )

    def casting(self, leading: Iterable[EnterpriseNumber]) -> Casting:
        """Sort the enterprises that can be party to a mandate."""
        employs = set(Employer.objects.values_list("enterprise", flat=True))
        provides = [
            *Provider.objects.filter(status="active", ends=None)
            .order_by("enterprise")
            .values_list("enterprise", flat=True),
            *sorted(self._secretariats),
        ]
        kinds = dict(AccessRight.objects.order_by("-kind").values_list("enterprise", "kind"))
        first = [number for number in leading if number in kinds]
        mandators = [
            number
            for number in sorted(self._enterprises)
            if kinds.get(number) is not AccessKind.OFFICER and number not in first
        ]
        return Casting(
            employers=tuple(number for number in mandators if number in employs),
            companies=tuple(number for number in mandators if number not in employs),
            mandataries=tuple(provides),
            leading_employers=tuple(number for number in first if number in employs),
            leading_companies=tuple(
                number
                for number in first
                if number not in employs and kinds[number] is AccessKind.ENTERPRISE
            ),
            leading_mandataries=tuple(number for number in first if number in provides),
        )

    def parties(
        self, numbers: Iterable[EnterpriseNumber], on: datetime.date
    ) -> dict[EnterpriseNumber, Party]:
        """Give enterprises as they were on a day."""
        return loading.parties_on(set(numbers), on=on)

    def signer(
        self, party: Party, side: Side, on: datetime.date, *, first: FirstOfTwo | None = None
    ) -> Signer | None:
        """Give somebody who may sign for an enterprise on a day; None where nobody may.

        Rather somebody who may alone; after the first of two, somebody who makes it whole.
        """
        found = list(self._signers(party, side, on))
        whole = (each for each in found if _makes_whole(each, first))
        return next(whole, found[0] if found and first is None else None)

    def _signers(self, party: Party, side: Side, on: datetime.date) -> Iterator[Signer]:
        offices = self._around(party.number)
        matrix = representation.matrix_on(versions=self._matrices, on=on)
        for person in dict.fromkeys(office.person for office in offices):
            if person is None:
                continue
            power = representation.signing_power(
                person=person,
                enterprise=party.number,
                legal_form=self._enterprises[party.number].form_for_matrix,
                offices=offices,
                matrix=matrix,
                on=on,
            )
            if power.granted:
                yield Signer(actor=self._actor(person, party, side), power=power)

    def officer(self) -> Actor | None:
        """Give an officer who manages and whose name the register knows; None: there is none."""
        rights = AccessRight.objects.filter(kind=AccessKind.OFFICER, role=Role.MANAGE)
        for right in rights.order_by("id"):
            if right.person in self._persons:
                capacity = Capacity(
                    enterprise=right.enterprise, quality=Quality.NSSO_OFFICER, role=right.role
                )
                person = self._persons[right.person]
                return Actor(person=person, capacity=capacity, assurance=_ASSURANCE)
        return None

    def has_account(self, number: EnterpriseNumber, on: datetime.date) -> bool:
        """Say whether an enterprise had an account in user management on a day."""
        account = self._accounts.get(number)
        return (
            account is not None
            and account.begins <= on
            and (account.ends is None or on <= account.ends)
        )

    def language(self, number: EnterpriseNumber) -> Language:
        """Give the language in which an enterprise is written to."""
        return self._enterprises[number].language or LANGUAGE_WHERE_UNKNOWN

    def address(self, number: EnterpriseNumber, language: Language) -> tuple[str, ...]:
        """Give the lines of the address of an enterprise."""
        return addresses.of_enterprises([self._enterprises[number]], language=language)[number]

    def _around(self, number: EnterpriseNumber) -> tuple[representation.Office, ...]:
        """Give the offices of an enterprise and of those that hold one of them, on and on."""
        found: list[representation.Office] = []
        wanted, seen = [number], {number}
        while wanted:
            offices = self._offices.get(wanted.pop(), [])
            found.extend(offices)
            holders = {office.holder for office in offices if office.holder} - seen
            seen |= holders
            wanted.extend(sorted(holders))
        return tuple(found)

    def _actor(self, person: Insz, party: Party, side: Side) -> Actor:
        if side is Side.MANDATOR:
            quality = Quality.NSSO_EMPLOYER if party.is_employer else Quality.COMPANY_WITHOUT_STAFF
        elif party.number in self._secretariats:
            quality = Quality.SOCIAL_SECRETARIAT
        else:
            quality = Quality.SERVICE_PROVIDER
        return Actor(
            person=self._persons[person],
            capacity=Capacity(enterprise=party.number, quality=quality, role=Role.MANAGE),
            assurance=_ASSURANCE,
        )
