"""Renews the trusted lists, where signatures are trusted by them."""

import datetime

from django.conf import settings

from mahis.gateways import trust
from mahis.gateways.trust import TrustSettings, TrustUnavailable
from mahis.gateways.trust.fetching import over_http
from mahis.jobs.job import Job, daily
from mahis.usecases.run_job import Counts


def run(*, at: datetime.datetime, on: datetime.date) -> Counts:  # noqa: ARG001 - every job is told
    """Fetch and verify the lists; raises TrustUnavailable where the copy before was kept."""
    chosen = settings.TRUST
    assert isinstance(chosen, TrustSettings)
    if chosen.folder is not None:
        return {"lists": 0}
    outcome = trust.refresh(chosen, fetch=over_http, at=at)
    if not outcome.succeeded:
        raise TrustUnavailable(reason=outcome.failure)
    return {"lists": len(outcome.lists)}


JOB = Job(name="refresh-trust", schedule=daily(4, 30), run=run)
