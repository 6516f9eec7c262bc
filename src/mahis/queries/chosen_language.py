"""The language that a person chose for the screens, in whatever browser it was."""

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Language
from mahis.store.models import PersonPreference


def of_person(*, person: Insz) -> Language | None:
    """Give the language that a person chose; None where they never did."""
    chosen = PersonPreference.objects.filter(person=person).first()
    return chosen.language if chosen is not None else None
