"""Requests of enterprises to be identified as service providers."""

from django.db import models

from mahis.domain.contacts import CONTACT_LANGUAGES, ContactData
from mahis.domain.identification import RequestReference, RequestState
from mahis.domain.parties import Language, Quality
from mahis.store.fields import EnumField, InszField, one_of


class IdentificationRequest(models.Model):
    """One request, and what the office decided; it is never deleted, since it was answered."""

    # Protects: who asked is part of the record.
    enterprise = models.ForeignKey("store.Enterprise", on_delete=models.PROTECT, related_name="+")
    state = EnumField(RequestState)
    #: Year in which it was made, as its reference shows it.
    year = models.IntegerField()
    asked_at = models.DateTimeField()
    #: The representative who asked, and who gets the first access as a provider.
    person = InszField()
    person_name = models.TextField()
    quality = EnumField(Quality)
    #: Assurance level of the login.
    assurance = models.TextField()
    #: Whether the representative accepted the terms of the e-Box for service providers.
    terms_accepted = models.BooleanField()
    contact_name = models.TextField()
    contact_email = models.TextField()
    contact_telephone = models.TextField()
    contact_language = EnumField(Language)
    #: When it was decided or withdrawn; None while it waits.
    decided_at = models.DateTimeField(null=True, blank=True)
    #: The officer who decided; None where the enterprise withdrew it.
    officer = InszField(null=True, blank=True)
    officer_name = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    #: The officer who is deciding it, until when others have to wait.
    claimed_by = InszField(null=True, blank=True)
    claimed_by_name = models.TextField(blank=True, default="")
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "asked_at"], name="identification_enterprise"),
            models.Index(
                fields=["asked_at", "id"],
                name="identification_waiting",
                condition=models.Q(state=RequestState.SUBMITTED.value),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="identification_request_one_waits",
                fields=["enterprise"],
                condition=models.Q(state=RequestState.SUBMITTED.value),
            ),
            models.CheckConstraint(
                name="identification_request_state_is_known",
                condition=one_of("state", RequestState),
            ),
            models.CheckConstraint(
                name="identification_request_quality_is_known",
                condition=one_of("quality", Quality),
            ),
            models.CheckConstraint(
                name="identification_request_language_is_written",
                condition=models.Q(
                    contact_language__in=[language.value for language in CONTACT_LANGUAGES]
                ),
            ),
            models.CheckConstraint(
                name="identification_request_terms_are_accepted",
                condition=models.Q(terms_accepted=True),
            ),
            models.CheckConstraint(
                name="identification_request_decided_unless_it_waits",
                condition=models.Q(
                    state=RequestState.SUBMITTED.value, decided_at=None, officer=None
                )
                | models.Q(
                    state=RequestState.WITHDRAWN.value, decided_at__isnull=False, officer=None
                )
                | models.Q(
                    state__in=[RequestState.ACCEPTED.value, RequestState.REFUSED.value],
                    decided_at__isnull=False,
                    officer__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="identification_request_refused_with_a_reason",
                condition=~models.Q(state=RequestState.REFUSED.value, reason=""),
            ),
            models.CheckConstraint(
                name="identification_request_is_claimed_while_it_waits",
                condition=models.Q(claimed_by=None, claimed_until=None)
                | models.Q(
                    state=RequestState.SUBMITTED.value,
                    claimed_by__isnull=False,
                    claimed_until__isnull=False,
                ),
            ),
        ]

    @property
    def reference(self) -> RequestReference:
        """The number under which the enterprise knows it."""
        return RequestReference(self.year, self.pk)

    @property
    def contact(self) -> ContactData:
        """How the enterprise can be reached."""
        return ContactData(
            name=self.contact_name,
            email=self.contact_email,
            telephone=self.contact_telephone,
            language=self.contact_language,
        )
