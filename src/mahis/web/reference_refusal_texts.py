"""What refusals about groups, applications and the officers' search say."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import reference_data as rules
from mahis.domain.refusals import Refused
from mahis.queries import find_everything
from mahis.usecases import reference_data
from mahis.web import dates


def _overlaps(found: dict[str, Any]) -> Promise:
    if found.get("ends") is None:
        return _("It is in the group already, from %(begins)s on without an end.")
    return _("It is in the group already, from %(begins)s to %(ends)s.")


TEXTS: dict[type[Refused], Any] = {
    dates.DayUnreadable: _("Write the day as day, month and year, for example 31/12/2026."),
    rules.CodeUnreadable: _("A code has letters and digits only, and at most %(longest)s of them."),
    rules.CodeTaken: _("This code is taken. Codes are never used again: choose another."),
    rules.NameMissing: _("Enter a name in this language."),
    rules.NameTooLong: _("A name can have at most %(longest)s characters."),
    rules.PositionUnreadable: _("Enter a number from 0 to %(most)s."),
    rules.EndsBeforeItBegins: _("It begins on %(begins)s, so it cannot end before that day."),
    rules.RuleRestsOnMandates: _(
        "Mandates were given for this group under the rule as it is (%(count)s in all), so it"
        " cannot change. End the group and add another one."
    ),
    rules.MembershipOverlaps: _overlaps,
    rules.MembershipHasBegun: _(
        "It has been in the group since %(begins)s and gave access from then on. It can only end:"
        " give it a last day."
    ),
    rules.NothingChanges: _("Nothing would change. Change something, or go back."),
    reference_data.OnlyOfficersKeep: _(
        "Only officers who manage mandates change groups and applications."
    ),
    reference_data.ReferenceUnknown: _("There is no such group or application."),
    reference_data.ThingChanged: _(
        "Somebody changed it since this page was made. Nothing was written down: go back, look at"
        " it, and begin again."
    ),
    find_everything.PersonsNotSearched: _(
        "This is the national number of a person, and nobody is found by it: what is searched for"
        " stands in the address of the page. Search for the name of the enterprise instead."
    ),
}
