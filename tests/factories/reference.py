"""Groups and applications changed by officers through the real use cases."""

import datetime

from mahis.domain.groups import Branch, Validity
from mahis.domain.parties import Actor, Language
from mahis.domain.reference_data import ApplicationRecord, GroupRecord
from mahis.store import models, reference_facts
from mahis.usecases.reference_data import Why
from tests.factories.register import LONG_AGO

REASON = "Asked for by the service of applications"


def group_record(code: str) -> GroupRecord:
    """Give all that is kept of a group."""
    return GroupRecord(
        code=code,
        branch=Branch.SOCIAL_RISKS,
        single_mandatary=False,
        employers_only=False,
        position=7,
        names=names(code),
        validity=Validity(LONG_AGO),
    )


def application_record(code: str) -> ApplicationRecord:
    """Give all that is kept of an application."""
    return ApplicationRecord(code=code, names=names(code))


def names(text: str) -> dict[Language, str]:
    """Give a name in each language."""
    return {language: f"{text} {language.value}" for language in Language}


def kept(code: str) -> GroupRecord:
    """Give a group as it is kept now."""
    return reference_facts.group_record(models.ApplicationGroup.objects.get(code=code))


def why(actor: Actor, *, version: int = 0, reason: str = REASON) -> Why:
    """Give who changes something, and why."""
    return Why(actor=actor, reason=reason, version=version)


def day(text: str) -> datetime.date:
    """Read a day."""
    return datetime.date.fromisoformat(text)
