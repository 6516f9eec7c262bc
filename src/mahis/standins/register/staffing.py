"""Inventing who holds which function in an enterprise, and who may log in for it."""

import dataclasses
import datetime
import random

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language, Person, Role
from mahis.standins.register import forms, words
from mahis.standins.register.calendar import Calendar
from mahis.standins.register.numbers import Numbers
from mahis.standins.register.records import Access, Enterprise, Office

_WITH_PREDECESSOR = 0.12
_WITH_COMPANY_AS_DIRECTOR = 0.08
_WITH_EMPLOYEE_ACCESS = 0.35
_CONSULTS_ONLY = 0.5

#: Functions that every enterprise of a form has at least, and those that only some have.
_FUNCTIONS = {
    forms.PUBLIC_COMPANY: (
        (forms.MANAGING_DIRECTOR, forms.DIRECTOR, forms.DIRECTOR),
        (forms.DAILY_MANAGEMENT, forms.AUDITOR),
    ),
    forms.ASSOCIATION: (
        (forms.CHAIR, forms.DIRECTOR, forms.DIRECTOR),
        (forms.DAILY_MANAGEMENT,),
    ),
    forms.COOPERATIVE: ((forms.DIRECTOR, forms.DIRECTOR), (forms.DAILY_MANAGEMENT,)),
    forms.CO_OWNERS: ((forms.TRUSTEE,), ()),
    forms.GENERAL_PARTNERSHIP: ((forms.MANAGER,), (forms.MANAGER,)),
    forms.LIMITED_PARTNERSHIP: ((forms.MANAGER,), (forms.DIRECTOR,)),
    forms.OLD_LIMITED_PARTNERSHIP: ((forms.MANAGER,), ()),
    forms.NATURAL_PERSON: ((forms.FOUNDER,), ()),
    forms.PUBLIC_INSTITUTION: ((forms.MANAGING_DIRECTOR,), ()),
}
_OTHERWISE = ((forms.DIRECTOR,), (forms.DIRECTOR, forms.DAILY_MANAGEMENT))


@dataclasses.dataclass(kw_only=True)
class Personnel:
    """Invents people and puts them into functions."""

    dice: random.Random
    numbers: Numbers
    calendar: Calendar

    def somebody(self, language: Language) -> Person:
        """Invent a person."""
        return Person(
            insz=self.numbers.person(),
            given_name=words.given_name(self.dice, language),
            family_name=words.family_name(self.dice, language),
        )

    def offices(self, enterprise: Enterprise, companies: list[Enterprise]) -> list[Office]:
        """Invent the functions held in an enterprise, some by one of `companies`."""
        surely, perhaps = _FUNCTIONS.get(enterprise.legal_form, _OTHERWISE)
        held = [*surely, *(function for function in perhaps if self._chance(0.5))]
        found = [self._held(enterprise, function) for function in held]
        if companies and not enterprise.is_natural_person:
            if self._chance(_WITH_PREDECESSOR):
                found.append(self._predecessor(found[0], enterprise.language))
            if self._chance(_WITH_COMPANY_AS_DIRECTOR):
                found.extend(self._by_company(enterprise, self.dice.choice(companies)))
        return found

    def access(self, enterprise: Enterprise, boss: Person, kind: str) -> list[Access]:
        """Give the first representative access, and here and there an employee."""
        begins = self.calendar.since(enterprise.begins, self.dice)
        found = [_access(boss, enterprise.number, kind, Role.MANAGE, begins)]
        if self._chance(_WITH_EMPLOYEE_ACCESS):
            role = Role.CONSULT if self._chance(_CONSULTS_ONLY) else Role.MANAGE
            employee = self.somebody(enterprise.language)
            found.append(_access(employee, enterprise.number, kind, role, begins))
        return found

    def _held(self, enterprise: Enterprise, function: str) -> Office:
        person = self.somebody(enterprise.language)
        if function == forms.FOUNDER:
            # The enterprise of a self-employed person is called by family name, then given name.
            family, _, given = enterprise.names[0].text.rpartition(" ")
            person = dataclasses.replace(person, family_name=family, given_name=given)
        begins = self.calendar.since(enterprise.begins, self.dice)
        if function in {forms.FOUNDER, forms.TRUSTEE} or begins > self.calendar.today:
            begins = enterprise.begins
        return Office(enterprise=enterprise.number, function=function, begins=begins, person=person)

    def _predecessor(self, office: Office, language: Language) -> Office:
        ends = max(office.begins - datetime.timedelta(days=1), datetime.date(1950, 1, 1))
        return dataclasses.replace(
            office,
            person=self.somebody(language),
            begins=ends - datetime.timedelta(days=self.dice.randint(200, 4000)),
            ends=ends,
        )

    def _by_company(self, enterprise: Enterprise, holder: Enterprise) -> list[Office]:
        """Put a company into a function, and a person to represent it there."""
        if holder.number == enterprise.number:
            return []
        begins = self.calendar.since(max(enterprise.begins, holder.begins), self.dice)
        return [
            Office(
                enterprise=enterprise.number,
                function=forms.DIRECTOR,
                begins=begins,
                holder=holder.number,
            ),
            Office(
                enterprise=holder.number,
                function=forms.PERMANENT_REPRESENTATIVE,
                begins=begins,
                person=self.somebody(holder.language),
                represents_in=enterprise.number,
            ),
        ]

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share


def _access(
    person: Person, enterprise: EnterpriseNumber, kind: str, role: Role, begins: datetime.date
) -> Access:
    return Access(person=person.insz, enterprise=enterprise, kind=kind, role=role, begins=begins)
