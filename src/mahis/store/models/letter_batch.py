"""Batches of letters: what goes to the printer in one package."""

from django.db import models

from mahis.domain.letters import BatchState
from mahis.store.fields import EnumField, one_of

_NOT_PACKED = models.Q(sha256="", size=0, packed_at=None)
_PACKED = models.Q(sha256__regex="^[0-9a-f]{64}$", size__gte=1, packed_at__isnull=False)


class LetterBatch(models.Model):
    """The letters of one day; a trigger lets it only go on: open, packed, handed over (T3)."""

    #: Number in the series of all batches, without gaps.
    number = models.IntegerField(primary_key=True)
    day = models.DateField()
    state = EnumField(BatchState)
    #: How many letters and pages it has, counted when they were chosen.
    letters = models.IntegerField()
    pages = models.IntegerField()
    #: The package as it lies in the store of files; empty while it is being made.
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    packed_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    #: The last attempt to hand it over that failed, and the code of why.
    failed_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="letter_batch_once_a_day", fields=["day"]),
            models.CheckConstraint(
                name="letter_batch_state_is_known", condition=one_of("state", BatchState)
            ),
            models.CheckConstraint(
                name="letter_batch_number_is_positive", condition=models.Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="letter_batch_has_letters_with_pages",
                condition=models.Q(letters__gte=1, pages__gte=models.F("letters")),
            ),
            models.CheckConstraint(
                name="letter_batch_state_matches_its_package",
                condition=models.Q(_NOT_PACKED, state=BatchState.OPEN.value, handed_at=None)
                | models.Q(_PACKED, state=BatchState.PACKED.value, handed_at=None)
                | models.Q(_PACKED, state=BatchState.HANDED.value, handed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_batch_problem_has_its_time",
                condition=models.Q(problem="", failed_at=None)
                | (~models.Q(problem="") & models.Q(failed_at__isnull=False)),
            ),
        ]
