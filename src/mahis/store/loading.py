"""Rows become domain values: parties, powers to sign, mandates, and what stands in their way."""

import datetime
from collections.abc import Iterable

from django.db.models import Q

from mahis.domain import mandate as mandates
from mahis.domain import parties, representation
from mahis.domain.conditions import Holder
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.quarters import QuarterPeriod
from mahis.domain.signing import Level
from mahis.store.models import (
    Employer,
    Enterprise,
    EnterpriseName,
    Mandate,
    MatrixVersion,
    Office,
    Provider,
    Secretariat,
    UserAccount,
)

#: How the register's language codes stand for languages; 0 is unknown.
REGISTER_LANGUAGES = {
    "1": parties.Language.FRENCH,
    "2": parties.Language.DUTCH,
    "3": parties.Language.GERMAN,
    "4": parties.Language.ENGLISH,
}
#: What is read with the rows of mandates from which `mandate_of` makes values.
WITH_A_MANDATE = ("authorisation", "group", "replaces__authorisation")
#: Longest chain of enterprises holding functions in enterprises that is followed.
_LONGEST_CHAIN = 20


def in_force(on: datetime.date) -> Q:
    """Give the condition that a row with `begins` and `ends` is valid on a day."""
    return Q(begins__lte=on) & (Q(ends=None) | Q(ends__gte=on))


def names_of(
    numbers: Iterable[EnterpriseNumber], *, language: parties.Language | None = None
) -> dict[EnterpriseNumber, str]:
    """Give the name of each enterprise, in a language where it has one in it.

    Names proper go before commercial names and abbreviations; an enterprise without any name is
    called by its number.
    """
    wanted = {number.as_int: number for number in numbers}
    best: dict[EnterpriseNumber, tuple[tuple[str, bool], str]] = {}
    for row in EnterpriseName.objects.filter(entity__in=wanted).order_by("kind", "language", "id"):
        kind = "" if row.kind == "001" else row.kind
        rank = (kind, REGISTER_LANGUAGES.get(row.language) is not language)
        number = wanted[row.entity]
        if number not in best or rank < best[number][0]:
            best[number] = (rank, row.name)
    return {
        number: best[number][1] if number in best else number.screen for number in wanted.values()
    }


def parties_on(
    numbers: Iterable[EnterpriseNumber], *, on: datetime.date
) -> dict[EnterpriseNumber, parties.Party]:
    """Give the enterprises that exist among some numbers, as they are on a day."""
    rows = list(Enterprise.objects.filter(number__in=list(numbers)))
    found = [row.number for row in rows]
    names = names_of(found)
    employed = _employed(found, on=on)
    providers = provider_statuses(found, on=on)
    return {
        row.number: parties.Party(
            number=row.number,
            name=names[row.number],
            activity=row.activity,
            is_employer=_is_open(employed.get(row.number), on),
            provider=providers[row.number],
            employer_until=_ended(employed.get(row.number), on),
        )
        for row in rows
    }


#: Stands for a registration without an end among last days.
_NO_END = datetime.date.max


def _employed(
    numbers: Iterable[EnterpriseNumber], *, on: datetime.date
) -> dict[EnterpriseNumber, datetime.date]:
    """Give the latest last day as an employer of those that were registered by a day."""
    begun = Employer.objects.filter(enterprise__in=list(numbers), begins__lte=on)
    latest: dict[EnterpriseNumber, datetime.date] = {}
    for number, ends in begun.values_list("enterprise", "ends"):
        latest[number] = max(ends or _NO_END, latest.get(number, datetime.date.min))
    return latest


def _is_open(last_day: datetime.date | None, on: datetime.date) -> bool:
    return last_day is not None and last_day >= on


def _ended(last_day: datetime.date | None, on: datetime.date) -> datetime.date | None:
    return last_day if last_day is not None and last_day < on else None


def party_on(number: EnterpriseNumber, *, on: datetime.date) -> parties.Party | None:
    """Give one enterprise as it is on a day; None where the register does not know it."""
    return parties_on([number], on=on).get(number)


def provider_statuses(
    numbers: Iterable[EnterpriseNumber], *, on: datetime.date
) -> dict[EnterpriseNumber, parties.ProviderStatus]:
    """Give the quality as mandatary of enterprises on a day; a recognised secretariat is active."""
    wanted = list(numbers)
    statuses = dict.fromkeys(wanted, parties.ProviderStatus.NONE)
    for provider in Provider.objects.filter(enterprise__in=wanted):
        over = on < provider.begins or (provider.ends is not None and on > provider.ends)
        active = provider.status is parties.ProviderStatus.ACTIVE
        statuses[provider.enterprise] = (
            parties.ProviderStatus.LAPSED if active and over else provider.status
        )
    recognised = Secretariat.objects.filter(in_force(on), enterprise__in=wanted)
    for number in recognised.values_list("enterprise", flat=True):
        statuses[number] = parties.ProviderStatus.ACTIVE
    return statuses


def offices_around(enterprise: EnterpriseNumber) -> tuple[representation.Office, ...]:
    """Give the offices of an enterprise and of all enterprises that hold one of them, on and on."""
    seen: set[EnterpriseNumber] = set()
    wanted = {enterprise}
    found: list[representation.Office] = []
    for _ in range(_LONGEST_CHAIN):
        if not wanted:
            break
        seen |= wanted
        offices = [row.to_domain() for row in Office.objects.filter(enterprise__in=wanted)]
        found.extend(offices)
        wanted = {office.holder for office in offices if office.holder is not None} - seen
    return tuple(found)


def matrix_on(on: datetime.date) -> representation.Matrix | None:
    """Give the representatives matrix that is valid on a day."""
    versions = tuple(
        row.to_domain() for row in MatrixVersion.objects.filter(in_force(on)).order_by("-pk")
    )
    return representation.matrix_on(versions=versions, on=on)


def signing_power_of(
    *, person: Insz, enterprise: EnterpriseNumber, on: datetime.date
) -> representation.SigningPower:
    """Say whether a person may sign for an enterprise on a day, and on which ground."""
    row = Enterprise.objects.filter(number=enterprise).first()
    if row is None:
        return representation.SigningPower(why_not=representation.NoPower.NO_FUNCTION)
    return representation.signing_power(
        person=person,
        enterprise=enterprise,
        legal_form=row.form_for_matrix,
        offices=offices_around(enterprise),
        matrix=matrix_on(on),
        on=on,
    )


def may_sign_together(enterprise: EnterpriseNumber, *, on: datetime.date) -> bool:
    """Say whether two persons could sign together for an enterprise on a day."""
    row = Enterprise.objects.filter(number=enterprise).first()
    matrix = matrix_on(on)
    if row is None or matrix is None or not matrix.joint:
        return False
    return representation.may_sign_together(
        enterprise=enterprise,
        legal_form=row.form_for_matrix,
        offices=offices_around(enterprise),
        matrix=matrix,
        on=on,
    )


def mandate_of(
    row: Mandate,
    *,
    signed: frozenset[parties.Side],
    first_level: Level | None,
    half_signed: frozenset[parties.Side] = frozenset(),
    first_side: parties.Side | None = None,
) -> mandates.Mandate:
    """Give a mandate as the rules know it; its authorisation and group are read with it."""
    return mandates.Mandate(
        mandator=number_of(row.mandator_id),
        mandatary=number_of(row.mandatary_id),
        group=row.group.to_domain(),
        period=row.quarters,
        state=row.state,
        drawn_up_by=row.authorisation.drawn_up_by,
        signed=signed,
        half_signed=half_signed,
        first_side=first_side,
        first_level=first_level,
        expires_on=row.authorisation.expires_on,
        replaces=row.replaces.reference if row.replaces else None,
    )


def in_the_way(
    *,
    mandator: EnterpriseNumber,
    mandatary: EnterpriseNumber,
    group_id: int,
    single_mandatary: bool,
    period: QuarterPeriod,
    except_authorisation: int | None = None,
) -> Holder | None:
    """Give the mandate that keeps a new one from becoming active, if there is one (C5)."""
    held = Mandate.objects.filter(
        mandator_id=mandator,
        group_id=group_id,
        state__in=mandates.HOLDING_STATES,
        quarters__overlap=period,
    )
    if except_authorisation is not None:
        held = held.exclude(authorisation_id=except_authorisation)
    if not single_mandatary:
        held = held.filter(mandatary_id=mandatary)
    row = held.select_related("authorisation").order_by("id").first()
    if row is None:
        return None
    holder = number_of(row.mandatary_id)
    return Holder(
        reference=row.reference,
        mandatary_name=names_of([holder])[holder],
        period=row.quarters,
        same_mandatary=holder == mandatary,
    )


def has_account(enterprise: EnterpriseNumber, *, on: datetime.date) -> bool:
    """Say whether an enterprise has an account in user management on a day (T1)."""
    return UserAccount.objects.filter(in_force(on), enterprise=enterprise).exists()


def languages_of(
    numbers: Iterable[EnterpriseNumber], *, otherwise: parties.Language
) -> dict[EnterpriseNumber, parties.Language]:
    """Give the language in which each enterprise is written to."""
    rows = Enterprise.objects.filter(number__in=list(numbers))
    return {row.number: row.language or otherwise for row in rows}


def number_of(stored: EnterpriseNumber | int) -> EnterpriseNumber:
    """Give the number behind a foreign key to an enterprise, whose stubs call it a whole number."""
    return stored if isinstance(stored, EnterpriseNumber) else EnterpriseNumber.from_int(stored)
