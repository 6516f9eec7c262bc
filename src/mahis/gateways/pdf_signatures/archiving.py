"""The job of another worker: add to a signed file what proves its signatures later (PAdES B-LTA).

Two revisions are added and nothing else: the certificates and answers about revocation of all
signatures, then a document timestamp. The second proves that the first were there in time.
"""

import dataclasses
import io
from typing import Any

from asn1crypto import cms, crl, ocsp, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.decode_limits import DecodeLimits
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation
from pyhanko_certvalidator.registry import CertificateRegistry, SimpleTrustManager

from mahis.gateways.contained.worker import Ask
from mahis.gateways.pdf_signatures import hex_strings, job, revocation, structure, trusted
from mahis.gateways.pdf_signatures.judging import Judge, Settings
from mahis.gateways.pdf_signatures.paths import Followed, Follower
from mahis.gateways.pdf_signatures.revocation import Stored
from mahis.gateways.pdf_signatures.structure import Placed
from mahis.gateways.pdf_signatures.trusted import Trust

hex_strings.install()

Facts = dict[str, Any]

#: The field of the timestamp; where a copy is signed on, the next copy needs another one.
_FIELD = "mahis-archive"
_DIGEST = "sha256"
#: An authority may stamp with several certificates: the one that stamped has to be proven too.
_TRIES = 3


class NotToBeDone(Exception):
    """Nothing that lasts can be added, for a reason in one word."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Proof:
    """What was found on the way, each once."""

    certificates: dict[bytes, x509.Certificate] = dataclasses.field(default_factory=dict)
    ocsps: dict[bytes, ocsp.OCSPResponse] = dataclasses.field(default_factory=dict)
    crls: dict[bytes, crl.CertificateList] = dataclasses.field(default_factory=dict)

    def asking(self, ask: Ask) -> Ask:
        """Give what asks the parent, and keeps what it answers."""

        def noting(question: Facts, request: bytes) -> tuple[Facts, bytes]:
            answer, body = ask(question, request)
            if answer.get("fetched") is True:
                if question["what"] == "ocsp":
                    self.ocsps[body] = ocsp.OCSPResponse.load(body)
                else:
                    self.crls[body] = crl.CertificateList.load(body)
            return answer, body

        return noting


@dataclasses.dataclass(frozen=True, kw_only=True)
class _NotingFollower(Follower):
    """Follows certificates, and keeps those that led to somebody trusted."""

    proof: _Proof

    def follow(
        self, certificate: x509.Certificate, *, anchors: SimpleTrustManager, **more: Any
    ) -> Followed:
        found = super().follow(certificate, anchors=anchors, **more)
        if found.state == "trusted":
            for each in (certificate, *found.issuers):
                self.proof.certificates[each.sha256] = each
        return found


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Archiving:
    """One file that is made to last."""

    body: bytes
    placed: list[Placed]
    settings: Settings
    trust: Trust
    follower: _NotingFollower
    ask: Ask

    def addition(self) -> bytes:
        """Give what is to be added to the file; raises NotToBeDone."""
        judge = Judge(settings=self.settings, trust=self.trust, follower=self.follower)
        found = judge.all(self.placed)
        if any(each["kind"] == "person" and each["path"] != "trusted" for each in found):
            # No timestamp is spent on what it would not make provable.
            raise NotToBeDone("unproven")
        answer, sample = self.ask({"what": "sample"}, b"")
        for _ in range(_TRIES):
            if answer.get("stamped") is not True:
                break
            known = self._follow_authority(sample)
            pdf = io.BytesIO(self.body)
            _add_answers(pdf, self.follower.proof)
            answer, token = self._stamp(pdf, room=int(answer["room"]))
            if answer.get("stamped") is True and _signer_of(token).sha256 == known:
                return pdf.getvalue()[len(self.body) :]
            sample = token
        raise NotToBeDone("noTimestamp")

    def _follow_authority(self, token: bytes) -> bytes:
        """Gather what proves the certificate of a timestamp; gives the certificate's SHA-256."""
        found = extract_certs_for_validation(cms.ContentInfo.load(token)["content"])
        for each in (found.signer_cert, *found.other_certs):
            self.follower.registry.register(each)
        self.follower.follow(
            found.signer_cert, anchors=self.trust.timestamps, at=self.settings.at, stored=Stored()
        )
        return bytes(found.signer_cert.sha256)

    def _stamp(self, pdf: io.BytesIO, *, room: int) -> tuple[Facts, bytes]:
        embedding = PdfCMSEmbedder().write_cms(self._field(), _revision(pdf))
        next(embedding)
        stamp = DocumentTimestamp(bytes_reserved=room)  # type: ignore[no-untyped-call]
        embedding.send(SigObjSetup(sig_placeholder=stamp))
        prepared, _ = embedding.send(SigIOSetup(md_algorithm=_DIGEST, in_place=True))
        answer, token = self.ask({"what": "timestamp"}, prepared.document_digest)
        if answer.get("stamped") is True:
            embedding.send(token)
        return answer, token

    def _field(self) -> str:
        taken = {each.field for each in self.placed}
        names = [_FIELD, *(f"{_FIELD}-{number}" for number in range(2, len(taken) + 3))]
        return next(each for each in names if each not in taken)


def work(header: Facts, body: bytes, ask: Ask) -> tuple[Facts, bytes]:
    """Give what is to be added to the signed file in `body`."""
    settings = Settings.of(header)
    reader = job.opened(body, is_strict=True)
    placed = structure.signatures(reader, body)
    trust = trusted.kept(settings.stamp)
    if trust is None:
        trust = trusted.keep(settings.stamp, ask({"what": "trust"}, b"")[1])
    stored, proof = revocation.in_document(reader), _Proof()
    follower = _NotingFollower(
        registry=CertificateRegistry.build([*trust.intermediates, *stored.certificates]),
        stored=stored,
        now=settings.at,
        ask=proof.asking(ask),
        proof=proof,
    )
    archiving = _Archiving(
        body=body, placed=placed, settings=settings, trust=trust, follower=follower, ask=ask
    )
    try:
        return {"state": "archived"}, archiving.addition()
    except NotToBeDone as reason:
        return {"state": str(reason)}, b""


class _Revision(IncrementalPdfFileWriter):
    """What is added to a file; title and dates stay as they are."""

    def _update_meta(self) -> None:
        pass


def _revision(pdf: io.BytesIO) -> _Revision:
    reader = PdfFileReader(pdf, strict=True, decode_limits=DecodeLimits())
    return _Revision(pdf, prev=reader)


def _add_answers(pdf: io.BytesIO, proof: _Proof) -> None:
    """Write what proves the signatures into the security store of a file."""
    writer = _revision(pdf)
    store = DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=proof.certificates.values(),
        ocsps=proof.ocsps.values(),
        crls=proof.crls.values(),
    )
    # A revision that adds nothing would be one that nobody can explain.
    if store.modified:
        writer.register_extension(ESIC_EXTENSION_1)
        writer.write_in_place()  # type: ignore[no-untyped-call]


def _signer_of(token: bytes) -> x509.Certificate:
    return extract_certs_for_validation(cms.ContentInfo.load(token)["content"]).signer_cert
