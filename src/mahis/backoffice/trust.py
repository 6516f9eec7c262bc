"""Whom signatures are trusted by, and how old that knowledge is, for officers."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mahis.backoffice.opening import officers
from mahis.gateways import trust as gateway
from mahis.gateways.trust import TrustSettings
from mahis.web import clock


@officers
@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """Show where trust comes from, its age, and who is trusted; the reasons are for operators."""
    at, configured = clock.now(), settings.TRUST
    assert isinstance(configured, TrustSettings)
    told = gateway.status(configured, at=at)
    context = {
        "told": told,
        "countries": configured.countries,
        "days_since": _days(told.as_of, at),
        "usable_until": told.next_update
        and told.next_update + datetime.timedelta(days=configured.days_of_grace),
        "failed_since": told.last_failure and told.last_failure.at,
    }
    return render(request, "backoffice/trust.html", context)


def _days(begin: datetime.datetime | None, at: datetime.datetime) -> int | None:
    return None if begin is None else max(0, (at - begin).days)
