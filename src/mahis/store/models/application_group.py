"""Groups of applications that mandates are given for."""

from django.db import models

from mahis.domain import groups
from mahis.store.fields import EnumField, one_of


class ApplicationGroup(models.Model):
    """One group of applications (groups.csv)."""

    code = models.CharField(max_length=60, unique=True)
    branch = EnumField(groups.Branch)
    #: At any time a mandator has at most one mandatary for this group.
    single_mandatary = models.BooleanField()
    #: Only NSSO employers can use it.
    employers_only = models.BooleanField()
    #: Place in lists, within its branch.
    position = models.IntegerField(default=0)
    name_fr = models.TextField()
    name_nl = models.TextField()
    name_de = models.TextField()
    name_en = models.TextField()
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="application_group_branch_is_known", condition=one_of("branch", groups.Branch)
            ),
            models.CheckConstraint(
                name="application_group_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]

    def to_domain(self) -> groups.ApplicationGroup:
        """Give the group as the rules know it."""
        return groups.ApplicationGroup(
            code=self.code,
            branch=self.branch,
            single_mandatary=self.single_mandatary,
            employers_only=self.employers_only,
            validity=groups.Validity(self.begins, self.ends),
        )

    def name_in(self, language: str) -> str:
        """Give the name in a language (`fr`, `nl`, `de` or `en`)."""
        names = {"fr": self.name_fr, "nl": self.name_nl, "de": self.name_de}
        return names.get(language, self.name_en)
