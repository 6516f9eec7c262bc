"""What operators had sent again."""

from django.db import models

from mahis.store.fields import InszField


class SendingAgain(models.Model):
    """One delivery that one officer had sent again, and what had gone wrong with it before."""

    append_only = True

    # Protects: who decided what is kept beside what came of it.
    delivery = models.ForeignKey(
        "store.Delivery", on_delete=models.PROTECT, related_name="sendings_again"
    )
    at = models.DateTimeField()
    person = InszField()
    #: Name of the officer, for the others.
    person_name = models.TextField()
    #: Code of what had gone wrong; empty where it only waited.
    problem = models.TextField(blank=True, default="")
