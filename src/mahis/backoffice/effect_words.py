"""What a change of groups and applications means for mandates, in whole sentences (N2)."""

import datetime
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mahis.domain.groups import Validity
from mahis.domain.reference_data import Resting
from mahis.web import showing


def resting(found: Resting) -> str:
    """Say how many mandates rest on a group."""
    if not found.total:
        return _("No mandate was ever given for it.")
    holding = ngettext(
        "%(count)s mandate is active or waits for identification",
        "%(count)s mandates are active or wait for identification",
        found.holding,
    ) % {"count": found.holding}
    unfinished = ngettext(
        "%(count)s waits for signatures",
        "%(count)s wait for signatures",
        found.unfinished,
    ) % {"count": found.unfinished}
    over = ngettext("%(count)s is over", "%(count)s are over", found.over) % {"count": found.over}
    return _("%(holding)s, %(unfinished)s, %(over)s.") % {
        "holding": holding,
        "unfinished": unfinished,
        "over": over,
    }


def of_group(
    before: Mapping[str, object], after: Mapping[str, object], *, found: Resting
) -> tuple[str, ...]:
    """Say what a changed group means."""
    said = [resting(found)]
    changed = {*before, *after}
    if before and any(name.startswith("name") for name in changed):
        said.append(
            _(
                "Screens, notices and new forms use the new names at once. Forms that were made"
                " already keep the old ones and can still be signed."
            )
        )
    if {"begins", "ends"} & changed:
        said.append(
            _(
                "The days say when new mandates can be drawn up. Mandates drawn up before can"
                " still be signed, go on as they are, and are ended only by their parties or"
                " the NSSO."
            )
        )
    if not before:
        said.append(_("It holds no application yet: put them in on its page."))
    return (*said, kept())


def of_membership(validity: Validity, *, found: Resting, on: datetime.date) -> tuple[str, ...]:
    """Say what it means that a group holds an application on these days."""
    said = [resting(found)]
    first, last = showing.day(validity.begins), validity.ends
    if last is None:
        said.append(
            _("Mandates for the group give access to the application from %(first)s on.")
            % {"first": first}
        )
    else:
        said.append(
            _("Mandates for the group give access to the application from %(first)s to %(last)s.")
            % {"first": first, "last": showing.day(last)}
        )
    if validity.begins < on or (last is not None and last < on):
        said.append(
            _(
                "Part of this lies in the past: it changes what mandates are said to have given"
                " access to on those days."
            )
        )
    said.append(_("The parties are not told."))
    return (*said, kept())


def of_end_of_application(last_day: datetime.date, *, found: Resting) -> tuple[str, ...]:
    """Say what it means that no group holds an application any more."""
    said = _("After %(last)s no mandate gives access to it. The mandates themselves go on.")
    return (resting(found), said % {"last": showing.day(last_day)}, kept())


def of_names() -> tuple[str, ...]:
    """Say what new names of an application mean."""
    return (_("Screens use the new names at once."), kept())


def kept() -> str:
    """Say that files leave alone what an officer wrote."""
    return _(
        "From then on, files of the register leave it as you wrote it, until an officer hands it"
        " back to them."
    )
