"""Access rights that enterprises' access managers gave to persons."""

import enum

from django.db import models

from mahis.domain.parties import Role
from mahis.store.fields import EnterpriseNumberField, EnumField, InszField, one_of
from mahis.store.models.provider import Source


class AccessKind(enum.Enum):
    """For what an access right is given.

    Whether an enterprise's own right is one of an employer or of a company without staff
    follows from the register of employers (A5), so the file does not say it.
    """

    ENTERPRISE = "enterprise"
    PROVIDER = "provider"
    SECRETARIAT = "secretariat"
    OFFICER = "officer"


class AccessRight(models.Model):
    """One person may act for one enterprise in one quality and role.

    It comes from access.csv, or with the quality of provider that the person asked for.
    """

    person = InszField()
    enterprise = EnterpriseNumberField()
    kind = EnumField(AccessKind)
    role = EnumField(Role)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    source = EnumField(
        Source, default=Source.REGISTER, db_default=models.Value(Source.REGISTER.value)
    )

    class Meta:
        indexes = [models.Index(fields=["person"], name="access_right_person")]
        constraints = [
            models.CheckConstraint(
                name="access_right_kind_is_known", condition=one_of("kind", AccessKind)
            ),
            models.CheckConstraint(
                name="access_right_role_is_known", condition=one_of("role", Role)
            ),
            models.CheckConstraint(
                name="access_right_source_is_known", condition=one_of("source", Source)
            ),
            models.CheckConstraint(
                name="access_right_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]
