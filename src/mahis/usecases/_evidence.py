"""What the history keeps as the ground of a step."""

from mahis.domain.parties import Actor
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Method


def of_power(power: SigningPower) -> dict[str, object]:
    """Give the functions by which somebody acted, from the enterprise to the person."""
    return {
        "offices": [
            {"enterprise": str(office.enterprise), "function": office.function}
            for office in power.chain
        ]
    }


def of_authentication(actor: Actor, power: SigningPower) -> dict[str, object]:
    """Give what a validation by authentication rests on: login level and functions."""
    return {
        "method": Method.AUTHENTICATION.value,
        "assurance": actor.assurance,
        **of_power(power),
    }
