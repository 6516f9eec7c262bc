"""Ways to reach enterprises, establishments and branches."""

from django.db import models


class EnterpriseContact(models.Model):
    """One telephone number, e-mail or web address of one entity (contact.csv)."""

    #: Number of the enterprise, establishment or branch.
    entity = models.BigIntegerField()
    #: ENT enterprise, EST establishment, BRA branch.
    holder_kind = models.CharField(max_length=3)
    #: TEL, EMAIL, WEB or FAX.
    kind = models.CharField(max_length=5)
    value = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["entity"], name="enterprise_contact_entity")]
