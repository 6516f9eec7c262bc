"""What notices about delegations tell, read from the steps by which they came and went."""

import contextlib
from collections.abc import Iterable, Mapping

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.notice_facts import ToldDelegation, ToldParty
from mahis.domain.notices import ABOUT_DELEGATIONS
from mahis.domain.parties import Language
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.refusals import Refused
from mahis.store import loading
from mahis.store.models import Application, HistoryEntry, Notice


def delegates_in(entries: Iterable[HistoryEntry]) -> frozenset[EnterpriseNumber]:
    """Give the delegates that some steps name, whose names have to be known.

    What cannot be read, because somebody tampered with it, is left to the notice about it.
    """
    found = set()
    for entry in entries:
        with contextlib.suppress(Refused):
            if "delegate" in entry.evidence:
                found.add(EnterpriseNumber.parse(str(entry.evidence["delegate"])))
    return frozenset(found)


def of_step(
    notice: Notice,
    entry: HistoryEntry | None,
    *,
    language: Language,
    names: Mapping[EnterpriseNumber, str],
) -> ToldDelegation | None:
    """Give the delegation that a notice tells of; None where it tells of something else."""
    if notice.telling not in ABOUT_DELEGATIONS or entry is None:
        return None
    evidence = entry.evidence
    delegate = EnterpriseNumber.parse(str(evidence["delegate"]))
    first, last = (Quarter.parse(str(code)) for code in evidence["quarters"])
    return ToldDelegation(
        delegate=ToldParty(number=delegate, name=names[delegate]),
        quarters=QuarterPeriod(first, last),
        application=_name(evidence.get("application"), language),
        to_delegate=loading.number_of(notice.recipient_id) == delegate,
    )


def _name(code: object, language: Language) -> str:
    """Give the name of the one application; empty where all of the group is delegated."""
    if code is None:
        return ""
    # Few delegations are for one application, so each is read by itself.
    row = Application.objects.filter(code=str(code)).first()
    if row is None:
        return str(code)
    names = {
        Language.FRENCH: row.name_fr,
        Language.DUTCH: row.name_nl,
        Language.GERMAN: row.name_de,
        Language.ENGLISH: row.name_en,
    }
    return names[language]
