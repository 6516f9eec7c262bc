"""Answers about revocation inside a worker: those in the file, and fresh ones by way of the parent.

Fresh ones and those of the file are never mixed: whoever holds a revoked card could put an old
answer into the file, so it counts only where no fresh one is to be had.
"""

import dataclasses
import datetime
from collections.abc import Iterable

from asn1crypto import cms, crl, ocsp, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import PdfObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.errors import CRLFetchError, OCSPFetchError
from pyhanko_certvalidator.fetchers.common_utils import format_ocsp_request
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.registry import CertificateRegistry
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer
from pyhanko_certvalidator.revinfo.manager import RevinfoManager
from pyhanko_certvalidator.util import get_ocsp_urls

from mahis.gateways.contained.worker import Ask
from mahis.gateways.pdf_signatures.values import behind, items_under, under

_MOST_ADDRESSES = 3
_GOOD = ocsp.CertStatus(name="good", value=ocsp.StatusGood())


@dataclasses.dataclass(frozen=True)
class AsOf(OCSPContainer):
    """An answer as it bears on a moment: whatever was revoked later was good then."""

    moment: datetime.datetime | None = None

    def extract_single_response(self) -> ocsp.SingleResponse | None:
        """Give the answer, where a revocation after the moment is none."""
        single = super().extract_single_response()
        if single is None or self.moment is None or single["cert_status"].name != "revoked":
            return single
        if single["cert_status"].chosen["revocation_time"].native <= self.moment:
            return single
        return ocsp.SingleResponse(
            {
                "cert_id": single["cert_id"],
                "cert_status": _GOOD,
                "this_update": single["this_update"],
                "next_update": single["next_update"],
            }
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Stored:
    """Certificates and answers that a file carries for its signatures."""

    certificates: tuple[x509.Certificate, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(
            certificates=self.certificates + other.certificates,
            ocsps=self.ocsps + other.ocsps,
            crls=self.crls + other.crls,
        )

    @property
    def answers(self) -> bool:
        """Say whether there is any answer among it."""
        return bool(self.ocsps or self.crls)


def in_document(reader: PdfFileReader) -> Stored:
    """Read the document security store; what stands there and is none of it is left out."""
    store = under(reader.root, "/DSS")
    return Stored(
        certificates=tuple(
            x509.Certificate.load(each)
            for each in _streams(store, "/Certs", DecodePurpose.CERTIFICATE)
        ),
        ocsps=tuple(
            ocsp.OCSPResponse.load(each)
            for each in _streams(store, "/OCSPs", DecodePurpose.OCSP_RESPONSE)
        ),
        crls=tuple(
            crl.CertificateList.load(each) for each in _streams(store, "/CRLs", DecodePurpose.CRL)
        ),
    )


def _streams(store: PdfObject | None, key: str, purpose: DecodePurpose) -> Iterable[bytes]:
    for each in items_under(store, key):
        stream = behind(each)
        if isinstance(stream, StreamObject):
            yield stream.read_data(purpose)


def in_signature(signed_data: cms.SignedData, signer_info: cms.SignerInfo) -> Stored:
    """Read the answers that a signature carries itself, by either way of carrying them."""
    found = Stored()
    attributes = signer_info["signed_attrs"]
    for attribute in attributes if attributes.native else ():
        if attribute["type"].native == "adobe_revocation_info_archival":
            for value in attribute["values"]:
                found += Stored(ocsps=tuple(value["ocsp"] or ()), crls=tuple(value["crl"] or ()))
    carried = signed_data["crls"]
    if carried.native:
        found += Stored(
            crls=tuple(each.chosen for each in carried if each.name == "certificate_list")
        )
    return found


def from_file(
    stored: Stored,
    *,
    registry: CertificateRegistry,
    leaf: x509.Certificate,
    moment: datetime.datetime,
) -> RevinfoManager:
    """Use the answers of the file, as they bear on a moment.

    Lists made after a certificate ended leave it out, revoked or not: they say nothing of it.
    """
    ends = leaf.not_valid_after
    ocsps = [
        AsOf(each.ocsp_response_data, each.index, moment)
        for response in stored.ocsps
        for each in OCSPContainer.load_multi(response)
    ]
    return RevinfoManager(
        certificate_registry=registry,
        poe_manager=POEManager(),
        crls=[each for each in map(CRLContainer, stored.crls) if _is_before(each, ends)],
        ocsps=[each for each in ocsps if _is_before(each, ends)],
    )


def _is_before(answer: OCSPContainer | CRLContainer, moment: datetime.datetime) -> bool:
    issued = answer.issuance_date
    return issued is not None and issued <= moment


class Fresh(RevinfoManager):
    """Asks the issuers now, through the parent; nothing of the file counts."""

    def __init__(
        self,
        *,
        registry: CertificateRegistry,
        moment: datetime.datetime,
        now: datetime.datetime,
        ask: Ask,
    ) -> None:
        super().__init__(certificate_registry=registry, poe_manager=POEManager(), crls=(), ocsps=())
        self._moment, self._now, self._ask = moment, now, ask
        #: By which protocol each certificate was answered for, by its SHA-256.
        self.sources: dict[bytes, str] = {}

    @property
    def fetching_allowed(self) -> bool:
        """Say that lists may be fetched too."""
        return True

    async def async_retrieve_ocsps(
        self, cert: x509.Certificate, authority: Authority
    ) -> list[OCSPContainer]:
        """Ask the responders that a certificate names, until one answers."""
        request = format_ocsp_request(
            cert, authority, certid_hash_algo="sha1", request_nonces=False
        ).dump()
        for url in get_ocsp_urls(cert)[:_MOST_ADDRESSES]:
            answer = self._fetched("ocsp", url, request, cert)
            if answer is None:
                continue
            found = OCSPContainer.load_multi(ocsp.OCSPResponse.load(answer))
            for each in found:
                self._extract_ocsp_certs(each)
            if found:
                self.sources[cert.sha256] = "ocsp"
                return [AsOf(each.ocsp_response_data, each.index, self._moment) for each in found]
        raise OCSPFetchError("no responder answered")

    async def fetch_crls(self, cert: x509.Certificate) -> list[CRLContainer]:
        """Fetch the lists that a certificate names."""
        found = []
        for point in cert.crl_distribution_points[:_MOST_ADDRESSES]:
            if point.url is None:
                continue
            answer = self._fetched("crl", point.url, b"", cert)
            if answer is not None:
                found.append(CRLContainer(crl.CertificateList.load(answer)))
        if not found:
            raise CRLFetchError("no list was to be had")
        self.sources[cert.sha256] = "crl"
        return found

    def _fetched(self, what: str, url: str, request: bytes, cert: x509.Certificate) -> bytes | None:
        """Let the parent fetch; None where it could not, or an answer would say nothing."""
        if self._now > cert.not_valid_after:
            return None
        answer, body = self._ask({"what": what, "url": url}, request)
        return body if answer.get("fetched") is True else None
