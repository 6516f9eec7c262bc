"""What persons chose for themselves."""

from django.db import models

from mahis.domain.parties import Language
from mahis.store.fields import EnumField, InszField, one_of


class PersonPreference(models.Model):
    """The language that one person chose, kept beyond the session."""

    person = InszField(primary_key=True)
    language = EnumField(Language)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_preference_language_is_known", condition=one_of("language", Language)
            )
        ]
