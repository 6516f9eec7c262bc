"""Mandates: one application group given by one mandator to one mandatary."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from mahis.domain.mandate import EXPIRING_STATES, HOLDING_STATES, MandateReference, State
from mahis.store.fields import EnumField, QuarterPeriodField, one_of

_HOLDS = models.Q(state__in=sorted(state.value for state in HOLDING_STATES))
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
                condition=models.Q(state=State.ACTIVE.value, quarters__endswith__isnull=False),
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
