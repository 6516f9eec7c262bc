"""What a form of an authorisation says, and by what it is known."""

import dataclasses
import datetime
from collections.abc import Mapping

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Language, Side
from mahis.domain.quarters import Quarter, QuarterPeriod


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
class ReplacedText:
    """A mandate of another that ends by this authorisation."""

    #: Name of the group, in the language of the form.
    group: str
    #: Name and number of the mandatary who has it until then.
    mandatary: str
    number: str
    #: The last quarter of that mandate.
    end: Quarter


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
    #: The validations by authentication of each party, at most two.
    validated: Mapping[Side, tuple[ShownValidation, ...]]
    made_at: datetime.datetime
    #: What ends by it once both parties have signed.
    replaced: tuple[ReplacedText, ...] = ()
    #: The places of a party's signature fields, where it is not the first place alone: 1 and 2
    #: where two persons may have to sign; 2 where the first of them has validated.
    fields: Mapping[Side, tuple[int, ...]] = dataclasses.field(default_factory=dict)

    def places(self, side: Side) -> tuple[int, ...]:
        """Give the places of the signature fields of a party that signs in the form."""
        return self.fields.get(side, (1,))

    @property
    def signatories(self) -> int:
        """For how many signatories of a party there is room, one above the other."""
        return max((place for side in self.fields for place in self.places(side)), default=1)


def describe(content: FormContent) -> str:
    """Give the keyword by which a form is known: `Mahis 2026-0001234 form 3`.

    It stands in the document information and in the metadata, the same in each language.
    """
    return f"Mahis {content.reference} form {content.number}"
