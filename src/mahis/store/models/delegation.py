"""Delegations: access for past quarters that a mandate gives to a former mandatary."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from mahis.domain.delegation import EndedBecause
from mahis.store.fields import EnumField, InszField, QuarterPeriodField, one_of

_RUNS = models.Q(ended_at=None)


class Delegation(models.Model):
    """One delegation; its key is the number that people see. It is never deleted, only ended."""

    # All protect: what was delegated is proof of who could see what.
    mandate = models.ForeignKey(
        "store.Mandate", on_delete=models.PROTECT, related_name="delegations"
    )
    delegate = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    #: The one application that it is for; None: all of the group.
    application = models.ForeignKey(
        "store.Application", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    quarters = QuarterPeriodField()
    created_at = models.DateTimeField()
    #: Who gave it, for the mandatary of the mandate.
    created_by = InszField()
    created_by_name = models.TextField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = EnumField(EndedBecause, null=True, blank=True)
    #: Who ended it; nobody where its mandate has ended.
    ended_by = InszField(null=True, blank=True)
    ended_by_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["delegate", "-id"], name="delegation_delegate"),
            # What decisions ask, and what the clock looks through.
            models.Index(fields=["mandate", "delegate"], condition=_RUNS, name="delegation_runs"),
        ]
        constraints = [
            models.CheckConstraint(
                name="delegation_quarters_are_bounded",
                condition=models.Q(
                    quarters__isempty=False, quarters__lower_inf=False, quarters__upper_inf=False
                ),
            ),
            models.CheckConstraint(
                name="delegation_ends_for_a_reason",
                condition=models.Q(ended_at=None, ended_because=None)
                | (models.Q(ended_at__isnull=False) & one_of("ended_because", EndedBecause)),
            ),
            models.CheckConstraint(
                name="delegation_is_ended_by_somebody_or_its_mandate",
                condition=models.Q(ended_by=None, ended_because=None)
                | models.Q(ended_by=None, ended_because=EndedBecause.SOURCE_ENDED.value)
                | (
                    models.Q(ended_by__isnull=False, ended_because__isnull=False)
                    & ~models.Q(ended_because=EndedBecause.SOURCE_ENDED.value)
                ),
            ),
            # No application and all of the group stand for themselves here; that a part is not
            # given beside the whole is a rule, held under the lock of the authorisation.
            ExclusionConstraint(
                name="delegation_not_twice_to_the_same",
                expressions=[
                    ("mandate", RangeOperators.EQUAL),
                    ("delegate", RangeOperators.EQUAL),
                    (
                        Coalesce(
                            "application", models.Value(0), output_field=models.BigIntegerField()
                        ),
                        RangeOperators.EQUAL,
                    ),
                    ("quarters", RangeOperators.OVERLAPS),
                ],
                condition=_RUNS,
            ),
        ]
