"""Addresses of enterprises, establishments and branches."""

from django.db import models


class EnterpriseAddress(models.Model):
    """One address of one entity (address.csv)."""

    #: Number of the enterprise, establishment or branch.
    entity = models.BigIntegerField()
    #: REGO seat, BAET establishment, ABBR branch, OBAD oldest active establishment.
    kind = models.CharField(max_length=4)
    #: Empty for addresses in Belgium.
    country_nl = models.TextField(blank=True, default="")
    country_fr = models.TextField(blank=True, default="")
    zipcode = models.TextField(blank=True, default="")
    municipality_nl = models.TextField(blank=True, default="")
    municipality_fr = models.TextField(blank=True, default="")
    street_nl = models.TextField(blank=True, default="")
    street_fr = models.TextField(blank=True, default="")
    house_number = models.TextField(blank=True, default="")
    box = models.TextField(blank=True, default="")
    extra = models.TextField(blank=True, default="")
    struck_off_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entity"], name="enterprise_address_entity")]
