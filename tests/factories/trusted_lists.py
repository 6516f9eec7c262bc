"""Makes signed lists of lists and trusted lists, with throw-away keys."""

import base64
import dataclasses
import datetime
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree  # type: ignore[import-untyped] # no types of it are installed
from signxml.xades.xades import XAdESSigner

BEGIN = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
END = datetime.datetime(2040, 1, 1, tzinfo=datetime.UTC)
ISSUED = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
NEXT_UPDATE = datetime.datetime(2025, 6, 1, tzinfo=datetime.UTC)

LIST_OF_LISTS_ADDRESS = "https://lists.example/eu-lotl.xml"
NATIONAL_ADDRESS = "https://lists.example/be.xml"

_BASE = "http://uri.etsi.org/TrstSvc/TrustedList"
FOR_SIGNATURES = f"{_BASE}/SvcInfoExt/ForeSignatures"
FOR_SEALS = f"{_BASE}/SvcInfoExt/ForeSeals"
GRANTED = f"{_BASE}/Svcstatus/granted"
WITHDRAWN = f"{_BASE}/Svcstatus/withdrawn"
ISSUES_CERTIFICATES = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
ISSUES_TIMESTAMPS = "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody with a key and a certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


def holder(
    name: str,
    *,
    issuer: Holder | None = None,
    begins: datetime.datetime = BEGIN,
    ends: datetime.datetime = END,
    policies: Sequence[str] = (),
    key: ec.EllipticCurvePrivateKey | None = None,
    names_key_of_issuer: bool = False,
) -> Holder:
    """Make a key with a certificate, self-signed unless there is an issuer."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if policies:
        known = [x509.PolicyInformation(x509.ObjectIdentifier(each), None) for each in policies]
        builder = builder.add_extension(x509.CertificatePolicies(known), critical=False)
    signing = issuer.key if issuer else key
    if names_key_of_issuer:
        named = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
        builder = builder.add_extension(named, critical=False)
    return Holder(key=key, certificate=builder.sign(signing, hashes.SHA256()))


def status(
    begins: datetime.datetime,
    *,
    what: str = GRANTED,
    purpose: str = FOR_SIGNATURES,
    extensions: str = "",
    kind: str = ISSUES_CERTIFICATES,
) -> str:
    """Write one status of a service, without the service's name and certificate."""
    return f"""<ServiceTypeIdentifier>{kind}</ServiceTypeIdentifier>
      <ServiceName><Name xml:lang="nl">Dienst</Name><Name xml:lang="en">%s</Name></ServiceName>
      %s
      <ServiceStatus>{what}</ServiceStatus>
      <StatusStartingTime>{_text(begins)}</StatusStartingTime>
      <ServiceInformationExtensions>
        <Extension Critical="true"><AdditionalServiceInformation>
          <URI xml:lang="en">{purpose}</URI></AdditionalServiceInformation></Extension>
        {extensions}
      </ServiceInformationExtensions>"""


def not_qualified(criteria: str) -> str:
    """Write an extension by which some certificates of a service are not qualified."""
    return f"""<Extension Critical="true"><q:Qualifications><q:QualificationElement>
      <q:Qualifiers><q:Qualifier uri="{_BASE}/SvcInfoExt/NotQualified"/></q:Qualifiers>
      {criteria}</q:QualificationElement></q:Qualifications></Extension>"""


def policy_criteria(*policies: str, assertion: str = "atLeastOne") -> str:
    """Write criteria that are about certificates with policies."""
    sets = "".join(
        f"<q:PolicySet><q:PolicyIdentifier><x:Identifier>{each}</x:Identifier>"
        "</q:PolicyIdentifier></q:PolicySet>"
        for each in policies
    )
    return f'<q:CriteriaList assert="{assertion}">{sets}</q:CriteriaList>'


def service(name: str, certificate: bytes, current: str, *past: str) -> str:
    """Write a service; as in genuine lists, its past does not repeat the certificate."""
    identity = f"""<ServiceDigitalIdentity><DigitalId><X509Certificate>{_base64(certificate)}
      </X509Certificate></DigitalId></ServiceDigitalIdentity>"""
    without = "<ServiceDigitalIdentity><DigitalId/></ServiceDigitalIdentity>"
    history = "".join(
        f"<ServiceHistoryInstance>{each % (name, without)}</ServiceHistoryInstance>"
        for each in past
    )
    return f"""<TSPService><ServiceInformation>{current % (name, identity)}</ServiceInformation>
      <ServiceHistory>{history}</ServiceHistory></TSPService>"""


def national_list(
    signer: Holder,
    *services: str,
    territory: str = "BE",
    sequence: int = 1,
    issued: datetime.datetime = ISSUED,
    next_update: datetime.datetime | None = NEXT_UPDATE,
) -> bytes:
    """Make a signed trusted list of a country."""
    scheme = _scheme("EUgeneric", territory, sequence, issued, next_update)
    return _signed(
        f"""<SchemeInformation>{scheme}</SchemeInformation><TrustServiceProviderList>
        <TrustServiceProvider><TSPServices>{"".join(services)}</TSPServices>
        </TrustServiceProvider></TrustServiceProviderList>""",
        signer,
    )


def list_of_lists(
    signer: Holder,
    *national_signers: Holder,
    own_signers: Sequence[Holder] = (),
    pivots: Sequence[str] = (),
    address: str = NATIONAL_ADDRESS,
    sequence: int = 1,
    issued: datetime.datetime = ISSUED,
    next_update: datetime.datetime | None = NEXT_UPDATE,
) -> bytes:
    """Make a signed list of lists that points to itself and to the list of Belgium."""
    scheme = _scheme("EUlistofthelists", "EU", sequence, issued, next_update)
    uris = "".join(f'<URI xml:lang="en">{each}</URI>' for each in pivots)
    own = _pointer("EUlistofthelists", "EU", LIST_OF_LISTS_ADDRESS, own_signers or [signer])
    national = _pointer("EUgeneric", "BE", address, national_signers)
    return _signed(
        f"""<SchemeInformation>{scheme}
        <SchemeInformationURI><URI xml:lang="en">https://journal.example/oj</URI>{uris}
        </SchemeInformationURI>
        <PointersToOtherTSL>{own}{national}</PointersToOtherTSL></SchemeInformation>""",
        signer,
    )


def _scheme(
    kind: str,
    territory: str,
    sequence: int,
    issued: datetime.datetime,
    next_update: datetime.datetime | None,
) -> str:
    until = f"<dateTime>{_text(next_update)}</dateTime>" if next_update else ""
    return f"""<TSLSequenceNumber>{sequence}</TSLSequenceNumber>
      <TSLType>{_BASE}/TSLType/{kind}</TSLType>
      <SchemeTerritory>{territory}</SchemeTerritory>
      <ListIssueDateTime>{_text(issued)}</ListIssueDateTime>
      <NextUpdate>{until}</NextUpdate>"""


def _pointer(kind: str, territory: str, address: str, signers: Sequence[Holder]) -> str:
    certificates = "".join(
        f"<DigitalId><X509Certificate>{_base64(each.der)}</X509Certificate></DigitalId>"
        for each in signers
    )
    facts = (
        f"<TSLType>{_BASE}/TSLType/{kind}</TSLType>",
        f"<SchemeTerritory>{territory}</SchemeTerritory>",
        "<a:MimeType>application/vnd.etsi.tsl+xml</a:MimeType>",
    )
    others = "".join(f"<OtherInformation>{each}</OtherInformation>" for each in facts)
    return f"""<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity>{certificates}
      </ServiceDigitalIdentity></ServiceDigitalIdentities><TSLLocation>{address}</TSLLocation>
      <AdditionalInformation>{others}</AdditionalInformation></OtherTSLPointer>"""


def _signed(content: str, signer: Holder) -> bytes:
    root = etree.fromstring(
        '<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"'
        ' xmlns:a="http://uri.etsi.org/02231/v2/additionaltypes#"'
        ' xmlns:q="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"'
        f' xmlns:x="http://uri.etsi.org/01903/v1.3.2#">{content}</TrustServiceStatusList>'
    )
    signed = XAdESSigner(signature_algorithm="ecdsa-sha256").sign(
        root, key=signer.key, cert=[signer.certificate]
    )
    return etree.tostring(signed)


def _base64(certificate: bytes) -> str:
    return base64.b64encode(certificate).decode()


def _text(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
