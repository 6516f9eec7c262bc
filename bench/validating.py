"""Validating a form that both parties have signed: the warm worker beside the bare library.

The file carries the seal and its timestamp, two signatures with a timestamp each, and the answers
about revocation, so that no network is measured. The reference is the least that a program can do
with the library: one reader and one context for a file, trust parsed beforehand, every signature
and timestamp validated with its analysis of differences.
"""

import asyncio
import contextlib
import io
from collections.abc import Iterator

from asn1crypto import x509  # type: ignore[import-untyped]
from measuring import Pair
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from mahis.domain.parties import Side
from mahis.domain.signature_evidence import FileEvidence, field_of
from mahis.domain.signed_forms import Outcome, Rules, judge_alone
from mahis.gateways.pdf_signatures import Examiner
from mahis.web import clock
from tests.pki import pki

_SIGNERS = {Side.MANDATOR: "citizen", Side.MANDATARY: "citizen-rsa"}


@contextlib.contextmanager
def validating(sealed: bytes) -> Iterator[Pair]:
    """Give the pair to measure, with a worker that is warm."""
    for side, card in _SIGNERS.items():
        sealed = pki().sign(
            sealed, field=field_of(side), by=card, timestamp=True, embed_revocation=True
        )
    at, trust, reference = clock.now(), pki().trust(), Reference()
    with Examiner(workers=1) as examiner:

        def ours() -> FileEvidence:
            return examiner.examine(sealed, trust=trust, at=at, fetch=False)

        assert judge_alone(ours(), rules=Rules()).outcome is Outcome.VALID
        assert all(reference.validated(sealed))
        yield Pair(
            name="validate", reference=lambda: reference.validated(sealed), ours=ours, goal=1.3
        )


class Reference:
    """The same by the ordinary functions of the library, in this process."""

    def __init__(self) -> None:
        trust = pki().trust()
        roots = (*trust.roots, *trust.tsa_roots, *trust.seal_roots)
        self._trust = {
            "trust_roots": [x509.Certificate.load(each) for each in roots],
            "other_certs": [x509.Certificate.load(each) for each in trust.intermediates],
            "allow_fetching": False,
            "revocation_mode": "hard-fail",
            "retroactive_revinfo": True,
            "moment": clock.now(),
        }

    def validated(self, data: bytes) -> list[bool]:
        """Say of each signature and timestamp whether it is in order."""
        return asyncio.run(self._validated(data))

    async def _validated(self, data: bytes) -> list[bool]:
        reader = PdfFileReader(io.BytesIO(data))
        store = DocumentSecurityStore.read_dss(reader)
        context = store.as_validation_context(dict(self._trust))
        found = []
        for each in reader.embedded_signatures:
            if each.sig_object_type == "/DocTimeStamp":
                stamp = await async_validate_pdf_timestamp(each, context)
                found.append(stamp.valid and stamp.intact and stamp.trusted)
            else:
                signature = await async_validate_pdf_signature(each, context)
                found.append(signature.bottom_line)
        return found
