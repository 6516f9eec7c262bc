"""What ends when, where one mandate takes the place of another, in sentences (C6)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mahis.domain.mandate import EXPIRING_STATES, RUNNING_STATES, State
from mahis.domain.quarters import Quarter
from mahis.queries.mandate_details import MandateDetails
from mahis.web import showing

_UNFINISHED = EXPIRING_STATES | {State.TO_BE_VALIDATED}


def sentences(mandates: Iterable[MandateDetails]) -> tuple[str, ...]:
    """Say what mandates end, will end or have ended, and what ends them."""
    said = [sentence for mandate in mandates for sentence in _of(mandate)]
    return tuple(dict.fromkeys(said))


def planned(mandates: Iterable[MandateDetails]) -> tuple[str, ...]:
    """Say what will end once both parties have signed; nothing of what is settled."""
    return sentences(mandate for mandate in mandates if mandate.state in _UNFINISHED)


def ends(*, name: str, group: str, end: Quarter) -> str:
    """Say that somebody's mandate will end with a quarter."""
    return _(
        "Once both parties have signed, the mandate of %(name)s for %(group)s ends with quarter"
        " %(quarter)s: %(day)s is its last day."
    ) % {
        "name": name,
        "group": group,
        "quarter": end.screen,
        "day": showing.day(end.last_day),
    }


def _of(mandate: MandateDetails) -> list[str]:
    said = []
    older, newer = mandate.neighbours.older, mandate.neighbours.newer
    end = mandate.neighbours.end_of_older
    if older is not None and mandate.state in _UNFINISHED:
        if end is not None:
            said.append(ends(name=older.mandatary_name, group=mandate.group_name, end=end))
        else:
            said.append(
                _(
                    "The mandate of %(name)s for %(group)s has changed since this was drawn up:"
                    " nothing of it will be replaced."
                )
                % {"name": older.mandatary_name, "group": mandate.group_name}
            )
    elif older is not None and end is not None:
        said.append(
            _(
                "It takes the place of the mandate of %(name)s for %(group)s, whose last quarter is"
                " %(quarter)s, up to and including %(day)s."
            )
            % {
                "name": older.mandatary_name,
                "group": mandate.group_name,
                "quarter": end.screen,
                "day": showing.day(end.last_day),
            }
        )
    if newer is not None and mandate.state in RUNNING_STATES | {State.CLOSED}:
        said.append(
            _(
                "A mandate of %(name)s for %(group)s takes its place from %(day)s, quarter"
                " %(quarter)s."
            )
            % {
                "name": newer.mandatary_name,
                "group": mandate.group_name,
                "quarter": newer.period.start.screen,
                "day": showing.day(newer.period.first_day),
            }
        )
    return said
