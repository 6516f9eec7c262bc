"""Who is asking: the person and the capacity behind a request, in the words of the domain."""

from django.http import HttpRequest

from mahis.domain.parties import Actor, Capacity, Person
from mahis.web.session import WebSession


class NobodyAsks(Exception):
    """A view asked who is asking without a mark that lets in only those whom we know."""


def person(request: HttpRequest) -> Person | None:
    """Give who is logged in; None where nobody is."""
    return WebSession(request).person if _has_session(request) else None


def capacity(request: HttpRequest) -> Capacity | None:
    """Give the capacity that the person chose; None where none is chosen."""
    return WebSession(request).capacity if _has_session(request) else None


def actor(request: HttpRequest) -> Actor:
    """Give the person in their capacity, for views that `access` opens to capacities only.

    Raises NobodyAsks elsewhere: a slip of ours, not of the person.
    """
    session = WebSession(request)
    somebody, chosen = session.person, session.capacity
    if somebody is None or chosen is None:
        raise NobodyAsks
    return Actor(person=somebody, capacity=chosen, assurance=session.assurance)


def _has_session(request: HttpRequest) -> bool:
    """Say whether a request came as far as its session before it was refused."""
    return hasattr(request, "session")
