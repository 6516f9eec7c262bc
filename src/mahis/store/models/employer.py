"""Registrations of employers at the NSSO."""

from django.db import models

from mahis.domain.employers import Source
from mahis.store.fields import EnterpriseNumberField, EnumField, one_of


class Employer(models.Model):
    """One enterprise being an NSSO employer between dates (employers.csv, or the office)."""

    enterprise = EnterpriseNumberField()
    #: NSSO number without category.
    nsso_number = models.BigIntegerField()
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    #: Who said so last: what the office wrote, an import of the register leaves standing.
    source = EnumField(Source, default=Source.REGISTER, db_default=Source.REGISTER.value)

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
            models.CheckConstraint(
                name="employer_source_is_known", condition=one_of("source", Source)
            ),
        ]
