"""Keep the language that a person chose."""

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Language
from mahis.store.models import PersonPreference


def choose(*, person: Insz, language: Language) -> None:
    """Keep a person's language beyond the session."""
    PersonPreference.objects.update_or_create(person=person, defaults={"language": language})
