"""A card in a software token, reached through PKCS#11 as a real one in its reader."""

import atexit
import contextlib
import functools
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11.util.x509 import decode_x509_certificate
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from mahis.standins.trust import keys, private_files
from mahis.standins.trust.cards import Card

_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/*/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
#: How the card of a citizen names its key and certificates.
_OWN, _ABOVE = "Signature", "CA"
_PIN, _OFFICER_PIN = "1234", "12345678"
_numbers = itertools.count(1)


@contextlib.contextmanager
def inserted(card: Card, *, pin: str = _PIN) -> Iterator[PKCS11Signer]:
    """Put a card into a token, and give what signs with it once its PIN is said.

    Skips the test where there is no SoftHSM, or fails it where that was to be installed.
    """
    library = _library()
    label = f"card {next(_numbers)}"
    _make(label, card)
    criteria = TokenCriteria(label=label)
    with open_pkcs11_session(str(library), token_criteria=criteria, user_pin=pin) as session:
        yield PKCS11Signer(
            session,
            cert_label=_OWN,
            key_label=_OWN,
            other_certs_to_pull=(_ABOVE,),
            # With curves, SoftHSM signs digests only.
            use_raw_mechanism=isinstance(card.key, ec.EllipticCurvePrivateKey),
        )


def _make(label: str, card: Card) -> None:
    """Make a token that holds a card's key, its certificate and the authority's."""
    words = ("--init-token", "--free", "--label", label, "--so-pin", _OFFICER_PIN, "--pin", _PIN)
    _softhsm(*words)
    file = _home() / "key.pem"
    private_files.write(file, keys.as_pem(card.key))
    key = ("--import", str(file), "--token", label, "--label", _OWN, "--id", "02", "--pin", _PIN)
    _softhsm(*key)
    file.unlink()
    library = pkcs11.lib(str(_library()))
    # A library that was loaded before does not see tokens that others make.
    library.reinitialize()
    token = library.get_token(token_label=label)
    with token.open(rw=True, user_pin=_PIN) as session:
        for name, certificate in ((_OWN, card.certificate), (_ABOVE, card.chain[0])):
            attributes = decode_x509_certificate(certificate.dump())
            attributes |= {pkcs11.Attribute.LABEL: name, pkcs11.Attribute.TOKEN: True}
            session.create_object(attributes)


def _softhsm(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True, timeout=30)


@functools.cache
def _library() -> Path:
    """Find SoftHSM, and give it a folder of this process."""
    for pattern in _LIBRARIES:
        for found in sorted(Path("/").glob(pattern.removeprefix("/"))):
            if shutil.which("softhsm2-util"):
                _home()
                return found
    if os.environ.get("CI"):
        pytest.fail("no SoftHSM, and this is CI: .ci/run must install softhsm2")
    # Where no token can be had, cards whose keys lie in memory are still worth testing.
    pytest.skip("no SoftHSM on this machine: install softhsm2")


@functools.cache
def _home() -> Path:
    """Give the folder of the tokens of this process, which leaves with it."""
    home = Path(tempfile.mkdtemp(prefix="mahis-token-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "tokens").mkdir()
    configuration = home / "softhsm2.conf"
    configuration.write_text(
        f"directories.tokendir = {home / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    # The library reads it when it is loaded, once in a process.
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    return home
