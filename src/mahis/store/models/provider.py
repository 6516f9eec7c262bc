"""Enterprises in the quality of social service provider."""

from django.db import models

from mahis.domain.parties import ProviderStatus
from mahis.store.fields import EnterpriseNumberField, EnumField, one_of


class Provider(models.Model):
    """The quality of provider of one enterprise (providers.csv)."""

    enterprise = EnterpriseNumberField(primary_key=True)
    status = EnumField(ProviderStatus)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provider_status_is_known", condition=one_of("status", ProviderStatus)
            ),
            models.CheckConstraint(
                name="provider_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]
