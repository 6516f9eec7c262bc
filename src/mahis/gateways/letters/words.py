"""The words of a letter around what it says, in its language; the rest comes into them as data."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mahis.gateways import written
from mahis.gateways.letters.content import Letter, Sender
from mahis.gateways.typesetting import MAKER, cleaned, shortened, shown

#: What fits into the window at a size that machines read: lines, and letters in each of them.
_MOST_LINES = 6
_LONGEST_NAME, _LONGEST_LINE = 100, 60
#: Longest address on the internet that is not broken.
_LONGEST_LINK = 80
_LONGEST_TITLE = 200
#: Longest reference at the head of a page, where it stands beside the sender.
_LONGEST_REFERENCE = 40

#: Text, or whole parts of a letter.
Words = Mapping[str, object]


def of(letter: Letter) -> Words:
    """Give all the words of a letter, under the names that the template knows."""
    subject = cleaned(letter.subject) or MAKER
    with translation.override(letter.language.value):
        return {
            "title": shortened(subject, _LONGEST_TITLE),
            "sender": _sender(letter.sender),
            "recipient": _recipient(letter.recipient),
            "facts": list(_facts(letter)),
            "subject": shown(subject),
            "greeting": shown(letter.greeting),
            "paragraphs": _shown(letter.paragraphs),
            "details": [
                {"label": shown(each.label), "values": _shown(each.values)}
                for each in letter.details
            ],
            "todo": {
                "title": shown(letter.action_title) if letter.action else "",
                "action": shown(letter.action),
                "deadline": shown(letter.deadline),
                # Translators: a title on a line of its own, and its colon
                "link_words": _("%(title)s:") % {"title": shown(letter.link_words)},
                "link": _link(letter.link),
            },
            "closing": _("Yours faithfully,"),
            "signature": shown(letter.signature),
            "notes": _shown(letter.notes),
            "reference_line": shortened(cleaned(letter.reference), _LONGEST_REFERENCE),
            "page": pgettext("page 1 of 2", "Page"),
            "of": pgettext("page 1 of 2", "of"),
        }


def _facts(letter: Letter) -> Iterator[Words]:
    yield {"label": pgettext("a letter", "Date"), "value": written.day(letter.day)}
    if reference := shown(letter.reference):
        yield {"label": _("Our reference"), "value": reference}


def _sender(sender: Sender) -> Words:
    return {
        "name": shown(sender.name),
        "address": _shown(sender.address),
        "contact": _shown(sender.contact),
    }


def _recipient(lines: tuple[str, ...]) -> list[str]:
    """Give the lines of the window: none empty, none too many, the town never among those cut."""
    kept = [line for line in map(cleaned, lines) if line]
    if len(kept) > _MOST_LINES:
        before = _MOST_LINES - 3
        kept = [*kept[:before], ", ".join(kept[before:-2]), *kept[-2:]]
    longest = [_LONGEST_NAME, *[_LONGEST_LINE] * _MOST_LINES]
    return [_cut(line, most) for line, most in zip(kept, longest, strict=False)]


def _cut(line: str, longest: int) -> str:
    """Cut a line between two words; in one where there is nothing else to do."""
    if len(line) <= longest:
        return line
    whole, space, _rest = line[:longest].rpartition(" ")
    return f"{whole.rstrip(' ,')}…" if space else shortened(line, longest)


def _link(link: str) -> str:
    plain = cleaned(link)
    return plain if len(plain) <= _LONGEST_LINK else shown(link)


def _shown(texts: Iterable[str]) -> list[str]:
    return [each for each in map(shown, texts) if each]
