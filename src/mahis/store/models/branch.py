"""Branches of foreign entities."""

from django.db import models


class Branch(models.Model):
    """One Belgian branch of a foreign entity (branch.csv)."""

    number = models.BigIntegerField(primary_key=True)
    begins = models.DateField()
    #: Number of the enterprise; no foreign key: an extract may name enterprises it leaves out.
    enterprise = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["enterprise"], name="branch_enterprise")]
