"""The outbox: notices that steps and the clock have written; deliveries say how far they are."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from mahis.domain.notices import ABOUT_PROVIDERS, WARNINGS, Channel, Telling
from mahis.domain.parties import Language, Side
from mahis.store.fields import EnumField, one_of

_WARNS = models.Q(telling__in=sorted(telling.value for telling in WARNINGS))
_ABOUT_PROVIDER = models.Q(telling__in=sorted(telling.value for telling in ABOUT_PROVIDERS))


class Notice(models.Model):
    """One message to one party about one step; its id is the key against sending twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Both protect: a notice is proof that somebody was told.
    #: None where it is about a provider and not about any authorisation.
    authorisation = models.ForeignKey(
        "store.Authorisation",
        on_delete=models.PROTECT,
        related_name="notices",
        null=True,
        blank=True,
    )
    recipient = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    side = EnumField(Side)
    telling = EnumField(Telling)
    #: Number of the first history entry of the step, or of the change of a provider; None for
    #: warnings, which are no step.
    history_number = models.IntegerField(null=True, blank=True)
    #: For warnings: the last day before that of which they warn.
    warns_of = models.DateField(null=True, blank=True)
    #: For warnings: so many days before it they were due, as one can be warned more than once.
    days_before = models.IntegerField(null=True, blank=True)
    #: Places of the mandates that the notice is about; none for what is about a provider.
    places = ArrayField(models.IntegerField())
    channel = EnumField(Channel)
    language = EnumField(Language)
    #: Whether the mandate now waits for the recipient.
    must_act = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "created_at"], name="notice_recipient"),
            BrinIndex(fields=["created_at"], name="notice_created", autosummarize=True),
        ]
        constraints = [
            models.UniqueConstraint(
                name="notice_once_a_step_and_side",
                fields=["authorisation", "history_number", "side", "telling", "recipient"],
            ),
            models.UniqueConstraint(
                name="notice_tells_a_provider_once",
                fields=["recipient", "telling", "history_number"],
                condition=models.Q(authorisation=None),
            ),
            models.UniqueConstraint(
                name="notice_warns_a_party_once",
                fields=["authorisation", "side", "telling", "warns_of", "days_before"],
                condition=models.Q(warns_of__isnull=False),
            ),
            models.UniqueConstraint(
                name="notice_warns_a_provider_once",
                fields=["recipient", "telling", "warns_of", "days_before"],
                condition=models.Q(authorisation=None),
            ),
            models.CheckConstraint(name="notice_side_is_known", condition=one_of("side", Side)),
            models.CheckConstraint(
                name="notice_telling_is_known", condition=one_of("telling", Telling)
            ),
            models.CheckConstraint(
                name="notice_channel_is_known", condition=one_of("channel", Channel)
            ),
            models.CheckConstraint(
                name="notice_language_is_known", condition=one_of("language", Language)
            ),
            models.CheckConstraint(
                name="notice_is_about_an_authorisation_or_a_provider",
                condition=(_ABOUT_PROVIDER & models.Q(authorisation=None, places=[]))
                | (~_ABOUT_PROVIDER & models.Q(authorisation__isnull=False)),
            ),
            models.CheckConstraint(
                name="notice_tells_of_a_step_or_warns_of_a_day",
                condition=(
                    _WARNS
                    & models.Q(
                        history_number=None,
                        warns_of__isnull=False,
                        days_before__isnull=False,
                        days_before__gte=0,
                    )
                )
                | (
                    ~_WARNS
                    & models.Q(history_number__isnull=False, warns_of=None, days_before=None)
                ),
            ),
        ]
