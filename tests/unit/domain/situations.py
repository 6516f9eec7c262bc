"""Two enterprises, a group and a mandate between them, in which nothing stands in the way."""

import dataclasses
import datetime
from typing import Any

from mahis.domain.conditions import Case, Limits
from mahis.domain.delegation import Delegating, Delegation
from mahis.domain.groups import ApplicationGroup, Branch, Validity
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import Mandate, State
from mahis.domain.parties import ActivityPeriod, Party, ProviderStatus, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.signing import Level

#: The day of every act here: in the fourth quarter of 2026.
ON = datetime.date(2026, 11, 23)
NOW = Quarter.containing(ON)

BAKERY = EnterpriseNumber("0206731645")
ACCOUNTANT = EnterpriseNumber("0409536968")

GROUP = ApplicationGroup(
    code="dmfa",
    branch=Branch.SOCIAL_SECURITY,
    single_mandatary=True,
    employers_only=False,
    validity=Validity(datetime.date(2012, 4, 1)),
)

#: Who was mandatary before the accountant.
FORMER = EnterpriseNumber("0400000086")

#: How many sides have signed in a state; a scan is signed outside our sight.
SIGNATURES: dict[State | None, frozenset[int]] = {
    None: frozenset({0}),
    State.TO_BE_FINALISED: frozenset({0}),
    State.PENDING: frozenset({1}),
    State.TO_BE_VALIDATED: frozenset({0, 2}),
    State.IDENTIFICATION: frozenset({0, 2}),
    State.ACTIVE: frozenset({0, 2}),
    State.REJECTED: frozenset({0, 1, 2}),
    State.CLOSED: frozenset({0, 2}),
    State.WITHDRAWN: frozenset({0, 1}),
    State.EXPIRED: frozenset({0, 1}),
}


def bakery(**different: Any) -> Party:
    """Give the mandator: an active employer."""
    return Party(
        **{
            "number": BAKERY,
            "name": "Bakkerij Peeters",
            "activity": ActivityPeriod(datetime.date(2010, 3, 15)),
            "is_employer": True,
            "provider": ProviderStatus.NONE,
            **different,
        }
    )


def accountant(**different: Any) -> Party:
    """Give the mandatary: an active service provider."""
    return Party(
        **{
            "number": ACCOUNTANT,
            "name": "Compta Dubois",
            "activity": ActivityPeriod(datetime.date(2001, 1, 1)),
            "is_employer": True,
            "provider": ProviderStatus.ACTIVE,
            **different,
        }
    )


def former(**different: Any) -> Party:
    """Give the former mandatary: an active service provider."""
    return accountant(**{"number": FORMER, "name": "Fiduciaire Lambert", **different})


def delegating(**different: Any) -> Delegating:
    """Give a year that the former mandatary had, to be delegated to it."""
    return Delegating(
        **{
            "delegate": former(),
            "application": None,
            "quarters": QuarterPeriod(NOW - 7, NOW - 4),
            "held": (QuarterPeriod(NOW - 12, NOW - 4),),
            **different,
        }
    )


def delegation(**different: Any) -> Delegation:
    """Give a delegation of that year which runs."""
    return Delegation(
        **{
            "source": mandate(state=State.ACTIVE, period=QuarterPeriod(NOW - 3)),
            "delegate": FORMER,
            "application": None,
            "quarters": QuarterPeriod(NOW - 7, NOW - 4),
            **different,
        }
    )


def group(**different: Any) -> ApplicationGroup:
    """Give the group of declarations, different in this."""
    return dataclasses.replace(GROUP, **different)


def mandate(**different: Any) -> Mandate:
    """Give a mandate that the bakery drew up for the accountant, from next quarter, without end."""
    return Mandate(
        **{
            "mandator": BAKERY,
            "mandatary": ACCOUNTANT,
            "group": GROUP,
            "period": QuarterPeriod(NOW + 1),
            "state": State.TO_BE_FINALISED,
            "drawn_up_by": Side.MANDATOR,
            "expires_on": ON + datetime.timedelta(days=60),
            **different,
        }
    )


def case(**different: Any) -> Case:
    """Give a case in which every condition of every act that needs no more holds."""
    return Case(
        **{
            "mandate": mandate(),
            "on": ON,
            "mandator": bakery(),
            "mandatary": accountant(),
            "limits": Limits(),
            "level": Level.AUTHENTICATION,
            "reason": "As agreed by letter",
            "delegating": delegating(),
            "delegation": delegation(),
            **different,
        }
    )
