"""Every view says who may open it, and those that let everybody in are few and named."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mahis.web import access


def _views(resolver: URLResolver, prefix: str = "/") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.pattern}", pattern.callback
        else:
            yield from _views(pattern, f"{prefix}{pattern.pattern}")


VIEWS = dict(_views(get_resolver()))
#: What somebody sees who has not logged in; a new one is added here on purpose.
OPEN = {
    "/login/",
    "/login/callback/",
    "/logout/",
    "/language/",
    "/health/",
    "/verify/",
    # Asks for a token of its own, and does not exist where none is set.
    "/metrics",
}
#: The page of all components, which production does not have.
_NOT_IN_PRODUCTION = {"/gallery/"}


@pytest.mark.parametrize("address", VIEWS)
def test_a_view_says_who_may_open_it(address):
    assert access.rule_of(VIEWS[address]) is not None


def test_only_these_let_everybody_in():
    rules = {address: access.rule_of(view) for address, view in VIEWS.items()}
    assert {address for address, rule in rules.items() if rule and rule.everyone} <= (
        OPEN | _NOT_IN_PRODUCTION
    )


@pytest.mark.parametrize(
    "address", [address for address in VIEWS if address.startswith("/office/")]
)
def test_the_officers_door_lets_in_officers_only(address):
    rule = access.rule_of(VIEWS[address])
    assert rule
    assert rule.in_capacity
    assert {quality.name for quality in rule.qualities} == {"NSSO_OFFICER"}


def test_no_address_can_carry_a_national_number():
    """Addresses are logged by every proxy; who a page is about travels in the session."""
    assert not [address for address in VIEWS if "insz" in address.lower()]
