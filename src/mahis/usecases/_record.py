"""The one place that writes steps: states, history and notices in the same transaction."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence

from mahis.domain import notices
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Kind, Step
from mahis.domain.mandate import EXPIRING_STATES
from mahis.domain.parties import Actor, Language, Side
from mahis.store import history_chain, loading
from mahis.store.models import Authorisation, HistoryEntry, Mandate, Notice
from mahis.usecases import _doer_columns, _outbox

#: For enterprises of which the register does not tell a language (docs/explanation/divergences.md).
LANGUAGE_WHERE_UNKNOWN = Language.FRENCH


@dataclasses.dataclass(frozen=True, kw_only=True)
class Taken:
    """One step taken, on the row of its mandate."""

    row: Mandate
    step: Step
    #: What this step alone rests on, beside what all steps of the act do.
    evidence: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, kw_only=True)
class By:
    """Who stands behind a step."""

    kind: Kind
    #: None for the clock, the register and a successor.
    actor: Actor | None = None


def record(
    *,
    authorisation: Authorisation,
    taken: Sequence[Taken],
    by: By,
    at: datetime.datetime,
    signed: frozenset[Side],
    reason: str = "",
    evidence: dict[str, object] | None = None,
    tell: bool = True,
) -> None:
    """Write the steps of one act on a locked authorisation.

    `signed` holds the sides that have validated once the act is done. `tell` is False where
    another act of the same transaction will tell the parties about both.
    """
    for each in taken:
        each.row.state = each.step.after
        each.row.quarters = each.step.period
        each.row.save(update_fields=["state", "quarters"])
    entries = entries_for(
        authorisation=authorisation,
        taken=taken,
        by=by,
        at=at,
        reason=reason,
        evidence=evidence or {},
        last=authorisation.history.order_by("-number").first(),
    )
    HistoryEntry.objects.bulk_create(entries)
    if entries[0].version != authorisation.version:
        authorisation.version = entries[0].version
        authorisation.save(update_fields=["version"])
    if tell:
        _outbox.write(
            notices_for(
                authorisation=authorisation,
                taken=taken,
                at=at,
                signed=signed,
                history_number=entries[0].number,
            )
        )


def entries_for(
    *,
    authorisation: Authorisation,
    taken: Sequence[Taken],
    by: By,
    at: datetime.datetime,
    reason: str,
    evidence: dict[str, object],
    last: HistoryEntry | None,
) -> list[HistoryEntry]:
    """Give the history entries of one act, chained to the last one; nothing is written."""
    number = last.number if last else 0
    version = last.version + 1 if last else 1
    previous = last.hash if last else history_chain.BEGINNING
    entries = []
    for each in taken:
        number += 1
        entry = HistoryEntry(
            authorisation=authorisation,
            number=number,
            version=version,
            place=each.row.place,
            at=at,
            act=each.step.act,
            before=each.step.before,
            after=each.step.after,
            kind=by.kind,
            reason=reason,
            evidence={**evidence, **each.evidence, **_end_of(each.step)},
            previous_hash=previous,
            **_doer_columns.of(by.actor),
        )
        entry.hash = previous = history_chain.hash_of(entry)
        entries.append(entry)
    return entries


def notices_for(
    *,
    authorisation: Authorisation,
    taken: Sequence[Taken],
    at: datetime.datetime,
    signed: frozenset[Side],
    history_number: int,
) -> list[Notice]:
    """Give the notices of one act: both parties, once for each thing told; nothing is written."""
    numbers = parties_of(authorisation)
    return notices_told(
        authorisation=authorisation,
        taken=taken,
        at=at,
        signed=signed,
        history_number=history_number,
        languages=loading.languages_of(numbers.values(), otherwise=LANGUAGE_WHERE_UNKNOWN),
        has_account=loading.has_account(numbers[Side.MANDATOR], on=at.date()),
    )


def notices_told(
    *,
    authorisation: Authorisation,
    taken: Sequence[Taken],
    at: datetime.datetime,
    signed: frozenset[Side],
    history_number: int,
    languages: Mapping[EnterpriseNumber, Language],
    has_account: bool,
) -> list[Notice]:
    """Give the same where languages and account are known; nothing is read or written."""
    numbers = parties_of(authorisation)
    written = []
    for telling in dict.fromkeys(each.step.telling for each in taken):
        about = [each for each in taken if each.step.telling is telling]
        waits = about[0].step.after in EXPIRING_STATES
        for notice in notices.notices_for(
            telling=telling,
            awaited=frozenset(Side) - signed if waits else frozenset(),
            mandator_has_account=has_account,
        ):
            recipient = numbers[notice.side]
            written.append(
                Notice(
                    authorisation=authorisation,
                    recipient_id=recipient,
                    side=notice.side,
                    telling=notice.telling,
                    history_number=history_number,
                    places=[each.row.place for each in about],
                    channel=notice.channel,
                    language=languages[recipient],
                    must_act=notice.must_act,
                    created_at=at,
                )
            )
    return written


def parties_of(authorisation: Authorisation) -> dict[Side, EnterpriseNumber]:
    """Give the numbers of the two parties."""
    return {
        Side.MANDATOR: loading.number_of(authorisation.mandator_id),
        Side.MANDATARY: loading.number_of(authorisation.mandatary_id),
    }


def _end_of(step: Step) -> dict[str, object]:
    return {"end": step.period.end.code} if step.period.end is not None else {}
