"""An authorisation taken under lock, with everything that its next step depends on."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import QuerySet

from mahis.domain import mandate
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Party, Side
from mahis.store import documents, loading, signatures
from mahis.store.models import Authorisation, Mandate, Validation
from mahis.store.signatures import Signatures
from mahis.usecases.meanwhile import AuthorisationUnknown, StalePage, happened_since

#: How often an authorisation is looked at again that changed while it was being read.
_LOOKS = 3


@dataclasses.dataclass(frozen=True, kw_only=True)
class Locked:
    """An authorisation under lock."""

    authorisation: Authorisation
    #: Its mandates, in the order of their places.
    mandates: tuple[Mandate, ...]
    validations: tuple[Validation, ...]
    parties: dict[Side, Party]
    #: The authorisations, under lock too, of the mandates whose place its mandates take or are to
    #: take, by their numbers; none where nothing is locked.
    replaced: Mapping[int, "Locked"] = dataclasses.field(default_factory=dict)

    @property
    def signed(self) -> frozenset[Side]:
        """The sides that have validated."""
        return self.signatures.signed

    @property
    def signatures(self) -> Signatures:
        """What the validations come to."""
        return signatures.of(self.validations)

    @property
    def authenticated(self) -> tuple[Side, ...]:
        """The side of each validation by authentication."""
        return documents.authenticated(self.validations)

    def mandate(self, row: Mandate) -> mandate.Mandate:
        """Give one of the mandates as the rules know it."""
        return self.signatures.mandate(row)


def lock(
    *,
    reference: AuthorisationReference,
    actor: Actor | None,
    version: int | None,
    on: datetime.date,
) -> Locked:
    """Lock an authorisation and its mandates, then what these replace, then what may be held.

    What a mandate replaces is always older than the mandate itself, so that whoever locks several
    authorisations locks the newest first. The mandator's holdings come last.

    `actor` is None for acts of the house itself; `version` is the count of acts that the page was
    made from, None where no page was. Raises AuthorisationUnknown or StalePage.
    """
    row = _found(Authorisation.objects.select_for_update(of=("self",)), reference, actor)
    mandates = _mandates(Mandate.objects.select_for_update(of=("self",)), row)
    older = lock_older(each.replaces.authorisation_id for each in mandates if each.replaces)
    lock_holdings(loading.number_of(row.mandator_id))
    known = _known(row, mandates, version=version, on=on)
    replaced = {each.pk: _known(each, held, version=None, on=on) for each, held in older}
    return dataclasses.replace(known, replaced=replaced)


def lock_older(numbers: Iterable[int]) -> list[tuple[Authorisation, tuple[Mandate, ...]]]:
    """Lock authorisations by their numbers, and the mandates of each, the newest first."""
    return [
        (row, _mandates(Mandate.objects.select_for_update(of=("self",)), row))
        for number in sorted(set(numbers), reverse=True)
        for row in Authorisation.objects.select_for_update(of=("self",)).filter(pk=number)
    ]


def look(
    *,
    reference: AuthorisationReference,
    actor: Actor,
    version: int | None,
    on: datetime.date,
) -> Locked:
    """Give the same with nothing locked, for what is prepared before a lock is taken.

    Whatever is found out from it has to be found out again under the lock.
    """
    for _ in range(_LOOKS):
        row = _found(Authorisation.objects.all(), reference, actor)
        known = _known(row, _mandates(Mandate.objects.all(), row), version=version, on=on)
        # Every act counts the version up: where it has not moved, nothing was read by halves.
        if Authorisation.objects.filter(pk=row.pk, version=row.version).exists():
            break
    return known


def require_fresh(authorisation: Authorisation, version: int) -> None:
    """Require that nothing happened since a page was made; raises StalePage."""
    if version != authorisation.version:
        happened = happened_since(authorisation, version)
        raise StalePage(happened=happened, reference=authorisation.reference)


def _found(
    rows: QuerySet[Authorisation], reference: AuthorisationReference, actor: Actor | None
) -> Authorisation:
    row = rows.filter(pk=reference.number, year=reference.year).first()
    if row is None:
        raise AuthorisationUnknown
    parties = {loading.number_of(row.mandator_id), loading.number_of(row.mandatary_id)}
    if actor is not None and not actor.is_officer and actor.enterprise not in parties:
        raise AuthorisationUnknown
    return row


def _mandates(rows: QuerySet[Mandate], authorisation: Authorisation) -> tuple[Mandate, ...]:
    found = rows.filter(authorisation=authorisation)
    return tuple(found.select_related(*loading.WITH_A_MANDATE).order_by("place"))


def _known(
    row: Authorisation,
    mandates: tuple[Mandate, ...],
    *,
    version: int | None,
    on: datetime.date,
) -> Locked:
    if version is not None:
        require_fresh(row, version)
    numbers = {
        Side.MANDATOR: loading.number_of(row.mandator_id),
        Side.MANDATARY: loading.number_of(row.mandatary_id),
    }
    known = loading.parties_on(numbers.values(), on=on)
    return Locked(
        authorisation=row,
        mandates=mandates,
        validations=tuple(Validation.objects.filter(authorisation=row).order_by("at")),
        parties={side: known[number] for side, number in numbers.items()},
    )


def lock_holdings(mandator: EnterpriseNumber) -> None:
    """Let one transaction at a time change what a mandator's mandates hold.

    The exclusion constraint alone would be as safe, but two activations that meet in it wait for
    each other and one dies of a deadlock; behind this lock the second sees the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [mandator.as_int])
