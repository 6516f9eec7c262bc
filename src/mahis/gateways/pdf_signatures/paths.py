"""Following a certificate to the configured trust, telling apart what can be wrong on the way."""

import dataclasses
import datetime
from collections.abc import Coroutine
from typing import Any, TypeVar

from asn1crypto import x509  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import CertificateRegistry, SimpleTrustManager
from pyhanko_certvalidator.revinfo.manager import RevinfoManager
from pyhanko_certvalidator.validate import async_validate_path

from mahis.gateways.contained.worker import Ask
from mahis.gateways.pdf_signatures import revocation
from mahis.gateways.pdf_signatures.certificate_facts import common_name
from mahis.gateways.pdf_signatures.revocation import Stored

#: What a path can be, the most telling first: of several paths the best found is told.
_TELLING = (
    "trusted",
    "revoked",
    "revocationUnknown",
    "expired",
    "notYetValid",
    "unacceptable",
    "unknownIssuer",
)
_MOST_PATHS = 8
_SMALLEST_RSA, _SMALLEST_EC = 2048, 256
#: Answers are asked for wherever an issuer says how, and one made later bears on earlier moments.
_REVOCATION = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        RevocationCheckingRule.CHECK_IF_DECLARED, RevocationCheckingRule.CHECK_IF_DECLARED
    ),
    retroactive_revinfo=True,
)
#: SHA-1 is told apart as weak and judged by the operator's rules; what is worse is never followed.
_ALGORITHMS = DisallowWeakAlgorithmsPolicy(  # type: ignore[no-untyped-call]
    weak_hash_algos=frozenset({"md2", "md4", "md5"}), rsa_key_size_threshold=_SMALLEST_RSA
)

_T = TypeVar("_T")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Followed:
    """What came of following one certificate."""

    state: str
    root: str = ""
    #: Where the answer about revocation of the certificate came from; empty where none did.
    revocation: str = ""
    weak: frozenset[str] = frozenset()
    #: The certificates above it, nearest first.
    issuers: tuple[x509.Certificate, ...] = ()
    detail: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Follower:
    """Follows certificates of one file."""

    registry: CertificateRegistry
    stored: Stored
    #: Our reception: nothing is judged for a later moment.
    now: datetime.datetime
    #: Asks the parent for fresh answers; None: nothing is fetched.
    ask: Ask | None

    def follow(
        self,
        certificate: x509.Certificate,
        *,
        anchors: SimpleTrustManager,
        at: datetime.datetime,
        stored: Stored,
    ) -> Followed:
        """Follow a certificate to one of the anchors, for a moment.

        Fresh answers about revocation come first, then those that the file carries.
        """
        stored = self.stored + stored
        found = []
        if self.ask is not None:
            fresh = revocation.Fresh(registry=self.registry, moment=at, now=self.now, ask=self.ask)
            found.append(self._follow(certificate, anchors, at, fresh))
            if found[-1].state != "revocationUnknown":
                return found[-1]
        if not found or stored.answers:
            manager = revocation.from_file(
                stored, registry=self.registry, leaf=certificate, moment=at
            )
            found.append(self._follow(certificate, anchors, at, manager))
        return min(found, key=lambda each: _TELLING.index(each.state))

    def _follow(
        self,
        certificate: x509.Certificate,
        anchors: SimpleTrustManager,
        at: datetime.datetime,
        manager: RevinfoManager,
    ) -> Followed:
        context = ValidationContext(
            trust_manager=anchors,
            certificate_registry=self.registry,
            revinfo_manager=manager,
            revinfo_policy=_REVOCATION,
            algorithm_usage_policy=_ALGORITHMS,
            moment=at,
        )
        try:
            return _at_once(_best(certificate, context, manager))
        except ValueError as failure:
            # Something in a certificate or an answer is not what its type says.
            return Followed(state="unacceptable", detail=type(failure).__name__)


async def _best(
    certificate: x509.Certificate, context: ValidationContext, manager: RevinfoManager
) -> Followed:
    """Try the paths one after the other; give the first that is trusted, else the most telling."""
    best = Followed(state="unknownIssuer")
    paths = context.path_builder.async_build_paths_lazy(certificate)
    tried = 0
    try:
        async for path in paths:
            tried += 1
            tells = await _tried(certificate, path, context, manager)
            if _TELLING.index(tells.state) < _TELLING.index(best.state):
                best = tells
            if best.state == "trusted" or tried == _MOST_PATHS:
                return best
    except PathBuildingError:
        return best
    finally:
        await paths.cancel()  # type: ignore[no-untyped-call]
    return best


async def _tried(
    certificate: x509.Certificate,
    path: ValidationPath,
    context: ValidationContext,
    manager: RevinfoManager,
) -> Followed:
    below = list(path)
    issuers = tuple(reversed(below[:-1]))
    state, detail = "trusted", ""
    try:
        await async_validate_path(context, path)
        if not issuers:
            state = _of_an_anchor(certificate, context.moment)
    except ValidationError as error:
        state, detail = _state_of(error), type(error).__name__
    except AssertionError:
        # The key is not even of the kind that signed: somebody else has the issuer's name.
        state, detail = "unknownIssuer", "otherKey"
    return Followed(
        state=state,
        root=common_name(issuers[-1] if issuers else certificate),
        revocation=_source(certificate, manager) if state in {"trusted", "revoked"} else "",
        weak=frozenset(name for each in below[1:] for name in _weak_signature(each)),
        issuers=issuers,
        detail=detail,
    )


def _state_of(error: ValidationError) -> str:
    """Say what an error of the library means for the path."""
    if isinstance(error, PathValidationError):
        if error.is_side_validation:
            # What is wrong is whoever answered about revocation, not the certificate.
            return "revocationUnknown"
        if isinstance(error.__context__, InvalidSignature):
            # It only bears the name of somebody trusted.
            return "unknownIssuer"
    for kind, state in _STATES.items():
        if isinstance(error, kind):
            return state
    return "unacceptable"


_STATES: dict[type[ValidationError], str] = {
    RevokedError: "revoked",
    InsufficientRevinfoError: "revocationUnknown",
    ExpiredError: "expired",
    NotYetValidError: "notYetValid",
}


def _of_an_anchor(certificate: x509.Certificate, at: datetime.datetime) -> str:
    """Say of a certificate that is trusted by itself whether it was valid: nobody else does."""
    if at < certificate.not_valid_before:
        return "notYetValid"
    return "expired" if at > certificate.not_valid_after else "trusted"


def _source(certificate: x509.Certificate, manager: RevinfoManager) -> str:
    if isinstance(manager, revocation.Fresh):
        return manager.sources.get(certificate.sha256, "")
    declares = certificate.ocsp_urls or certificate.crl_distribution_points
    return "file" if declares else ""


def _weak_signature(certificate: x509.Certificate) -> frozenset[str]:
    """Name the weak digest under a certificate, where there is one."""
    try:
        digest = certificate["signature_algorithm"].hash_algo
    except ValueError:
        return frozenset()
    return weak_digests(digest)


def weak_digests(*names: str | None) -> frozenset[str]:
    """Name the digests among some that are weak."""
    return frozenset(each for each in names if each in {"sha1", "md5", "md4", "md2"})


def weak_key(certificate: x509.Certificate) -> frozenset[str]:
    """Name the key of a certificate where it is too short, as in `rsa1024`."""
    key = certificate.public_key
    kind, bits = key.algorithm, key.bit_size
    smallest = {"rsa": _SMALLEST_RSA, "rsassa_pss": _SMALLEST_RSA, "ec": _SMALLEST_EC}.get(kind)
    if kind in {"ed25519", "ed448"} or (smallest is not None and bits >= smallest):
        return frozenset()
    return frozenset({f"{kind}{bits}"})


def _at_once(work: Coroutine[Any, Any, _T]) -> _T:
    """Run what the library wrote as a coroutine; nothing in it waits here, so it needs no loop."""
    try:
        work.send(None)
    except StopIteration as end:
        result: _T = end.value
        return result
    work.close()
    raise RuntimeError("the library waits for something")
