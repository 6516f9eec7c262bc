"""What a form of an authorisation says, and by what it is known."""

import dataclasses
import datetime
from collections.abc import Mapping

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Language, Side
from mahis.domain.quarters import QuarterPeriod


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyText:
    """A party as the form shows it."""

    #: Enterprise number as screens show it: `0123.456.749`.
    number: str
    name: str
    address: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ShownValidation:
    """A validation by authentication that was given before the form was made."""

    person_name: str
    at: datetime.datetime
    #: Assurance level of the login as the identity provider names it (`acr`).
    assurance: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class FormContent:
    """Everything that a form says; the same content always gives the same form."""

    language: Language
    reference: AuthorisationReference
    #: Number of the form among the documents of its authorisation.
    number: int
    parties: Mapping[Side, PartyText]
    #: Names of the groups, in the language of the form.
    groups: tuple[str, ...]
    period: QuarterPeriod
    validated: Mapping[Side, ShownValidation]
    made_at: datetime.datetime


def describe(content: FormContent) -> str:
    """Give the keyword by which a form is known: `Mahis 2026-0001234 form 3`.

    It stands in the document information and in the metadata, the same in each language.
    """
    return f"Mahis {content.reference} form {content.number}"
