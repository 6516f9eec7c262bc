"""Text in the form that searches compare: lower case, without accents."""

from django.contrib.postgres.lookups import Unaccent
from django.db.models import TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower


def folded(text: str) -> Combinable:
    """Give the expression of a text as EnterpriseName.folded holds names.

    The database folds, not Python: names and what is searched for must be folded by one rule.
    """
    return Lower(Unaccent(Value(text, output_field=TextField())))
