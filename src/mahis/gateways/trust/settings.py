"""What an operator says about trust: plain values."""

import dataclasses
import pathlib

from mahis.gateways.trust.checking import EU_ADDRESS
from mahis.gateways.trust.lists import DAYS_OF_GRACE


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrustSettings:
    """Where trust comes from: a folder of pinned roots, or the European trusted lists."""

    #: Folder of pinned roots; None where the trusted lists are used.
    folder: pathlib.Path | None = None
    #: Where the last good copy of the lists is kept.
    lists_dir: pathlib.Path
    #: Where the list of lists is published.
    list_of_lists: str = EU_ADDRESS
    #: Countries whose lists count, by the codes of the list of lists.
    countries: tuple[str, ...] = ("BE",)
    #: Folder of the certificates that may sign the list of lists; None for the Official Journal's.
    list_signers: pathlib.Path | None = None
    #: How many days after its next update should have come a list may still be used.
    days_of_grace: int = DAYS_OF_GRACE
    #: Folder of the roots of the register's own seal and of its timestamps.
    seal_folder: pathlib.Path | None = None
    #: Certificate of the seal with its issuers; the last one is trusted where there is no folder.
    seal_certificate: pathlib.Path | None = None
