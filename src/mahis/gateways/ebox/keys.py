"""Our private keys at the e-Box: a folder of them, so that a new one can take over any time."""

import json
import os
import pathlib
import tempfile

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import KeySet, KeySetSerialization, RSAKey

from mahis.gateways.ebox.settings import EboxMisconfigured

_SHORTEST_BITS = 2048
_MADE_BITS = 3072
_SUFFIX = ".pem"


def read_keys(folder: pathlib.Path) -> tuple[RSAKey, ...]:
    """Read all keys of a folder, the last by name first; raises EboxMisconfigured.

    Names with a day in front sort as they were made: `2026-10-01.pem`.
    """
    try:
        files = sorted(folder.glob(f"*{_SUFFIX}"), reverse=True)
    except OSError as error:
        raise EboxMisconfigured(f"{folder} cannot be read ({type(error).__name__})") from None
    if not files:
        raise EboxMisconfigured(f"there is no key (*{_SUFFIX}) in {folder}")
    return tuple(_read(file) for file in files)


def public_keys(folder: pathlib.Path) -> KeySetSerialization:
    """Give the public side of all keys as a JWKS document, for the other side."""
    return KeySet(list(read_keys(folder))).as_dict(private=False, use="sig", alg="RS256")


def write_public_keys(folder: pathlib.Path, file: pathlib.Path) -> None:
    """Write the JWKS document; whoever reads it meanwhile sees the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(public_keys(folder), stream)
    pathlib.Path(name).replace(file)


def make_key(folder: pathlib.Path, *, name: str) -> pathlib.Path:
    """Make a key that only the owner of the folder can read; raises FileExistsError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{name}{_SUFFIX}"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(RSAKey.generate_key(_MADE_BITS, private=True).as_pem(private=True))
    return file


def _read(file: pathlib.Path) -> RSAKey:
    try:
        native = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, TypeError, ValueError) as error:
        # The library's own text may quote the key, so only the kind of error is told.
        message = f"the key in {file} cannot be read ({type(error).__name__})"
        raise EboxMisconfigured(message) from None
    if not isinstance(native, rsa.RSAPrivateKey):
        raise EboxMisconfigured(f"the key in {file} is no RSA key, which RS256 needs")
    if native.key_size < _SHORTEST_BITS:
        raise EboxMisconfigured(f"the key in {file} is shorter than {_SHORTEST_BITS} bits")
    key = RSAKey.import_key(native)
    key.ensure_kid()
    return key
