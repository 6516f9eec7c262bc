"""The outbox: notices that steps have written and that wait for delivery."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Language, Side
from mahis.store.fields import EnumField, one_of


class Notice(models.Model):
    """One message to one party about one step; its id is the key against sending twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Both protect: a notice is proof that somebody was told.
    authorisation = models.ForeignKey(
        "store.Authorisation", on_delete=models.PROTECT, related_name="notices"
    )
    recipient = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    side = EnumField(Side)
    telling = EnumField(Telling)
    #: Number of the first history entry of the step.
    history_number = models.IntegerField()
    #: Places of the mandates that the notice is about.
    places = ArrayField(models.IntegerField())
    channel = EnumField(Channel)
    language = EnumField(Language)
    #: Whether the mandate now waits for the recipient.
    must_act = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["recipient", "created_at"], name="notice_recipient")]
        constraints = [
            models.UniqueConstraint(
                name="notice_once_a_step_and_side",
                fields=["authorisation", "history_number", "side", "telling"],
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
        ]
