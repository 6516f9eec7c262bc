"""Registrations of employers at the NSSO."""

from django.db import models

from mahis.store.fields import EnterpriseNumberField


class Employer(models.Model):
    """One enterprise being an NSSO employer between dates (employers.csv)."""

    enterprise = EnterpriseNumberField()
    #: NSSO number without category.
    nsso_number = models.BigIntegerField()
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise"], name="employer_enterprise"),
            models.Index(fields=["nsso_number"], name="employer_nsso_number"),
        ]
        constraints = [
            models.CheckConstraint(
                name="employer_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]
