"""When a party's signature is whole: one person who may sign alone, or two who sign together."""

import dataclasses

from mahis.domain import representation
from mahis.domain.identifiers import Insz
from mahis.domain.refusals import Conflict, Forbidden
from mahis.domain.representation import SigningPower


class SignedByYou(Conflict):
    """The person has signed already: it takes the signature of another one."""

    code = "signedByYou"


class DoesNotComplete(Forbidden):
    """The person's function does not make the signature whole that another has begun."""

    code = "doesNotComplete"


@dataclasses.dataclass(frozen=True, kw_only=True)
class FirstOfTwo:
    """The first of two signatures of a party: another person has yet to sign."""

    person: Insz
    #: Codes of the functions on which it rests, each of which asks for another.
    functions: frozenset[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Adding:
    """What the signature of a person does for a party."""

    #: Whether the party has validly signed with it.
    completes: bool
    #: Codes of the functions on which it rests.
    functions: frozenset[str]


def adding(*, power: SigningPower, first: FirstOfTwo | None) -> Adding:
    """Say what the signature of somebody who may sign does, after the first of two if any.

    Whether the person may add it at all is for `require_fits` to say.
    """
    if power.alone:
        return Adding(completes=True, functions=power.functions)
    if first is None:
        return Adding(completes=False, functions=power.functions)
    fitting = representation.fit(power=power, functions=first.functions)
    return Adding(completes=bool(fitting), functions=fitting or power.functions)


def require_fits(*, person: Insz, power: SigningPower, first: FirstOfTwo | None) -> None:
    """Require that a signature is the first, or makes whole what another person has begun.

    Raises SignedByYou or DoesNotComplete.
    """
    if first is None:
        return
    if person == first.person:
        raise SignedByYou
    if not adding(power=power, first=first).completes:
        raise DoesNotComplete
