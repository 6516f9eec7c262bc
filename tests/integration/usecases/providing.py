"""Enterprises that ask to become service providers, and what the rules need to judge them."""

import datetime

from mahis.domain.contacts import ContactData
from mahis.domain.identification import RequestReference
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, Language, Quality
from mahis.domain.reminders import Reminders
from mahis.store import models
from mahis.usecases import accept_provider, ask_identification, block_provider, refuse_provider
from tests.factories import register
from tests.integration.usecases.scene import LIMITS, moment

DAY = datetime.date(2026, 11, 23)
RULES = Reminders()
CONTACT = ContactData(
    name="Payroll desk",
    email="desk@provider.example",
    telephone="+3225551234",
    language=Language.DUTCH,
)


def fitting(name: str = "Nieuw Kantoor", **traits) -> EnterpriseNumber:
    """Write an enterprise of which every condition holds but the person."""
    if not models.MatrixVersion.objects.exists():
        register.a_matrix()
    number = register.an_enterprise(name, **traits)
    models.UserAccount.objects.create(
        enterprise=number, begins=register.LONG_AGO, ebox_opened_on=register.LONG_AGO
    )
    return number


def representative(number: EnterpriseNumber, **traits) -> Actor:
    """Give somebody who may sign for an enterprise and manages for it."""
    traits = {"may_sign": True} | traits
    return register.acting(number, Quality.COMPANY_WITHOUT_STAFF, **traits)


def ask(actor: Actor, *, on: datetime.date = DAY, terms: bool = True) -> RequestReference:
    """Ask on a day."""
    return ask_identification.ask(
        actor=actor, contact=CONTACT, terms_accepted=terms, at=moment(on), on=on
    )


def accept(officer: Actor, reference: RequestReference, *, on: datetime.date = DAY) -> None:
    """Accept on a day."""
    accept_provider.accept(actor=officer, reference=reference, rules=RULES, at=moment(on), on=on)


def refuse(
    officer: Actor,
    reference: RequestReference,
    reason: str = "There are debts.",
    *,
    on: datetime.date = DAY,
) -> None:
    """Refuse on a day."""
    refuse_provider.refuse(
        actor=officer, reference=reference, reason=reason, limits=LIMITS, at=moment(on)
    )


def accepted(officer: Actor, *, on: datetime.date = DAY) -> tuple[EnterpriseNumber, Actor]:
    """Give an enterprise that became a provider on a day, and who asked for it."""
    number = fitting()
    actor = representative(number)
    accept(officer, ask(actor, on=on), on=on)
    return number, actor


def block(
    officer: Actor,
    number: EnterpriseNumber,
    reason: str = "Messages come in the wrong form.",
    *,
    on: datetime.date = DAY,
) -> None:
    """Block on a day."""
    block_provider.block(
        actor=officer, number=number, reason=reason, limits=LIMITS, at=moment(on), on=on
    )


def unblock(
    officer: Actor,
    number: EnterpriseNumber,
    reason: str = "The form is right now.",
    *,
    on: datetime.date = DAY,
) -> None:
    """Unblock on a day."""
    block_provider.unblock(
        actor=officer, number=number, reason=reason, limits=LIMITS, at=moment(on)
    )
