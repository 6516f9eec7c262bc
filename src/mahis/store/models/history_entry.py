"""The history of authorisations, which nobody can change."""

from django.db import models

from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import State
from mahis.domain.parties import Quality, Role
from mahis.store.fields import EnterpriseNumberField, EnumField, InszField, one_of


class HistoryEntry(models.Model):
    """One step of one mandate: who, in which capacity, when, from which state to which (L7).

    Entries are chained by hash per authorisation. The application's role can only add and read
    them; a trigger refuses the rest to everybody.
    """

    append_only = True

    # Protects: the history outlives everything.
    authorisation = models.ForeignKey(
        "store.Authorisation", on_delete=models.PROTECT, related_name="history"
    )
    #: Position in the authorisation's chain, from 1.
    number = models.IntegerField()
    #: Count of acts on the authorisation after the step; one act can be several entries.
    version = models.IntegerField()
    #: Place of the mandate in the authorisation.
    place = models.IntegerField()
    at = models.DateTimeField()
    act = EnumField(Act)
    before = EnumField(State, null=True)
    after = EnumField(State)
    #: What kind of doer stands behind the step.
    kind = EnumField(Kind)
    person = InszField(null=True)
    person_name = models.TextField(blank=True, default="")
    enterprise = EnterpriseNumberField(null=True)
    quality = EnumField(Quality, null=True)
    role = EnumField(Role, null=True)
    reason = models.TextField(blank=True, default="")
    #: What the step rests on: validation, offices, end quarter and the like.
    evidence = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            # Few of many, which officers list: mandates touched since something ceased.
            models.Index(
                fields=["-at"],
                condition=models.Q(act__in=[Act.CEASE.value, Act.END_EMPLOYER.value]),
                name="history_entry_of_ceasing",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="history_entry_number_once", fields=["authorisation", "number"]
            ),
            models.CheckConstraint(name="history_entry_act_is_known", condition=one_of("act", Act)),
            models.CheckConstraint(
                name="history_entry_kind_is_known", condition=one_of("kind", Kind)
            ),
            models.CheckConstraint(
                name="history_entry_before_is_known",
                condition=models.Q(before=None) | one_of("before", State),
            ),
            models.CheckConstraint(
                name="history_entry_after_is_known", condition=one_of("after", State)
            ),
            models.CheckConstraint(
                name="history_entry_quality_is_known",
                condition=models.Q(quality=None) | one_of("quality", Quality),
            ),
            models.CheckConstraint(
                name="history_entry_role_is_known",
                condition=models.Q(role=None) | one_of("role", Role),
            ),
            models.CheckConstraint(
                name="history_entry_person_acts_in_a_capacity",
                condition=models.Q(person=None, enterprise=None, quality=None, role=None)
                | models.Q(
                    person__isnull=False,
                    enterprise__isnull=False,
                    quality__isnull=False,
                    role__isnull=False,
                ),
            ),
        ]
