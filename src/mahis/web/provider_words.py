"""What the screens call the conditions for becoming a service provider, and why one fails (R3)."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain.identification import Condition
from mahis.domain.parties import ProviderStatus
from mahis.queries.identification import Conditions
from mahis.web import showing, words

#: What has to hold, as the person who asks reads it.
CONDITIONS: dict[Condition, Promise] = {
    Condition.MANAGES: _("You have the role to manage mandates for your enterprise"),
    Condition.REPRESENTS: _("You hold a function that may sign for your enterprise"),
    Condition.ACTIVE: _("Your enterprise is active"),
    Condition.NO_SECRETARIAT: _("Your enterprise is no recognised social secretariat"),
    Condition.NO_PROVIDER: _("Your enterprise is no service provider yet"),
    Condition.EBOX_OPENED: _("The e-Box of your enterprise has been opened at least once"),
    Condition.NO_OPEN_REQUEST: _("No request of your enterprise waits for an answer"),
}
#: The same, as the officer who decides reads it.
FOR_OFFICERS: dict[Condition, Promise] = {
    Condition.REPRESENTS: _("Who asked may sign for the enterprise today"),
    Condition.ACTIVE: _("The enterprise is active today"),
    Condition.NO_SECRETARIAT: _("It is no recognised social secretariat"),
    Condition.NO_PROVIDER: _("It is no service provider, not even a blocked one"),
    Condition.EBOX_OPENED: _("Its e-Box has been opened at least once"),
}
_WHY_NOT: dict[Condition, Promise] = {
    Condition.MANAGES: _("Ask the access manager of your enterprise for this role."),
    Condition.ACTIVE: _("The register does not know your enterprise."),
    Condition.NO_SECRETARIAT: _(
        "Recognised social secretariats receive mandates by their recognition: they do not ask"
        " here."
    ),
    Condition.NO_PROVIDER: _("It is one already. Switch capacity to act as it."),
    Condition.EBOX_OPENED: _("Open it once: the answer to the request arrives there."),
    Condition.NO_OPEN_REQUEST: _("Wait for the answer, or withdraw the request."),
}
_BLOCKED = _("The NSSO has blocked it as one, so it cannot ask again. Write to the NSSO.")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Line:
    """One condition as a page shows it."""

    condition: Condition
    text: str
    met: bool
    why_not: str


def lines(found: Conditions) -> tuple[Line, ...]:
    """Put the conditions of an enterprise into words, each with why it does not hold."""
    return tuple(
        Line(
            condition=each.condition,
            text=str(CONDITIONS[each.condition]),
            met=each.met,
            why_not="" if each.met else _why_not(each.condition, found),
        )
        for each in found.judged
    )


def _why_not(condition: Condition, found: Conditions) -> str:
    if condition is Condition.REPRESENTS and found.why_no_power is not None:
        return str(words.of(found.why_no_power))
    if condition is Condition.ACTIVE and found.activity is not None:
        ceased = found.activity.ceased_on
        if ceased is not None:
            return str(_("It ceased on %(day)s.")) % {"day": showing.day(ceased)}
        return str(_("It begins on %(day)s.")) % {"day": showing.day(found.activity.begins)}
    if condition is Condition.NO_PROVIDER and found.provider is ProviderStatus.BLOCKED:
        return str(_BLOCKED)
    return str(_WHY_NOT[condition])
