"""Functions held in enterprises."""

from django.db import models

from mahis.domain import representation
from mahis.domain.groups import Validity
from mahis.store.fields import EnterpriseNumberField, InszField


class Office(models.Model):
    """One function in one enterprise, held by a person or by another enterprise (offices.csv)."""

    enterprise = EnterpriseNumberField()
    #: Function code of the CBE.
    function = models.CharField(max_length=5)
    person = InszField(null=True, blank=True)
    given_name = models.TextField(blank=True, default="")
    family_name = models.TextField(blank=True, default="")
    #: The enterprise that holds the function; None where a person does.
    holder = EnterpriseNumberField(null=True, blank=True)
    #: For a permanent representative: where the holder is represented; None: everywhere.
    represents_in = EnterpriseNumberField(null=True, blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise"], name="office_enterprise"),
            models.Index(fields=["person"], name="office_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="office_held_by_person_or_enterprise",
                condition=models.Q(person=None, holder__isnull=False)
                | models.Q(person__isnull=False, holder=None),
            ),
            models.CheckConstraint(
                name="office_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]

    def to_domain(self) -> representation.Office:
        """Give the office as the rules know it."""
        return representation.Office(
            enterprise=self.enterprise,
            function=self.function,
            validity=Validity(self.begins, self.ends),
            person=self.person,
            holder=self.holder,
            represents_in=self.represents_in,
        )
