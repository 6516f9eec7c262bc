"""The table of the life of a mandate: in this state, this act, by these, if this holds, to that."""

import dataclasses
import enum

from mahis.domain.conditions import Condition
from mahis.domain.doers import Who
from mahis.domain.mandate import State
from mahis.domain.notices import Telling


class Act(enum.Enum):
    """Everything that can happen to a mandate."""

    DRAW_UP = "drawUp"
    VALIDATE = "validate"
    UPLOAD_SCAN = "uploadScan"
    UPLOAD_SIGNED = "uploadSigned"
    REFUSE = "refuse"
    APPROVE = "approve"
    REJECT = "reject"
    IDENTIFY_EMPLOYER = "identifyEmployer"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    CLOSE = "close"
    REACH_END = "reachEnd"
    REPLACE = "replace"
    DELEGATE = "delegate"
    END_DELEGATION = "endDelegation"
    #: A party has ceased.
    CEASE = "cease"
    #: The mandator is an NSSO employer no more.
    END_EMPLOYER = "endEmployer"
    REOPEN = "reopen"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table of life."""

    #: The state before; None: the mandate does not exist yet.
    state: State | None
    act: Act
    who: Who
    conditions: tuple[Condition, ...]
    #: The states that the step can lead to, in the order in which they are tried: the first
    #: whose own entry condition holds is taken.
    to: tuple[State, ...]
    telling: tuple[Telling, ...]


_PARTIES_FIT = (
    Condition.PARTIES_DIFFER,
    Condition.PARTIES_ACTIVE,
    Condition.MANDATARY_IS_PROVIDER,
    Condition.PERIOD_INSIDE_ACTIVITY,
)
_BOTH_SIGNED = (State.IDENTIFICATION, State.ACTIVE)
#: Signed by both, and running until the end quarter; whatever is done to one is done to both.
_RUNNING = (State.IDENTIFICATION, State.ACTIVE)
_BOTH_SIGNED_TELLING = (Telling.AWAITS_IDENTIFICATION, Telling.ACTIVE)

TABLE: tuple[Row, ...] = (
    Row(
        state=None,
        act=Act.DRAW_UP,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.GROUP_OPEN,
            Condition.START_WITHIN_LIMITS,
            Condition.END_NOT_PAST,
            Condition.REPLACED_IS_IN_THE_WAY,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=(State.TO_BE_FINALISED,),
        telling=(Telling.DRAWN_UP,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.VALIDATE,
        who=Who.REPRESENTATIVE_OF_AWAITED_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.PERIOD_NOT_OVER,
            Condition.SIGNS_ANEW,
            Condition.FITS_FIRST_SIGNATORY,
            Condition.LEVEL_NOT_BELOW_FIRST,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=(State.PENDING, State.TO_BE_FINALISED),
        telling=(Telling.SIGNED_BY_ONE, Telling.AWAITS_COSIGNATORY),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.UPLOAD_SCAN,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.PERIOD_NOT_OVER,
            Condition.NOBODY_SIGNED,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=(State.TO_BE_VALIDATED,),
        telling=(Telling.SUBMITTED_TO_OFFICE,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.UPLOAD_SIGNED,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.PERIOD_NOT_OVER,
            Condition.SIGNS_ANEW,
            Condition.LEVEL_NOT_BELOW_FIRST,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=(State.PENDING, *_BOTH_SIGNED, State.TO_BE_FINALISED),
        telling=(Telling.SIGNED_BY_ONE, *_BOTH_SIGNED_TELLING, Telling.AWAITS_COSIGNATORY),
    ),
    Row(
        state=State.PENDING,
        act=Act.VALIDATE,
        who=Who.REPRESENTATIVE_OF_AWAITED_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.PERIOD_NOT_OVER,
            Condition.SIGNS_ANEW,
            Condition.FITS_FIRST_SIGNATORY,
            Condition.LEVEL_NOT_BELOW_FIRST,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=(*_BOTH_SIGNED, State.PENDING),
        telling=(*_BOTH_SIGNED_TELLING, Telling.AWAITS_COSIGNATORY),
    ),
    Row(
        state=State.PENDING,
        act=Act.UPLOAD_SIGNED,
        who=Who.MANAGER_OF_EITHER_PARTY,
        conditions=(
            *_PARTIES_FIT,
            Condition.PERIOD_NOT_OVER,
            Condition.SIGNS_ANEW,
            Condition.LEVEL_NOT_BELOW_FIRST,
            Condition.NO_OTHER_MANDATARY,
        ),
        to=(*_BOTH_SIGNED, State.PENDING),
        telling=(*_BOTH_SIGNED_TELLING, Telling.AWAITS_COSIGNATORY),
    ),
    Row(
        state=State.PENDING,
        act=Act.REFUSE,
        who=Who.MANAGER_OF_AWAITED_PARTY,
        conditions=(Condition.REASON_GIVEN,),
        to=(State.REJECTED,),
        telling=(Telling.REFUSED_BY_PARTY,),
    ),
    Row(
        state=State.TO_BE_VALIDATED,
        act=Act.APPROVE,
        who=Who.OFFICER,
        conditions=(*_PARTIES_FIT, Condition.PERIOD_NOT_OVER, Condition.NO_OTHER_MANDATARY),
        to=_BOTH_SIGNED,
        telling=_BOTH_SIGNED_TELLING,
    ),
    Row(
        state=State.TO_BE_VALIDATED,
        act=Act.REJECT,
        who=Who.OFFICER,
        conditions=(Condition.REASON_GIVEN,),
        to=(State.REJECTED,),
        telling=(Telling.REJECTED_BY_OFFICE,),
    ),
    Row(
        state=State.IDENTIFICATION,
        act=Act.IDENTIFY_EMPLOYER,
        who=Who.REGISTER,
        conditions=(Condition.MANDATOR_IS_EMPLOYER, *_PARTIES_FIT),
        to=(State.ACTIVE,),
        telling=(Telling.ACTIVE,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.WITHDRAW,
        who=Who.MANAGER_OF_DRAWING_PARTY,
        conditions=(Condition.NOBODY_ELSE_SIGNED,),
        to=(State.WITHDRAWN,),
        telling=(Telling.WITHDRAWN,),
    ),
    Row(
        state=State.PENDING,
        act=Act.WITHDRAW,
        who=Who.MANAGER_OF_DRAWING_PARTY,
        conditions=(Condition.NOBODY_ELSE_SIGNED,),
        to=(State.WITHDRAWN,),
        telling=(Telling.WITHDRAWN,),
    ),
    Row(
        state=State.TO_BE_FINALISED,
        act=Act.EXPIRE,
        who=Who.CLOCK,
        conditions=(Condition.LIMIT_PASSED,),
        to=(State.EXPIRED,),
        telling=(Telling.EXPIRED,),
    ),
    Row(
        state=State.PENDING,
        act=Act.EXPIRE,
        who=Who.CLOCK,
        conditions=(Condition.LIMIT_PASSED,),
        to=(State.EXPIRED,),
        telling=(Telling.EXPIRED,),
    ),
    *(
        Row(
            state=state,
            act=Act.WITHDRAW,
            who=Who.REPRESENTATIVE_OF_EITHER_PARTY,
            conditions=(Condition.REPLACES_ANOTHER, Condition.NOT_BEGUN, Condition.NO_END_YET),
            to=(State.WITHDRAWN,),
            telling=(Telling.WITHDRAWN,),
        )
        for state in _RUNNING
    ),
    *(
        Row(
            state=state,
            act=Act.CLOSE,
            who=Who.REPRESENTATIVE_OF_EITHER_PARTY,
            conditions=(
                Condition.PARTIES_ACTIVE,
                Condition.NO_END_YET,
                Condition.END_NOT_BEFORE_START,
                Condition.END_NOT_PAST,
                Condition.PERIOD_INSIDE_ACTIVITY,
            ),
            to=(state,),
            telling=(Telling.END_SET,),
        )
        for state in _RUNNING
    ),
    *(
        Row(
            state=state,
            act=Act.CLOSE,
            who=Who.OFFICER,
            conditions=(
                Condition.REASON_GIVEN,
                Condition.NO_END_YET,
                Condition.END_NOT_BEFORE_START,
            ),
            to=(state,),
            telling=(Telling.END_SET,),
        )
        for state in _RUNNING
    ),
    *(
        Row(
            state=state,
            act=Act.REACH_END,
            who=Who.CLOCK,
            conditions=(Condition.END_PASSED,),
            to=(State.CLOSED,),
            telling=(Telling.CLOSED,),
        )
        for state in _RUNNING
    ),
    *(
        Row(
            state=state,
            act=Act.REPLACE,
            who=Who.SUCCESSOR,
            conditions=(Condition.NO_END_YET, Condition.END_NOT_BEFORE_START),
            to=(state,),
            telling=(Telling.REPLACED,),
        )
        for state in _RUNNING
    ),
    *(
        Row(
            state=state,
            act=Act.REOPEN,
            who=Who.SUCCESSOR,
            conditions=(Condition.END_BY_SUCCESSOR,),
            to=(state,),
            telling=(Telling.REOPENED,),
        )
        for state in _RUNNING
    ),
    *(
        Row(
            state=state,
            act=Act.CEASE,
            who=Who.REGISTER,
            conditions=(Condition.A_PARTY_CEASED,),
            to=(State.EXPIRED,),
            telling=(Telling.PARTY_CEASED,),
        )
        for state in (State.TO_BE_FINALISED, State.PENDING, State.TO_BE_VALIDATED)
    ),
    *(
        Row(
            state=state,
            act=Act.CEASE,
            who=Who.REGISTER,
            conditions=(Condition.A_PARTY_CEASED, Condition.OUTLASTS_ACTIVITY),
            to=(State.WITHDRAWN, State.CLOSED, state),
            telling=(Telling.PARTY_CEASED, Telling.PARTY_CEASED, Telling.PARTY_CEASED),
        )
        for state in (State.IDENTIFICATION, State.ACTIVE)
    ),
    Row(
        state=State.ACTIVE,
        act=Act.END_EMPLOYER,
        who=Who.REGISTER,
        conditions=(
            Condition.GROUP_FOR_EMPLOYERS,
            Condition.PARTIES_ACTIVE,
            Condition.EMPLOYER_NO_MORE,
            Condition.NOT_TOLD_YET,
        ),
        to=(State.ACTIVE,),
        telling=(Telling.EMPLOYER_CEASED,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.DELEGATE,
        who=Who.MANAGER_OF_MANDATARY,
        conditions=(
            Condition.BEGUN,
            Condition.DELEGATE_IS_NO_PARTY,
            Condition.DELEGATE_IS_PROVIDER,
            Condition.QUARTERS_PAST,
            Condition.DELEGATE_WAS_MANDATARY,
            Condition.QUARTERS_HELD,
            Condition.APPLICATION_IN_GROUP,
            Condition.NOT_DELEGATED_YET,
        ),
        to=(State.ACTIVE,),
        telling=(Telling.DELEGATED,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.END_DELEGATION,
        who=Who.MANAGER_OF_MANDATARY,
        conditions=(Condition.DELEGATION_RUNS,),
        to=(State.ACTIVE,),
        telling=(Telling.DELEGATION_ENDED,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.END_DELEGATION,
        who=Who.MANAGER_OF_DELEGATE,
        conditions=(Condition.DELEGATION_RUNS,),
        to=(State.ACTIVE,),
        telling=(Telling.DELEGATION_ENDED,),
    ),
    Row(
        state=State.ACTIVE,
        act=Act.END_DELEGATION,
        who=Who.OFFICER,
        conditions=(Condition.DELEGATION_RUNS, Condition.REASON_GIVEN),
        to=(State.ACTIVE,),
        telling=(Telling.DELEGATION_ENDED,),
    ),
    Row(
        state=State.CLOSED,
        act=Act.END_DELEGATION,
        who=Who.CLOCK,
        conditions=(Condition.DELEGATION_RUNS,),
        to=(State.CLOSED,),
        telling=(Telling.DELEGATION_ENDED,),
    ),
)
