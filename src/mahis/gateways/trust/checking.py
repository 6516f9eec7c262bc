"""Verifies a list of lists and the national lists that it vouches for, wherever they come from."""

import dataclasses
from collections.abc import Sequence

from mahis.gateways.trust import services, signed_lists, signers, trusted_lists
from mahis.gateways.trust.services import Services
from mahis.gateways.trust.signed_lists import ListRefused
from mahis.gateways.trust.signers import Fetch
from mahis.gateways.trust.trusted_lists import (
    LIST_OF_LISTS,
    NATIONAL_LIST,
    ListFacts,
    Pointer,
)

#: Where the European Commission publishes the list of lists.
EU_ADDRESS = "https://ec.europa.eu/tools/lotl/eu-lotl.xml"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scope:
    """Which lists count, and who may sign the first of them."""

    address: str = EU_ADDRESS
    countries: tuple[str, ...] = ("BE",)
    #: Signers of the list of lists (DER), in place of those of the Official Journal.
    pins: tuple[bytes, ...] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Checked:
    """Lists whose signatures are right."""

    #: The list of lists first.
    lists: tuple[ListFacts, ...]
    services: tuple[Services, ...]


def check(scope: Scope, *, fetch: Fetch) -> Checked:
    """Verify every list of a scope; raises ListRefused, naming the list."""
    first, pointers = _list_of_lists(scope, fetch)
    found, given = [first], []
    for country in scope.countries:
        facts, offered = _national_list(country, pointers, fetch)
        found.append(facts)
        given.append(offered)
    return Checked(lists=tuple(found), services=tuple(given))


def _list_of_lists(scope: Scope, fetch: Fetch) -> tuple[ListFacts, tuple[Pointer, ...]]:
    try:
        data = fetch(scope.address)
        allowed = signers.of_list_of_lists(data, fetch=fetch, pins=scope.pins)
        verified = signed_lists.verify(data, signers=allowed)
        facts = trusted_lists.facts(verified, kind=LIST_OF_LISTS, territory="EU")
        return facts, tuple(trusted_lists.pointers(verified.content))
    except ListRefused as error:
        raise ListRefused(f"The list of lists, {scope.address}: {error}.") from error


def _national_list(
    country: str, pointers: Sequence[Pointer], fetch: Fetch
) -> tuple[ListFacts, Services]:
    try:
        pointer = _pointer_to(country, pointers)
        verified = signed_lists.verify(fetch(pointer.address), signers=pointer.signers)
        facts = trusted_lists.facts(verified, kind=NATIONAL_LIST, territory=country)
        return facts, services.read(verified.content)
    except ListRefused as error:
        raise ListRefused(f"The trusted list of {country}: {error}.") from error


def _pointer_to(country: str, pointers: Sequence[Pointer]) -> Pointer:
    for each in pointers:
        if each.kind == NATIONAL_LIST and each.territory == country:
            return each
    raise ListRefused("the list of lists knows none")
