"""Which applications belong to which group, when."""

from django.db import models

from mahis.domain import groups


class GroupMembership(models.Model):
    """One application in one group between dates; an application can be in several groups."""

    # Both protect: a membership tells what a mandate gave access to on a day in the past.
    group = models.ForeignKey(
        "store.ApplicationGroup", on_delete=models.PROTECT, related_name="memberships"
    )
    application = models.ForeignKey(
        "store.Application", on_delete=models.PROTECT, related_name="memberships"
    )
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="group_membership_begins_once", fields=["group", "application", "begins"]
            ),
            models.CheckConstraint(
                name="group_membership_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]

    def to_domain(self) -> groups.Membership:
        """Give the membership as the rules know it."""
        return groups.Membership(
            application=self.application.code,
            group=self.group.code,
            validity=groups.Validity(self.begins, self.ends),
        )
