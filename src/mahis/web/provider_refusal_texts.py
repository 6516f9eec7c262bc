"""What refusals about service providers and requests to become one say."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import contacts, identification
from mahis.domain.identification import Condition
from mahis.domain.refusals import Refused

_NOT_MET: dict[Condition, Promise] = {
    Condition.MANAGES: _("This needs the role to manage mandates for the enterprise."),
    Condition.REPRESENTS: _("This needs somebody who may sign for the enterprise today."),
    Condition.ACTIVE: _("The enterprise is not active today."),
    Condition.NO_SECRETARIAT: _(
        "The enterprise is a recognised social secretariat, which receives mandates as one."
    ),
    Condition.NO_PROVIDER: _("The enterprise is a service provider already, or blocked as one."),
    Condition.EBOX_OPENED: _("The e-Box of the enterprise has never been opened."),
    Condition.NO_OPEN_REQUEST: _("A request of the enterprise waits for an answer already."),
}


def _not_met(found: dict[str, Any]) -> Promise:
    condition = found.get("condition")
    if isinstance(condition, Condition):
        return _NOT_MET[condition]
    return _("A condition for becoming a service provider is not met.")


TEXTS: dict[type[Refused], Promise | Callable[[dict[str, Any]], Promise]] = {
    contacts.ContactNameUnfit: _(
        "Enter the name of a person or a service, with at most %(longest)s characters."
    ),
    contacts.EmailUnfit: _("Enter an e-mail address, for example name@example.be."),
    contacts.TelephoneUnfit: _(
        "Enter a telephone number, for example 02 555 12 34, or +352 27 12 34 from abroad."
    ),
    contacts.ContactLanguageUnfit: _("Choose French, Dutch or German."),
    identification.RequestReferenceUnreadable: _("A request has a reference like P-2026-000012."),
    identification.ConditionNotMet: _not_met,
    identification.TermsNotAccepted: _(
        "Tick that you accept the terms of the e-Box: without them no request can be made."
    ),
    identification.RequestUnknown: _("There is no such request, or not for your enterprise."),
    identification.RequestDecided: _(
        "This request waits no more: it is %(state)s. Nothing was changed."
    ),
    identification.RequestClaimed: _("%(name)s is deciding this request until %(until)s."),
    identification.OfficeOnly: _("Only officers of the NSSO who may act decide about providers."),
    identification.ProviderUnknown: _("This enterprise has no quality of service provider."),
    identification.ProviderIsBlocked: _(
        "The NSSO has blocked your enterprise as a service provider, so it cannot receive or"
        " change mandates. The mandates that it has stay in force. The reason stands in the"
        " message in your e-Box."
    ),
    identification.StatusNotFitting: _(
        "The provider stands otherwise meanwhile: it %(status)s. Nothing was changed."
    ),
    identification.NotOwnData: _(
        "Only managers of an active service provider change how it can be reached."
    ),
}
