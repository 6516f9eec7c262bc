"""The history of an authorisation in words: who, in which capacity, on which ground (L7)."""

import dataclasses
import datetime
import itertools

from django.utils.translation import gettext as _

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.domain.quarters import Quarter
from mahis.queries.delegation_evidence import DelegationHeld
from mahis.queries.evidence import Evidence, OfficeHeld
from mahis.queries.history import HistoryLine
from mahis.web import showing, words

#: The acts by which a mandate gets an end quarter; every later step only repeats it.
_SETS_AN_END = frozenset({Act.DRAW_UP, Act.CLOSE, Act.REPLACE, Act.CEASE})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Change:
    """What a step did to one mandate."""

    place: int
    #: None: the mandate did not exist before.
    before: State | None
    after: State


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One act as the screen shows it: all mandates that it changed in the same way."""

    act: Act
    at: datetime.datetime
    who: str
    #: Quality and role, then the enterprise acted for; empty where no person acted.
    capacity: str
    enterprise: str
    reason: str
    #: The end quarter that the act set; None for acts that set none.
    end: Quarter | None
    grounds: tuple[str, ...]
    changes: tuple[Change, ...]


def entries(lines: tuple[HistoryLine, ...]) -> tuple[Entry, ...]:
    """Gather the steps of one act, oldest first."""
    gathered = itertools.groupby(lines, key=_all_but_the_mandate)
    return tuple(_entry(tuple(group)) for _key, group in gathered)


def _all_but_the_mandate(line: HistoryLine) -> HistoryLine:
    """Give what the steps of one act have in common."""
    return dataclasses.replace(line, number=0, place=0, before=None, after=State.ACTIVE)


def _entry(lines: tuple[HistoryLine, ...]) -> Entry:
    first = lines[0]
    return Entry(
        act=first.act,
        at=first.at,
        who=_who(first),
        capacity=_capacity(first),
        enterprise=_enterprise(first),
        reason=first.reason,
        end=first.evidence.end if first.act in _SETS_AN_END else None,
        grounds=tuple(_grounds(first.evidence)),
        changes=tuple(
            Change(place=line.place, before=line.before, after=line.after) for line in lines
        ),
    )


def _who(line: HistoryLine) -> str:
    # A party's or an officer's name can be missing only where the row was tampered with.
    nobody = words.of(line.kind) if words.knows(line.kind) else ""
    return line.person_name or str(nobody)


def _capacity(line: HistoryLine) -> str:
    if line.quality is None or line.role is None:
        return ""
    return _("%(quality)s, %(role)s") % {
        "quality": words.of(line.quality),
        "role": words.of(line.role),
    }


def _enterprise(line: HistoryLine) -> str:
    if line.enterprise is None:
        return ""
    return _("%(name)s (%(number)s)") % {
        "name": line.enterprise_name,
        "number": line.enterprise.screen,
    }


def _grounds(evidence: Evidence) -> list[str]:
    """Say what a step rests on, a sentence for each ground."""
    said = []
    if evidence.method is not None:
        said.append(_("Signed %(method)s.") % {"method": words.of(evidence.method)})
    if evidence.assurance:
        said.append(_("Assurance level of the login: %(level)s.") % {"level": evidence.assurance})
    said += _offices(evidence.offices)
    said += _signatures(evidence)
    said += _neighbours(evidence)
    if evidence.delegation is not None:
        said += _delegation(evidence.delegation)
    if evidence.rejection is not None:
        said.append(_("From the list: %(reason)s.") % {"reason": words.of(evidence.rejection)})
    if evidence.document is not None:
        said.append(
            _("It rests on document %(number)s, whose SHA-256 is %(sha256)s.")
            % {"number": evidence.document, "sha256": evidence.sha256}
        )
    if evidence.ceased is not None and evidence.last_day is not None:
        said.append(
            _("%(side)s: ceased; the last day was %(day)s.")
            % {"side": words.of(evidence.ceased), "day": showing.day(evidence.last_day)}
        )
    if evidence.employer_until is not None:
        said.append(
            _("The principal was an NSSO employer until %(day)s.")
            % {"day": showing.day(evidence.employer_until)}
        )
    if evidence.unreadable:
        said.append(_("Part of what was recorded here cannot be read."))
    return said


def _signatures(evidence: Evidence) -> list[str]:
    """Say who signed a document, for which party and by which functions."""
    said = []
    for signature in evidence.signatures:
        said.append(
            _("%(side)s: signed by %(name)s.")
            % {"side": words.of(signature.side), "name": signature.person_name}
        )
        said += _offices(signature.offices)
    said += [
        _("%(side)s: the first of two signatures; another person has to sign too.")
        % {"side": words.of(side)}
        for side in evidence.half_signed
    ]
    return said


def _neighbours(evidence: Evidence) -> list[str]:
    """Say which mandate came before, or comes after."""
    said = []
    if evidence.replaces is not None:
        said.append(
            _("It takes the place of mandate %(mandate)s.") % {"mandate": evidence.replaces}
        )
    if evidence.successor is not None:
        said.append(_("The newer mandate is %(mandate)s.") % {"mandate": evidence.successor})
    return said


def _delegation(held: DelegationHeld) -> list[str]:
    """Say what was delegated to whom."""
    names = {
        "number": held.number,
        "name": held.delegate_name,
        "enterprise": held.delegate.screen,
        "quarters": showing.period(held.quarters),
    }
    said = [_("Delegation %(number)s, for %(quarters)s, to %(name)s (%(enterprise)s).") % names]
    if held.application:
        said.append(_("Only the application: %(name)s.") % {"name": held.application_name})
    return said


def _offices(offices: tuple[OfficeHeld, ...]) -> list[str]:
    """Say which functions were held; those after the first are held by the enterprise before."""
    return [_office(office, is_first=not place) for place, office in enumerate(offices)]


def _office(office: OfficeHeld, *, is_first: bool) -> str:
    names = {
        "function": office.function_name,
        "name": office.enterprise_name,
        "number": office.enterprise.screen,
    }
    if is_first:
        return _("By the function: %(function)s in %(name)s (%(number)s).") % names
    return _("There represented by: %(function)s of %(name)s (%(number)s).") % names
