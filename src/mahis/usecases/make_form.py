"""Make the form of an authorisation: set, sealed with a timestamp, and kept (C9, C17)."""

import datetime
from collections.abc import Iterator

from mahis.domain import documents
from mahis.domain.conditions import Limits
from mahis.domain.documents import DocumentKind, SealedForm
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.domain.signature_evidence import MOST_SIGNATORIES
from mahis.domain.signing import Method
from mahis.gateways import pdf_forms
from mahis.gateways.files import Files
from mahis.gateways.pdf_forms import (
    FormContent,
    PartyText,
    ReplacedText,
    Sealer,
    ShownValidation,
)
from mahis.store import addresses, loading
from mahis.store import documents as kept
from mahis.store.models import Enterprise, HistoryEntry
from mahis.usecases import _acting, _documents, _locked, _record
from mahis.usecases._documents import Put
from mahis.usecases._locked import Locked
from mahis.usecases._transaction import DoneMeanwhile, in_one_transaction

_TRIES = 3


def make_form(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    language: Language | None,
    sealer: Sealer,
    files: Files,
    at: datetime.datetime,
    on: datetime.date,
) -> int:
    """Give the number of the form that can be signed now; it is made where there is none.

    In the mandator's language unless another is asked for; once a party has signed in a form with
    an eID, it is that form whatever its language. Making a form is no step in the life of a
    mandate: it leaves the count of acts as it is.

    Raises AuthorisationUnknown, StalePage, FormNotPossible, NotForYou, and what keeps the seal
    from being set, such as TimestampUnavailable; nothing is written then.
    """
    for _ in range(_TRIES):
        looked = _locked.look(reference=reference, actor=actor, version=version, on=on)
        wanted = language or _language_of_mandator(looked)
        current = _current(actor, looked, wanted, on)
        if current is not None:
            return current.number
        content = _content(looked, wanted, at, on)
        # The services that stamp the time are asked with nothing locked.
        sealed = pdf_forms.seal(
            pdf_forms.set_form(content),
            sides=frozenset(content.fields),
            content=content,
            sealer=sealer,
        )
        put = Put(sha256=files.put(sealed), size=len(sealed))
        number = _keep(
            actor=actor,
            reference=reference,
            version=version,
            content=content,
            put=put,
            at=at,
            on=on,
        )
        if number is not None:
            return number
    raise DoneMeanwhile


@in_one_transaction
def _keep(
    *,
    actor: Actor,
    reference: AuthorisationReference,
    version: int,
    content: FormContent,
    put: Put,
    at: datetime.datetime,
    on: datetime.date,
) -> int | None:
    """Keep a sealed form; None where another document has taken its number meanwhile."""
    locked = _locked.lock(reference=reference, actor=actor, version=version, on=on)
    current = _current(actor, locked, content.language, on)
    if current is not None:
        return current.number
    if _documents.next_number(locked.authorisation) != content.number:
        return None
    last = _documents.act_of(locked.authorisation, version=version)
    assert last is not None, "every authorisation was drawn up"
    return _documents.add(
        authorisation=locked.authorisation,
        put=put,
        kind=DocumentKind.FORM,
        actor=actor,
        act=last.act,
        version=version,
        at=at,
        language=content.language,
        shows=locked.authenticated,
    ).number


def _current(
    actor: Actor, locked: Locked, language: Language, on: datetime.date
) -> SealedForm | None:
    """Give the form that is there already; raises what keeps one from being made."""
    doer, power = _acting.doer_of(actor, locked, on=on)
    case = _acting.case_for(locked.mandates[0], locked, on=on, limits=Limits(), power=power)
    documents.require_form_possible(
        doer=doer, case=case, only_authenticated=kept.only_authenticated(locked.validations)
    )
    current = kept.current_forms(locked.authorisation, authenticated=locked.authenticated)
    if kept.signed_in(locked.authorisation):
        return current[0] if current else None
    return next((form for form in current if form.language is language), None)


def _language_of_mandator(locked: Locked) -> Language:
    mandator = locked.parties[Side.MANDATOR].number
    known = loading.languages_of([mandator], otherwise=_record.LANGUAGE_WHERE_UNKNOWN)
    return known[mandator]


def _fields(locked: Locked, on: datetime.date) -> dict[Side, tuple[int, ...]]:
    """Give the places of the signature fields of each party that has not signed yet."""
    found = {}
    for side in frozenset(Side) - locked.signed:
        shown = locked.authenticated.count(side)
        together = loading.may_sign_together(locked.parties[side].number, on=on)
        # Whoever has signed the first of two is awaited by a second, whatever changed since.
        last = MOST_SIGNATORIES if shown or together else 1
        found[side] = tuple(range(shown + 1, last + 1))
    return found


def _content(
    locked: Locked, language: Language, at: datetime.datetime, on: datetime.date
) -> FormContent:
    """Gather what the form says."""
    authorisation = locked.authorisation
    numbers = {side: party.number for side, party in locked.parties.items()}
    names = loading.names_of(numbers.values(), language=language)
    seats = addresses.of_enterprises(
        Enterprise.objects.filter(number__in=list(numbers.values())), language=language
    )
    return FormContent(
        language=language,
        reference=authorisation.reference,
        number=_documents.next_number(authorisation),
        parties={
            side: PartyText(number=number.screen, name=names[number], address=seats[number])
            for side, number in numbers.items()
        },
        groups=tuple(row.group.name_in(language.value) for row in locked.mandates),
        period=_period(locked),
        validated={
            side: tuple(
                ShownValidation(
                    person_name=f"{each.given_name} {each.family_name}".strip(),
                    at=each.at,
                    assurance=each.assurance,
                )
                for each in locked.validations
                if each.side is side and each.method is Method.AUTHENTICATION
            )
            for side in Side
        },
        fields=_fields(locked, on),
        made_at=at,
        replaced=tuple(_replaced(locked, language)),
    )


def _replaced(locked: Locked, language: Language) -> Iterator[ReplacedText]:
    """Give what ends by the mandates, or has ended by them."""
    for row in locked.mandates:
        end = row.quarters.start - 1
        older = row.replaces
        if older is None or older.quarters.end not in (None, end):
            continue
        number = loading.number_of(older.mandatary_id)
        yield ReplacedText(
            group=row.group.name_in(language.value),
            mandatary=loading.names_of([number], language=language)[number],
            number=number.screen,
            end=end,
        )


def _period(locked: Locked) -> QuarterPeriod:
    """Give the period for which the authorisation was drawn up, whatever was closed since."""
    first = locked.mandates[0]
    drawn = HistoryEntry.objects.filter(authorisation=locked.authorisation, act=Act.DRAW_UP)
    evidence = drawn.order_by("number").values_list("evidence", flat=True).first() or {}
    end = evidence.get("end")
    return QuarterPeriod(first.quarters.start, Quarter.parse(end) if end else None)
