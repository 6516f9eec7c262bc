"""Applications of social security that stand behind the groups."""

from django.db import models


class Application(models.Model):
    """One application (applications.csv)."""

    code = models.CharField(max_length=60, unique=True)
    name_fr = models.TextField()
    name_nl = models.TextField()
    name_de = models.TextField()
    name_en = models.TextField()
