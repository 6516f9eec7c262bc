"""One invented authorisation in memory: its rows as the steps of its life make them."""

import dataclasses
import datetime
from collections.abc import Callable, Sequence

from mahis.domain import lifecycle
from mahis.domain.conditions import NO_POWER_KNOWN, Case, Holder, Limits
from mahis.domain.cosigning import Adding, FirstOfTwo
from mahis.domain.lifecycle import Act, Doer
from mahis.domain.mandate import EXPIRING_STATES, HOLDING_STATES, State
from mahis.domain.parties import Actor, Party, Side
from mahis.domain.quarters import Quarter
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Method
from mahis.store import signatures
from mahis.store.models import (
    Authorisation,
    AuthorisationDocument,
    HistoryEntry,
    Mandate,
    Notice,
    Validation,
)
from mahis.store.signatures import Signatures
from mahis.usecases import _record

#: Looks for the mandate of another that stands in the way of one.
FindHolder = Callable[[Mandate], Holder | None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Doing:
    """One act with all that it is judged by."""

    act: Act
    doer: Doer
    at: datetime.datetime
    on: datetime.date
    parties: dict[Side, Party]
    holder: FindHolder
    actor: Actor | None = None
    power: SigningPower = NO_POWER_KNOWN
    method: Method | None = None
    signing: frozenset[Side] = frozenset()
    half_signing: frozenset[Side] = frozenset()
    first_of_two: FirstOfTwo | None = None
    adds: Adding | None = None
    end: Quarter | None = None
    reason: str = ""
    evidence: dict[str, object] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(kw_only=True)
class Dossier:
    """The rows of one authorisation, not yet in the database."""

    authorisation: Authorisation
    mandates: list[Mandate]
    validations: list[Validation] = dataclasses.field(default_factory=list)
    history: list[HistoryEntry] = dataclasses.field(default_factory=list)
    notices: list[Notice] = dataclasses.field(default_factory=list)
    #: The scan that was submitted; None where none was.
    scan: AuthorisationDocument | None = None

    @property
    def signed(self) -> frozenset[Side]:
        """The sides that have validated."""
        return self.signatures.signed

    @property
    def signatures(self) -> Signatures:
        """What the validations come to."""
        return signatures.of(self.validations)

    @property
    def is_unfinished(self) -> bool:
        """Whether the authorisation still waits for a party."""
        return any(row.state in EXPIRING_STATES for row in self.mandates)

    @property
    def awaits_identification(self) -> bool:
        """Whether a mandate waits for its mandator to become an employer."""
        return any(row.state is State.IDENTIFICATION for row in self.mandates)

    @property
    def holding(self) -> list[Mandate]:
        """The mandates that hold their quarters."""
        return [row for row in self.mandates if row.state in HOLDING_STATES]

    def do(self, doing: Doing, rows: Sequence[Mandate]) -> list[_record.Taken]:
        """Take a step with some mandates, all of them or none; raises what the rules raise."""
        taken = [
            _record.Taken(
                row=row,
                step=lifecycle.take(act=doing.act, doer=doing.doer, case=self._case(doing, row)),
            )
            for row in rows
        ]
        for each in taken:
            each.row.state = each.step.after
            each.row.quarters = each.step.period
        entries = _record.entries_for(
            authorisation=self.authorisation,
            taken=taken,
            by=_record.By(kind=doing.doer.kind, actor=doing.actor),
            at=doing.at,
            reason=doing.reason,
            evidence=doing.evidence,
            last=self.history[-1] if self.history else None,
        )
        self.history += entries
        self.authorisation.version = entries[0].version
        return taken

    def sign(
        self, actor: Actor, side: Side, method: Method, at: datetime.datetime, adds: Adding
    ) -> None:
        """Add one person's validation for a party."""
        by_login = method is Method.AUTHENTICATION
        self.validations.append(
            Validation(
                authorisation=self.authorisation,
                enterprise_id=actor.enterprise,
                side=side,
                method=method,
                person=actor.person.insz,
                given_name=actor.person.given_name,
                family_name=actor.person.family_name,
                at=at,
                assurance=actor.assurance if by_login else "",
                document=None if by_login else self.scan,
                completes=adds.completes,
                functions=sorted(adds.functions),
            )
        )

    def _case(self, doing: Doing, row: Mandate) -> Case:
        # A drawing up is judged before the mandate exists.
        drawn = doing.act is not Act.DRAW_UP
        known = self.signatures.mandate(row)
        return Case(
            mandate=known if drawn else dataclasses.replace(known, state=None, expires_on=None),
            on=doing.on,
            mandator=doing.parties[Side.MANDATOR],
            mandatary=doing.parties[Side.MANDATARY],
            limits=Limits(),
            power=doing.power,
            level=doing.method.level if doing.method else None,
            signing=doing.signing,
            half_signing=doing.half_signing,
            signatory=None if doing.actor is None else doing.actor.person.insz,
            first_of_two=doing.first_of_two,
            end=doing.end,
            reason=doing.reason,
            holder=doing.holder(row),
        )
