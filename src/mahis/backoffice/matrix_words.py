"""What is wrong with a file of the matrix, and where versions come from, in words."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mahis.domain.matrix_versions import Source
from mahis.domain.refusals import Refused
from mahis.gateways.matrix_files import LineProblem, MatrixLinesWrong, Problem
from mahis.queries.changes import Change

_PROBLEMS: dict[Problem, Promise] = {
    Problem.CELLS: _("Three cells are needed; this line has %(value)s."),
    Problem.FORM: _(
        "“%(value)s” is no legal form: three digits or naturalPerson. Spreadsheets drop zeros at"
        " the beginning; set the column to text."
    ),
    Problem.FUNCTION: _(
        "“%(value)s” is no function: five digits, or twice five with a plus between for two who"
        " sign together."
    ),
    Problem.MEANING: _("“%(value)s” is neither sign nor permanentRepresentative."),
    Problem.FORM_TOO_MUCH: _(
        "A permanent representative goes for every legal form: leave out “%(value)s”."
    ),
    Problem.TWICE: _("Line %(value)s says the same."),
}
SOURCES: dict[Source, Promise] = {
    Source.REGISTER_FILES: _("Files of the register"),
    Source.OFFICER: _("Officers' screen"),
    Source.OPERATOR: _("Whoever runs the service"),
}

_ACTS: dict[str, Promise] = {
    "loaded": pgettext_lazy("version of the matrix", "Loaded"),
    "withdrawn": pgettext_lazy("version of the matrix", "Withdrawn before it began"),
    "addedByImport": _("Added by files of the register"),
    "imported": _("Changed by files of the register"),
    "removedByImport": _("Removed by files of the register"),
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Recorded:
    """One thing that was done with a version, in words."""

    what: str
    at: datetime.datetime
    who: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class WrongLine:
    """One line that is wrong, in words."""

    line: int
    text: str


def recorded(found: Iterable[Change]) -> tuple[Recorded, ...]:
    """Say what was done with a version, in the order of its changes."""
    return tuple(
        Recorded(
            what=str(_ACTS.get(change.act, change.act)),
            at=change.at,
            who=change.person_name or str(_doer(change)),
            reason=change.reason,
        )
        for change in found
    )


def _doer(change: Change) -> Promise:
    """Name who did something that no officer did."""
    by_hand = change.act in {"loaded", "withdrawn"}
    return SOURCES[Source.OPERATOR if by_hand else Source.REGISTER_FILES]


def wrong_lines(refusal: Refused) -> tuple[WrongLine, ...]:
    """Say what is wrong with each line of a refused file; nothing for another refusal."""
    if not isinstance(refusal, MatrixLinesWrong):
        return ()
    return tuple(map(_in_words, refusal.found["problems"]))


def _in_words(problem: LineProblem) -> WrongLine:
    text = str(_PROBLEMS[problem.problem]) % {"value": problem.value}
    return WrongLine(line=problem.line, text=text)
