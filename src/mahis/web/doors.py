"""The few addresses above this floor that its pages lead to, by name."""

from django.http import HttpRequest
from django.urls import reverse

from mahis.domain.parties import Capacity, Quality

#: Where a person chooses in which capacity to act.
CHOOSE_CAPACITY = "portal:choose_capacity"
#: The first page of a company's people, and of officers.
HOME = "portal:home"
OFFICE_HOME = "backoffice:home"
#: Where the recipients of notices go on.
AUTHORISATION = "portal:authorisation"
DRAW_UP = "portal:new"


def home_of(capacity: Capacity | None) -> str:
    """Give the address of the first page for a capacity; without one, that of choosing it."""
    if capacity is None:
        return reverse(CHOOSE_CAPACITY)
    return reverse(OFFICE_HOME if capacity.quality is Quality.NSSO_OFFICER else HOME)


def screen(request: HttpRequest, name: str, *about: object) -> str:
    """Give the address of a screen that both doors have, at the door that a request came by."""
    door = request.resolver_match
    assert door is not None
    return reverse(f"{door.namespace}:{name}", args=about)
