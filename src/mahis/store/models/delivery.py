"""Deliveries: how far each notice is on its way to its recipient."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from mahis.domain.deliveries import DeliveryState
from mahis.domain.notices import Channel
from mahis.store.fields import EnumField, one_of

_WAITING = models.Q(state=DeliveryState.WAITING.value)
_NOT_LEASED = models.Q(leased_until=None, leased_by="")


class Delivery(models.Model):
    """The delivery of one notice; workers lease those that wait, the oldest of a recipient first.

    Nothing is locked while a notice is on its way: the lease keeps other workers off until it
    ends.
    """

    #: The order of the notices of a recipient, as they were written.
    number = models.BigAutoField(primary_key=True)
    # Both protect: a delivery is proof that somebody was told.
    notice = models.OneToOneField("store.Notice", on_delete=models.PROTECT, related_name="delivery")
    #: The notice's own, for the index by which workers find the oldest of each.
    recipient = models.ForeignKey(
        "store.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = EnumField(DeliveryState)
    #: The channel that was used, or that will be: it can change from e-Box to post.
    channel = EnumField(Channel)
    #: Failed tries in a row.
    attempts = models.IntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    #: Not to be tried before.
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    #: The worker that has it; names a process, no person.
    leased_by = models.TextField(blank=True, default="")
    #: Codes of what went wrong at the last try, and of why the post brings it instead.
    problem = models.TextField(blank=True, default="")
    detail = models.TextField(blank=True, default="")
    why_post = models.TextField(blank=True, default="")
    delivered_at = models.DateTimeField(null=True, blank=True)
    #: Name of the message in the e-Box; empty for letters, which are found by their notice.
    receipt = models.TextField(blank=True, default="")
    #: When an operator had it sent again.
    again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="delivery_oldest_waiting", fields=["recipient", "number"], condition=_WAITING
            ),
            models.Index(
                name="delivery_given_up",
                fields=["number"],
                condition=models.Q(state=DeliveryState.FAILED.value),
            ),
            BrinIndex(fields=["delivered_at"], name="delivery_delivered", autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(
                name="delivery_state_is_known", condition=one_of("state", DeliveryState)
            ),
            models.CheckConstraint(
                name="delivery_channel_is_known", condition=one_of("channel", Channel)
            ),
            models.CheckConstraint(
                name="delivery_attempts_are_counted", condition=models.Q(attempts__gte=0)
            ),
            models.CheckConstraint(
                name="delivery_is_leased_by_somebody_while_it_waits",
                condition=_NOT_LEASED
                | (_WAITING & models.Q(leased_until__isnull=False) & ~models.Q(leased_by="")),
            ),
            models.CheckConstraint(
                name="delivery_has_its_time_once_delivered",
                condition=models.Q(
                    state=DeliveryState.DELIVERED.value, delivered_at__isnull=False, problem=""
                )
                | (
                    ~models.Q(state=DeliveryState.DELIVERED.value)
                    & models.Q(delivered_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="delivery_given_up_says_why",
                condition=~models.Q(state=DeliveryState.FAILED.value) | ~models.Q(problem=""),
            ),
        ]
