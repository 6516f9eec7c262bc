"""Economic activities of enterprises and establishments."""

from django.db import models


class EnterpriseActivity(models.Model):
    """One activity of one entity by its NACE code (activity.csv)."""

    #: Number of the enterprise or establishment.
    entity = models.BigIntegerField()
    #: In which register the activity is recorded; 006 is the NSSO's.
    group = models.CharField(max_length=3)
    nace_version = models.CharField(max_length=4)
    nace_code = models.CharField(max_length=7)
    #: MAIN, SECO or ANCI.
    classification = models.CharField(max_length=4)

    class Meta:
        indexes = [models.Index(fields=["entity"], name="enterprise_activity_entity")]
