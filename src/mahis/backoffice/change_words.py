"""What changed of providers, employers and reference data, in words: who, when, why, what (N2)."""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mahis.domain.changes import Subject
from mahis.domain.groups import Branch
from mahis.domain.identification import RequestState
from mahis.domain.lifecycle import Kind
from mahis.queries.changes import Change
from mahis.web import showing, words

_GROUPS: dict[str, Promise] = {
    "added": pgettext_lazy("group of applications", "Added"),
    "corrected": pgettext_lazy("group of applications", "Corrected"),
    "ended": pgettext_lazy("group of applications", "Ended for new mandates"),
    "handedBack": gettext_lazy("Handed back to the files of the register"),
    "addedByImport": gettext_lazy("Added by files of the register"),
    "imported": gettext_lazy("Changed by files of the register"),
    "removedByImport": gettext_lazy("Removed by files of the register"),
    "applicationAdded": gettext_lazy("Application put in the group"),
    "applicationCorrected": gettext_lazy("Days of an application changed"),
    "applicationRemoved": gettext_lazy("Application taken out before it began"),
}
_APPLICATIONS: dict[str, Promise] = {
    "added": pgettext_lazy("application", "Added"),
    "corrected": pgettext_lazy("application", "Corrected"),
    "ended": pgettext_lazy("application", "Ended in every group"),
    "handedBack": _GROUPS["handedBack"],
    "addedByImport": _GROUPS["addedByImport"],
    "imported": _GROUPS["imported"],
    "removedByImport": _GROUPS["removedByImport"],
}
_EMPLOYERS: dict[str, Promise] = {
    "registered": gettext_lazy("Registered as an employer"),
    "ended": gettext_lazy("Last day as an employer written down"),
    "confirmed": gettext_lazy("Confirmed by files of the register"),
}
_REQUESTS: dict[str, Promise] = {
    "ask": pgettext_lazy("request", "Sent"),
    "withdraw": pgettext_lazy("request", "Withdrawn by the enterprise"),
    "accept": pgettext_lazy("request", "Accepted"),
    "refuse": pgettext_lazy("request", "Refused"),
}
_PROVIDERS: dict[str, Promise] = {
    "accept": gettext_lazy("Became a service provider"),
    "refuse": gettext_lazy("Request to become a service provider refused"),
    "block": gettext_lazy("Blocked"),
    "unblock": gettext_lazy("Unblocked"),
    "lapse": gettext_lazy("Lapsed without a first mandate"),
    "changeContactData": gettext_lazy("Contact data changed"),
    "registerChanged": gettext_lazy("Changed by files of the register"),
    "registerRemoved": gettext_lazy("Removed by files of the register"),
}
#: How a provider stands, by what changes keep of it.
PROVIDER_STATUSES: dict[str, Promise] = {
    "active": pgettext_lazy("provider", "Active"),
    "blocked": pgettext_lazy("provider", "Blocked"),
    "lapsed": pgettext_lazy("provider", "Lapsed"),
}
_CONTACT_FIELDS: dict[str, Promise] = {
    "name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail address"),
    "telephone": gettext_lazy("telephone number"),
    "language": gettext_lazy("language"),
}
_REQUEST_STATES = {state.value: state for state in RequestState}
#: What was done, by what it was done with; whoever records a new act adds it here.
ACTS: dict[Subject, Mapping[str, Promise]] = {
    Subject.GROUP: _GROUPS,
    Subject.APPLICATION: _APPLICATIONS,
    Subject.IDENTIFICATION: _REQUESTS,
    Subject.PROVIDER: _PROVIDERS,
    Subject.EMPLOYER: _EMPLOYERS,
}
#: What differed; whoever records something new adds it here.
FIELDS: dict[str, Promise] = {
    "status": gettext_lazy("Status"),
    "state": gettext_lazy("Status"),
    "request": gettext_lazy("Request"),
    "fields": gettext_lazy("Fields"),
    "lastDay": gettext_lazy("First mandate by"),
    "application": gettext_lazy("Application"),
    "nameFr": gettext_lazy("French name"),
    "nameNl": gettext_lazy("Dutch name"),
    "nameDe": gettext_lazy("German name"),
    "nameEn": gettext_lazy("English name"),
    "branch": pgettext_lazy("branch of application groups", "Branch"),
    "singleMandatary": gettext_lazy("One mandatary at a time"),
    "employersOnly": gettext_lazy("For employers only"),
    "position": gettext_lazy("Place in lists"),
    "nssoNumber": gettext_lazy("NSSO number"),
    "begins": gettext_lazy("First day"),
    "ends": gettext_lazy("Last day"),
    "applications": gettext_lazy("Applications"),
    "groups": gettext_lazy("Application groups"),
}
#: Who did it, where no officer did.
_KINDS: dict[Kind, Promise] = {
    Kind.REGISTER: gettext_lazy("By itself, by files of the register"),
    Kind.CLOCK: words.KINDS[Kind.CLOCK],
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BRANCHES = {branch.value: branch for branch in Branch}
_NO_END = frozenset({"ends"})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that differed."""

    label: str
    #: Empty where there was nothing, or where it stayed.
    before: str
    after: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One change as the screen shows it."""

    what: str
    at: datetime.datetime
    who: str
    reason: str
    lines: tuple[Line, ...]


def entries(changes: Iterable[Change], *, subject: Subject) -> tuple[Entry, ...]:
    """Put the changes of one thing into words, in their order."""
    return tuple(_entry(change, subject) for change in changes)


def lines(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Line, ...]:
    """Say what differs, in the order in which screens ask for it."""
    order = {name: place for place, name in enumerate(FIELDS)}
    names = sorted({*before, *after}, key=lambda name: (order.get(name, len(order)), name))
    return tuple(
        Line(
            label=str(FIELDS.get(name, name)),
            before=_old(name, before, after),
            after=_written(name, after[name]) if name in after else "",
        )
        for name in names
    )


def _entry(change: Change, subject: Subject) -> Entry:
    return Entry(
        what=str(ACTS.get(subject, {}).get(change.act, change.act)),
        at=change.at,
        who=change.person_name or str(_KINDS.get(change.kind, "")),
        reason=change.reason,
        lines=lines(change.before, change.after),
    )


def _old(name: str, before: Mapping[str, object], after: Mapping[str, object]) -> str:
    if name not in before or before[name] == after.get(name, ...):
        return ""
    return _written(name, before[name])


def _written(name: str, value: object) -> str:
    """Write a value as screens do."""
    if value is None:
        return _("no end") if name in _NO_END else _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_written(name, each) for each in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_written(name, each)}" for key, each in value.items())
    return _text(name, str(value))


def _text(name: str, text: str) -> str:
    """Write a text as screens do: days and words of the domain among them."""
    if _DAY.fullmatch(text):
        return showing.day(datetime.date.fromisoformat(text))
    if name == "status" and text in PROVIDER_STATUSES:
        return str(PROVIDER_STATUSES[text])
    if name == "state" and text in _REQUEST_STATES:
        return str(words.of(_REQUEST_STATES[text]))
    if name == "fields" and text in _CONTACT_FIELDS:
        return str(_CONTACT_FIELDS[text])
    if name == "branch" and text in _BRANCHES:
        return str(words.of(_BRANCHES[text]))
    return _days(text) if name == "applications" else text


def _days(text: str) -> str:
    """Write from when to when an application is in a group, of `2014-01-01/2020-12-31`."""
    first, _slash, last = text.partition("/")
    if not _DAY.fullmatch(first):
        return text
    begins = showing.day(datetime.date.fromisoformat(first))
    if not _DAY.fullmatch(last):
        return _("from %(first)s on") % {"first": begins}
    ends = showing.day(datetime.date.fromisoformat(last))
    return _("%(first)s to %(last)s") % {"first": begins, "last": ends}
