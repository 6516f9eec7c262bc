"""Checkpoints of the history: what stood in it on a day, in one number."""

from django.db import models

_SHA256 = "^[0-9a-f]{64}$"


class HistoryCheckpoint(models.Model):
    """The root of every history entry until a day, chained to the checkpoint before it.

    The chain of an authorisation shows that one of its entries was changed; the checkpoints show
    also that the last of them, or a whole authorisation, were taken away.
    """

    append_only = True

    #: Number in the series, from 1, without gaps.
    number = models.IntegerField(primary_key=True)
    day = models.DateField()
    made_at = models.DateTimeField()
    #: The last entry that it covers, by its key; every entry up to it was there.
    last_entry = models.BigIntegerField()
    #: How many entries it covers beyond those of the checkpoint before.
    entries = models.BigIntegerField()
    previous_root = models.CharField(max_length=64)
    root = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="history_checkpoint_once_a_day", fields=["day"]),
            models.CheckConstraint(
                name="history_checkpoint_number_is_positive", condition=models.Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="history_checkpoint_counts_entries",
                condition=models.Q(entries__gte=0, last_entry__gte=0),
            ),
            models.CheckConstraint(
                name="history_checkpoint_roots_are_hexadecimal",
                condition=models.Q(root__regex=_SHA256, previous_root__regex=_SHA256),
            ),
        ]
