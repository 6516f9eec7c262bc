"""Claims of officers on scans that wait for a decision."""

from django.db import models

from mahis.store.fields import InszField


class ScanClaim(models.Model):
    """One officer deciding one scan, so that two never decide the same; it ends by itself (N1)."""

    # Protects: nothing deletes an authorisation, and a claim is no reason to.
    authorisation = models.OneToOneField(
        "store.Authorisation", on_delete=models.PROTECT, primary_key=True, related_name="claim"
    )
    officer = InszField()
    #: Name of the officer, for the others.
    name = models.TextField()
    #: The moment from which it holds no more.
    until = models.DateTimeField()
