"""What the screens call the values of the domain: states, sides, qualities, acts and the like."""

import enum
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mahis.domain import delegation, matrix_versions
from mahis.domain.documents import DocumentKind, RejectionReason
from mahis.domain.groups import Branch
from mahis.domain.identification import RequestState
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import State
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import ProviderStatus, Quality, Role, Side
from mahis.domain.representation import NoPower
from mahis.domain.signing import Level, Method

STATES: dict[State, Promise] = {
    State.TO_BE_FINALISED: _("To be finalised"),
    State.PENDING: _("Pending"),
    State.TO_BE_VALIDATED: _("To be validated"),
    State.IDENTIFICATION: _("Identification"),
    State.ACTIVE: pgettext_lazy("status of a mandate", "Active"),
    State.REJECTED: pgettext_lazy("status of a mandate", "Rejected"),
    State.CLOSED: pgettext_lazy("status of a mandate", "Closed"),
    State.WITHDRAWN: pgettext_lazy("status of a mandate", "Withdrawn"),
    State.EXPIRED: pgettext_lazy("status of a mandate", "Expired"),
}
SIDES: dict[Side, Promise] = {
    Side.MANDATOR: _("Principal"),
    Side.MANDATARY: _("Mandatary"),
}
QUALITIES: dict[Quality, Promise] = {
    Quality.NSSO_EMPLOYER: _("NSSO employer"),
    Quality.COMPANY_WITHOUT_STAFF: _("Company without staff"),
    Quality.SERVICE_PROVIDER: _("Service provider"),
    Quality.SOCIAL_SECRETARIAT: _("Recognised social secretariat"),
    Quality.NSSO_OFFICER: _("NSSO officer"),
}
ROLES: dict[Role, Promise] = {
    Role.MANAGE: _("manages mandates"),
    Role.CONSULT: _("consults mandates"),
}
BRANCHES: dict[Branch, Promise] = {
    Branch.SOCIAL_SECURITY: _("Social security"),
    Branch.SOCIAL_RISKS: _("Social risks"),
    Branch.OTHER: pgettext_lazy("branch of application groups", "Other"),
}
METHODS: dict[Method, Promise] = {
    Method.HANDWRITTEN: _("by hand on paper"),
    Method.AUTHENTICATION: _("by authentication"),
    Method.EID: _("by eID signature"),
}
LEVELS: dict[Level, Promise] = {
    Level.HANDWRITTEN: METHODS[Method.HANDWRITTEN],
    Level.AUTHENTICATION: METHODS[Method.AUTHENTICATION],
    Level.EID: METHODS[Method.EID],
}
#: Who stands behind a step that no party took.
KINDS: dict[Kind, Promise] = {
    Kind.OFFICER: _("NSSO officer"),
    Kind.CLOCK: _("By itself, by the passing of time"),
    Kind.REGISTER: _("By itself, by the register"),
    Kind.SUCCESSOR: _("By itself, by a newer mandate"),
    Kind.DELEGATE: _("The delegate"),
}
#: What was done, as a line in a list of what happened.
ACTS: dict[Act, Promise] = {
    Act.DRAW_UP: _("drawn up"),
    Act.VALIDATE: _("signed by authentication"),
    Act.UPLOAD_SCAN: _("scan of the signed authorisation uploaded"),
    Act.UPLOAD_SIGNED: _("eID-signed authorisation uploaded"),
    Act.REFUSE: _("refused by the other party"),
    Act.APPROVE: _("approved by the NSSO"),
    Act.REJECT: _("rejected by the NSSO"),
    Act.IDENTIFY_EMPLOYER: _("principal identified as an employer"),
    Act.WITHDRAW: _("withdrawn"),
    Act.EXPIRE: _("expired"),
    Act.CLOSE: _("given an end quarter"),
    Act.REACH_END: _("ended with its end quarter"),
    Act.REPLACE: _("replaced by a newer mandate"),
    Act.DELEGATE: _("past quarters delegated"),
    Act.END_DELEGATION: _("delegation ended"),
    Act.CEASE: _("a party has ceased"),
    Act.END_EMPLOYER: _("principal no longer an employer"),
    Act.REOPEN: _("goes on without end, as the newer mandate was withdrawn"),
}
PROVIDER_STATUSES: dict[ProviderStatus, Promise] = {
    ProviderStatus.NONE: _("is not registered as a service provider or social secretariat"),
    ProviderStatus.ACTIVE: _("is a service provider"),
    ProviderStatus.BLOCKED: _("is blocked as a service provider"),
    ProviderStatus.LAPSED: _("is no longer a service provider"),
}
#: Why somebody may not sign: whole sentences.
NO_POWERS: dict[NoPower, Promise] = {
    NoPower.NO_FUNCTION: _(
        "The Crossroads Bank for Enterprises knows no function of yours in this enterprise."
    ),
    NoPower.FUNCTION_NOT_BEGUN: _("Your function in this enterprise has not begun yet."),
    NoPower.FUNCTION_ENDED: _("Your function in this enterprise has ended."),
    NoPower.FUNCTION_NOT_IN_MATRIX: _(
        "Your function may not sign for an enterprise of this legal form."
    ),
    NoPower.NO_MATRIX: _("No representatives matrix is in force today."),
    NoPower.CHAIN_HAS_LOOP: _(
        "The enterprises that hold this function represent each other in a circle."
    ),
}

DOCUMENT_KINDS: dict[DocumentKind, Promise] = {
    DocumentKind.FORM: _("Form to be signed"),
    DocumentKind.SIGNED: _("Signed form"),
    DocumentKind.SCAN: _("Scan of the form signed by hand"),
    DocumentKind.ATTACHED: _("New version"),
    DocumentKind.ARCHIVED: _("Archive copy of a signed form"),
}

#: Why the office rejects a scan, as a choice in a list.
REJECTIONS: dict[RejectionReason, Promise] = {
    RejectionReason.SIGNATURE_MISSING: _("A signature is missing"),
    RejectionReason.SIGNATURE_ILLEGIBLE: _("A signature cannot be read"),
    RejectionReason.SIGNATORY_MAY_NOT_SIGN: _("Somebody signed who may not sign for that party"),
    RejectionReason.CONTENT_DIFFERS: _("The scan says something else than what was drawn up"),
    RejectionReason.SCAN_UNREADABLE: _("The scan cannot be read"),
    RejectionReason.OTHER: _("Another reason, which follows"),
}

#: What a notice is about, as a line in a list of notices.
TELLINGS: dict[Telling, Promise] = {
    Telling.DRAWN_UP: _("Authorisation drawn up"),
    Telling.SIGNED_BY_ONE: _("Signed by one party"),
    Telling.AWAITS_COSIGNATORY: _("Awaits a second signatory"),
    Telling.SUBMITTED_TO_OFFICE: _("Signed by hand, checked by the NSSO"),
    Telling.ACTIVE: _("Mandate active"),
    Telling.AWAITS_IDENTIFICATION: _("Signed, waits for registration as an employer"),
    Telling.REFUSED_BY_PARTY: _("Refused by a party"),
    Telling.REJECTED_BY_OFFICE: _("Rejected by the NSSO"),
    Telling.WITHDRAWN: _("Authorisation withdrawn"),
    Telling.EXPIRED: _("Authorisation expired"),
    Telling.END_SET: _("Mandate given an end quarter"),
    Telling.CLOSED: _("Mandate ended"),
    Telling.REPLACED: _("Mandate replaced by a newer one"),
    Telling.DELEGATED: _("Past quarters delegated"),
    Telling.DELEGATION_ENDED: _("Delegation ended"),
    Telling.REOPENED: _("Mandate goes on, the newer one was withdrawn"),
    Telling.PARTY_CEASED: _("A party has ceased"),
    Telling.EMPLOYER_CEASED: _("Principal no longer an employer"),
    Telling.SIGN_REMINDER: _("Reminder to sign"),
    Telling.ENDS_SOON: _("Mandate ends soon"),
    Telling.PROVIDER_LAPSES_SOON: _("Quality of service provider lapses soon"),
    Telling.PROVIDER_ACCEPTED: _("Accepted as a service provider"),
    Telling.PROVIDER_REFUSED: _("Request to become a service provider refused"),
    Telling.PROVIDER_BLOCKED: _("Blocked as a service provider"),
    Telling.PROVIDER_UNBLOCKED: _("Unblocked as a service provider"),
    Telling.PROVIDER_LAPSED: _("Quality of service provider lapsed"),
}
#: Where a request to become a service provider stands.
REQUEST_STATES: dict[RequestState, Promise] = {
    RequestState.SUBMITTED: pgettext_lazy("request", "waiting for the NSSO"),
    RequestState.ACCEPTED: pgettext_lazy("request", "accepted"),
    RequestState.REFUSED: pgettext_lazy("request", "refused"),
    RequestState.WITHDRAWN: pgettext_lazy("request", "withdrawn"),
}
CHANNELS: dict[Channel, Promise] = {
    Channel.EBOX: _("e-Box"),
    Channel.POST: _("Letter"),
}
#: What a version of the representatives matrix is today.
MATRIX_STANDINGS: dict[matrix_versions.Standing, Promise] = {
    matrix_versions.Standing.TO_COME: pgettext_lazy("version of the matrix", "To come"),
    matrix_versions.Standing.IN_FORCE: pgettext_lazy("version of the matrix", "In force"),
    matrix_versions.Standing.SET_ASIDE: pgettext_lazy("version of the matrix", "Not in force"),
}

#: How a delegation stands, and why it has ended: the latter whole sentences.
DELEGATION_STANDINGS: dict[delegation.Standing, Promise] = {
    delegation.Standing.RUNNING: pgettext_lazy("status of a delegation", "Running"),
    delegation.Standing.ENDED: pgettext_lazy("status of a delegation", "Ended"),
}
ENDED_BECAUSE: dict[delegation.EndedBecause, Promise] = {
    delegation.EndedBecause.DELEGATOR: _("The delegator has ended it."),
    delegation.EndedBecause.DELEGATE: _("The delegate has ended it."),
    delegation.EndedBecause.OFFICER: _("The NSSO has ended it."),
    delegation.EndedBecause.SOURCE_ENDED: _("It ended with the mandate that it was a part of."),
}

_TABLES: tuple[Mapping[Any, Promise], ...] = (
    STATES,
    SIDES,
    QUALITIES,
    ROLES,
    BRANCHES,
    METHODS,
    LEVELS,
    KINDS,
    ACTS,
    PROVIDER_STATUSES,
    NO_POWERS,
    DOCUMENT_KINDS,
    REJECTIONS,
    TELLINGS,
    CHANNELS,
    DELEGATION_STANDINGS,
    ENDED_BECAUSE,
    REQUEST_STATES,
    MATRIX_STANDINGS,
)
_ALL: dict[enum.Enum, Promise] = {value: word for table in _TABLES for value, word in table.items()}


def of(value: enum.Enum) -> Promise:
    """Give the word for a value of the domain; KeyError where it has none."""
    return _ALL[value]


def knows(value: enum.Enum) -> bool:
    """Say whether a value has a word."""
    return value in _ALL
