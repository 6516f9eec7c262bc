"""Mandates: one application group given by one mandator to one mandatary."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from mahis.domain.mandate import (
    EXPIRING_STATES,
    HOLDING_STATES,
    RUNNING_STATES,
    MandateReference,
    State,
)
from mahis.store.fields import EnumField, QuarterPeriodField, one_of

_HOLDS = models.Q(state__in=sorted(state.value for state in HOLDING_STATES))
_RUNS = models.Q(state__in=sorted(state.value for state in RUNNING_STATES))
_UNFINISHED = models.Q(state__in=sorted(state.value for state in EXPIRING_STATES))


class Mandate(models.Model):
    """One mandate; parties and the group's rule are repeated here for the constraints."""

    # All protect: nothing that a mandate names is ever deleted.
    authorisation = models.ForeignKey(
        "store.Authorisation", on_delete=models.PROTECT, related_name="mandates"
    )
    #: Place in the authorisation, from 1: the second part of the reference.
    place = models.IntegerField()
    mandator = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    mandatary = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("store.ApplicationGroup", on_delete=models.PROTECT, related_name="+")
    #: Whether the group allowed one mandatary only when the mandate was drawn up.
    single_mandatary = models.BooleanField()
    quarters = QuarterPeriodField()
    state = EnumField(State)
    #: The mandate whose place it takes, or is to take once both have signed (C6).
    replaces = models.ForeignKey(
        "store.Mandate",
        on_delete=models.PROTECT,
        related_name="newer",
        null=True,
        blank=True,
        # The constraint below is index enough.
        db_index=False,
    )

    class Meta:
        indexes = [
            models.Index(fields=["mandator", "state"], name="mandate_mandator_state"),
            models.Index(fields=["mandatary", "state"], name="mandate_mandatary_state"),
            models.Index(
                fields=["mandator", "group", "mandatary"],
                include=["quarters", "id"],
                condition=_HOLDS,
                name="mandate_decision",
            ),
            models.Index(
                fields=["authorisation"],
                condition=models.Q(state=State.TO_BE_VALIDATED.value),
                name="mandate_waits_for_the_office",
            ),
            # What the clock looks for: few of many, however long ago they were drawn up.
            models.Index(
                fields=["authorisation"], condition=_UNFINISHED, name="mandate_unfinished"
            ),
            models.Index(
                fields=["mandator"],
                condition=models.Q(state=State.IDENTIFICATION.value),
                name="mandate_waits_for_employer",
            ),
            models.Index(
                models.F("quarters__endswith"),
                "authorisation",
                condition=_RUNS & models.Q(quarters__endswith__isnull=False),
                name="mandate_ends",
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="mandate_place_once", fields=["authorisation", "place"]),
            models.UniqueConstraint(
                name="mandate_group_once_an_authorisation", fields=["authorisation", "group"]
            ),
            models.CheckConstraint(
                name="mandate_place_is_positive", condition=models.Q(place__gte=1)
            ),
            models.CheckConstraint(name="mandate_state_is_known", condition=one_of("state", State)),
            models.CheckConstraint(
                name="mandate_period_has_a_start",
                condition=models.Q(quarters__isempty=False, quarters__lower_inf=False),
            ),
            models.CheckConstraint(
                name="mandate_parties_differ", condition=~models.Q(mandator=models.F("mandatary"))
            ),
            # One mandate takes the place of another: both are for one mandatary at a time, and the
            # older one gives its place to one newer at most.
            models.CheckConstraint(
                name="mandate_replaces_in_a_single_mandatary_group",
                condition=models.Q(replaces=None) | models.Q(single_mandatary=True),
            ),
            models.UniqueConstraint(
                name="mandate_replaced_once", fields=["replaces"], condition=_HOLDS
            ),
            # C5: at any time one mandatary a mandator and single-mandatary group.
            ExclusionConstraint(
                name="mandate_one_mandatary_at_a_time",
                expressions=[
                    ("mandator", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("quarters", RangeOperators.OVERLAPS),
                ],
                condition=_HOLDS & models.Q(single_mandatary=True),
            ),
            # The same mandate cannot be given twice to the same mandatary.
            ExclusionConstraint(
                name="mandate_not_twice_to_the_same",
                expressions=[
                    ("mandator", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("mandatary", RangeOperators.EQUAL),
                    ("quarters", RangeOperators.OVERLAPS),
                ],
                condition=_HOLDS,
            ),
        ]

    @property
    def reference(self) -> MandateReference:
        """The reference that people see: `2026-0001234/2`."""
        return MandateReference(self.authorisation.reference, self.place)
