"""What refusals about delegations say to a person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import delegation
from mahis.domain.refusals import Refused

TEXTS: dict[type[Refused], Promise] = {
    delegation.MandateNotBegun: _(
        "This mandate starts in %(start)s. Nothing of it can be delegated before."
    ),
    delegation.DelegateIsAParty: _(
        "This enterprise is a party of the mandate itself. Choose a former mandatary."
    ),
    delegation.NotAFormerMandatary: _(
        "%(name)s never was a mandatary of this principal for this application group."
    ),
    delegation.StillAMandatary: _(
        "%(name)s has a mandate for this application group itself, so it needs no delegation."
    ),
    delegation.QuartersNotPast: _(
        "Only quarters that are over can be delegated: %(latest)s at the latest."
    ),
    delegation.QuartersNotHeld: _("%(name)s was no mandatary in %(quarters)s. Leave that out."),
    delegation.ApplicationNotInGroup: _(
        "This application was not in the application group in %(quarters)s."
    ),
    delegation.DelegatedAlready: _(
        "Some of it is delegated to this enterprise already: delegation %(number)s, for"
        " %(quarters)s."
    ),
    delegation.DelegationEnded: _("This delegation has ended already."),
    delegation.DelegationUnknown: _("There is no such delegation, or not for your enterprise."),
}
