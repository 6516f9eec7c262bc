"""What somebody typed for an authorisation that is not drawn up yet."""

import uuid

from django.db import models

from mahis.domain.parties import Side
from mahis.store.fields import EnterpriseNumberField, EnumField, InszField, one_of


class Draft(models.Model):
    """One unfinished form: kept as typed, so that leaving the page loses nothing (C14)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = InszField()
    enterprise = EnterpriseNumberField()
    side = EnumField(Side)
    #: What was typed, by field name: texts and lists of texts.
    typed = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Protects: the authorisation made from a draft tells a second submission that it is done.
    authorisation = models.ForeignKey(
        "store.Authorisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["person", "enterprise", "-changed_at"], name="draft_of_person"),
            models.Index(fields=["changed_at"], name="draft_changed"),
        ]
        constraints = [
            models.CheckConstraint(name="draft_side_is_known", condition=one_of("side", Side))
        ]
