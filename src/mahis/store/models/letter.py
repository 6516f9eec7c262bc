"""Letters: notices that the post brings."""

from django.db import models

from mahis.domain.parties import Language
from mahis.store.fields import EnumField, one_of


class Letter(models.Model):
    """One letter about one notice; a trigger lets nothing change but its batch, once (T3)."""

    # All protect: a letter is proof that somebody was told.
    notice = models.OneToOneField(
        "store.Notice", on_delete=models.PROTECT, primary_key=True, related_name="letter"
    )
    recipient = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    language = EnumField(Language)
    document = models.ForeignKey("store.Document", on_delete=models.PROTECT, related_name="+")
    pages = models.IntegerField()
    #: Whether it goes to another country, which the post charges differently.
    abroad = models.BooleanField()
    made_at = models.DateTimeField()
    batch = models.ForeignKey(
        "store.LetterBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Place in the batch, from 1.
    place = models.IntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="letter_waits_for_a_batch",
                fields=["made_at"],
                condition=models.Q(batch=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(name="letter_place_once_a_batch", fields=["batch", "place"]),
            models.CheckConstraint(
                name="letter_language_is_known", condition=one_of("language", Language)
            ),
            models.CheckConstraint(name="letter_has_pages", condition=models.Q(pages__gte=1)),
            models.CheckConstraint(
                name="letter_has_a_place_in_its_batch",
                condition=models.Q(batch=None, place=None)
                | models.Q(batch__isnull=False, place__isnull=False, place__gte=1),
            ),
        ]
