"""Who may sign the list of lists: whom the Official Journal published, as pivots changed them.

Sources: Implementing Decision (EU) 2015/1505, article 4; the Commission's explanation of pivots.
"""

import pathlib
from collections.abc import Callable, Sequence

from pyhanko.sign.validation.qualified import eutl_parse

from mahis.gateways.trust import certificates, signed_lists, trusted_lists
from mahis.gateways.trust.signed_lists import ListRefused
from mahis.gateways.trust.trusted_lists import LIST_OF_LISTS, Pointer

#: Gives the content of an address; raises ListRefused where it cannot.
Fetch = Callable[[str], bytes]

_PUBLISHED_2019, _PUBLISHED_2026 = 0, 1
_MOST_PIVOTS = 40


def pinned(folder: pathlib.Path) -> tuple[bytes, ...]:
    """Read the signers that an operator pinned in a folder; raises TrustUnavailable."""
    files = sorted(
        each for each in folder.iterdir() if each.suffix.lower() in certificates.SUFFIXES
    )
    return certificates.as_der(found for file in files for found in certificates.read(file))


def of_list_of_lists(
    data: bytes, *, fetch: Fetch, pins: Sequence[bytes] | None
) -> tuple[bytes, ...]:
    """Give who may sign a list of lists: the pins, as every pivot signed by them changed them.

    Without pins these are the certificates that the Official Journal published last before the
    list. The list is not verified yet: pivots that it conceals leave older signers in force, and
    pivots that it invents are signed by nobody who counts.
    """
    pivots, anchor = _anchored(trusted_lists.information_addresses(signed_lists.parse(data)))
    signers = tuple(pins) if pins else _published(anchor)
    for address in reversed(pivots[:_MOST_PIVOTS]):
        signers = _changed_by(fetch(address), signers)
    return signers


def list_of_lists_itself(pointers: Sequence[Pointer]) -> Pointer:
    """Find where a list of lists points to itself; raises ListRefused."""
    for each in pointers:
        if each.kind == LIST_OF_LISTS and each.territory == "EU":
            return each
    raise ListRefused("it does not say who may sign the list of lists")


def _changed_by(data: bytes, signers: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Take the signers that a pivot names, where one of those before has signed it."""
    try:
        pivot = signed_lists.verify(data, signers=signers)
    except ListRefused:
        return signers
    return list_of_lists_itself(tuple(trusted_lists.pointers(pivot.content))).signers


def _anchored(addresses: Sequence[str]) -> tuple[list[str], int]:
    """Give the pivots since the last publication in the Official Journal, and which that was."""
    pivots: list[str] = []
    for address in addresses:
        if address in eutl_parse.KNOWN_OJEU_REANCHOR_URLS:
            return pivots, _PUBLISHED_2026
        if address.endswith(".xml"):
            pivots.append(address)
    return pivots, _PUBLISHED_2019


def _published(anchor: int) -> tuple[bytes, ...]:
    found = eutl_parse.ojeu_bootstrap_lotl_tlso_certs(anchor=anchor)
    return tuple(each.dump() for each in found)
