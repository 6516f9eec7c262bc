"""Versions of the representatives matrix."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mahis.domain import representation
from mahis.domain.groups import Validity
from mahis.domain.matrix_versions import Line, Meaning, Source
from mahis.store.fields import EnumField, one_of


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
    source = EnumField(
        Source, default=Source.REGISTER_FILES, db_default=Source.REGISTER_FILES.value
    )
    #: When it was loaded by hand, and by which officer; empty where no officer did.
    loaded_at = models.DateTimeField(null=True, blank=True)
    loaded_by = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="matrix_version_source_is_known", condition=one_of("source", Source)
            ),
            models.CheckConstraint(
                name="matrix_version_loaded_by_hand_says_when",
                condition=models.Q(source=Source.REGISTER_FILES.value, loaded_at=None, loaded_by="")
                | (~models.Q(source=Source.REGISTER_FILES.value) & ~models.Q(loaded_at=None)),
            ),
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

    def take(self, lines: Iterable[Line]) -> None:
        """Take over what a version is to say; the same lines always make the same row."""
        read = sorted(lines)
        signing = [line for line in read if line.meaning is Meaning.SIGN]
        self.entries = [_pair(line) for line in signing if len(line.functions) == 1]
        self.joint = [_pair(line) for line in signing if len(line.functions) > 1]
        self.permanent_representative = [
            line.functions[0] for line in read if line.meaning is Meaning.PERMANENT_REPRESENTATIVE
        ]


def _pair(line: Line) -> str:
    return f"{line.legal_form}:{'+'.join(line.functions)}"
