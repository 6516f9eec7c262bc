"""Invent requests to become a service provider, made by the rules, for an invented register."""

import datetime
from collections.abc import Collection

from mahis.domain.contacts import ContactData
from mahis.domain.identification import ConditionNotMet
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, Capacity, Language, Person, Quality, Role
from mahis.store import loading
from mahis.store.models import AccessKind, AccessRight, IdentificationRequest, Office
from mahis.usecases import ask_identification

_LONGEST_LOOK = 400
#: The login by which invented people ask.
_ASSURANCE = "urn:be:fedict:iam:fas:Level500"
_ONE_DAY = datetime.timedelta(days=1)


def seed(
    *,
    count: int,
    except_for: Collection[EnterpriseNumber],
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    """Let people of some enterprises ask, the first of them days ago; gives how many did.

    None does of those `except_for`, whose people come and see for themselves. Does nothing where
    there is any request already.
    """
    if IdentificationRequest.objects.exists():
        return 0
    made = 0
    rights = AccessRight.objects.filter(
        loading.in_force(on), kind=AccessKind.ENTERPRISE, role=Role.MANAGE
    ).exclude(enterprise__in=list(except_for))
    for right in rights.order_by("pk")[:_LONGEST_LOOK]:
        if made == count:
            break
        made += _asks(right, at=at - (count - made) * _ONE_DAY, on=on)
    return made


def _asks(right: AccessRight, *, at: datetime.datetime, on: datetime.date) -> int:
    office = Office.objects.filter(
        loading.in_force(on), person=right.person, enterprise=right.enterprise
    ).first()
    if office is None:
        return 0
    person = Person(insz=right.person, given_name=office.given_name, family_name=office.family_name)
    known = loading.languages_of([right.enterprise], otherwise=Language.FRENCH)
    try:
        ask_identification.ask(
            actor=_acting(person, right.enterprise, on=on),
            contact=ContactData(
                name=person.name,
                email=f"contact@{right.enterprise.digits}.example",
                telephone="+3225550100",
                language=known[right.enterprise],
            ),
            terms_accepted=True,
            at=at,
            on=on,
        )
    except ConditionNotMet:
        return 0
    return 1


def _acting(person: Person, enterprise: EnterpriseNumber, *, on: datetime.date) -> Actor:
    party = loading.party_on(enterprise, on=on)
    quality = Quality.COMPANY_WITHOUT_STAFF
    if party is not None and party.is_employer:
        quality = Quality.NSSO_EMPLOYER
    return Actor(
        person=person,
        capacity=Capacity(enterprise=enterprise, quality=quality, role=Role.MANAGE),
        assurance=_ASSURANCE,
    )
