"""Trust that an operator pinned: a folder of certificates."""

import pathlib

from cryptography import x509

from mahis.gateways.trust import certificates
from mahis.gateways.trust.material import TrustMaterial
from mahis.gateways.trust.refusals import TrustUnavailable

#: Certificates in these subfolders serve for the register's seal, or for timestamps, alone.
_SEAL, _TSA = "seal", "tsa"


def from_folder(folder: pathlib.Path) -> TrustMaterial:
    """Read a folder of certificates with its subfolders: the self-signed ones are trusted.

    Where it has no subfolder `seal` or `tsa`, its roots serve for seals or timestamps too. Raises
    TrustUnavailable, naming the file, where one holds no certificate, and where nothing is trusted.
    """
    found: dict[str, list[x509.Certificate]] = {"": [], _SEAL: [], _TSA: []}
    for file in files_of(folder):
        found[_use(file.relative_to(folder))] += certificates.read(file)
    roots = _roots(found[""])
    if not roots:
        raise TrustUnavailable(
            reason=f"{folder} holds no self-signed certificate: nothing is trusted."
        )
    return TrustMaterial(
        roots=roots,
        intermediates=certificates.as_der(
            each
            for some in found.values()
            for each in some
            if not certificates.is_self_signed(each)
        ),
        tsa_roots=_roots(found[_TSA]) or roots,
        seal_roots=_roots(found[_SEAL]) or roots,
        source=f"the folder {folder}",
    )


def files_of(folder: pathlib.Path) -> list[pathlib.Path]:
    """List the files of certificates below a folder; raises TrustUnavailable without a folder."""
    if not folder.is_dir():
        raise TrustUnavailable(reason=f"{folder} is no folder that can be read.")
    return sorted(
        each
        for each in folder.rglob("*")
        if each.suffix.lower() in certificates.SUFFIXES and each.is_file()
    )


def _use(file: pathlib.Path) -> str:
    first = file.parts[0] if len(file.parts) > 1 else ""
    return first if first in {_SEAL, _TSA} else ""


def _roots(found: list[x509.Certificate]) -> tuple[bytes, ...]:
    return certificates.as_der(each for each in found if certificates.is_self_signed(each))
