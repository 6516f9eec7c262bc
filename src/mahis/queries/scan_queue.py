"""The scans that wait for the office, and everything to judge one by (N1)."""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mahis.domain import representation
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Actor, Language, Side
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.refusals import Forbidden
from mahis.queries import cards, labels
from mahis.queries.cards import PartyCard
from mahis.store import documents as kept
from mahis.store import loading
from mahis.store.models import (
    Authorisation,
    Enterprise,
    HistoryEntry,
    Mandate,
    Office,
    ScanClaim,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

#: How many scans are offered to whoever takes the next one; somebody may be quicker.
_OFFERED = 20


class _Since(TypedDict):
    """What is read with each authorisation that waits."""

    since: datetime.datetime


class ScansAreForOfficers(Forbidden):
    """Only officers of the NSSO see the scans that wait."""

    code = "scansAreForOfficers"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Claim:
    """An officer's claim on a scan, still running."""

    name: str
    until: datetime.datetime
    #: Whether it is that of the officer who looks.
    is_mine: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """One authorisation whose scan waits."""

    reference: AuthorisationReference
    #: When the scan came.
    since: datetime.datetime
    mandator_name: str
    mandatary_name: str
    #: Names of the groups, in the order of their places.
    groups: tuple[str, ...]
    #: None where nobody is deciding.
    claim: Claim | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Queue:
    """One page of the scans that wait, the oldest first."""

    #: How many wait altogether.
    total: int
    rows: tuple[WaitingRow, ...]
    page: int
    pages: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signatory:
    """A person who may sign for a party today."""

    #: What `approve` takes for the party.
    office: int
    person_name: str
    #: Label of the function in the party by which the person may sign.
    function: str
    #: Names of the enterprises between that function and the person.
    through: tuple[str, ...]
    #: Whether the signature of this person is enough; where it is not, another signs too.
    alone: bool = True


@dataclasses.dataclass(frozen=True, kw_only=True)
class WaitingScan:
    """One authorisation whose scan waits, with everything to judge it by."""

    reference: AuthorisationReference
    #: Count of acts; the decision sends it back.
    version: int
    #: Number of the scan among the documents; None where the record has none.
    document: int | None
    since: datetime.datetime
    submitted_by: str
    mandator: PartyCard
    mandatary: PartyCard
    #: Names of the groups, in the order of their places.
    groups: tuple[str, ...]
    #: Language of the newest form, which the scan most likely shows; None where none was made.
    form_language: Language | None
    #: The groups as that form names them.
    groups_on_form: tuple[str, ...]
    period: QuarterPeriod
    signatories: dict[Side, tuple[Signatory, ...]]
    claim: Claim | None

    def party(self, side: Side) -> PartyCard:
        """Give the enterprise on a side."""
        return self.mandator if side is Side.MANDATOR else self.mandatary


def count(*, actor: Actor) -> int:
    """Count the scans that wait; raises ScansAreForOfficers."""
    _require_officer(actor)
    return _waiting().count()


def waiting(
    *, actor: Actor, at: datetime.datetime, language: str, page: int = 1, page_size: int = 25
) -> Queue:
    """List a page of the scans that wait, the oldest first; raises ScansAreForOfficers.

    A page that does not exist becomes the nearest that does.
    """
    _require_officer(actor)
    found = _waiting()
    total = found.count()
    pages = max(1, -(-total // page_size))
    page = min(max(1, page), pages)
    shown = list(found.order_by("since", "id")[(page - 1) * page_size : page * page_size])
    names = loading.names_of(
        {
            loading.number_of(number)
            for row in shown
            for number in (row.mandator_id, row.mandatary_id)
        },
        language=labels.language_of(language),
    )
    claims = _claims(actor, shown, at)
    groups = _groups(shown, language)
    return Queue(
        total=total,
        page=page,
        pages=pages,
        rows=tuple(
            WaitingRow(
                reference=row.reference,
                since=row.since,
                mandator_name=names[loading.number_of(row.mandator_id)],
                mandatary_name=names[loading.number_of(row.mandatary_id)],
                groups=tuple(groups[row.pk]),
                claim=claims.get(row.pk),
            )
            for row in shown
        ),
    )


def mine(*, actor: Actor, at: datetime.datetime) -> AuthorisationReference | None:
    """Give the scan that an officer is deciding; None where there is none."""
    row = _waiting().filter(_claimed(at, officer=actor.person.insz)).order_by("since", "id").first()
    return None if row is None else row.reference


def to_take(*, actor: Actor, at: datetime.datetime) -> tuple[AuthorisationReference, ...]:
    """Give the scans that an officer can take: the one being decided, then the oldest free ones.

    Raises ScansAreForOfficers.
    """
    _require_officer(actor)
    own = mine(actor=actor, at=at)
    free = _waiting().filter(~_claimed(at)).order_by("since", "id")[:_OFFERED]
    return (*([] if own is None else [own]), *(row.reference for row in free))


def one(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    at: datetime.datetime,
    on: datetime.date,
    language: str,
) -> WaitingScan | None:
    """Show one scan that waits; None where none does (any more). Raises ScansAreForOfficers."""
    _require_officer(actor)
    row = _waiting().filter(pk=reference.number, year=reference.year).first()
    if row is None:
        return None
    numbers = {
        Side.MANDATOR: loading.number_of(row.mandator_id),
        Side.MANDATARY: loading.number_of(row.mandatary_id),
    }
    parties = cards.of_enterprises(numbers.values(), on=on, language=language)
    mandates = list(row.mandates.select_related("group").order_by("place"))
    scan = kept.scan_of(row)
    forms = kept.sealed_forms(row)
    written = forms[-1].language if forms else None
    submission = row.history.filter(act=Act.UPLOAD_SCAN).order_by("-number").first()
    return WaitingScan(
        reference=reference,
        version=row.version,
        document=None if scan is None else scan.number,
        since=row.since,
        submitted_by="" if submission is None else submission.person_name,
        mandator=parties[numbers[Side.MANDATOR]],
        mandatary=parties[numbers[Side.MANDATARY]],
        groups=tuple(each.group.name_in(language) for each in mandates),
        form_language=written,
        groups_on_form=tuple(
            each.group.name_in(written.value if written else language) for each in mandates
        ),
        period=mandates[0].quarters,
        signatories={
            side: _signatories(number, on=on, language=language) for side, number in numbers.items()
        },
        claim=_claims(actor, [row], at).get(row.pk),
    )


def _require_officer(actor: Actor) -> None:
    if not actor.is_officer:
        raise ScansAreForOfficers


def _waiting() -> "QuerySet[WithAnnotations[Authorisation, _Since]]":
    waits = Mandate.objects.filter(state=State.TO_BE_VALIDATED)
    submitted = HistoryEntry.objects.filter(authorisation=OuterRef("pk"), act=Act.UPLOAD_SCAN)
    return Authorisation.objects.filter(pk__in=waits.values("authorisation")).annotate(
        since=Coalesce(Subquery(submitted.order_by("-number").values("at")[:1]), "drawn_up_at")
    )


def _claimed(at: datetime.datetime, **by: Insz) -> Exists:
    """Give the condition that somebody is deciding a scan."""
    return Exists(ScanClaim.objects.filter(authorisation=OuterRef("pk"), until__gt=at, **by))


def _groups(rows: Iterable[Authorisation], language: str) -> dict[int, list[str]]:
    """Give the names of the groups of each authorisation."""
    found: dict[int, list[str]] = {row.pk: [] for row in rows}
    mandates = Mandate.objects.filter(authorisation__in=list(found)).select_related("group")
    for each in mandates.order_by("place"):
        found[each.authorisation_id].append(each.group.name_in(language))
    return found


def _claims(actor: Actor, rows: Iterable[Authorisation], at: datetime.datetime) -> dict[int, Claim]:
    found = ScanClaim.objects.filter(authorisation__in=[row.pk for row in rows], until__gt=at)
    return {
        each.authorisation_id: Claim(
            name=each.name, until=each.until, is_mine=each.officer == actor.person.insz
        )
        for each in found
    }


def _signatories(
    number: EnterpriseNumber, *, on: datetime.date, language: str
) -> tuple[Signatory, ...]:
    """List the persons who may sign for an enterprise on a day, each once, by name."""
    enterprise = Enterprise.objects.get(number=number)
    offices = loading.offices_around(number)
    matrix = loading.matrix_on(on)
    rows: dict[Insz, Office] = {}
    for row in Office.objects.filter(
        enterprise__in={each.enterprise for each in offices}, person__isnull=False
    ).order_by("id"):
        rows.setdefault(row.person, row)
    powers = {
        person: representation.signing_power(
            person=person,
            enterprise=number,
            legal_form=enterprise.form_for_matrix,
            offices=offices,
            matrix=matrix,
            on=on,
        )
        for person in rows
    }
    granted = {person: power for person, power in powers.items() if power.granted}
    functions = labels.of_codes(
        category=labels.FUNCTION,
        codes={power.chain[0].function for power in granted.values()},
        language=language,
    )
    names = loading.names_of(
        {office.enterprise for power in granted.values() for office in power.chain[1:]},
        language=labels.language_of(language),
    )
    found = (
        Signatory(
            office=rows[person].pk,
            person_name=f"{rows[person].given_name} {rows[person].family_name}".strip(),
            function=functions[power.chain[0].function],
            through=tuple(names[office.enterprise] for office in power.chain[1:]),
            alone=power.alone,
        )
        for person, power in granted.items()
    )
    return tuple(sorted(found, key=lambda each: (each.person_name.casefold(), each.office)))
