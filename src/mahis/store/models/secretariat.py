"""Recognised social secretariats."""

from django.db import models

from mahis.store.fields import EnterpriseNumberField


class Secretariat(models.Model):
    """The recognition of one social secretariat, or of one branch of it (secretariats.csv)."""

    enterprise = EnterpriseNumberField()
    #: SSA number as text: `331` or `331/2`.
    ssa_number = models.CharField(max_length=7)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["enterprise"], name="secretariat_enterprise")]
        constraints = [
            models.UniqueConstraint(
                name="secretariat_number_once_a_time", fields=["ssa_number", "begins"]
            ),
            models.CheckConstraint(
                name="secretariat_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]
