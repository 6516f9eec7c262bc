"""Validations: the parties' signatures on authorisations."""

from django.db import models

from mahis.domain import signing
from mahis.domain.parties import Person, Side
from mahis.store.fields import EnumField, InszField, one_of


class Validation(models.Model):
    """One party's signature on one authorisation."""

    # Both protect: a signature is evidence.
    authorisation = models.ForeignKey(
        "store.Authorisation", on_delete=models.PROTECT, related_name="validations"
    )
    enterprise = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    side = EnumField(Side)
    method = EnumField(signing.Method)
    person = InszField()
    given_name = models.TextField()
    family_name = models.TextField()
    at = models.DateTimeField()
    #: Assurance level of the login (`acr`); empty for documents.
    assurance = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="validation_once_a_side", fields=["authorisation", "side"]
            ),
            models.CheckConstraint(name="validation_side_is_known", condition=one_of("side", Side)),
            models.CheckConstraint(
                name="validation_method_is_known", condition=one_of("method", signing.Method)
            ),
        ]

    def to_domain(self) -> signing.Validation:
        """Give the validation as the rules know it."""
        return signing.Validation(
            side=self.side,
            enterprise=self.enterprise.number,
            method=self.method,
            person=Person(
                insz=self.person, given_name=self.given_name, family_name=self.family_name
            ),
            at=self.at,
            assurance=self.assurance,
        )
