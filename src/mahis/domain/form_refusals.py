"""Why a file that came back is not accepted: one refusal for each doubt, with a code of its own."""

from mahis.domain.refusals import Refused
from mahis.domain.signed_forms import Doubt, FormVerdict


class FileRefused(Refused):
    """The file is not accepted; each reason is a class of its own (`side`, `signer`)."""

    code = "fileRefused"


class FileTooLarge(FileRefused):
    """The file is larger than allowed (`largest`, in bytes)."""

    code = "fileTooLarge"


class FileNotAPdf(FileRefused):
    """The file is no PDF."""

    code = "fileNotAPdf"


class FileEncrypted(FileRefused):
    """The file is encrypted, so nobody can say what was signed."""

    code = "fileEncrypted"


class FileBroken(FileRefused):
    """The file cannot be read; it may have been damaged on its way."""

    code = "fileBroken"


class FileTooCostly(FileRefused):
    """Reading the file would take more time or memory than allowed."""

    code = "fileTooCostly"


class NotOurForm(FileRefused):
    """The file does not begin with a form that was made here for this authorisation."""

    code = "notOurForm"


class OtherAuthorisation(FileRefused):
    """The file is the form of another authorisation."""

    code = "otherAuthorisation"


class OlderVersion(FileRefused):
    """The file is an older version of the form of this authorisation."""

    code = "olderVersion"


class ContentChanged(FileRefused):
    """Something beside signatures was changed in the form."""

    code = "contentChanged"


class FieldChanged(FileRefused):
    """A form field that is no signature was filled in or changed."""

    code = "fieldChanged"


class NoSignature(FileRefused):
    """The file holds no signature of a person."""

    code = "noSignature"


class ForeignField(FileRefused):
    """A signature stands in a field that is none of the form's."""

    code = "foreignField"


class WrongPartysField(FileRefused):
    """The signer may sign for the other party, not for the one in whose field they signed."""

    code = "wrongPartysField"


class SignatureBroken(FileRefused):
    """A signature does not fit what it signs."""

    code = "signatureBroken"


class WeakAlgorithm(FileRefused):
    """A signature rests on a digest that is no longer safe, such as SHA-1."""

    code = "weakAlgorithm"


class UnknownCertificate(FileRefused):
    """The certificate of a signature leads to nobody who is trusted."""

    code = "unknownCertificate"


class UnacceptableCertificate(FileRefused):
    """A certificate on the way to the trusted one may not be used like this."""

    code = "unacceptableCertificate"


class NotASignatureCertificate(FileRefused):
    """The certificate is not for signing: it is the one for logging in, for example."""

    code = "notASignatureCertificate"


class NotQualified(FileRefused):
    """The certificate is no qualified certificate for electronic signatures."""

    code = "notQualified"


class CertificateRevoked(FileRefused):
    """The certificate was revoked."""

    code = "certificateRevoked"


class CertificateExpired(FileRefused):
    """The certificate had expired when the signature was made."""

    code = "certificateExpired"


class CertificateNotYetValid(FileRefused):
    """The certificate was not valid yet when the signature was made."""

    code = "certificateNotYetValid"


class RevocationUnknown(FileRefused):
    """Whether the certificate was revoked could not be found out."""

    code = "revocationUnknown"


class NoPersonNumber(FileRefused):
    """The certificate holds no national number, so nobody can say who signed."""

    code = "noPersonNumber"


class SignerNotRepresentative(FileRefused):
    """The signer may not sign for either party today."""

    code = "signerNotRepresentative"


class SameSignatory(FileRefused):
    """One person signed twice for a party for which two persons have to sign."""

    code = "sameSignatory"


class SignatoriesDoNotFit(FileRefused):
    """Two persons signed for a party by functions that may not sign together."""

    code = "signatoriesDoNotFit"


class SignedTooLow(FileRefused):
    """The signature is of a lower level than that of the first party."""

    code = "signedTooLow"


OF_DOUBTS: dict[Doubt, type[FileRefused]] = {
    Doubt.TOO_LARGE: FileTooLarge,
    Doubt.NOT_A_PDF: FileNotAPdf,
    Doubt.ENCRYPTED: FileEncrypted,
    Doubt.BROKEN: FileBroken,
    Doubt.TOO_COSTLY: FileTooCostly,
    Doubt.NOT_OUR_FORM: NotOurForm,
    Doubt.OTHER_AUTHORISATION: OtherAuthorisation,
    Doubt.OLDER_VERSION: OlderVersion,
    Doubt.CONTENT_CHANGED: ContentChanged,
    Doubt.FIELD_CHANGED: FieldChanged,
    Doubt.NO_SIGNATURE: NoSignature,
    Doubt.FOREIGN_FIELD: ForeignField,
    Doubt.WRONG_PARTYS_FIELD: WrongPartysField,
    Doubt.SIGNATURE_BROKEN: SignatureBroken,
    Doubt.WEAK_ALGORITHM: WeakAlgorithm,
    Doubt.UNKNOWN_CERTIFICATE: UnknownCertificate,
    Doubt.UNACCEPTABLE_CERTIFICATE: UnacceptableCertificate,
    Doubt.NOT_A_SIGNATURE_CERTIFICATE: NotASignatureCertificate,
    Doubt.NOT_QUALIFIED: NotQualified,
    Doubt.REVOKED: CertificateRevoked,
    Doubt.EXPIRED: CertificateExpired,
    Doubt.NOT_YET_VALID: CertificateNotYetValid,
    Doubt.REVOCATION_UNKNOWN: RevocationUnknown,
    Doubt.NO_PERSON_NUMBER: NoPersonNumber,
    Doubt.SIGNER_NOT_REPRESENTATIVE: SignerNotRepresentative,
    Doubt.SAME_SIGNATORY: SameSignatory,
    Doubt.SIGNATORIES_DO_NOT_FIT: SignatoriesDoNotFit,
    Doubt.LEVEL_TOO_LOW: SignedTooLow,
}


def require_valid(verdict: FormVerdict) -> None:
    """Require that a file is accepted; raises the refusal of the reason why it is not."""
    if verdict.reason is not None:
        signer = next(
            (
                each.signature.certificate.person_name
                for each in verdict.signatures
                if each.reason is verdict.reason and each.signature.certificate is not None
            ),
            "",
        )
        raise OF_DOUBTS[verdict.reason](field="file", side=verdict.side, signer=signer)
