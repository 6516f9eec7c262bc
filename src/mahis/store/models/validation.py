"""Validations: the signatures that people gave for the parties of authorisations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mahis.domain import signing
from mahis.domain.parties import Person, Side
from mahis.store.fields import EnumField, InszField, one_of


class Validation(models.Model):
    """One person's signature for one party on one authorisation."""

    # Both protect: a signature is evidence.
    authorisation = models.ForeignKey(
        "store.Authorisation", on_delete=models.PROTECT, related_name="validations"
    )
    enterprise = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    side = EnumField(Side)
    method = EnumField(signing.Method)
    #: Who signed; for a certificate the whole name that it has stands in `given_name`.
    person = InszField()
    given_name = models.TextField()
    family_name = models.TextField()
    at = models.DateTimeField()
    #: Assurance level of the login (`acr`); empty for documents.
    assurance = models.TextField(blank=True, default="")
    #: The document that holds the signature; None for authentication. It protects it as well.
    document = models.ForeignKey(
        "store.AuthorisationDocument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="validations",
    )
    # The database itself fills these in for code that does not know them yet.
    #: Whether the party has validly signed with it; where it has not, another has to sign too.
    completes = models.BooleanField(default=True, db_default=True)
    #: Codes of the functions in the party on which it rests; empty where they were not kept.
    functions = ArrayField(models.CharField(max_length=5), default=list, db_default=[], blank=True)
    #: SHA-256 of the signer's certificate, hexadecimal; empty where none was used.
    certificate = models.CharField(max_length=64, blank=True, default="", db_default="")
    #: Issuer of that certificate.
    issuer = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="validation_once_a_person", fields=["authorisation", "side", "person"]
            ),
            # At most two of a side: a first one that waits, and one that makes it whole.
            models.UniqueConstraint(
                name="validation_completes_a_side_once",
                fields=["authorisation", "side"],
                condition=models.Q(completes=True),
            ),
            models.UniqueConstraint(
                name="validation_waits_once_a_side",
                fields=["authorisation", "side"],
                condition=models.Q(completes=False),
            ),
            models.CheckConstraint(
                name="validation_that_waits_rests_on_functions",
                condition=models.Q(completes=True) | ~models.Q(functions=[]),
            ),
            models.CheckConstraint(name="validation_side_is_known", condition=one_of("side", Side)),
            models.CheckConstraint(
                name="validation_method_is_known", condition=one_of("method", signing.Method)
            ),
            models.CheckConstraint(
                name="validation_eid_rests_on_a_document",
                condition=~models.Q(method=signing.Method.EID.value)
                | (models.Q(document__isnull=False) & ~models.Q(certificate="")),
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
