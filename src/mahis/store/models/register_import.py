"""Imports of register files, as a record of what the register was made from."""

from django.db import models


class RegisterImport(models.Model):
    """One import of an extract, finished or refused."""

    class Outcome(models.TextChoices):
        """How an import ended."""

        RUNNING = "running"
        DONE = "done"
        REFUSED = "refused"

    #: Name of the folder or file, without its path.
    source = models.TextField()
    #: SHA-256 of the files' contents, by which a repeated import is known.
    digest = models.CharField(max_length=64)
    #: `full` or `update` for CBE extracts; empty for our own files alone.
    extract_kind = models.CharField(max_length=6, blank=True, default="")
    #: Series of extracts; empty for the Crossroads Bank itself.
    series = models.TextField(blank=True, default="")
    extract_number = models.IntegerField(null=True, blank=True)
    snapshot_date = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    #: Rows written and deleted by file, or where and why the import was refused.
    report = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="register_import_outcome_is_known",
                condition=models.Q(outcome__in=["running", "done", "refused"]),
            ),
            models.CheckConstraint(
                name="register_import_finished_unless_running",
                condition=models.Q(outcome="running", finished_at=None)
                | models.Q(~models.Q(outcome="running"), finished_at__isnull=False),
            ),
        ]
