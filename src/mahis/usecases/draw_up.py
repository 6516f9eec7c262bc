"""Draw up an authorisation: one mandate for each group, to be finalised or signed at once."""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from uuid import UUID

from mahis.domain import lifecycle
from mahis.domain.conditions import Case, Limits, NothingToReplace
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference, Mandate, MandateReference
from mahis.domain.parties import Actor, Party, Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Forbidden, NotFound, Refused
from mahis.store import loading, models
from mahis.usecases import _acting, _locked, _record, _replacing, sign
from mahis.usecases._transaction import in_one_transaction


class NotAParty(Forbidden):
    """Officers draw up nothing themselves: they are party to no mandate."""

    code = "notAParty"


class NoGroupChosen(Refused):
    """An authorisation is for at least one group."""

    code = "noGroupChosen"


class GroupUnknown(Refused):
    """There is no such group (`group`)."""

    code = "groupUnknown"


class OtherPartyUnknown(NotFound):
    """The register knows no enterprise by this number."""

    code = "otherPartyUnknown"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be drawn up."""

    other_party: EnterpriseNumber
    #: Codes of the groups, in the order of their places.
    groups: tuple[str, ...]
    period: QuarterPeriod
    #: For the groups in which another mandatary's mandate is to be replaced, which one (C6).
    replaces: Mapping[str, MandateReference] = dataclasses.field(default_factory=dict)


@in_one_transaction
def draw_up(
    *,
    actor: Actor,
    draft_id: UUID | None,
    wanted: Wanted,
    signing: bool,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
) -> AuthorisationReference:
    """Draw up an authorisation, and sign it for one's own party where `signing` is True.

    Drawing up the same draft a second time gives the authorisation that the first made. Raises
    the first refusal that `rehearse` would give, or a refusal to sign; nothing is written then.
    """
    draft = _draft_of(actor, draft_id)
    if draft is not None and draft.authorisation is not None:
        return draft.authorisation.reference
    if actor.side is None:
        raise NotAParty
    mandator = actor.enterprise if actor.side is Side.MANDATOR else wanted.other_party
    _lock_replaced(mandator, wanted)
    _locked.lock_holdings(mandator)
    for refused in _refusals(actor=actor, wanted=wanted, limits=limits, on=on):
        raise refused
    rows = _write(actor=actor, wanted=wanted, limits=limits, at=at, on=on, tell=not signing)
    reference = rows[0].authorisation.reference
    if draft is not None:
        draft.authorisation = rows[0].authorisation
        draft.save(update_fields=["authorisation"])
    if signing:
        sign.sign_locked(actor=actor, reference=reference, version=1, limits=limits, at=at, on=on)
    return reference


def rehearse(
    *, actor: Actor, wanted: Wanted, limits: Limits, on: datetime.date
) -> tuple[Refused, ...]:
    """Give every refusal that drawing up would meet; nothing is written."""
    return tuple(_refusals(actor=actor, wanted=wanted, limits=limits, on=on))


def _refusals(
    *, actor: Actor, wanted: Wanted, limits: Limits, on: datetime.date
) -> Iterator[Refused]:
    try:
        cases = _cases(actor=actor, wanted=wanted, limits=limits, on=on)
    except Refused as refused:
        yield refused
        return
    told = set()
    for case in cases:
        try:
            lifecycle.take(act=Act.DRAW_UP, doer=_acting.drawer(actor), case=case)
        except Refused as refused:
            # What is wrong with parties or period is wrong for every group: once is enough.
            key = (refused.code, refused.found.get("group"), refused.found.get("side"))
            if key not in told:
                told.add(key)
                yield refused


def _cases(*, actor: Actor, wanted: Wanted, limits: Limits, on: datetime.date) -> list[Case]:
    """Give the case of each mandate to be drawn up."""
    sides = _parties(actor, wanted, on)
    groups = _groups(wanted)
    mandator, mandatary = sides[Side.MANDATOR], sides[Side.MANDATARY]
    for code in wanted.replaces.keys() - set(wanted.groups):
        raise NothingToReplace(field="groups", group=code)
    return [
        Case(
            mandate=Mandate(
                mandator=mandator.number,
                mandatary=mandatary.number,
                group=group.to_domain(),
                period=wanted.period,
                state=None,
                drawn_up_by=actor.side or Side.MANDATOR,
                replaces=wanted.replaces.get(group.code),
            ),
            on=on,
            mandator=mandator,
            mandatary=mandatary,
            limits=limits,
            holder=loading.in_the_way(
                mandator=mandator.number,
                mandatary=mandatary.number,
                group_id=group.pk,
                single_mandatary=group.single_mandatary,
                period=wanted.period,
            ),
        )
        for group in groups
    ]


def _parties(actor: Actor, wanted: Wanted, on: datetime.date) -> dict[Side, Party]:
    if actor.side is None:
        raise NotAParty
    known = loading.parties_on([actor.enterprise, wanted.other_party], on=on)
    if wanted.other_party not in known or actor.enterprise not in known:
        raise OtherPartyUnknown(field="other_party")
    return {
        actor.side: known[actor.enterprise],
        actor.side.other: known[wanted.other_party],
    }


def _groups(wanted: Wanted) -> list[models.ApplicationGroup]:
    if not wanted.groups:
        raise NoGroupChosen(field="groups")
    known = {
        group.code: group
        for group in models.ApplicationGroup.objects.filter(code__in=wanted.groups)
    }
    for code in wanted.groups:
        if code not in known:
            raise GroupUnknown(field="groups")
    return [known[code] for code in dict.fromkeys(wanted.groups)]


def _lock_replaced(mandator: EnterpriseNumber, wanted: Wanted) -> None:
    """Lock what is to be replaced, before what the mandator holds, as every act does."""
    named = {reference.authorisation.number for reference in wanted.replaces.values()}
    own = models.Authorisation.objects.filter(pk__in=named, mandator=mandator)
    _locked.lock_older(own.values_list("pk", flat=True))


def _replaced_by(case: Case) -> models.Mandate | None:
    """Give the row of the mandate to be replaced, which the rules have found in the way."""
    named = case.mandate.replaces
    if named is None:
        return None
    rows = models.Mandate.objects.select_related("authorisation")
    return rows.get(authorisation=named.authorisation.number, place=named.place)


def _write(
    *,
    actor: Actor,
    wanted: Wanted,
    limits: Limits,
    at: datetime.datetime,
    on: datetime.date,
    tell: bool,
) -> list[models.Mandate]:
    """Write the authorisation, its mandates and their first step."""
    cases = _cases(actor=actor, wanted=wanted, limits=limits, on=on)
    authorisation = models.Authorisation.objects.create(
        year=on.year,
        mandator_id=cases[0].mandator.number,
        mandatary_id=cases[0].mandatary.number,
        drawn_up_by=actor.side,
        drawn_up_at=at,
        expires_on=on + datetime.timedelta(days=limits.days_to_finish),
    )
    drawer = _acting.drawer(actor)
    steps = [lifecycle.take(act=Act.DRAW_UP, doer=drawer, case=case) for case in cases]
    rows = models.Mandate.objects.bulk_create(
        models.Mandate(
            authorisation=authorisation,
            place=place,
            mandator_id=authorisation.mandator_id,
            mandatary_id=authorisation.mandatary_id,
            group=group,
            single_mandatary=group.single_mandatary,
            quarters=wanted.period,
            state=step.after,
            replaces=_replaced_by(case),
        )
        for place, (group, case, step) in enumerate(
            zip(_groups(wanted), cases, steps, strict=True), start=1
        )
    )
    _record.record(
        authorisation=authorisation,
        taken=[
            _record.Taken(row=row, step=step, evidence=_replacing.names_replaced(row))
            for row, step in zip(rows, steps, strict=True)
        ],
        by=_record.By(kind=Kind.PARTY, actor=actor),
        at=at,
        signed=frozenset(),
        tell=tell,
    )
    return rows


def _draft_of(actor: Actor, draft_id: UUID | None) -> models.Draft | None:
    if draft_id is None:
        return None
    return (
        models.Draft.objects.select_for_update(of=("self",))
        .filter(pk=draft_id, person=actor.person.insz, enterprise=actor.enterprise)
        .first()
    )
