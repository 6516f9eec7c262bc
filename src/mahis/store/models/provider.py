"""Enterprises in the quality of social service provider."""

import enum

from django.db import models

from mahis.domain.contacts import CONTACT_LANGUAGES, ContactData
from mahis.domain.parties import Language, ProviderStatus
from mahis.store.fields import EnterpriseNumberField, EnumField, one_of


class Source(enum.Enum):
    """Where a quality, or an access that came with it, comes from."""

    #: A register file.
    REGISTER = "register"
    #: A request that the office accepted here.
    IDENTIFICATION = "identification"


class Provider(models.Model):
    """The quality of provider of one enterprise (providers.csv, or a request accepted here)."""

    enterprise = EnterpriseNumberField(primary_key=True)
    status = EnumField(ProviderStatus)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    source = EnumField(
        Source, default=Source.REGISTER, db_default=models.Value(Source.REGISTER.value)
    )
    #: Whether the status is what an officer or the clock made it, which register files then leave.
    held = models.BooleanField(default=False, db_default=False)
    #: How it can be reached; empty while nobody has said.
    contact_name = models.TextField(blank=True, default="", db_default="")
    contact_email = models.TextField(blank=True, default="", db_default="")
    contact_telephone = models.TextField(blank=True, default="", db_default="")
    contact_language = EnumField(Language, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provider_status_is_known", condition=one_of("status", ProviderStatus)
            ),
            models.CheckConstraint(
                name="provider_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
            models.CheckConstraint(
                name="provider_source_is_known", condition=one_of("source", Source)
            ),
            models.CheckConstraint(
                name="provider_is_held_blocked_or_lapsed",
                condition=models.Q(held=False)
                | models.Q(status__in=[ProviderStatus.BLOCKED.value, ProviderStatus.LAPSED.value]),
            ),
            models.CheckConstraint(
                name="provider_contact_is_whole",
                condition=models.Q(
                    contact_name="", contact_email="", contact_telephone="", contact_language=None
                )
                | models.Q(
                    ~models.Q(contact_name=""),
                    ~models.Q(contact_email=""),
                    ~models.Q(contact_telephone=""),
                    contact_language__in=[language.value for language in CONTACT_LANGUAGES],
                ),
            ),
        ]

    @property
    def contact(self) -> ContactData | None:
        """How it can be reached; None while nobody has said."""
        if self.contact_language is None:
            return None
        return ContactData(
            name=self.contact_name,
            email=self.contact_email,
            telephone=self.contact_telephone,
            language=self.contact_language,
        )

    def reached_by(self, contact: ContactData) -> None:
        """Take over how it can be reached; nothing is written."""
        self.contact_name = contact.name
        self.contact_email = contact.email
        self.contact_telephone = contact.telephone
        self.contact_language = contact.language
