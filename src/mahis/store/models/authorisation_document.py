"""The documents of authorisations: forms, signed forms, scans and versions attached later."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mahis.domain.documents import DocumentKind, SealedForm
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Language, Quality, Side
from mahis.store.fields import EnterpriseNumberField, EnumField, InszField, one_of

_SIGNED = models.Q(kind=DocumentKind.SIGNED.value)
_ARCHIVED = models.Q(kind=DocumentKind.ARCHIVED.value)
_BEGINS_WITH_ANOTHER = models.Q(kind__in=[DocumentKind.SIGNED.value, DocumentKind.ARCHIVED.value])
_HAS_A_FORMS_TEXT = models.Q(
    kind__in=[DocumentKind.FORM.value, DocumentKind.SIGNED.value, DocumentKind.ARCHIVED.value]
)


class AuthorisationDocument(models.Model):
    """One document of one authorisation: what, by whom, when and for which act (L5).

    Like the history, it can only be added and read.
    """

    append_only = True

    # Both protect: documents are evidence.
    authorisation = models.ForeignKey(
        "store.Authorisation", on_delete=models.PROTECT, related_name="documents"
    )
    document = models.ForeignKey("store.Document", on_delete=models.PROTECT, related_name="+")
    #: Number among the documents of the authorisation, from 1.
    number = models.IntegerField()
    kind = EnumField(DocumentKind)
    #: Language of the text; None for scans and attached versions, whose text nobody reads here.
    language = EnumField(Language, null=True, blank=True)
    #: The act that it belongs to; for a form the last one before it was made.
    act = EnumField(Act)
    #: Count of acts after that act, as the history counts.
    version = models.IntegerField()
    #: For a signed form: the sealed form that it begins with; for an archive copy: the signed one.
    form = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="signed_forms"
    )
    #: For a form: the side of each validation by authentication that it shows.
    shows = ArrayField(EnumField(Side), default=list, blank=True)
    #: Who added it; None where the house itself did.
    person = InszField(null=True, blank=True)
    person_name = models.TextField(blank=True, default="")
    enterprise = EnterpriseNumberField(null=True, blank=True)
    quality = EnumField(Quality, null=True, blank=True)
    at = models.DateTimeField()
    #: What the file was called by whoever sent it, cleaned; may be empty.
    file_name = models.TextField(blank=True, default="")
    #: For a signed form and its archive copy: what was checked with which result, for machines.
    report = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="authorisation_document_number_once", fields=["authorisation", "number"]
            ),
            models.UniqueConstraint(
                name="authorisation_document_content_once",
                fields=["authorisation", "document", "kind"],
            ),
            models.CheckConstraint(
                name="authorisation_document_number_is_positive", condition=models.Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="authorisation_document_version_is_positive",
                condition=models.Q(version__gte=1),
            ),
            models.CheckConstraint(
                name="authorisation_document_kind_is_known", condition=one_of("kind", DocumentKind)
            ),
            models.CheckConstraint(
                name="authorisation_document_act_is_known", condition=one_of("act", Act)
            ),
            models.CheckConstraint(
                name="authorisation_document_language_is_that_of_its_form",
                condition=(
                    _HAS_A_FORMS_TEXT
                    & models.Q(language__isnull=False)
                    & one_of("language", Language)
                )
                | (~_HAS_A_FORMS_TEXT & models.Q(language=None)),
            ),
            models.CheckConstraint(
                name="authorisation_document_signed_names_its_form",
                condition=(_BEGINS_WITH_ANOTHER & models.Q(form__isnull=False))
                | (~_BEGINS_WITH_ANOTHER & models.Q(form=None)),
            ),
            models.UniqueConstraint(
                name="authorisation_document_archived_once", fields=["form"], condition=_ARCHIVED
            ),
            models.CheckConstraint(
                name="authorisation_document_signed_has_a_report",
                condition=~_SIGNED | models.Q(report__isnull=False),
            ),
            models.CheckConstraint(
                name="authorisation_document_only_forms_show_sides",
                condition=models.Q(shows=[])
                | models.Q(
                    kind=DocumentKind.FORM.value, shows__contained_by=[side.value for side in Side]
                ),
            ),
            models.CheckConstraint(
                name="authorisation_document_quality_is_known",
                condition=models.Q(quality=None) | one_of("quality", Quality),
            ),
            models.CheckConstraint(
                name="authorisation_document_person_acts_in_a_capacity",
                condition=models.Q(person=None, enterprise=None, quality=None)
                | models.Q(person__isnull=False, enterprise__isnull=False, quality__isnull=False),
            ),
        ]

    def to_sealed_form(self) -> SealedForm:
        """Give a form as the rules know it."""
        assert self.language is not None
        return SealedForm(
            number=self.number,
            sha256=self.document_id,
            language=self.language,
            shows=tuple(side for side in Side for _ in range(self.shows.count(side))),
        )
