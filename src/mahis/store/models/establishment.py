"""Establishment units of enterprises."""

from django.db import models


class Establishment(models.Model):
    """One place where an enterprise is active (establishment.csv)."""

    number = models.BigIntegerField(primary_key=True)
    begins = models.DateField()
    #: Number of the enterprise; no foreign key: an extract may name enterprises it leaves out.
    enterprise = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["enterprise"], name="establishment_enterprise")]
