"""What must hold for a step in the life of a mandate: the sentences, and their refusals.

How each is checked stands in `mahis.domain.checks`.
"""

import dataclasses
import datetime
import enum

from mahis.domain import ceasing
from mahis.domain.ceasing import Ceased
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.delegation import Delegating, Delegation
from mahis.domain.identifiers import Insz
from mahis.domain.mandate import Mandate, MandateReference
from mahis.domain.parties import Party, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Conflict, Refused
from mahis.domain.representation import NoPower, SigningPower
from mahis.domain.signing import Level

#: Stands where nobody asked for the power to sign.
NO_POWER_KNOWN = SigningPower(why_not=NoPower.NO_FUNCTION)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits that an operator can set; the defaults are those of the manual or our own."""

    #: How many quarters after the current one a mandate may begin: one year (C4).
    start_ahead: int = 4
    #: How many quarters before the current one a mandate may begin (C4, our own: none).
    start_back: int = 0
    #: Days until an unfinished authorisation expires (L6, our own).
    days_to_finish: int = 90
    #: Longest reason that somebody can write, in characters.
    longest_reason: int = 1000
    #: Minutes for which an officer's claim on a scan keeps others from deciding it (N1, our own).
    minutes_to_decide: int = 15


@dataclasses.dataclass(frozen=True, kw_only=True)
class Holder:
    """The mandate that stands in the way: it holds the same group in some of the same quarters."""

    reference: MandateReference
    mandatary_name: str
    period: QuarterPeriod
    #: Whether it is held by the very mandatary that is to receive the new mandate.
    same_mandatary: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    """A mandate and everything that the conditions of a step look at."""

    mandate: Mandate
    #: The day of the act.
    on: datetime.date
    mandator: Party
    mandatary: Party
    limits: Limits = Limits()
    #: The mandate that stands in the way, if any.
    holder: Holder | None = None
    #: Level of the validation being given.
    level: Level | None = None
    #: Sides that have validly signed once this step is done.
    signing: frozenset[Side] = frozenset()
    #: Sides of which this step brings the first of two signatures.
    half_signing: frozenset[Side] = frozenset()
    #: Who signs, where a person signs by their own act.
    signatory: Insz | None = None
    #: The first of two signatures of the doer's party, where it waits for the second.
    first_of_two: FirstOfTwo | None = None
    #: Whether the doer may sign, and why or why not.
    power: SigningPower = NO_POWER_KNOWN
    #: End quarter being set.
    end: Quarter | None = None
    #: End quarter being taken away: the one that a newer mandate gave, now that it is withdrawn.
    undone_end: Quarter | None = None
    #: Reason given, stripped.
    reason: str = ""
    #: What is to be delegated, and the delegation that is to end.
    delegating: Delegating | None = None
    delegation: Delegation | None = None
    #: Last day of the mandator as an employer of which the parties were told last, if ever.
    told_of_end: datetime.date | None = None

    @property
    def current(self) -> Quarter:
        """The quarter of the day of the act."""
        return Quarter.containing(self.on)

    @property
    def ceased(self) -> Ceased | None:
        """The party that has ceased by the day of the act; None where none has."""
        parties = {Side.MANDATOR: self.mandator, Side.MANDATARY: self.mandatary}
        return ceasing.ceased(parties, on=self.on)

    @property
    def period_after(self) -> QuarterPeriod:
        """The period after the step; raises PeriodEndsBeforeItStarts."""
        if self.undone_end is not None:
            return self.mandate.period.without_end()
        return self.mandate.period if self.end is None else self.mandate.period.ending(self.end)

    @property
    def signed_after(self) -> frozenset[Side]:
        """The sides that have signed after the step."""
        return self.mandate.signed | self.signing


class StartTooLate(Refused):
    """The start quarter is further ahead than the limit (`latest`)."""

    code = "startTooLate"


class StartTooEarly(Refused):
    """The start quarter is further back than the limit (`earliest`)."""

    code = "startTooEarly"


class GroupNotOpen(Refused):
    """No new mandates can be given for this group (any more, or yet)."""

    code = "groupNotOpen"


class HeldByAnother(Conflict):
    """Another mandatary holds this single-mandatary group in these quarters (`holder`, `group`)."""

    code = "heldByAnother"


class AlreadyGiven(Conflict):
    """This mandatary already holds this group in some of these quarters (`holder`, `group`)."""

    code = "alreadyGiven"


class ReplacedHasEnd(Conflict):
    """The mandate to be replaced has an end quarter of its own (`holder`, `group`)."""

    code = "replacedHasEnd"


class ReplacedNotBefore(Conflict):
    """The mandate to be replaced does not start before the new one (`holder`, `group`)."""

    code = "replacedNotBefore"


class NothingToReplace(Conflict):
    """The mandate named as the one to be replaced does not stand in the way (`group`)."""

    code = "nothingToReplace"


class ReplacesNothing(Conflict):
    """The mandate took the place of no other, so it cannot be withdrawn any more."""

    code = "replacesNothing"


class AlreadyBegun(Conflict):
    """The start quarter has begun, so the mandate cannot be withdrawn any more (`start`)."""

    code = "alreadyBegun"


class EndOfItsOwn(Conflict):
    """The end quarter is not the one that the newer mandate gave (`end`)."""

    code = "endOfItsOwn"


class PeriodOver(Conflict):
    """The end quarter of the mandate has already passed."""

    code = "periodOver"


class EndAlreadySet(Conflict):
    """The mandate has an end quarter already; only mandates without one can be closed."""

    code = "endAlreadySet"


class EndMissing(Refused):
    """A closing needs an end quarter."""

    code = "endMissing"


class EndBeforeStart(Refused):
    """The end quarter lies before the start quarter (`start`)."""

    code = "endBeforeStart"


class EndInThePast(Refused):
    """The end quarter lies before the current one (`current`); only the office may do that."""

    code = "endInThePast"


class ReasonMissing(Refused):
    """A reason is required."""

    code = "reasonMissing"


class ReasonTooLong(Refused):
    """The reason is longer than allowed (`longest`)."""

    code = "reasonTooLong"


class SignedElectronically(Conflict):
    """Somebody has signed electronically, and paper is never mixed with that."""

    code = "signedElectronically"


class NoNewSignature(Refused):
    """No party that had not signed yet signs by this act."""

    code = "noNewSignature"


class OthersHaveSigned(Conflict):
    """The other party has signed, so the authorisation can no longer be withdrawn."""

    code = "othersHaveSigned"


class NotAnEmployerYet(Conflict):
    """The mandator is not an NSSO employer yet."""

    code = "notAnEmployerYet"


class NotYet(Conflict):
    """It is too early for what the clock wanted to record (`until`: last day to wait for)."""

    code = "notYet"


class Condition(enum.Enum):
    """What must hold for a step, as a sentence that a lawyer can check."""

    PARTIES_DIFFER = "mandator and mandatary are two different enterprises"
    PARTIES_ACTIVE = "both enterprises are active on the day"
    MANDATARY_IS_PROVIDER = "the mandatary is an active provider or recognised secretariat"
    PERIOD_INSIDE_ACTIVITY = "the period lies inside the activity of both enterprises"
    GROUP_OPEN = "new mandates can be given for the group"
    START_WITHIN_LIMITS = "the start quarter is neither too far ahead nor too far back"
    NO_OTHER_MANDATARY = (
        "nobody else holds a single-mandatary group, nor the same mandatary any group, in these"
        " quarters; but for the mandate that is replaced, if it starts before and has no end"
    )
    PERIOD_NOT_OVER = "the end quarter, if any, has not passed"
    SIGNS_ANEW = "a party that has not signed yet signs"
    FITS_FIRST_SIGNATORY = (
        "where one person has signed for the party and another has to, it is another, who may sign"
        " alone or whose function makes the signature whole"
    )
    NOBODY_SIGNED = "nobody has signed yet"
    LEVEL_NOT_BELOW_FIRST = "the level is not below that of the first validation"
    NOBODY_ELSE_SIGNED = "nobody but the party that drew up has signed"
    REASON_GIVEN = "a reason is given"
    MANDATOR_IS_EMPLOYER = "the mandator is an NSSO employer"
    LIMIT_PASSED = "the limit for finishing has passed"
    END_PASSED = "the end quarter has passed"
    NO_END_YET = "the mandate has no end quarter yet"
    END_NOT_BEFORE_START = "the end quarter is not before the start quarter"
    END_NOT_PAST = "the end quarter is not before the current quarter"
    REPLACED_IS_IN_THE_WAY = "the mandate to be replaced, if one is named, stands in the way"
    REPLACES_ANOTHER = "the mandate took the place of another one"
    NOT_BEGUN = "the start quarter has not begun"
    END_BY_SUCCESSOR = "the end quarter is the one that the newer mandate gave"
    A_PARTY_CEASED = "a party has ceased"
    OUTLASTS_ACTIVITY = "it would go on after the last quarter of a party that has ceased"
    GROUP_FOR_EMPLOYERS = "the group is for NSSO employers"
    EMPLOYER_NO_MORE = "the mandator was an NSSO employer and is none any more"
    NOT_TOLD_YET = "the parties were not told of that end yet"
    BEGUN = "the mandate has begun"
    DELEGATE_IS_NO_PARTY = "the delegate is neither party of the mandate"
    DELEGATE_IS_PROVIDER = (
        "the delegate is active on the day, and an active provider or recognised secretariat"
    )
    QUARTERS_PAST = "the delegated quarters are over"
    DELEGATE_WAS_MANDATARY = (
        "the delegate had a mandate of the same principal for the same group, and has none now"
    )
    QUARTERS_HELD = "it had one in each of the delegated quarters"
    APPLICATION_IN_GROUP = (
        "the application, if only one is delegated, was in the group in each of the quarters"
    )
    NOT_DELEGATED_YET = "none of it is delegated to the same delegate already"
    DELEGATION_RUNS = "the delegation has not ended yet"
