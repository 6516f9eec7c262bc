"""The documents of an authorisation as the rules know them."""

from collections.abc import Iterable

from mahis.domain import documents
from mahis.domain.documents import DocumentKind, SealedForm
from mahis.domain.parties import Side
from mahis.domain.signing import Method
from mahis.store.models import Authorisation, AuthorisationDocument, Validation


def sealed_forms(authorisation: Authorisation) -> tuple[SealedForm, ...]:
    """Give every form that was made for an authorisation."""
    rows = AuthorisationDocument.objects.filter(authorisation=authorisation, kind=DocumentKind.FORM)
    return tuple(row.to_sealed_form() for row in rows.order_by("number"))


def current_forms(
    authorisation: Authorisation, *, authenticated: tuple[Side, ...]
) -> tuple[SealedForm, ...]:
    """Give the forms that can be signed now, the newest first."""
    rows = AuthorisationDocument.objects.filter(
        authorisation=authorisation, kind__in=[DocumentKind.FORM, DocumentKind.SIGNED]
    )
    found = list(rows.select_related("form"))
    return documents.current_forms(
        tuple(row.to_sealed_form() for row in found if row.kind is DocumentKind.FORM),
        authenticated=authenticated,
        signed_in=frozenset(row.form.number for row in found if row.form is not None),
    )


def signed_in(authorisation: Authorisation) -> frozenset[int]:
    """Give the number of the form in which somebody has signed, if anybody has."""
    rows = AuthorisationDocument.objects.filter(
        authorisation=authorisation, kind=DocumentKind.SIGNED
    )
    return frozenset(rows.values_list("form__number", flat=True))


def scan_of(authorisation: Authorisation) -> AuthorisationDocument | None:
    """Give the scan that the office judges; None where there is none."""
    rows = AuthorisationDocument.objects.filter(authorisation=authorisation, kind=DocumentKind.SCAN)
    return rows.order_by("-number").first()


def forms_of_others(authorisation: Authorisation, *, sha256: str) -> frozenset[str]:
    """Give a digest back where it is that of a form of another authorisation."""
    rows = AuthorisationDocument.objects.filter(kind=DocumentKind.FORM, document_id=sha256)
    known = rows.exclude(authorisation=authorisation).exists()
    return frozenset({sha256}) if known else frozenset()


def authenticated(validations: Iterable[Validation]) -> tuple[Side, ...]:
    """Give the side of each validation by authentication, as the forms keep what they show."""
    sides = [each.side for each in validations if each.method is Method.AUTHENTICATION]
    return tuple(side for side in Side for _ in range(sides.count(side)))


def only_authenticated(validations: Iterable[Validation]) -> bool:
    """Say whether both parties have validated, and everybody by authentication."""
    rows = list(validations)
    signed = {each.side for each in rows if each.completes}
    return signed == set(Side) and all(each.method is Method.AUTHENTICATION for each in rows)
