"""Identification: the conditions for becoming a service provider, and one's requests (H1, R3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahis.domain.identification import RequestState
from mahis.queries import identification, identification_requests
from mahis.web import access, asking, clock, house_rules, provider_words


@access.consults
@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """Show the conditions one by one, which of them hold, and the requests made before."""
    actor = asking.actor(request)
    found = identification.conditions(actor=actor, on=clock.today())
    requests = identification_requests.of_enterprise(actor=actor)
    context = {
        "conditions": found,
        "lines": provider_words.lines(found),
        "requests": requests,
        "months": house_rules.reminders().months_to_first_mandate,
        "waiting": next((each for each in requests if each.state is RequestState.SUBMITTED), None),
    }
    return render(request, "portal/identification.html", context)
