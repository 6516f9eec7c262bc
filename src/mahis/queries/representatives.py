"""Who may sign: the matrix for a legal form, and the offices of one's own enterprise (R1, R2)."""

import dataclasses
import datetime
from collections.abc import Iterable

from mahis.domain import representation
from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Actor
from mahis.domain.representation import NoPower, Office, SigningPower
from mahis.queries import labels
from mahis.store import loading, models


@dataclasses.dataclass(frozen=True, kw_only=True)
class LabelledCode:
    """One code of the register with its label."""

    code: str
    label: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class MatrixView:
    """What one version of the matrix says of one legal form."""

    version: str
    validity: Validity
    #: Whether the version is a made-up one.
    illustrative: bool
    #: None where no form was asked about.
    legal_form: LabelledCode | None
    #: Functions that may sign for the form, by label; empty: none may.
    functions: tuple[LabelledCode, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Representative:
    """One function in the enterprise, and one person in whose hands it ends."""

    function: LabelledCode
    #: Who holds the function: a person's name or an enterprise's.
    holder: str
    #: Number of the holder where it is an enterprise.
    holder_number: EnterpriseNumber | None
    #: The person who acts in the end; empty where none is found behind an enterprise.
    person_name: str
    #: Names of the enterprises between the function and the person.
    through: tuple[str, ...]
    validity: Validity
    in_force: bool
    may_sign: bool
    #: Why not; None where the person may sign.
    why_not: NoPower | None
    #: Whether this is the person who asks.
    is_me: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnRepresentatives:
    """The functions of one's own enterprise."""

    legal_form: LabelledCode
    #: Name of the matrix that decides; empty where none is valid.
    matrix_version: str
    illustrative: bool
    #: Functions in force first, those that may sign before the others.
    lines: tuple[Representative, ...]


def legal_forms(*, language: str, on: datetime.date | None = None) -> tuple[LabelledCode, ...]:
    """Give the legal forms that the matrix valid on a day knows, or any version of it, by label."""
    versions = models.MatrixVersion.objects.all()
    if on is not None:
        versions = versions.filter(loading.in_force(on))
    codes = {form for row in versions for form, _ in row.to_domain().entries}
    return _labelled(labels.of_legal_forms(codes=codes, language=language))


def matrix(*, legal_form: str | None, on: datetime.date, language: str) -> MatrixView | None:
    """Show the functions that may sign for a legal form on a day; None where no matrix is valid."""
    row = _valid_matrix(on)
    if row is None:
        return None
    entries = row.to_domain().entries
    form = None
    if legal_form is not None and any(known == legal_form for known, _ in entries):
        form_labels = labels.of_legal_forms(codes=[legal_form], language=language)
        form = LabelledCode(code=legal_form, label=form_labels[legal_form])
    functions = labels.of_codes(
        category=labels.FUNCTION,
        codes={function for known, function in entries if known == legal_form},
        language=language,
    )
    return MatrixView(
        version=row.name,
        validity=Validity(row.begins, row.ends),
        illustrative=row.illustrative,
        legal_form=form,
        functions=_labelled(functions),
    )


def own(*, actor: Actor, on: datetime.date, language: str) -> OwnRepresentatives | None:
    """Show the functions in the actor's enterprise, and who of their holders may sign and why.

    A function held by an enterprise is followed to its permanent representatives. Names only:
    no national number is in the answer. None where the register does not know the enterprise.
    """
    enterprise = models.Enterprise.objects.filter(number=actor.enterprise).first()
    if enterprise is None:
        return None
    row = _valid_matrix(on)
    offices = loading.offices_around(enterprise.number)
    form = enterprise.form_for_matrix
    scene = _Scene(
        actor=actor,
        on=on,
        legal_form=form,
        matrix=None if row is None else row.to_domain(),
        elsewhere=tuple(each for each in offices if each.enterprise != enterprise.number),
        functions=labels.of_codes(
            category=labels.FUNCTION, codes={each.function for each in offices}, language=language
        ),
        persons=_person_names(offices),
        enterprises=loading.names_of(
            {each.holder for each in offices if each.holder is not None},
            language=labels.language_of(language),
        ),
    )
    lines = [
        line for each in offices if each.enterprise == enterprise.number for line in scene.of(each)
    ]
    form_labels = labels.of_legal_forms(codes=[form], language=language)
    return OwnRepresentatives(
        legal_form=LabelledCode(code=form, label=form_labels[form]),
        matrix_version="" if row is None else row.name,
        illustrative=row is not None and row.illustrative,
        lines=tuple(sorted(lines, key=_place_in_list)),
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Scene:
    """What the lines of an enterprise's functions are made with."""

    actor: Actor
    on: datetime.date
    legal_form: str
    matrix: representation.Matrix | None
    #: Offices in the enterprises that hold offices here, however far away.
    elsewhere: tuple[Office, ...]
    functions: dict[str, str]
    persons: dict[Insz, str]
    enterprises: dict[EnterpriseNumber, str]

    def of(self, office: Office) -> list[Representative]:
        """Give a line for each person in whose hands an office ends, or one without a person."""
        if office.person is not None:
            return [self._line(office, office.person, self._power(office, office.person))]
        if self.matrix is None:
            # It is the matrix that says who represents an enterprise.
            return [self._line(office, None, SigningPower(why_not=NoPower.NO_MATRIX))]
        behind = {each.person: each for each in self.elsewhere if each.person is not None}
        powers = {person: self._power(office, person) for person in behind}
        reached = [
            self._line(office, person, power)
            for person, power in powers.items()
            if power.why_not not in _NOT_REACHED
        ]
        loops = any(power.why_not is NoPower.CHAIN_HAS_LOOP for power in powers.values())
        why_not = NoPower.CHAIN_HAS_LOOP if loops else NoPower.NO_FUNCTION
        return reached or [self._line(office, None, SigningPower(why_not=why_not))]

    def _power(self, office: Office, person: Insz) -> SigningPower:
        """Say whether a person may sign by this one office."""
        return representation.signing_power(
            person=person,
            enterprise=office.enterprise,
            legal_form=self.legal_form,
            offices=(office, *self.elsewhere),
            matrix=self.matrix,
            on=self.on,
        )

    def _line(self, office: Office, person: Insz | None, power: SigningPower) -> Representative:
        name = "" if person is None else self.persons[person]
        through = [each.enterprise for each in power.chain[1:]]
        if office.holder is not None and not through:
            through = [office.holder]
        return Representative(
            function=LabelledCode(code=office.function, label=self.functions[office.function]),
            holder=name if office.holder is None else self.enterprises[office.holder],
            holder_number=office.holder,
            person_name=name,
            through=tuple(self.enterprises[number] for number in through),
            validity=office.validity,
            in_force=self.on in office.validity,
            may_sign=power.granted,
            why_not=power.why_not,
            is_me=person == self.actor.person.insz,
        )


#: Answers for a person to whom a function held by an enterprise does not lead.
_NOT_REACHED = frozenset({NoPower.NO_FUNCTION, NoPower.CHAIN_HAS_LOOP})


def _valid_matrix(on: datetime.date) -> models.MatrixVersion | None:
    """Give the version that decides on a day: of several, the one that began last."""
    return models.MatrixVersion.objects.filter(loading.in_force(on)).order_by("-begins").first()


def _person_names(offices: Iterable[Office]) -> dict[Insz, str]:
    persons = {each.person for each in offices if each.person is not None}
    rows = models.Office.objects.filter(person__in=persons).order_by("id")
    return {row.person: f"{row.given_name} {row.family_name}".strip() for row in rows}


def _labelled(labels_by_code: dict[str, str]) -> tuple[LabelledCode, ...]:
    ordered = sorted(labels_by_code.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return tuple(LabelledCode(code=code, label=label) for code, label in ordered)


def _place_in_list(line: Representative) -> tuple[bool, bool, str, str]:
    return (
        not line.in_force,
        not line.may_sign,
        line.function.label.casefold(),
        line.person_name.casefold(),
    )
