"""Authorisations: what is drawn up and signed at once."""

from django.db import models

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Side
from mahis.store.fields import EnumField, one_of


class Authorisation(models.Model):
    """One authorisation; its number in the series is its key."""

    #: Calendar year of drawing up, the first part of the reference.
    year = models.IntegerField()
    # Both protect: an enterprise that a mandate names is never deleted.
    mandator = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    mandatary = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    #: The side that drew it up.
    drawn_up_by = EnumField(Side)
    drawn_up_at = models.DateTimeField()
    #: Last day on which it can still be finished.
    expires_on = models.DateField()
    #: Counts the acts; a page made from an older count is stale.
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["mandator", "-id"], name="authorisation_mandator"),
            models.Index(fields=["mandatary", "-id"], name="authorisation_mandatary"),
        ]
        constraints = [
            models.CheckConstraint(
                name="authorisation_drawn_up_by_is_known", condition=one_of("drawn_up_by", Side)
            ),
            models.CheckConstraint(
                name="authorisation_parties_differ",
                condition=~models.Q(mandator=models.F("mandatary")),
            ),
            models.CheckConstraint(
                name="authorisation_version_is_positive", condition=models.Q(version__gte=1)
            ),
        ]

    @property
    def reference(self) -> AuthorisationReference:
        """The reference that people see: `2026-0001234`."""
        return AuthorisationReference(self.year, self.pk)
