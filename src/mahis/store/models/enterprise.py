"""Enterprises as the Crossroads Bank knows them."""

import datetime

from django.db import models

from mahis.domain.parties import ActivityPeriod, Language
from mahis.domain.representation import NATURAL_PERSON
from mahis.store.fields import EnterpriseNumberField, EnumField, one_of


class Enterprise(models.Model):
    """One enterprise; it is never deleted, only marked ceased, since mandates name it."""

    class Kind(models.TextChoices):
        """What the enterprise is (TypeOfEnterprise of KBO Open Data)."""

        UNKNOWN = "0"
        NATURAL_PERSON = "1"
        LEGAL_PERSON = "2"

    number = EnterpriseNumberField(primary_key=True)
    kind = models.CharField(max_length=1, choices=Kind.choices)
    #: Code of the legal form; empty for natural persons.
    legal_form = models.CharField(max_length=3, blank=True, default="")
    #: The form as it should be read since the code of companies and associations; may be empty.
    legal_form_cac = models.CharField(max_length=3, blank=True, default="")
    #: Code of the juridical situation (000: normal).
    situation = models.CharField(max_length=3, default="000")
    begins = models.DateField()
    #: The day from which the enterprise has ceased; None while active.
    ceased_on = models.DateField(null=True, blank=True)
    #: Language for letters and documents; None where the register does not tell.
    language = EnumField(Language, null=True, blank=True)
    #: Whether a file says the language (languages.csv); else it follows from names and addresses.
    language_chosen = models.BooleanField(default=False)
    #: Series of extracts that the enterprise comes from: only that one can mark it ceased.
    #: Empty for the Crossroads Bank itself.
    series = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enterprise_kind_is_known", condition=models.Q(kind__in=["0", "1", "2"])
            ),
            models.CheckConstraint(
                name="enterprise_language_is_known",
                condition=models.Q(language=None) | one_of("language", Language),
            ),
            models.CheckConstraint(
                name="enterprise_ceases_after_it_begins",
                condition=models.Q(ceased_on=None) | models.Q(ceased_on__gte=models.F("begins")),
            ),
        ]

    @property
    def activity(self) -> ActivityPeriod:
        """The days on which the enterprise is active."""
        last = None if self.ceased_on is None else self.ceased_on - datetime.timedelta(days=1)
        return ActivityPeriod(self.begins, last)

    @property
    def form_for_matrix(self) -> str:
        """The legal form that the representatives matrix is asked about.

        The form "as it should be read" goes before the recorded one, see
        docs/explanation/divergences.md.
        """
        if self.kind == self.Kind.NATURAL_PERSON:
            return NATURAL_PERSON
        return self.legal_form_cac or self.legal_form
