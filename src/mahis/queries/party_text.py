"""What somebody types to find a party: the numbers that it can be, and the words of a name."""

import dataclasses
import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from mahis.domain.identifiers import (
    CheckDigitsWrong,
    EnterpriseNumber,
    NssoNumber,
    NumberUnreadable,
    SsaNumber,
)
from mahis.domain.parties import Side
from mahis.domain.refusals import Refused

_Number = TypeVar("_Number")

LONGEST = 200
#: Letters or digits in a row that a part of a name needs; the index works on threes.
SHORTEST = 3
_MOST_WORDS = 8

_NUMBER_FORM = re.compile(r"(?:BE\s*)?[0-9][0-9\s.\-/]*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s.\-/]")
# Ten digits with such a first one are an enterprise number, even where a slip has made an NSSO
# number with a needless zero of them.
_ENTERPRISE_FORM = re.compile(r"[01][0-9]{9}")
# People write the check digits of NSSO numbers behind a dash; other numbers rarely so.
_NSSO_FORM = re.compile(r"[0-9]{1,8}\s*-\s*[0-9]{2}")
_PART = re.compile(rf"[^\W_]{{{SHORTEST}}}")
#: Unicode categories that no name has: control characters, surrogates, private use, unassigned.
_HOSTILE = frozenset({"Cc", "Cs", "Co", "Cn"})
#: Stands in for a character that was lost on the way, or that could not be kept.
_LOST = "\N{REPLACEMENT CHARACTER}"
#: Invisible formatting that comes along when people paste: it is left out.
_INVISIBLE = "Cf"


class TextMissing(Refused):
    """Nothing was typed."""

    code = "textMissing"


class TextTooShort(Refused):
    """Too few letters in a row to search for a part of a name (`shortest`)."""

    code = "textTooShort"


class TextTooLong(Refused):
    """The text is longer than anything to be found by it (`longest`)."""

    code = "textTooLong"


class TextUnreadable(Refused):
    """The text has characters that no name and no number has."""

    code = "textUnreadable"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyText:
    """One typed text, read as everything that it can be."""

    enterprise: EnterpriseNumber | None = None
    #: Number at the NSSO; only where a mandator is looked for.
    nsso: NssoNumber | None = None
    #: Number of a social secretariat; only where a mandatary is looked for.
    ssa: SsaNumber | None = None
    #: Parts of a name, all of which it must have; empty where the text is a number.
    words: tuple[str, ...] = ()
    #: What is wrong with the text as a number, where it looks like one but is none.
    not_a_number: Refused | None = None

    @property
    def is_number(self) -> bool:
        """Say whether the text is some number."""
        return any(number is not None for number in (self.enterprise, self.nsso, self.ssa))


def read(text: str, *, side: Side) -> PartyText:
    """Read what was typed to find the party on a side.

    Raises TextMissing, TextTooShort, TextTooLong, TextUnreadable, or CheckDigitsWrong for a number
    with a slip in it.
    """
    plain = plain_text(text)
    if not plain:
        raise TextMissing
    not_a_number = None
    if _NUMBER_FORM.fullmatch(plain):
        try:
            return _read_number(plain, side)
        except NumberUnreadable as refusal:
            # Some names are digits; a name of that kind is worth a look before saying no.
            not_a_number = refusal
    if not _PART.search(plain):
        raise not_a_number or TextTooShort(shortest=SHORTEST)
    return PartyText(words=tuple(plain.split()[:_MOST_WORDS]), not_a_number=not_a_number)


def plain_text(text: str) -> str:
    """Give a typed text without what pasting brings along, single spaces between words.

    Raises TextTooLong or TextUnreadable.
    """
    if len(text) > LONGEST:
        raise TextTooLong(longest=LONGEST)
    spaced = "".join(" " if character.isspace() else character for character in text)
    kept = [character for character in spaced if unicodedata.category(character) != _INVISIBLE]
    if any(character == _LOST or unicodedata.category(character) in _HOSTILE for character in kept):
        raise TextUnreadable
    return " ".join(unicodedata.normalize("NFKC", "".join(kept)).split())


def _read_number(text: str, side: Side) -> PartyText:
    """Read a text of digits as every number that it can be.

    Raises CheckDigitsWrong where it has the form of one, else NumberUnreadable.
    """
    enterprise, no_enterprise = _tried(EnterpriseNumber.parse, text)
    nsso, no_nsso, ssa = None, None, None
    if side is Side.MANDATOR and not _ENTERPRISE_FORM.fullmatch(_SEPARATORS.sub("", text)):
        nsso, no_nsso = _tried(NssoNumber.parse, text)
    elif side is Side.MANDATARY:
        ssa, _ = _tried(SsaNumber.parse, text)
    read = PartyText(enterprise=enterprise, nsso=nsso, ssa=ssa)
    if read.is_number:
        return read
    refusals = (
        [no_enterprise, no_nsso] if not _NSSO_FORM.fullmatch(text) else [no_nsso, no_enterprise]
    )
    said = [refusal for refusal in refusals if refusal is not None]
    # Check digits that do not fit tell more than a form that does not.
    raise min(said, key=lambda refusal: not isinstance(refusal, CheckDigitsWrong))


def _tried(parse: Callable[[str], _Number], text: str) -> tuple[_Number | None, Refused | None]:
    try:
        return parse(text), None
    except Refused as refusal:
        return None, refusal
