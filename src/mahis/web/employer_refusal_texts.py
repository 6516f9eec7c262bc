"""What is wrong with registering or ending an employer, and with settling what ceased, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import ceasing, employers
from mahis.domain.refusals import Refused

TEXTS: dict[type[Refused], Promise] = {
    employers.OnlyOfficersRegister: _(
        "Only officers of the NSSO who manage mandates register and end employers."
    ),
    employers.EnterpriseNotKnown: _("The register knows no enterprise by this number."),
    employers.AlreadyAnEmployer: _(
        "It is registered already on some of these days: under %(nsso_number)s, from %(begins)s."
    ),
    employers.NssoNumberTaken: _("This NSSO number belongs to another enterprise: %(number)s."),
    employers.EmployerEndsBeforeItBegins: _("It is an employer from %(begins)s; it ends later."),
    employers.EndUnchanged: _("This is its last day already: %(ends)s."),
    employers.RegistrationUnknown: _("This enterprise has no such registration as an employer."),
    employers.RegistrationChanged: _(
        "Somebody changed something about this employer since the page was made. Nothing was"
        " changed: look and try again."
    ),
    ceasing.NothingToSettle: _("No party has ceased, or the mandate ends in time by itself."),
    ceasing.NothingToTell: _("The principal is still an employer, or both parties know it."),
}
