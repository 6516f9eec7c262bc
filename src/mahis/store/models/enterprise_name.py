"""Names of enterprises, establishments and branches."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class EnterpriseName(models.Model):
    """One name of one entity in one language (denomination.csv)."""

    #: Number of the enterprise, establishment or branch.
    entity = models.BigIntegerField()
    #: Language code of the register: 0 unknown, 1 French, 2 Dutch, 3 German, 4 English.
    language = models.CharField(max_length=1)
    #: 001 name, 002 abbreviation, 003 commercial name, 004 name of a branch.
    kind = models.CharField(max_length=3)
    name = models.TextField()
    #: The name in lower case without accents, for searching a part of it.
    folded = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["entity"], name="enterprise_name_entity"),
            GinIndex(fields=["folded"], name="enterprise_name_part", opclasses=["gin_trgm_ops"]),
        ]
