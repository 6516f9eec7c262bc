"""Who may open which page: nobody, unless the view is marked (A3, A4).

Each view carries one mark. The middleware reads it before the view runs, sends whoever is not
logged in to the login, whoever has no capacity to the choice of one, and refuses the rest.
"""

import dataclasses
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mahis.domain.identification import ProviderIsBlocked
from mahis.domain.parties import Capacity, Person, Quality, Role
from mahis.domain.refusals import Forbidden
from mahis.queries import capacities, providers
from mahis.web import asking, clock, doors, refusals
from mahis.web.access_refusals import QualityNotFitting, RoleConsultsOnly, ViewNotOpened

_MARK = "access_rule"
_View = Callable[..., HttpResponseBase]
_FIRST_PAGE = "/"
_SAFE = frozenset({"GET", "HEAD"})
_COMPANIES = frozenset(Quality) - {Quality.NSSO_OFFICER}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """Whom a view lets in."""

    #: Anybody, logged in or not.
    everyone: bool = False
    #: Whether a capacity must have been chosen.
    in_capacity: bool = False
    #: Whether its role must be to manage.
    manages: bool = False
    #: The qualities that are let in.
    qualities: frozenset[Quality] = frozenset(Quality)


def open_to_everyone(view: _View) -> _View:
    """Let everybody in."""
    return _marked(view, Rule(everyone=True))


def for_person(view: _View) -> _View:
    """Let in who is logged in, with or without a capacity."""
    return _marked(view, Rule())


def for_capacity(
    *, manages: bool = False, qualities: frozenset[Quality] = frozenset(Quality)
) -> Callable[[_View], _View]:
    """Let in who acts in one of these qualities and, where `manages`, may change something."""

    def mark(view: _View) -> _View:
        return _marked(view, Rule(in_capacity=True, manages=manages, qualities=qualities))

    return mark


def consults(view: _View) -> _View:
    """Let in everybody who acts in a capacity: the page only shows."""
    return _marked(view, Rule(in_capacity=True))


def manages(view: _View) -> _View:
    """Let in managers of companies and providers: the page changes something."""
    return _marked(view, Rule(in_capacity=True, manages=True, qualities=_COMPANIES))


def rule_of(view: Callable[..., object]) -> Rule | None:
    """Give the mark of a view; None where it has none."""
    rule = getattr(view, _MARK, None)
    return rule if isinstance(rule, Rule) else None


class AccessMiddleware:
    """Asks the mark of each view before the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: _View,
        _arguments: tuple[object, ...],
        _named: dict[str, object],
    ) -> HttpResponseBase | None:
        rule = rule_of(view)
        if rule is None:
            return _refusal(request, ViewNotOpened())
        if rule.everyone:
            return None
        person = asking.person(request)
        if person is None:
            return _to_login(request)
        return _judge(request, rule, person) if rule.in_capacity else None


def _judge(request: HttpRequest, rule: Rule, person: Person) -> HttpResponseBase | None:
    """Hold the capacity of a session to the registry, then to the rule; None lets in."""
    capacity = asking.capacity(request)
    if capacity is None or not _is_still_given(person, capacity):
        return HttpResponseRedirect(_with_next(request, reverse(doors.CHOOSE_CAPACITY)))
    if capacity.quality not in rule.qualities:
        return _refusal(request, QualityNotFitting(quality=capacity.quality))
    if rule.manages and capacity.role is not Role.MANAGE:
        return _refusal(request, _consults_only(capacity))
    return None


def _consults_only(capacity: Capacity) -> Forbidden:
    """Say why somebody can only look: their role, or a provider that is blocked."""
    is_provider = capacity.quality is Quality.SERVICE_PROVIDER
    if is_provider and providers.is_blocked(enterprise=capacity.enterprise):
        return ProviderIsBlocked()
    return RoleConsultsOnly()


def _is_still_given(person: Person, capacity: Capacity) -> bool:
    """Ask the registry at every request: a right that was taken away ends at once."""
    return capacities.is_offered(person=person.insz, capacity=capacity, on=clock.today())


def _to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the login; at the first page, say to visitors what this service is."""
    if request.path == _FIRST_PAGE and request.method in _SAFE:
        return render(request, "web/landing.html")
    return HttpResponseRedirect(_with_next(request, reverse("web:login")))


def _with_next(request: HttpRequest, address: str) -> str:
    """Lead back afterwards; only to what a GET can show."""
    back_to = request.get_full_path() if request.method in _SAFE else ""
    return f"{address}?{urlencode({'next': back_to})}" if back_to else address


def _refusal(request: HttpRequest, refusal: Forbidden) -> HttpResponse:
    return render(
        request,
        "web/errors/forbidden.html",
        {"explanation": refusals.explain(refusal)},
        status=HTTPStatus.FORBIDDEN,
    )


def _marked(view: _View, rule: Rule) -> _View:
    setattr(view, _MARK, rule)
    return view
