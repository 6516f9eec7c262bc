"""One authorisation with everything that its screen shows, and what the actor may do with it."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db.models import Q

from mahis.domain import checks, documents, lifecycle
from mahis.domain.conditions import NO_POWER_KNOWN, Case, Condition
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.documents import RejectionReason
from mahis.domain.lifecycle import Act, Doer, Kind, Standing
from mahis.domain.mandate import (
    EXPIRING_STATES,
    AuthorisationReference,
    MandateReference,
    State,
)
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.domain.representation import SigningPower
from mahis.domain.signing import Level, Method
from mahis.queries import cards, ceased, cosigners, neighbours, own_mandates
from mahis.queries.cards import PartyCard
from mahis.queries.ceased import Settled
from mahis.queries.cosigners import Cosigning
from mahis.queries.neighbours import NO_NEIGHBOURS, Neighbours
from mahis.store import documents as kept
from mahis.store import loading, signatures
from mahis.store.models import Authorisation, HistoryEntry, Mandate, Validation
from mahis.store.signatures import Signatures

#: Conditions that no input can mend: an act that fails one of them is not offered.
_FIXED = frozenset(
    {
        Condition.BEGUN,
        Condition.NO_END_YET,
        Condition.NOBODY_ELSE_SIGNED,
        Condition.NOBODY_SIGNED,
        Condition.FITS_FIRST_SIGNATORY,
        Condition.REPLACES_ANOTHER,
        Condition.NOT_BEGUN,
    }
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ValidationDetails:
    """How one person signed for a party."""

    side: Side
    #: Whether the party has validly signed with it; where it has not, another has to sign too.
    completes: bool
    method: Method
    person_name: str
    at: datetime.datetime
    #: Assurance level of the login; empty for documents.
    assurance: str
    #: Number of the document that holds the signature; None for authentication.
    document: int | None
    #: Issuer of the certificate; empty where none was used.
    issuer: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class MandateDetails:
    """One mandate of the authorisation."""

    place: int
    reference: MandateReference
    group_code: str
    group_name: str
    period: QuarterPeriod
    #: The state shown on the day.
    state: State
    single_mandatary: bool
    employers_only: bool
    #: Reason given with the last step that had one: why it was rejected, or closed by the office.
    reason: str
    #: Why the office rejected it, by the list of reasons; None where it did not.
    rejection: RejectionReason | None
    #: What became of it since a party has ceased, or the mandator as an employer; None: nothing.
    settled: Settled | None = None
    #: What the actor may do with it.
    may: frozenset[Act]
    #: What it replaces, and what replaces it.
    neighbours: Neighbours = NO_NEIGHBOURS


@dataclasses.dataclass(frozen=True, kw_only=True)
class AuthorisationDetails:
    """One authorisation."""

    reference: AuthorisationReference
    #: Count of acts; forms send it back, so that a stale page is noticed.
    version: int
    drawn_up_by: Side
    drawn_up_at: datetime.datetime
    #: Last day on which it can still be finished.
    expires_on: datetime.date
    mandator: PartyCard
    mandatary: PartyCard
    #: In the order in which people signed for the parties.
    validations: tuple[ValidationDetails, ...]
    #: In the order of their places.
    mandates: tuple[MandateDetails, ...]
    #: The side on which the actor's enterprise stands; None for officers.
    my_side: Side | None
    #: Whether the actor's capacity is that of `my_side`; in another they can only consult.
    acts_here: bool
    #: Whether the actor may sign for their enterprise, and why or why not.
    actor_power: SigningPower
    #: Sides that have to sign before anything else happens; empty once all is decided.
    awaited: frozenset[Side]
    #: Those of them of which one person has signed, and another has to sign too.
    half_signed: frozenset[Side]
    #: How that stands for the actor; None where it is not so for the party they act for.
    cosigning: Cosigning | None
    #: The side that signed first, and how low, by which the other is measured; None before it.
    first_side: Side | None
    first_level: Level | None
    #: Whether the actor may have a form made (C9), whether or not there is one already.
    may_make_form: bool
    #: Number of the form that can be signed now, the newest of them; None where none is there.
    form: int | None

    def party(self, side: Side) -> PartyCard:
        """Give the enterprise on a side."""
        return self.mandator if side is Side.MANDATOR else self.mandatary

    def may(self, act: Act) -> tuple[MandateDetails, ...]:
        """Give the mandates with which the actor may do an act."""
        return tuple(mandate for mandate in self.mandates if act in mandate.may)


def authorisation(
    *, actor: Actor, reference: AuthorisationReference, on: datetime.date, language: str
) -> AuthorisationDetails | None:
    """Show one authorisation; None where there is none, or none for the eyes of this actor."""
    row = Authorisation.objects.filter(
        own_mandates.visible_to(actor), pk=reference.number, year=reference.year
    ).first()
    if row is None:
        return None
    numbers = {Side.MANDATOR: row.mandator_id, Side.MANDATARY: row.mandatary_id}
    parties = cards.of_enterprises(numbers.values(), on=on, language=language)
    my_side = own_mandates.side_of(actor, numbers)
    doer, power = _doer(actor, my_side, on)
    signed = tuple(row.validations.select_related("document").order_by("id"))
    view = _View(
        doer=doer,
        on=on,
        language=language,
        mandator=parties[row.mandator_id],
        mandatary=parties[row.mandatary_id],
        signatures=signatures.of(signed),
        actor=actor,
        power=power,
        reasons=_reasons(row),
        settled=ceased.of_authorisation(row),
    )
    rows = list(row.mandates.select_related(*loading.WITH_A_MANDATE).order_by("place"))
    mandates = view.of_all(rows)
    waits = any(mandate.state in EXPIRING_STATES for mandate in mandates)
    return AuthorisationDetails(
        reference=reference,
        version=row.version,
        drawn_up_by=row.drawn_up_by,
        drawn_up_at=row.drawn_up_at,
        expires_on=row.expires_on,
        mandator=view.mandator,
        mandatary=view.mandatary,
        validations=tuple(_validation(each) for each in signed),
        mandates=mandates,
        my_side=my_side,
        acts_here=my_side is not None and my_side is actor.side,
        actor_power=power,
        awaited=frozenset(Side) - view.signatures.signed if waits else frozenset(),
        half_signed=frozenset(view.signatures.first_of_two) if waits else frozenset(),
        cosigning=view.cosigning if waits else None,
        first_side=view.signatures.first_side,
        first_level=view.signatures.first_level,
        may_make_form=_may_make_form(doer, view.case(rows[0]), signed),
        form=_form(row, signed),
    )


def _form(row: Authorisation, signed: tuple[Validation, ...]) -> int | None:
    """Give the number of the newest form that can be signed now; None where there is none."""
    forms = kept.current_forms(row, authenticated=kept.authenticated(signed))
    return forms[0].number if forms else None


def _may_make_form(doer: Doer, case: Case, signed: tuple[Validation, ...]) -> bool:
    only_authenticated = kept.only_authenticated(signed)
    try:
        documents.require_form_possible(doer=doer, case=case, only_authenticated=only_authenticated)
    except Refused:
        return False
    return True


def _doer(actor: Actor, my_side: Side | None, on: datetime.date) -> tuple[Doer, SigningPower]:
    """Say who the actor is to the authorisation, and whether they may sign for their party."""
    if actor.is_officer:
        standing = Standing.MANAGES if actor.manages else Standing.CONSULTS
        return Doer(kind=Kind.OFFICER, standing=standing), NO_POWER_KNOWN
    power = loading.signing_power_of(person=actor.person.insz, enterprise=actor.enterprise, on=on)
    if my_side is None or my_side is not actor.side:
        # In this capacity the enterprise is no party, though it is one in another.
        return Doer(kind=Kind.OUTSIDER, standing=Standing.CONSULTS), power
    return lifecycle.party_doer(side=my_side, manages=actor.manages, power=power), power


def _validation(row: Validation) -> ValidationDetails:
    return ValidationDetails(
        side=row.side,
        completes=row.completes,
        method=row.method,
        person_name=f"{row.given_name} {row.family_name}".strip(),
        at=row.at,
        assurance=row.assurance,
        document=None if row.document is None else row.document.number,
        issuer=row.issuer,
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Reasons:
    """The last reasons given, by the places of the mandates: as text, and by the list."""

    texts: dict[int, str]
    rejections: dict[int, RejectionReason]


def _reasons(row: Authorisation) -> _Reasons:
    """Give the last reason given for the mandate at each place: as text, and by the list."""
    reasons: dict[int, str] = {}
    rejections: dict[int, RejectionReason] = {}
    known = {reason.value: reason for reason in RejectionReason}
    entries = HistoryEntry.objects.filter(~Q(reason="") | Q(act=Act.REJECT), authorisation=row)
    for entry in entries.order_by("number"):
        reasons[entry.place] = entry.reason
        rejection = known.get(entry.evidence.get("rejection"))
        if rejection is not None:
            rejections[entry.place] = rejection
    return _Reasons(texts=reasons, rejections=rejections)


@dataclasses.dataclass(frozen=True, kw_only=True)
class _View:
    """What the details of each mandate are made with."""

    doer: Doer
    on: datetime.date
    language: str
    mandator: PartyCard
    mandatary: PartyCard
    signatures: Signatures
    actor: Actor
    power: SigningPower
    reasons: _Reasons
    settled: dict[int, Settled]

    def case(self, row: Mandate) -> Case:
        """Give the case of one mandate, as the rules judge it."""
        return Case(
            mandate=self.signatures.mandate(row),
            on=self.on,
            mandator=self.mandator.party,
            mandatary=self.mandatary.party,
            power=self.power,
            signatory=self.actor.person.insz,
            first_of_two=self._first_of_two,
        )

    @property
    def _first_of_two(self) -> FirstOfTwo | None:
        side = self.doer.side
        return None if side is None else self.signatures.first_of_two.get(side)

    @property
    def cosigning(self) -> Cosigning | None:
        """Say how the half signature of the actor's party stands; None where there is none."""
        first = self._first_of_two
        if first is None:
            return None
        return cosigners.of(
            person=self.actor.person.insz,
            power=self.power,
            enterprise=self.actor.enterprise,
            first=first,
            on=self.on,
            language=self.language,
        )

    def of_all(self, rows: list[Mandate]) -> tuple[MandateDetails, ...]:
        """Give the details of all mandates of the authorisation."""
        beside = neighbours.of_mandates(rows, actor=self.actor, language=self.language)
        return tuple(self.of(row, beside[row.pk]) for row in rows)

    def of(self, row: Mandate, beside: Neighbours) -> MandateDetails:
        """Give the details of one mandate."""
        case = self.case(row)
        return MandateDetails(
            place=row.place,
            reference=row.reference,
            group_code=row.group.code,
            group_name=row.group.name_in(self.language),
            period=row.quarters,
            state=case.mandate.state_on(self.on) or row.state,
            single_mandatary=row.single_mandatary,
            employers_only=row.group.employers_only,
            reason=self.reasons.texts.get(row.place, ""),
            rejection=self.reasons.rejections.get(row.place),
            settled=self.settled.get(row.place),
            may=frozenset(act for act in Act if self._may(act, case)),
            neighbours=beside,
        )

    def _may(self, act: Act, case: Case) -> bool:
        return lifecycle.may(act=act, doer=self.doer, case=case) and all(
            _holds(condition, case) for condition in _fixed_conditions(act, case.mandate.state)
        )


def _fixed_conditions(act: Act, state: State | None) -> Iterable[Condition]:
    rows = lifecycle.rows_for(state=state, act=act)
    return {condition for row in rows for condition in row.conditions} & _FIXED


def _holds(condition: Condition, case: Case) -> bool:
    try:
        checks.require(condition, case)
    except Refused:
        return False
    return True
