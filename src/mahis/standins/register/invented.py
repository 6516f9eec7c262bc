"""Inventing a whole register: the cast first, then as many others as are wanted."""

import dataclasses
import datetime
import enum
import random

from mahis.domain.parties import Person, ProviderStatus
from mahis.standins.register import cast, forms, personas
from mahis.standins.register.calendar import Calendar
from mahis.standins.register.companies import Inventor
from mahis.standins.register.numbers import Numbers
from mahis.standins.register.records import (
    Account,
    Employer,
    Enterprise,
    Office,
    Provider,
    Register,
    Secretariat,
)
from mahis.standins.register.staffing import Personnel

_EMPLOYERS_IN_HUNDRED = {forms.NATURAL_PERSON: 0.15, forms.CO_OWNERS: 0.05}
_EMPLOYERS_OTHERWISE = 0.62
_NO_LONGER_EMPLOYER = 0.03
_PROVISIONAL = 0.02
_WITH_ACCOUNT = 0.6
_WITH_EBOX = 0.8
_MANY_COMPANIES = 40


class Size(enum.Enum):
    """How large an invented register is."""

    SMALL = "small"
    FULL = "full"

    @property
    def enterprises(self) -> int:
        """How many enterprises."""
        return 150 if self is Size.SMALL else 3000

    @property
    def mandates(self) -> int:
        """About how many mandates are to be invented for it."""
        return 60 if self is Size.SMALL else 4000

    @property
    def providers(self) -> int:
        """How many of them are providers, beside those of the cast."""
        return 10 if self is Size.SMALL else 56

    @property
    def secretariats(self) -> int:
        """How many of them are social secretariats, beside those of the cast."""
        return 1 if self is Size.SMALL else 6


def invent(*, size: Size, seed: int, on: datetime.date) -> Register:
    """Invent a register; the same size, seed and quarter of `on` give the same one."""
    register = Register()
    calendar = Calendar.of(on)
    # Nobody is protected by this randomness; it has to come out the same each time.
    dice = random.Random(f"mahis {seed}")  # noqa: S311
    maker = _Maker(
        register=register,
        dice=dice,
        inventor=Inventor(dice=dice, numbers=Numbers(), calendar=calendar),
    )
    companies = cast.add_companies(register, maker.inventor)
    maker.staff_cast(companies)
    personas.add_personas(register, companies)
    maker.add_providers(size)
    maker.add_secretariats(size)
    while len(register.enterprises) < size.enterprises:
        maker.add_enterprise()
    return register


@dataclasses.dataclass(kw_only=True)
class _Maker:
    """Adds enterprises with all that belongs to them."""

    register: Register
    dice: random.Random
    inventor: Inventor

    @property
    def _personnel(self) -> Personnel:
        inventor = self.inventor
        return Personnel(dice=self.dice, numbers=inventor.numbers, calendar=inventor.calendar)

    def staff_cast(self, companies: dict[str, Enterprise]) -> None:
        """Give companies of the cast that no persona runs a director of their own."""
        for key in ("kwikstaart", "zilverreiger"):
            self.register.offices.extend(self._personnel.offices(companies[key], []))

    def add_providers(self, size: Size) -> None:
        """Add providers: most active, some blocked, some no longer."""
        kinds = (forms.PRIVATE_COMPANY, forms.PUBLIC_COMPANY, forms.COOPERATIVE)
        for place in range(size.providers):
            enterprise = self.inventor.provider(form=self.dice.choice(kinds))
            boss = self._staff(enterprise)
            status = _STATUSES.get(place % 14, ProviderStatus.ACTIVE)
            begins = self.inventor.calendar.since(enterprise.begins, self.dice)
            ends = None
            if status is ProviderStatus.LAPSED:
                ends = max(begins, self.inventor.calendar.recently(self.dice))
            self.register.providers.append(
                Provider(enterprise=enterprise.number, status=status, begins=begins, ends=ends)
            )
            self._add_account(enterprise, begins, surely=True)
            if self.dice.random() < _EMPLOYERS_OTHERWISE:
                self._add_employer(enterprise)
            if boss is not None:
                access = self._personnel.access(enterprise, boss, "provider")
                self.register.access.extend(access)

    def add_secretariats(self, size: Size) -> None:
        """Add recognised social secretariats; the last one is recognised no more."""
        for place in range(size.secretariats):
            enterprise = self.inventor.provider(form=forms.ASSOCIATION)
            name = enterprise.names[0]
            renamed = dataclasses.replace(name, text=name.text.replace(" ", " social ", 1))
            enterprise = dataclasses.replace(enterprise, names=(renamed,))
            boss = self._staff(enterprise)
            begins = self.inventor.calendar.since(enterprise.begins, self.dice)
            is_last = place == size.secretariats - 1 and place > 0
            self.register.secretariats.append(
                Secretariat(
                    enterprise=enterprise.number,
                    number=self.inventor.numbers.secretariat(),
                    begins=begins,
                    ends=max(begins, self.inventor.calendar.recently(self.dice))
                    if is_last
                    else None,
                )
            )
            self._add_account(enterprise, begins, surely=True)
            self._add_employer(enterprise)
            if boss is not None:
                access = self._personnel.access(enterprise, boss, "secretariat")
                self.register.access.extend(access)

    def add_enterprise(self) -> None:
        """Add any enterprise, which may be an employer and may have access."""
        enterprise = self.inventor.any_enterprise()
        boss = self._staff(enterprise)
        share = _EMPLOYERS_IN_HUNDRED.get(enterprise.legal_form, _EMPLOYERS_OTHERWISE)
        if self.dice.random() < share:
            self._add_employer(enterprise)
        has_account = self._add_account(enterprise, enterprise.begins, surely=False)
        if boss is not None and has_account:
            access = self._personnel.access(enterprise, boss, "enterprise")
            self.register.access.extend(access)

    def _staff(self, enterprise: Enterprise) -> Person | None:
        """Add an enterprise and its offices; gives the first person who holds one today."""
        companies = [
            other
            for other in self.register.enterprises[-_MANY_COMPANIES:]
            if other.legal_form in {forms.PRIVATE_COMPANY, forms.PUBLIC_COMPANY}
            and other.gone_on is None
            and other.begins <= enterprise.begins
        ]
        offices = self._personnel.offices(enterprise, companies)
        self.register.enterprises.append(enterprise)
        self.register.offices.extend(offices)
        return next((office.person for office in offices if _held_today(office)), None)

    def _add_employer(self, enterprise: Enterprise) -> None:
        numbers, calendar = self.inventor.numbers, self.inventor.calendar
        begins = calendar.since(enterprise.begins, self.dice)
        provisional = self.dice.random() < _PROVISIONAL
        ends = None
        if self.dice.random() < _NO_LONGER_EMPLOYER:
            ends = max(begins, calendar.recently(self.dice))
        self.register.employers.append(
            Employer(
                enterprise=enterprise.number,
                number=numbers.provisional() if provisional else numbers.employer(),
                begins=begins,
                ends=ends,
            )
        )

    def _add_account(self, enterprise: Enterprise, begins: datetime.date, *, surely: bool) -> bool:
        if not surely and self.dice.random() > _WITH_ACCOUNT:
            return False
        begins = self.inventor.calendar.since(begins, self.dice)
        opened = None
        if surely or self.dice.random() < _WITH_EBOX:
            opened = self.inventor.calendar.since(begins, self.dice)
        self.register.accounts.append(
            Account(enterprise=enterprise.number, begins=begins, ebox_opened_on=opened)
        )
        return True


_STATUSES = {5: ProviderStatus.BLOCKED, 11: ProviderStatus.LAPSED}


def _held_today(office: Office) -> bool:
    return office.person is not None and office.ends is None
