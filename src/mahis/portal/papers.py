"""Signing as a PDF: the form to download, and what is known of it on every screen about it (C9)."""

import dataclasses

from django.http import HttpRequest

from mahis.domain.documents import DocumentKind
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Language
from mahis.domain.refusals import Refused
from mahis.domain.signing import Method
from mahis.queries.documents import DocumentRow
from mahis.queries.mandate_details import AuthorisationDetails
from mahis.usecases import make_form
from mahis.web import asking, clock, explaining, house_documents

_NOT_MADE = "form_not_made"


@dataclasses.dataclass(frozen=True, kw_only=True)
class SignedFirst:
    """Who signed the form already, for which party."""

    name: str
    party: str
    #: Whether that party is awaited still, as another person has to sign for it too.
    is_half: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Papers:
    """The form that can be signed now, or what has to be said where there is none."""

    #: What is to be downloaded and signed; None where a form has to be made first.
    to_sign: DocumentRow | None
    #: None while nobody has signed in it.
    signed_first: SignedFirst | None
    #: The languages in which a form can be made beside it.
    languages: tuple[Language, ...]
    #: Why the form that was wanted is not there; empty where it is, or none was wanted.
    not_made: str


def make(
    request: HttpRequest,
    reference: AuthorisationReference,
    *,
    version: int,
    language: Language | None,
) -> None:
    """Make the form, in the mandator's language unless told; raises what keeps it from that."""
    make_form.make_form(
        actor=asking.actor(request),
        reference=reference,
        version=version,
        language=language,
        sealer=house_documents.sealer(),
        files=house_documents.files(),
        at=clock.now(),
        on=clock.today(),
    )


def remember_not_made(
    request: HttpRequest, refusal: Refused, *, reference: AuthorisationReference
) -> None:
    """Keep for the next page why the form that was wanted could not be made."""
    request.session[_NOT_MADE] = [str(reference), explaining.text_of(refusal)]


def take_not_made(request: HttpRequest, *, reference: AuthorisationReference) -> str:
    """Say why the form that was wanted could not be made, once; nothing where none was."""
    about, why = request.session.get(_NOT_MADE, ["", ""])
    if about != str(reference):
        return ""
    del request.session[_NOT_MADE]
    return str(why)


def of(
    details: AuthorisationDetails, rows: tuple[DocumentRow, ...], *, not_made: str = ""
) -> Papers:
    """Say which document is to be signed now; `rows` are all of them, the newest first."""
    forms = [row for row in rows if row.is_current]
    signed = _signed_in(forms, rows) if details.awaited else None
    to_sign = signed or next(iter(forms), None)
    there = {form.language for form in forms}
    return Papers(
        to_sign=to_sign,
        signed_first=_signed_first(details) if signed is not None else None,
        languages=() if signed else tuple(each for each in Language if each not in there),
        not_made="" if to_sign else not_made,
    )


def _signed_in(forms: list[DocumentRow], rows: tuple[DocumentRow, ...]) -> DocumentRow | None:
    """Give the newest file in which one party has signed a form that the other can sign too."""
    numbers = {form.number for form in forms}
    signed = (row for row in rows if row.kind is DocumentKind.SIGNED and row.form in numbers)
    return next(signed, None)


def _signed_first(details: AuthorisationDetails) -> SignedFirst | None:
    by_eid = (each for each in details.validations if each.method is Method.EID)
    return next(
        (
            SignedFirst(
                name=each.person_name,
                party=details.party(each.side).name,
                is_half=each.side in details.half_signed,
            )
            for each in by_eid
        ),
        None,
    )
