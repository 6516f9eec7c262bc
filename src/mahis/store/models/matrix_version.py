"""Versions of the representatives matrix."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mahis.domain import representation
from mahis.domain.groups import Validity


class MatrixVersion(models.Model):
    """One version of the matrix, valid between dates."""

    name = models.TextField(unique=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    #: Whether the version is a made-up one that shows the form of the real one.
    illustrative = models.BooleanField(default=False)
    #: Function codes that make somebody the permanent representative of an enterprise.
    permanent_representative = ArrayField(models.CharField(max_length=5), default=list)
    #: Pairs `form:function`, kept together since a version is only read and replaced whole.
    entries = ArrayField(models.CharField(max_length=24), default=list)
    #: Functions that sign together: `form:function+function`, the lower code first.
    joint = ArrayField(models.CharField(max_length=32), default=list, db_default=[])

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="matrix_version_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]

    def to_domain(self) -> representation.Matrix:
        """Give the version as the rules know it."""
        pairs = (entry.partition(":") for entry in self.entries)
        together = (entry.partition(":") for entry in self.joint)
        return representation.Matrix(
            version=self.name,
            validity=Validity(self.begins, self.ends),
            entries=frozenset((form, function) for form, _, function in pairs),
            joint=frozenset(
                (form, *functions.partition("+")[::2]) for form, _, functions in together
            ),
            permanent_representative=frozenset(self.permanent_representative),
        )
