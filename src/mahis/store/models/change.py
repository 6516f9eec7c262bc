"""What changed that is about no authorisation, which nobody can change."""

from django.db import models

from mahis.domain.changes import Subject
from mahis.domain.lifecycle import Kind
from mahis.domain.parties import Quality, Role
from mahis.store.fields import EnterpriseNumberField, EnumField, InszField, one_of


class Change(models.Model):
    """One change of reference data, of a provider or of an employer: who, when, from what to what.

    The application's role can only add and read changes; a trigger refuses the rest to everybody.
    """

    append_only = True

    subject = EnumField(Subject)
    #: Which one of its kind: a number or code without anything personal.
    key = models.TextField()
    #: Position among the changes of this one, from 1.
    number = models.IntegerField()
    at = models.DateTimeField()
    #: What was done, one word in camel case.
    act = models.CharField(max_length=40)
    #: What kind of doer stands behind it.
    kind = EnumField(Kind)
    person = InszField(null=True)
    person_name = models.TextField(blank=True, default="")
    enterprise = EnterpriseNumberField(null=True)
    quality = EnumField(Quality, null=True)
    role = EnumField(Role, null=True)
    reason = models.TextField(blank=True, default="")
    #: What differed before and after; empty before what is new.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="change_number_once", fields=["subject", "key", "number"]),
            models.CheckConstraint(
                name="change_number_is_positive", condition=models.Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="change_subject_is_known", condition=one_of("subject", Subject)
            ),
            models.CheckConstraint(name="change_kind_is_known", condition=one_of("kind", Kind)),
            models.CheckConstraint(
                name="change_quality_is_known",
                condition=models.Q(quality=None) | one_of("quality", Quality),
            ),
            models.CheckConstraint(
                name="change_role_is_known",
                condition=models.Q(role=None) | one_of("role", Role),
            ),
            models.CheckConstraint(
                name="change_person_acts_in_a_capacity",
                condition=models.Q(person=None, enterprise=None, quality=None, role=None)
                | models.Q(
                    person__isnull=False,
                    enterprise__isnull=False,
                    quality__isnull=False,
                    role__isnull=False,
                ),
            ),
        ]
