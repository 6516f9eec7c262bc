"""What the refusal of a file says: exactly what is wrong with it, and how to get it right."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import documents, form_refusals
from mahis.domain.refusals import Refused

#: A text, or the choice of one by what was found.
_Text = Promise | Callable[[dict[str, Any]], Promise]


def _too_large(found: dict[str, Any]) -> Promise:
    if found.get("largest") is None:
        return _("The file is too large to be checked.")
    return _(
        "The file is too large: at most %(largest)s can be sent at once. A scan becomes smaller at"
        " 150 dots per inch, or in black and white."
    )


TEXTS: dict[type[Refused], _Text] = {
    # The file as a whole.
    form_refusals.FileRefused: _("This file cannot be accepted."),
    form_refusals.FileTooLarge: _too_large,
    form_refusals.FileNotAPdf: _("This file is not a PDF. Choose a PDF."),
    form_refusals.FileEncrypted: _(
        "This PDF is encrypted or protected with a password. Download the form again, sign it, and"
        " save it without protection."
    ),
    form_refusals.FileBroken: _(
        "This PDF cannot be read; it may have been damaged. Download the form again, sign it, and"
        " upload the file as it is."
    ),
    form_refusals.FileTooCostly: _(
        "Checking this file took more work than a signed form needs, so it was stopped. Upload the"
        " form as you downloaded and signed it."
    ),
    form_refusals.NotOurForm: _(
        "This is not the form that was made here for this authorisation. Download the form, sign"
        " it, and upload that very file: printing it to a new PDF makes it another document."
    ),
    form_refusals.OtherAuthorisation: _(
        "This is the form of another authorisation. Upload it there, or choose the file that"
        " belongs here."
    ),
    form_refusals.OlderVersion: _(
        "This is an older version of the form. Download the current one and sign that."
    ),
    form_refusals.ContentChanged: _(
        "Something other than signatures was changed in this PDF. Download the form again, and do"
        " nothing but sign it."
    ),
    form_refusals.FieldChanged: _(
        "Something was filled in or changed in this PDF beside the signatures. Download the form"
        " again, and do nothing but sign it."
    ),
    form_refusals.NoSignature: _(
        "Nobody has signed this PDF yet. Sign it with an eID in a PDF reader, save it, and upload"
        " the file that was saved."
    ),
    # One signature in it.
    form_refusals.ForeignField: _(
        "There is a signature in a place that is not meant for one. Download the form again, and"
        " sign in the field of your party."
    ),
    form_refusals.WrongPartysField: _(
        "This person may sign for one party, but signed in the field of the other. Download the"
        " form again, and sign in the right field."
    ),
    form_refusals.SignatureBroken: _(
        "This signature does not fit what it signs: the file was changed or damaged afterwards."
        " Download the form again and sign it anew."
    ),
    form_refusals.WeakAlgorithm: _(
        "This signature was made with an outdated method (SHA-1) that is no longer safe. Update"
        " the PDF reader and the eID software, then sign anew."
    ),
    form_refusals.UnknownCertificate: _(
        "The certificate of this signature leads to no issuer that is trusted here. Sign with an"
        " eID card."
    ),
    form_refusals.UnacceptableCertificate: _(
        "A certificate behind this signature may not be used for it. Sign with another card."
    ),
    form_refusals.NotASignatureCertificate: _(
        "This certificate is for logging in, not for signing. Sign anew, and choose the signature"
        " certificate of the card."
    ),
    form_refusals.NotQualified: _(
        "This is not a qualified certificate for electronic signatures. Sign with an eID card."
    ),
    form_refusals.CertificateRevoked: _(
        "This certificate was revoked: the card was lost or replaced, for example. Sign with a"
        " card that is valid."
    ),
    form_refusals.CertificateExpired: _(
        "This certificate had expired when it was used. Sign with a card that is valid."
    ),
    form_refusals.CertificateNotYetValid: _(
        "This certificate was not valid yet when it was used. Check the clock of the computer, then"
        " sign anew."
    ),
    form_refusals.RevocationUnknown: _(
        "The issuer of this certificate did not answer the question whether it was revoked. That"
        " need not be wrong: upload the file again in a few minutes."
    ),
    form_refusals.NoPersonNumber: _(
        "This certificate does not say surely enough who signed: it holds no national number. Sign"
        " with an eID card."
    ),
    form_refusals.SignerNotRepresentative: _(
        "This person may not sign for either party today, as the Crossroads Bank for Enterprises"
        " knows it. Let a representative sign."
    ),
    form_refusals.SameSignatory: _(
        "This person signed twice. For this party two different persons have to sign: let somebody"
        " else sign in the second field."
    ),
    form_refusals.SignatoriesDoNotFit: _(
        "The function of this person may not sign together with that of whoever signed first for"
        " this party. Let somebody sign whose function goes with it."
    ),
    form_refusals.SignedTooLow: _(
        "The second party has to sign at least at the level of the first. Sign with an eID."
    ),
    # The documents of an authorisation.
    documents.FormNotPossible: _(
        "No form can be made any more: this authorisation waits for no signature."
    ),
    documents.FormOutdated: _(
        "Somebody has signed since this form was made, and it does not show that. Make a new form"
        " and sign that one."
    ),
    documents.NoForm: _(
        "No form was made for this authorisation yet. Make it first, then sign it."
    ),
    documents.NoScan: _(
        "There is no scan to look at, so it cannot be approved. Reject it, and say that a scan has"
        " to be sent anew."
    ),
    documents.ActUnknown: _(
        "Nobody did such an act on this authorisation. Choose one from the list."
    ),
    documents.ClaimedByAnother: _(
        "%(name)s is looking at this scan, until %(until)s at the latest."
    ),
    documents.SecondSignatoryMissing: _(
        "This person may only sign together with another. Choose who signed with them, or reject"
        " the scan."
    ),
    documents.SignatoryUnknown: _(
        "The register knows nobody of that name who may sign for this party today. Choose another"
        " signatory, or reject the scan."
    ),
}
