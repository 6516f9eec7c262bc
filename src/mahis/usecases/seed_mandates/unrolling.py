"""Letting invented authorisations live day by day, each step taken by the rules themselves."""

import bisect
import collections
import dataclasses
import datetime
import heapq
import itertools
from collections.abc import Callable, Iterable

from mahis.domain import cosigning, lifecycle
from mahis.domain.conditions import Holder, Limits
from mahis.domain.cosigning import FirstOfTwo
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Doer, Kind, Standing
from mahis.domain.mandate import MandateReference
from mahis.domain.parties import Actor, Party, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.domain.signing import Method
from mahis.store.models import Authorisation, AuthorisationDocument, Mandate
from mahis.usecases import _acting, _evidence, _record
from mahis.usecases.seed_mandates.dossier import Doing, Dossier
from mahis.usecases.seed_mandates.papers import Papers
from mahis.usecases.seed_mandates.plans import Deed, Plan, drawn_on
from mahis.usecases.seed_mandates.world import Signer, World

_OPENING = datetime.time(8, 30)
_PAUSE = datetime.timedelta(seconds=97)
# On two days of the week, and each day lately: what was true of the parties is read once for
# each such day.
_WORKING = frozenset({1, 3})
_ANOTHER_LOOK = 45


#: Where two sign together, the second has not yet signed what is not older than so many days.
_LEFT_HALF_SIGNED = 10

#: Deeds for which it matters who signed by hand.
_ON_PAPER = frozenset({Act.UPLOAD_SCAN, Act.APPROVE})


@dataclasses.dataclass(order=True)
class _Event:
    """Something that is to happen on a day."""

    day: datetime.date
    order: int
    plan: Plan = dataclasses.field(compare=False)
    #: None: the drawing up.
    deed: Deed | None = dataclasses.field(compare=False, default=None)
    dossier: Dossier | None = dataclasses.field(compare=False, default=None)


class Unrolling:
    """Takes the steps of many plans in the order of their days."""

    def __init__(
        self,
        world: World,
        *,
        on: datetime.date,
        zone: datetime.tzinfo,
        next_number: Callable[[], int],
        papers: Papers,
    ) -> None:
        self.dossiers: list[Dossier] = []
        self._world = world
        self._on = on
        self._zone = zone
        self._next_number = next_number
        self._papers = papers
        self._officer = world.officer()
        self._orders = itertools.count()
        self._events: list[_Event] = []
        self._holding: dict[tuple[int, str], list[Dossier]] = collections.defaultdict(list)
        first = on - datetime.timedelta(days=4 * 366)
        span = (first + datetime.timedelta(days=each) for each in range((on - first).days))
        lately = on - datetime.timedelta(days=7)
        self._days = [day for day in span if day.weekday() in _WORKING or day >= lately]

    def run(self, plans: Iterable[Plan]) -> None:
        """Let everything happen that is planned before today."""
        for plan in plans:
            self._schedule(drawn_on(plan, on=self._on), plan)
        at = datetime.datetime.min.replace(tzinfo=self._zone)
        while self._events:
            day = self._events[0].day
            events = self._of_day(day)
            numbers = {
                number for each in events for number in (each.plan.mandator, each.plan.mandatary)
            }
            parties = self._world.parties(numbers, day)
            # What a day's deeds lead to on the same day comes after them.
            at = max(at, datetime.datetime.combine(day, _OPENING, self._zone))
            for event in events:
                at += _PAUSE
                self._happen(event, parties, at)

    def _schedule(
        self,
        day: datetime.date,
        plan: Plan,
        deed: Deed | None = None,
        dossier: Dossier | None = None,
    ) -> None:
        """Put something on the first working day from a day on, if that still lies before today."""
        place = bisect.bisect_left(self._days, day)
        if place < len(self._days):
            event = _Event(self._days[place], next(self._orders), plan, deed, dossier)
            heapq.heappush(self._events, event)

    def _of_day(self, day: datetime.date) -> list[_Event]:
        found = []
        while self._events and self._events[0].day == day:
            found.append(heapq.heappop(self._events))
        return found

    def _happen(
        self,
        event: _Event,
        known: dict[EnterpriseNumber, Party],
        at: datetime.datetime,
    ) -> None:
        """Take one step; where the rules refuse it, it simply does not happen."""
        parties = {
            Side.MANDATOR: known[event.plan.mandator],
            Side.MANDATARY: known[event.plan.mandatary],
        }
        try:
            if event.dossier is None:
                self._draw_up(event, parties, at)
            elif event.deed is not None:
                self._do(event.dossier, event.deed, event, parties, at)
        except Refused:
            if event.dossier is not None:
                self._look_again(event.dossier, event)

    # -- drawing up

    def _draw_up(self, event: _Event, parties: dict[Side, Party], at: datetime.datetime) -> None:
        plan, day = event.plan, event.day
        signer = self._world.signer(parties[plan.drawn_by], plan.drawn_by, day)
        if signer is None:
            return
        dossier = self._new(plan, day, at)
        doing = Doing(
            act=Act.DRAW_UP,
            doer=_acting.drawer(signer.actor),
            at=at,
            on=day,
            parties=parties,
            holder=self._holder,
            actor=signer.actor,
        )
        taken = dossier.do(doing, dossier.mandates)
        at_once = [deed for deed in plan.deeds if deed.after == 0 and deed.act is Act.VALIDATE]
        if not at_once:
            self._tell(dossier, taken, at)
        self.dossiers.append(dossier)
        for row in dossier.mandates:
            self._holding[plan.mandator.as_int, row.group.code].append(dossier)
        for deed in plan.deeds:
            if deed in at_once:
                self._do(dossier, deed, event, parties, at + _PAUSE / 2)
            else:
                after = datetime.timedelta(days=deed.after)
                self._schedule(day + after, plan, deed, dossier)
        limit = dossier.authorisation.expires_on + datetime.timedelta(days=1)
        self._schedule(limit, plan, Deed(act=Act.EXPIRE, after=0, side=None), dossier)

    def _new(self, plan: Plan, day: datetime.date, at: datetime.datetime) -> Dossier:
        start = Quarter.containing(day) + plan.starts_in
        end = None if plan.lasts is None else start + plan.lasts
        authorisation = Authorisation(
            pk=self._next_number(),
            year=day.year,
            mandator_id=plan.mandator,
            mandatary_id=plan.mandatary,
            drawn_up_by=plan.drawn_by,
            drawn_up_at=at,
            expires_on=day + datetime.timedelta(days=Limits().days_to_finish),
        )
        groups = [self._world.groups[code] for code in plan.groups if code in self._world.groups]
        return Dossier(
            authorisation=authorisation,
            mandates=[
                Mandate(
                    authorisation=authorisation,
                    place=place,
                    mandator_id=plan.mandator,
                    mandatary_id=plan.mandatary,
                    group=group,
                    single_mandatary=group.single_mandatary,
                    quarters=QuarterPeriod(start, end),
                )
                for place, group in enumerate(groups, start=1)
            ],
        )

    # -- everything after it

    def _do(
        self,
        dossier: Dossier,
        deed: Deed,
        event: _Event,
        parties: dict[Side, Party],
        at: datetime.datetime,
    ) -> None:
        first = None if deed.side is None else dossier.signatures.first_of_two.get(deed.side)
        doing = self._doing(deed, event.day, parties, at, first)
        if doing is None:
            return
        rows = [
            row for row in dossier.mandates if lifecycle.rows_for(state=row.state, act=deed.act)
        ]
        if not rows:
            return
        signers = self._signers(parties, event.day) if deed.act in _ON_PAPER else {}
        if deed.act in _ON_PAPER and len(signers) < len(parties):
            return
        doing, scan = self._on_paper(dossier, deed, doing, signers)
        taken = dossier.do(doing, rows)
        dossier.scan = scan
        if doing.actor is not None and doing.adds is not None and deed.side is not None:
            dossier.sign(doing.actor, deed.side, Method.AUTHENTICATION, at, doing.adds)
        elif deed.act is Act.APPROVE:
            for side, signer in signers.items():
                adds = cosigning.adding(power=signer.power, first=None)
                dossier.sign(signer.actor, side, Method.HANDWRITTEN, at, adds)
        self._tell(dossier, taken, at)
        self._schedule_what_follows(dossier, event)
        if doing.half_signing and event.plan.days_ago > _LEFT_HALF_SIGNED:
            self._do(dossier, deed, event, parties, at + _PAUSE / 4)

    def _doing(
        self,
        deed: Deed,
        day: datetime.date,
        parties: dict[Side, Party],
        at: datetime.datetime,
        first: FirstOfTwo | None,
    ) -> Doing | None:
        """Find somebody who does a deed; None where there is nobody."""
        doing = Doing(
            act=deed.act,
            doer=_acting.CLOCK,
            at=at,
            on=day,
            parties=parties,
            holder=self._holder,
            end=Quarter.containing(day) + deed.quarters if deed.act is Act.CLOSE else None,
            reason=deed.reason,
        )
        if deed.act in {Act.EXPIRE, Act.REACH_END}:
            return doing
        if deed.act is Act.IDENTIFY_EMPLOYER:
            return dataclasses.replace(doing, doer=_acting.REGISTER)
        if deed.side is None:
            return self._by_officer(doing)
        signer = self._world.signer(parties[deed.side], deed.side, day, first=first)
        return None if signer is None else self._by_party(doing, deed, deed.side, signer, first)

    def _by_officer(self, doing: Doing) -> Doing | None:
        if self._officer is None:
            return None
        doer = Doer(kind=Kind.OFFICER, standing=Standing.MANAGES)
        return dataclasses.replace(doing, doer=doer, actor=self._officer)

    def _by_party(
        self, doing: Doing, deed: Deed, side: Side, signer: Signer, first: FirstOfTwo | None
    ) -> Doing:
        actor: Actor = signer.actor
        signs = deed.act is Act.VALIDATE
        adds = cosigning.adding(power=signer.power, first=first)
        half = frozenset({side}) if signs and not adds.completes else frozenset()
        evidence: dict[str, object] = {}
        if signs:
            evidence = {
                **_evidence.of_authentication(actor, signer.power, adds),
                **_evidence.of_half_signed(half),
            }
        elif deed.act is Act.CLOSE:
            evidence = _evidence.of_power(signer.power)
        return dataclasses.replace(
            doing,
            doer=lifecycle.party_doer(side=side, manages=True, power=signer.power),
            actor=actor,
            power=signer.power,
            method=Method.AUTHENTICATION if signs else None,
            signing=frozenset({side}) - half if signs else frozenset(),
            half_signing=half,
            first_of_two=first,
            adds=adds if signs else None,
            evidence=evidence,
        )

    def _signers(self, parties: dict[Side, Party], day: datetime.date) -> dict[Side, Signer]:
        """Give who signs for each party by hand, where somebody may alone."""
        found = {side: self._world.signer(party, side, day) for side, party in parties.items()}
        return {
            side: signer
            for side, signer in found.items()
            if signer is not None and signer.power.alone
        }

    def _on_paper(
        self, dossier: Dossier, deed: Deed, doing: Doing, signers: dict[Side, Signer]
    ) -> tuple[Doing, AuthorisationDocument | None]:
        """Let a deed rest on the scan of its authorisation, which the first of them brings."""
        scan = dossier.scan
        evidence: dict[str, object] = {}
        if deed.act is Act.UPLOAD_SCAN and doing.actor is not None:
            scan = self._papers.scan(
                dossier, actor=doing.actor, parties=doing.parties, signers=signers, at=doing.at
            )
            evidence = _evidence.of_document(scan, Method.HANDWRITTEN)
        elif deed.act is Act.APPROVE and scan is not None:
            given = [
                _evidence.Given(
                    side=side,
                    person_name=each.actor.person.name,
                    power=each.power,
                    adds=cosigning.adding(power=each.power, first=None),
                )
                for side, each in signers.items()
            ]
            evidence = _evidence.of_signatures(Method.HANDWRITTEN, document=scan, signatures=given)
        elif deed.rejection is not None:
            evidence = _evidence.of_rejection(scan, deed.rejection)
        return (dataclasses.replace(doing, evidence=evidence) if evidence else doing), scan

    def _schedule_what_follows(self, dossier: Dossier, event: _Event) -> None:
        for row in dossier.holding:
            if row.quarters.end is not None:
                over = row.quarters.end.last_day + datetime.timedelta(days=1)
                deed = Deed(act=Act.REACH_END, after=0, side=None)
                self._schedule(max(over, event.day), event.plan, deed, dossier)
                break
        self._look_again(dossier, event)

    def _look_again(self, dossier: Dossier, event: _Event) -> None:
        """Look now and then, and on the last day, whether a mandator has become an employer."""
        last = self._days[-1]
        if dossier.awaits_identification and event.day < last:
            later = event.day + datetime.timedelta(days=_ANOTHER_LOOK)
            deed = Deed(act=Act.IDENTIFY_EMPLOYER, after=0, side=None)
            self._schedule(min(later, last), event.plan, deed, dossier)

    def _holder(self, row: Mandate) -> Holder | None:
        """Look for what `loading.in_the_way` would find in the database."""
        own = row.authorisation
        for dossier in self._holding[_record.parties_of(own)[Side.MANDATOR].as_int, row.group.code]:
            other = dossier.authorisation
            if other.pk == own.pk:
                continue
            same = other.mandatary_id == own.mandatary_id
            for held in dossier.holding:
                if (
                    held.group.code == row.group.code
                    and (row.single_mandatary or same)
                    and held.quarters.overlaps(row.quarters)
                ):
                    return Holder(
                        reference=MandateReference(other.reference, held.place),
                        mandatary_name="",
                        period=held.quarters,
                        same_mandatary=same,
                    )
        return None

    def _tell(self, dossier: Dossier, taken: list[_record.Taken], at: datetime.datetime) -> None:
        numbers = _record.parties_of(dossier.authorisation)
        dossier.notices += _record.notices_told(
            authorisation=dossier.authorisation,
            taken=taken,
            at=at,
            signed=dossier.signed,
            history_number=dossier.history[-1].number - len(taken) + 1,
            languages={number: self._world.language(number) for number in numbers.values()},
            has_account=self._world.has_account(numbers[Side.MANDATOR], at.date()),
        )
