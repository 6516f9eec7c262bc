"""Which mandates of others stand in the way of new ones, and can give their place to them (C6)."""

import dataclasses

from mahis.domain import checks
from mahis.domain.conditions import Holder
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.queries import groups as named_groups
from mahis.store import loading
from mahis.store.models import ApplicationGroup


@dataclasses.dataclass(frozen=True, kw_only=True)
class Offer:
    """One group in which another mandatary's mandate can be replaced."""

    group_code: str
    group_name: str
    #: The mandate in the way.
    holder: Holder
    #: The last quarter that it would have.
    end: Quarter


def offers(
    *,
    actor: Actor,
    other_party: EnterpriseNumber,
    groups: tuple[str, ...],
    period: QuarterPeriod,
    language: str,
) -> tuple[Offer, ...]:
    """Give what can be replaced where somebody draws up mandates, in the order of the groups.

    Mandates in the way that cannot be replaced are left out: drawing up refuses them.
    """
    parties = {actor.side: actor.enterprise, actor.side.other: other_party} if actor.side else {}
    if not parties:
        return ()
    rows = ApplicationGroup.objects.filter(code__in=groups, single_mandatary=True)
    names = named_groups.names(codes=groups, language=language)
    found = {}
    for row in rows:
        holder = loading.in_the_way(
            mandator=parties[Side.MANDATOR],
            mandatary=parties[Side.MANDATARY],
            group_id=row.pk,
            single_mandatary=True,
            period=period,
        )
        if holder is not None and _can_be_replaced(holder, period, row.code):
            found[row.code] = Offer(
                group_code=row.code,
                group_name=names[row.code],
                holder=holder,
                end=period.start - 1,
            )
    return tuple(found[code] for code in dict.fromkeys(groups) if code in found)


def _can_be_replaced(holder: Holder, period: QuarterPeriod, group: str) -> bool:
    if holder.same_mandatary:
        return False
    try:
        checks.require_replaceable(holder=holder, period=period, group=group)
    except Refused:
        return False
    return True
