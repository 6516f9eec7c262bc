"""Labels of register codes in a language."""

from collections.abc import Iterable

from mahis.domain.parties import Language
from mahis.domain.representation import NATURAL_PERSON
from mahis.store.models import RegisterCode

LEGAL_FORM = "JuridicalForm"
FUNCTION = "Function"

# Natural persons have no legal form; the register labels them as a type of enterprise.
_ENTERPRISE_TYPE = "TypeOfEnterprise"
_TYPE_NATURAL_PERSON = "1"
#: Where the register has no label in a language, the next one in this order that has one.
_OTHERWISE = ("FR", "NL", "DE", "EN")


def language_of(code: str) -> Language:
    """Give the language of a screen's language code; English for any that we do not know."""
    try:
        return Language(code[:2].lower())
    except ValueError:
        return Language.ENGLISH


def of_codes(*, category: str, codes: Iterable[str], language: str) -> dict[str, str]:
    """Give the label of each code of a category; a code without any label is its own label."""
    wanted = set(codes)
    rows = RegisterCode.objects.filter(category=category, code__in=wanted)
    return {code: code for code in wanted} | _best(rows, language)


def of_legal_forms(*, codes: Iterable[str], language: str) -> dict[str, str]:
    """Give the label of each legal form, natural persons among them."""
    wanted = set(codes)
    labels = of_codes(category=LEGAL_FORM, codes=wanted - {NATURAL_PERSON}, language=language)
    if NATURAL_PERSON in wanted:
        person = of_codes(
            category=_ENTERPRISE_TYPE, codes=[_TYPE_NATURAL_PERSON], language=language
        )
        labels[NATURAL_PERSON] = person[_TYPE_NATURAL_PERSON]
    return labels


def _best(rows: Iterable[RegisterCode], language: str) -> dict[str, str]:
    order = (language_of(language).value.upper(), *_OTHERWISE)
    best: dict[str, tuple[int, str]] = {}
    for row in rows:
        rank = order.index(row.language) if row.language in order else len(order)
        if row.code not in best or rank < best[row.code][0]:
            best[row.code] = (rank, row.description)
    return {code: label for code, (_, label) in best.items()}
