"""Runs of the clock's jobs: when each ran last, what came of it, and when it is due."""

from django.db import models

from mahis.domain.jobs import JobOutcome
from mahis.store.fields import EnumField, one_of


class JobRun(models.Model):
    """The last run of one job; whoever locks the row runs it, everybody else passes by."""

    name = models.TextField(primary_key=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    #: None before the first run has ended.
    outcome = EnumField(JobOutcome, null=True, blank=True)
    #: What the last run that succeeded did, in numbers.
    result = models.JSONField(default=dict, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    #: Code of what went wrong in the last run.
    problem = models.TextField(blank=True, default="")
    #: Runs that failed in a row.
    failures = models.IntegerField(default=0)
    #: When it is due.
    next_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_run_outcome_is_known",
                condition=models.Q(outcome=None) | one_of("outcome", JobOutcome),
            ),
            models.CheckConstraint(
                name="job_run_ends_with_an_outcome",
                condition=models.Q(outcome=None, finished_at=None)
                | models.Q(
                    outcome__isnull=False, finished_at__isnull=False, started_at__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="job_run_says_why_it_failed",
                condition=models.Q(problem="", failures=0)
                | (
                    ~models.Q(problem="")
                    & models.Q(outcome=JobOutcome.FAILED.value, failures__gte=1)
                ),
            ),
        ]
