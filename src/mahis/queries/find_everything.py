"""One box for everything that officers look for: what a text can mean, and what there is (N2)."""

import dataclasses
import datetime
import re
import uuid
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from mahis.domain.identification import RequestReference, RequestState
from mahis.domain.identifiers import BranchNumber, EnterpriseNumber, EstablishmentNumber, Insz
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.parties import Actor, ProviderStatus, Side
from mahis.domain.refusals import Refused
from mahis.queries import (
    cards,
    delegations,
    find_mandates,
    labels,
    party_search,
    party_text,
)
from mahis.queries.cards import PartyCard
from mahis.queries.delegations import DelegationRow
from mahis.queries.find_mandates import Criteria, Row
from mahis.queries.party_text import PartyText
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import loading, reference_facts
from mahis.store.models import (
    Application,
    ApplicationGroup,
    AuthorisationDocument,
    Branch,
    EnterpriseName,
    Establishment,
    IdentificationRequest,
    Notice,
    Provider,
    Secretariat,
)

#: How many of each kind are shown.
MOST_OF_A_KIND = 10
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[1-9][0-9]{0,11}")
_Found = TypeVar("_Found")


class PersonsNotSearched(Refused):
    """Nobody is found by a national number, which must not stand in an address."""

    code = "personsNotSearched"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Few(Generic[_Found]):
    """The first of one kind that were found."""

    rows: tuple[_Found, ...] = ()
    #: Whether there are more.
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclasses.dataclass(frozen=True, kw_only=True)
class FoundCode:
    """A group or an application that was found."""

    code: str
    name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FoundDocument:
    """A document of an authorisation that was found by its content."""

    reference: AuthorisationReference
    number: int
    name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FoundRequest:
    """A request to become a service provider that was found."""

    reference: RequestReference
    state: RequestState
    enterprise_name: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Everything:
    """What was found, by kind."""

    mandates: Few[Row]
    enterprises: Few[PartyCard]
    #: Service providers and recognised secretariats, whatever their status.
    providers: Few[PartyCard]
    groups: Few[FoundCode]
    applications: Few[FoundCode]
    documents: Few[FoundDocument]
    requests: Few[FoundRequest]
    delegations: Few[DelegationRow]
    #: Whether the text is the very number of one of the delegations.
    names_delegation: bool
    #: A notice that the text names; None where it names none.
    notice: uuid.UUID | None
    #: What is wrong with the text as a number or a name; None where nothing is.
    refusal: Refused | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return self.notice is None and not any(
            (
                self.mandates,
                self.enterprises,
                self.providers,
                self.groups,
                self.applications,
                self.documents,
                self.requests,
                self.delegations,
            )
        )

    @property
    def only_enterprise(self) -> EnterpriseNumber | None:
        """The one enterprise, where nothing but it and what is about it was found."""
        others = (self.mandates, self.groups, self.applications, self.documents, self.notice)
        if any(others) or self.names_delegation or len(self.enterprises.rows) != 1:
            return None
        return self.enterprises.rows[0].number


def find(*, actor: Actor, text: str, on: datetime.date, language: str) -> Everything:
    """Find everything that a text can mean: a reference, a number, a code, or parts of a name.

    Raises OfficersOnly, PersonsNotSearched, or the refusals of `party_text.plain_text`.
    """
    if not actor.is_officer:
        raise OfficersOnly
    plain = party_text.plain_text(text)
    if not plain:
        raise party_text.TextMissing
    if _is_person(plain):
        raise PersonsNotSearched
    typed, refusal = _read(plain)
    delegated, names_delegation = _delegations(actor, plain, on=on, language=language)
    return Everything(
        mandates=_mandates(actor, plain, on=on, language=language),
        enterprises=_enterprises(plain, typed, on=on, language=language),
        providers=_providers(typed, on=on, language=language),
        groups=_codes(ApplicationGroup.objects.all(), plain, language),
        applications=_codes(Application.objects.all(), plain, language),
        documents=_documents(plain),
        requests=_requests(plain, typed, language=language),
        delegations=delegated,
        names_delegation=names_delegation,
        notice=_notice(plain),
        refusal=refusal,
    )


def _is_person(text: str) -> bool:
    """Say whether a text is the national number of a person, and no reference of ours."""
    if _tried(AuthorisationReference.parse, text) is not None:
        return False
    return _tried(Insz.parse, text) is not None


def _read(text: str) -> tuple[PartyText | None, Refused | None]:
    """Read a text as a number or a name on either side; or say what is wrong with it."""
    read, refused = [], []
    for side in Side:
        try:
            read.append(party_text.read(text, side=side))
        except Refused as refusal:
            refused.append(refusal)
    if not read:
        return None, refused[0]
    first, last = read[0], read[-1]
    numbers = [each for each in read if each.is_number]
    if not numbers:
        return first, None
    merged = PartyText(
        enterprise=first.enterprise or last.enterprise,
        nsso=first.nsso or last.nsso,
        ssa=first.ssa or last.ssa,
    )
    return merged, None


def _mandates(actor: Actor, text: str, *, on: datetime.date, language: str) -> Few[Row]:
    try:
        found = find_mandates.find(
            actor=actor,
            criteria=Criteria(reference=text),
            page_size=MOST_OF_A_KIND,
            on=on,
            language=language,
        )
    except Refused:
        return Few()
    return Few(rows=found.rows, more=found.total > len(found.rows))


def _enterprises(
    text: str, typed: PartyText | None, *, on: datetime.date, language: str
) -> Few[PartyCard]:
    numbers = _of_places(text)
    if typed is not None and typed.is_number:
        numbers += party_search.numbered(typed, on=None)
    elif typed is not None:
        numbers += _named(party_search.named(typed.words), typed)
    return _cards(numbers, on=on, language=language)


def _providers(typed: PartyText | None, *, on: datetime.date, language: str) -> Few[PartyCard]:
    if typed is None:
        return Few()
    if typed.is_number:
        numbers = party_search.numbered(typed, on=None)
    else:
        entity = OuterRef("entity")
        is_provider = Exists(Provider.objects.filter(enterprise=entity))
        is_secretariat = Exists(Secretariat.objects.filter(enterprise=entity))
        names = party_search.named(typed.words).filter(is_provider | is_secretariat)
        numbers = _named(names, typed)
    found = _cards(numbers, on=on, language=language)
    rows = tuple(each for each in found.rows if each.provider is not ProviderStatus.NONE)
    return Few(rows=rows, more=found.more)


def _named(names: QuerySet[EnterpriseName], typed: PartyText) -> list[EnterpriseNumber]:
    return party_search.best_matches(names, " ".join(typed.words))


def _of_places(text: str) -> list[EnterpriseNumber]:
    """Give the enterprise of an establishment or of a branch, where a text is the number of one."""
    numbers: list[int] = []
    establishment = _tried(EstablishmentNumber.parse, text)
    if establishment is not None:
        rows = Establishment.objects.filter(pk=establishment.as_int)
        numbers += rows.values_list("enterprise", flat=True)
    branch = _tried(BranchNumber.parse, text)
    if branch is not None:
        numbers += Branch.objects.filter(pk=branch.as_int).values_list("enterprise", flat=True)
    return [EnterpriseNumber.from_int(number) for number in numbers]


def _cards(
    numbers: Iterable[EnterpriseNumber], *, on: datetime.date, language: str
) -> Few[PartyCard]:
    known = cards.of_enterprises(
        list(dict.fromkeys(numbers))[: MOST_OF_A_KIND + 1], on=on, language=language
    )
    rows = tuple(known.values())
    return Few(rows=rows[:MOST_OF_A_KIND], more=len(rows) > MOST_OF_A_KIND)


def _codes(
    rows: QuerySet[ApplicationGroup] | QuerySet[Application], text: str, language: str
) -> Few[FoundCode]:
    """Give the groups, or the applications, with a text in their code or in one of their names."""
    if len(text) < party_text.SHORTEST:
        return Few()
    named = Q(code__icontains=text)
    for name in ("name_fr", "name_nl", "name_de", "name_en"):
        named |= Q(**{f"{name}__unaccent__icontains": text})
    spoken = labels.language_of(language)
    found = tuple(
        FoundCode(code=row.code, name=str(reference_facts.names_of(row)[spoken]))
        for row in rows.filter(named).order_by("code")[: MOST_OF_A_KIND + 1]
    )
    return Few(rows=found[:MOST_OF_A_KIND], more=len(found) > MOST_OF_A_KIND)


def _documents(text: str) -> Few[FoundDocument]:
    """Give the documents with this SHA-256."""
    digest = text.lower()
    if not _SHA256.fullmatch(digest):
        return Few()
    rows = AuthorisationDocument.objects.filter(document=digest).select_related("authorisation")
    found = tuple(
        FoundDocument(reference=row.authorisation.reference, number=row.number, name=row.file_name)
        for row in rows.order_by("-at")[: MOST_OF_A_KIND + 1]
    )
    return Few(rows=found[:MOST_OF_A_KIND], more=len(found) > MOST_OF_A_KIND)


def _requests(text: str, typed: PartyText | None, *, language: str) -> Few[FoundRequest]:
    """Give the request with this number, or those of the enterprises that are meant."""
    reference = _tried(RequestReference.parse, text)
    if reference is not None:
        meant = Q(pk=reference.number, year=reference.year)
    elif typed is None:
        return Few()
    elif typed.is_number:
        meant = Q(enterprise__in=party_search.numbered(typed, on=None))
    else:
        meant = Q(enterprise__in=party_search.named(typed.words).values("entity"))
    rows = IdentificationRequest.objects.filter(meant).order_by("-asked_at", "-pk")
    found = list(rows[: MOST_OF_A_KIND + 1])
    numbers = {row.pk: loading.number_of(row.enterprise_id) for row in found}
    names = loading.names_of(numbers.values(), language=labels.language_of(language))
    shown = tuple(
        FoundRequest(
            reference=row.reference, state=row.state, enterprise_name=names[numbers[row.pk]]
        )
        for row in found[:MOST_OF_A_KIND]
    )
    return Few(rows=shown, more=len(found) > MOST_OF_A_KIND)


def _delegations(
    actor: Actor, text: str, *, on: datetime.date, language: str
) -> tuple[Few[DelegationRow], bool]:
    """Give the delegation with this number, those of an authorisation, or of an enterprise."""
    rows: list[DelegationRow] = []
    one = None
    if _NUMBER.fullmatch(text):
        one = delegations.one(actor=actor, number=int(text), on=on, language=language)
        rows += [] if one is None else [one]
    mandate = _tried(MandateReference.parse, text)
    reference = mandate.authorisation if mandate else _tried(AuthorisationReference.parse, text)
    if reference is not None:
        rows += delegations.of_authorisation(
            actor=actor, reference=reference, on=on, language=language
        )
    else:
        rows += _delegations_of_party(actor, text, on=on, language=language)
    each_once = tuple({row.number: row for row in rows}.values())
    shown = each_once[:MOST_OF_A_KIND]
    return Few(rows=shown, more=len(each_once) > MOST_OF_A_KIND), one is not None


def _delegations_of_party(
    actor: Actor, text: str, *, on: datetime.date, language: str
) -> tuple[DelegationRow, ...]:
    try:
        found = delegations.find(
            actor=actor,
            criteria=delegations.Criteria(text=text),
            page_size=MOST_OF_A_KIND + 1,
            on=on,
            language=language,
        )
    except Refused:
        return ()
    return found.rows


def _notice(text: str) -> uuid.UUID | None:
    try:
        wanted = uuid.UUID(text)
    except ValueError:
        return None
    return wanted if Notice.objects.filter(pk=wanted).exists() else None


def _tried(parse: Callable[[str], _Found], text: str) -> _Found | None:
    try:
        return parse(text)
    except Refused:
        return None
