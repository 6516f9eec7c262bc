"""The orders in which lists of mandates can stand."""

import enum

from django.db.models import Case, F, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.expressions import Expression, OrderBy

from mahis.domain.mandate import State
from mahis.domain.parties import Language
from mahis.store.loading import REGISTER_LANGUAGES
from mahis.store.models import EnterpriseName

_Key = F | Expression | Subquery


class Column(enum.Enum):
    """A column that can be sorted by, as sort keys name it; `-` in front turns the order."""

    REFERENCE = "reference"
    DRAWN_UP = "drawnUp"
    MANDATOR_NAME = "mandatorName"
    MANDATOR_NUMBER = "mandatorNumber"
    MANDATARY_NAME = "mandataryName"
    MANDATARY_NUMBER = "mandataryNumber"
    GROUP = "group"
    START = "start"
    END = "end"
    STATE = "state"


#: Newest first (F2).
DEFAULT = "-drawnUp"
#: Newest first by reference alone, which an index gives however many rows there are.
_BY_REFERENCE = (F("authorisation_id").desc(), F("place").asc())


def known(sort: str) -> str:
    """Give a sort key that exists: the one given, or the default for anything else."""
    column = sort.removeprefix("-")
    return sort if column in {each.value for each in Column} else DEFAULT


def newest_first() -> tuple[OrderBy, ...]:
    """Give the order that costs nothing on any number of rows."""
    return _BY_REFERENCE


def order(sort: str, *, language: Language) -> tuple[OrderBy, ...]:
    """Give the order of a known sort key, for Mandate rows annotated with `shown`.

    The reference settles every tie, so that pages never repeat or lose a row.
    """
    column = Column(sort.removeprefix("-"))
    turned = sort.startswith("-")
    keys = _keys(column, language)
    return (*(_directed(key, turned) for key in keys), *_BY_REFERENCE)


def _directed(key: _Key, turned: bool) -> OrderBy:  # noqa: FBT001 - private
    # A mandate without end ends after all others.
    return OrderBy(
        key, descending=turned, nulls_first=turned or None, nulls_last=not turned or None
    )


def _keys(column: Column, language: Language) -> tuple[_Key, ...]:
    match column:
        case Column.MANDATOR_NAME:
            return (_name("mandator_id", language), F("mandator_id"))
        case Column.MANDATARY_NAME:
            return (_name("mandatary_id", language), F("mandatary_id"))
        case Column.GROUP:
            return (F(f"group__name_{language.value}"),)
        case Column.STATE:
            return (_place_in_life(),)
        case _:
            return tuple(F(path) for path in _PATHS[column])


#: Where a column's values simply stand in one.
_PATHS = {
    Column.REFERENCE: ("authorisation__year", "authorisation_id", "place"),
    Column.DRAWN_UP: ("authorisation__drawn_up_at",),
    Column.MANDATOR_NUMBER: ("mandator_id",),
    Column.MANDATARY_NUMBER: ("mandatary_id",),
    Column.START: ("quarters__startswith",),
    Column.END: ("quarters__endswith",),
}


def _name(number: str, language: Language) -> Subquery:
    """Give the name that is shown, folded: the choice of `loading.names_of` in SQL."""
    spoken = [code for code, each in REGISTER_LANGUAGES.items() if each is language]
    names = EnterpriseName.objects.filter(entity=OuterRef(number)).order_by(
        "kind", Case(When(language__in=spoken, then=Value(0)), default=Value(1)), "language", "id"
    )
    return Subquery(names.values("folded")[:1])


def _place_in_life() -> Case:
    """Give the place of the shown state in the order in which states follow each other."""
    return Case(
        *(When(shown=state.value, then=Value(place)) for place, state in enumerate(State)),
        output_field=IntegerField(),
    )
