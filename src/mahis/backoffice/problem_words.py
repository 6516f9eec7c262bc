"""Why a notice was not delivered, or a job not done, in words, by the code that is recorded."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mahis.gateways.ebox import Problem
from mahis.gateways.timestamping import TimestampUnavailable
from mahis.gateways.trust import TrustUnavailable
from mahis.web import refusal_texts, refusals

DELIVERIES: dict[str, Promise] = {
    Problem.TIMEOUT: _("The e-Box did not answer in time."),
    Problem.UNREACHABLE: _("The e-Box could not be reached."),
    Problem.CONNECTION_LOST: _("The connection to the e-Box was lost."),
    Problem.CERTIFICATE: _("The certificate of the e-Box is not one that may be trusted."),
    Problem.KEYS_UNUSABLE: _("The keys of this service for the e-Box cannot be read."),
    Problem.NO_TOKEN: _("This service gets no access to the e-Box."),
    Problem.TOKEN_NOT_TAKEN: _("The e-Box does not take the access that was just given."),
    Problem.TOO_MANY: _("The e-Box takes no more messages for now."),
    Problem.SERVER_FAULT: _("Something went wrong inside the e-Box."),
    Problem.ANSWER_UNKNOWN: _("The e-Box gave an answer that nobody knows."),
    Problem.BAD_REQUEST: _("The e-Box does not take the message as it is."),
    Problem.FORBIDDEN: _("The e-Box does not let this service write to the enterprise."),
    Problem.TOO_LARGE: _("The message is too large for the e-Box."),
    "unwritable": _(
        "The notice cannot be written: something that it tells of is not as it was. Look at the"
        " history of the authorisation."
    ),
    "fault": _("The service made an error. Its log says where."),
}
#: What is said to people who sign helps nobody who watches the clock.
JOBS: dict[str, Promise] = {
    TrustUnavailable.code: _(
        "The lists could not be fetched or verified. The copy from before stays in use; those who"
        " run the service find the reason with mahis trust status."
    ),
    TimestampUnavailable.code: _(
        "The service that stamps the time did not answer. It is asked again by itself."
    ),
}
#: A class that only gathers others has no code of its own.
_REFUSALS = {kind.code: kind for kind in refusal_texts.TEXTS if "code" in vars(kind)}


def of_delivery(code: str) -> str:
    """Say why a notice was not delivered."""
    return str(DELIVERIES[code]) if code in DELIVERIES else _explain(code)


def of_job(code: str) -> str:
    """Say why a job was not done."""
    return str(JOBS[code]) if code in JOBS else _explain(code)


def _explain(code: str) -> str:
    """Say what a code means; one that nobody knows is named."""
    if code in _REFUSALS:
        return refusals.explain(_REFUSALS[code]())
    if not code:
        return ""
    said = gettext(
        "The service made an error that it does not know (%(code)s). Its log says where."
    )
    return said % {"code": code}
