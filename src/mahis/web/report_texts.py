"""The texts of reports on signed files: outcomes, reasons, and the name of each check."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mahis.domain.signature_evidence import Kind
from mahis.domain.signed_forms import Doubt, Outcome

OUTCOMES: dict[Outcome, Promise] = {
    Outcome.VALID: _("The signatures are valid"),
    Outcome.INVALID: _("This is not a validly signed authorisation"),
    Outcome.INDETERMINATE: _("This cannot be said for certain"),
}
UNSIGNED = _("Genuine, but not signed with an eID")
ALL_WELL = _("The form was sealed here, and nothing but signatures was added since.")
NOBODY_KNOWN = _("Somebody whose certificate cannot be read")

#: What is wrong, as a statement; what to do about it is for the refusals of uploads to say.
REASONS: dict[Doubt, Promise] = {
    Doubt.TOO_LARGE: _("The file is too large to be checked."),
    Doubt.NOT_A_PDF: _("The file is not a PDF."),
    Doubt.ENCRYPTED: _(
        "The file is encrypted or protected with a password, so nobody can say what was signed."
    ),
    Doubt.BROKEN: _("The file cannot be read; it may have been damaged."),
    Doubt.TOO_COSTLY: _(
        "Checking the file took more work than a signed form needs, so it was stopped."
    ),
    Doubt.NOT_OUR_FORM: _("The file does not begin with a form that was sealed here."),
    Doubt.OTHER_AUTHORISATION: _("This is the form of another authorisation."),
    Doubt.OLDER_VERSION: _("This is an older version of the form."),
    Doubt.CONTENT_CHANGED: _("Something other than signatures was changed in it."),
    Doubt.FIELD_CHANGED: _("Something was filled in or changed in it beside the signatures."),
    Doubt.NO_SIGNATURE: _(
        "The form was sealed here and is unchanged, but there is no signature in it. If the parties"
        " signed by logging in, it says so on the page."
    ),
    Doubt.FOREIGN_FIELD: _("There is a signature in a place that is not meant for one."),
    Doubt.WRONG_PARTYS_FIELD: _(
        "Somebody signed in the field of the party for which they may not sign."
    ),
    Doubt.SIGNATURE_BROKEN: _("A signature does not fit what it signs."),
    Doubt.WEAK_ALGORITHM: _("A signature was made with an outdated method that is not safe."),
    Doubt.UNKNOWN_CERTIFICATE: _("A certificate leads to no issuer that is trusted here."),
    Doubt.UNACCEPTABLE_CERTIFICATE: _("A certificate was used for what it is not for."),
    Doubt.NOT_A_SIGNATURE_CERTIFICATE: _("A certificate is for logging in, not for signing."),
    Doubt.NOT_QUALIFIED: _(
        "A certificate is not a qualified certificate for electronic signatures."
    ),
    Doubt.REVOKED: _("A certificate was revoked."),
    Doubt.EXPIRED: _("A certificate had expired when it was used."),
    Doubt.NOT_YET_VALID: _("A certificate was not valid yet when it was used."),
    Doubt.REVOCATION_UNKNOWN: _(
        "An issuer did not answer the question whether a certificate was revoked. Try again in a"
        " few minutes."
    ),
    Doubt.NO_PERSON_NUMBER: _("A certificate does not say surely enough who signed."),
    Doubt.SIGNER_NOT_REPRESENTATIVE: _("Somebody signed who may sign for neither party."),
    Doubt.SAME_SIGNATORY: _("One person signed twice where two persons have to sign."),
    Doubt.SIGNATORIES_DO_NOT_FIT: _(
        "Two persons signed for a party whose functions may not sign together."
    ),
    Doubt.LEVEL_TOO_LOW: _("The second party signed at a lower level than the first."),
}

KINDS: dict[Kind, Promise] = {
    Kind.SEAL: _("Seal of the register"),
    Kind.TIMESTAMP: _("Timestamp"),
}

RESULTS: dict[str, Promise] = {
    "passed": pgettext_lazy("result of a check", "Yes"),
    "failed": pgettext_lazy("result of a check", "No"),
    "unknown": pgettext_lazy("result of a check", "Could not be found out"),
    "notChecked": pgettext_lazy("result of a check", "Not checked"),
    "whenAccepted": pgettext_lazy("result of a check", "Judged when it was accepted"),
}

#: What is checked, as a statement that holds or not.
CHECKS: dict[str, Promise] = {
    # The file.
    "readable": _("The file can be read"),
    "form": _("It begins with a form that was sealed here"),
    "unchanged": _("Nothing but signatures was added since"),
    "signed": _("Somebody has signed in it"),
    # One signature.
    "intact": _("The signature fits what it signs"),
    "covers": _("It covers the whole document as it was at that time"),
    "algorithm": _("It was made with a method that is safe"),
    "issuer": _("The certificate comes from an issuer that is trusted here"),
    "period": _("The certificate was valid at that time"),
    "rules": _("The certificates were used for what they are for"),
    "revocation": _("The certificate was not revoked"),
    # One signature of a person.
    "forSigning": _("The certificate is for signing, not for logging in"),
    "qualified": _("It is a qualified certificate for electronic signatures"),
    "field": _("The signature stands in the field of a party"),
    "number": _("The certificate says surely who the signer is"),
    "representative": _("The signer may sign for that party"),
    "level": _("The level is not below that of the first party"),
    "accepted": _("This very signature was accepted here before, and judged then"),
}

#: Where the answer about revocation came from.
REVOCATIONS: dict[str, Promise] = {
    "file": _("The answer of the issuer stands in the file."),
    "ocsp": _("The issuer was asked."),
    "crl": _("The list of the issuer was read."),
}
