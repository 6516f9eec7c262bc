"""Accounts of enterprises in the user management of social security."""

from django.db import models

from mahis.store.fields import EnterpriseNumberField


class UserAccount(models.Model):
    """One enterprise having an account, which decides how it is told things (accounts.csv)."""

    enterprise = EnterpriseNumberField(primary_key=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    #: First day on which the e-Box was opened; None: never.
    ebox_opened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_account_ends_after_it_begins",
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")),
            ),
        ]
