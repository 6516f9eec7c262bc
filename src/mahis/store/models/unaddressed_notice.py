"""Notices that the post should bring and cannot, for want of an address."""

from django.db import models

from mahis.domain.letters import AddressProblem
from mahis.store.fields import EnumField, one_of


class UnaddressedNotice(models.Model):
    """One notice that waits for an address; it goes when its letter is written (T3)."""

    # Both protect: whoever was not told must not be forgotten.
    notice = models.OneToOneField(
        "store.Notice", on_delete=models.PROTECT, primary_key=True, related_name="unaddressed"
    )
    recipient = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    problem = EnumField(AddressProblem)
    #: When an address was missed first, and last.
    since = models.DateTimeField()
    tried_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="unaddressed_recipient", fields=["recipient"])]
        constraints = [
            models.CheckConstraint(
                name="unaddressed_problem_is_known", condition=one_of("problem", AddressProblem)
            ),
            models.CheckConstraint(
                name="unaddressed_was_tried_since",
                condition=models.Q(tried_at__gte=models.F("since")),
            ),
        ]
