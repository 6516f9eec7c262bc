"""Who may sign: the matrix for a legal form, and the people of one's own enterprise (R1, R2)."""

import dataclasses
import datetime
from collections.abc import Iterable

from mahis.domain import representation, trails
from mahis.domain.groups import Validity
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Actor
from mahis.domain.representation import NoPower, Office, SigningPower
from mahis.domain.trails import Step, Trail
from mahis.queries import labels
from mahis.store import loading, models

#: Ways from an enterprise to its people that are followed; more fit no screen.
MOST_WAYS = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class LabelledCode:
    """One code of the register with its label."""

    code: str
    label: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class MatrixView:
    """What one version of the matrix says of one legal form."""

    #: Number of the version.
    number: int
    version: str
    validity: Validity
    #: Whether the version is a made-up one.
    illustrative: bool
    #: None where no form was asked about.
    legal_form: LabelledCode | None
    #: Functions whose holders may sign alone, by label.
    functions: tuple[LabelledCode, ...]
    #: Pairs of functions whose holders may sign together, by label.
    together: tuple[tuple[LabelledCode, LabelledCode], ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class StepView:
    """One function on the way from the enterprise to a person."""

    function: LabelledCode
    enterprise: str
    enterprise_number: EnterpriseNumber
    #: Who holds the function: a person's name or an enterprise's.
    holder: str
    #: Number of the holder where it is an enterprise.
    holder_number: EnterpriseNumber | None
    validity: Validity
    #: What is wrong with it; None: nothing.
    fault: NoPower | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Way:
    """One way from a function in the enterprise to a person, and whether it gives power."""

    steps: tuple[StepView, ...]
    #: Why it gives none; None where it does.
    why_not: NoPower | None
    #: Functions of which another person has to hold one, who signs together; empty: alone.
    partners: tuple[LabelledCode, ...]

    @property
    def may_sign(self) -> bool:
        """Whether it gives power to sign, be it together with another."""
        return self.why_not is None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Representative:
    """One person, or one enterprise behind which nobody is found, with all ways to them."""

    #: The person's name, else the enterprise's.
    name: str
    is_person: bool
    #: Whether this is the person who asks.
    is_me: bool
    #: The best first.
    ways: tuple[Way, ...]

    @property
    def may_sign(self) -> bool:
        """Whether the person may sign, be it together with another."""
        return self.ways[0].may_sign

    @property
    def why_not(self) -> NoPower | None:
        """Why not; None where the person may sign."""
        return self.ways[0].why_not

    @property
    def partners(self) -> tuple[LabelledCode, ...]:
        """Functions of which another has to hold one; empty: the person signs alone, or not."""
        return self.ways[0].partners


@dataclasses.dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether the person who asks may sign, as signing itself will say."""

    may_sign: bool
    #: Whether only together with another.
    with_another: bool
    #: Why not; None where the person may sign.
    why_not: NoPower | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class OwnRepresentatives:
    """The people of one's own enterprise."""

    name: str
    legal_form: LabelledCode
    #: Name of the matrix that decides; empty where none is valid.
    matrix_version: str
    illustrative: bool
    #: What is decided about the person who asks, however many people there are.
    me: Verdict
    #: Those who may sign alone first, then those who sign with another.
    people: tuple[Representative, ...]
    #: Whether there are more ways than could be followed.
    is_cut: bool


def legal_forms(*, language: str, on: datetime.date | None = None) -> tuple[LabelledCode, ...]:
    """Give the legal forms that the matrix valid on a day knows, or any version of it, by label."""
    versions = models.MatrixVersion.objects.all()
    if on is not None:
        versions = versions.filter(loading.in_force(on))
    codes = {form for row in versions for form in _forms(row.to_domain())}
    return _labelled(labels.of_legal_forms(codes=codes, language=language))


def matrix(
    *, legal_form: str | None, on: datetime.date, language: str, version: int | None = None
) -> MatrixView | None:
    """Show who may sign for a legal form by the version of a day, or by another one.

    None where no matrix is valid on the day, or there is no such version.
    """
    row = _valid_matrix(on) if version is None else _version(version)
    if row is None:
        return None
    known = row.to_domain()
    form, pairs = None, []
    if legal_form is not None and legal_form in _forms(known):
        form_labels = labels.of_legal_forms(codes=[legal_form], language=language)
        form = LabelledCode(code=legal_form, label=form_labels[legal_form])
        pairs = [sorted(pair) for of_form, *pair in known.joint if of_form == legal_form]
    alone = {function for of_form, function in known.entries if of_form == legal_form}
    functions = labels.of_codes(
        category=labels.FUNCTION, codes=alone.union(*pairs), language=language
    )
    return MatrixView(
        number=row.pk,
        version=row.name,
        validity=Validity(row.begins, row.ends),
        illustrative=row.illustrative,
        legal_form=form,
        functions=_labelled({code: functions[code] for code in alone}),
        together=tuple(
            sorted(
                (
                    (
                        LabelledCode(code=one, label=functions[one]),
                        LabelledCode(code=other, label=functions[other]),
                    )
                    for one, other in pairs
                ),
                key=lambda pair: [each.label.casefold() for each in pair],
            )
        ),
    )


def own(*, actor: Actor, on: datetime.date, language: str) -> OwnRepresentatives | None:
    """Show the people of the actor's enterprise, and who of them may sign and why or why not.

    A function held by an enterprise is followed to its permanent representatives, step by step.
    Names only: no national number is in the answer. None where the register does not know the
    enterprise.
    """
    enterprise = models.Enterprise.objects.filter(number=actor.enterprise).first()
    if enterprise is None:
        return None
    row = _valid_matrix(on)
    matrix_in_force = None if row is None else row.to_domain()
    offices = loading.offices_around(enterprise.number)
    form = enterprise.form_for_matrix
    found, is_cut = _trails(enterprise.number, form, offices, matrix_in_force, on)
    scene = _Scene(
        actor=actor,
        matrix=matrix_in_force,
        functions=labels.of_codes(
            category=labels.FUNCTION,
            codes={each.function for each in offices}.union(*(each.partners for each in found)),
            language=language,
        ),
        persons=_person_names(offices),
        enterprises=loading.names_of(
            {enterprise.number, *(each.holder for each in offices if each.holder is not None)},
            language=labels.language_of(language),
        ),
    )
    form_labels = labels.of_legal_forms(codes=[form], language=language)
    return OwnRepresentatives(
        name=scene.enterprises[enterprise.number],
        legal_form=LabelledCode(code=form, label=form_labels[form]),
        matrix_version="" if row is None else row.name,
        illustrative=row is not None and row.illustrative,
        me=_verdict(
            representation.signing_power(
                person=actor.person.insz,
                enterprise=enterprise.number,
                legal_form=form,
                offices=offices,
                matrix=matrix_in_force,
                on=on,
            )
        ),
        people=scene.people(found),
        is_cut=is_cut,
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Scene:
    """What ways to people are shown with."""

    actor: Actor
    matrix: representation.Matrix | None
    functions: dict[str, str]
    persons: dict[Insz, str]
    enterprises: dict[EnterpriseNumber, str]

    def people(self, found: Iterable[Trail]) -> tuple[Representative, ...]:
        """Gather the ways by the person at their end, or by the enterprise that they end at."""
        by_end: dict[Insz | EnterpriseNumber, list[Trail]] = {}
        for trail in found:
            last = trail.steps[-1].office
            end = last.person or last.holder
            assert end is not None
            by_end.setdefault(end, []).append(trail)
        people = (self._representative(end, ways) for end, ways in by_end.items())
        return tuple(sorted(people, key=_place_in_list))

    def _representative(
        self, end: Insz | EnterpriseNumber, found: Iterable[Trail]
    ) -> Representative:
        ways = sorted(map(self._way, found), key=_place_of_way)
        is_person = isinstance(end, Insz)
        return Representative(
            name=self.persons[end] if isinstance(end, Insz) else self.enterprises[end],
            is_person=is_person,
            is_me=is_person and end == self.actor.person.insz,
            ways=tuple(ways),
        )

    def _way(self, trail: Trail) -> Way:
        return Way(
            steps=tuple(map(self._step, trail.steps)),
            why_not=trail.why_not,
            partners=_labelled({code: self.functions[code] for code in trail.partners}),
        )

    def _step(self, step: Step) -> StepView:
        office = step.office
        return StepView(
            function=LabelledCode(code=office.function, label=self.functions[office.function]),
            enterprise=self.enterprises[office.enterprise],
            enterprise_number=office.enterprise,
            holder=self.persons[office.person]
            if office.person is not None
            else self.enterprises[_holder(office)],
            holder_number=office.holder,
            validity=office.validity,
            fault=step.fault,
        )


def _trails(
    enterprise: EnterpriseNumber,
    legal_form: str,
    offices: tuple[Office, ...],
    matrix: representation.Matrix | None,
    on: datetime.date,
) -> tuple[tuple[Trail, ...], bool]:
    """Give the ways to people; without a matrix only the functions in the enterprise itself.

    It is the matrix that says who represents an enterprise.
    """
    if matrix is None:
        own_offices = [each for each in offices if each.enterprise == enterprise]
        steps = [Step(office=each, fault=NoPower.NO_MATRIX) for each in own_offices]
        return tuple(Trail(steps=(step,)) for step in steps[:MOST_WAYS]), len(steps) > MOST_WAYS
    scene = trails.Scene(legal_form=legal_form, offices=offices, matrix=matrix, on=on)
    return trails.trails_in(enterprise=enterprise, scene=scene, most=MOST_WAYS)


def _verdict(power: SigningPower) -> Verdict:
    return Verdict(may_sign=power.granted, with_another=bool(power.joint), why_not=power.why_not)


def _holder(office: Office) -> EnterpriseNumber:
    assert office.holder is not None
    return office.holder


def _forms(matrix: representation.Matrix) -> frozenset[str]:
    """Give the legal forms that a matrix says something of."""
    return frozenset({form for form, _ in matrix.entries} | {form for form, *_ in matrix.joint})


def _valid_matrix(on: datetime.date) -> models.MatrixVersion | None:
    """Give the version that decides on a day: of several, the one that began last."""
    valid = models.MatrixVersion.objects.filter(loading.in_force(on))
    return valid.order_by("-begins", "-pk").first()


def _version(number: int) -> models.MatrixVersion | None:
    return models.MatrixVersion.objects.filter(pk=number).first()


def _person_names(offices: Iterable[Office]) -> dict[Insz, str]:
    persons = {each.person for each in offices if each.person is not None}
    rows = models.Office.objects.filter(person__in=persons).order_by("id")
    return {row.person: f"{row.given_name} {row.family_name}".strip() for row in rows}


def _labelled(labels_by_code: dict[str, str]) -> tuple[LabelledCode, ...]:
    ordered = sorted(labels_by_code.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    return tuple(LabelledCode(code=code, label=label) for code, label in ordered)


#: From the nearest to signing to the furthest.
_NEAREST = (
    NoPower.FUNCTION_NOT_IN_MATRIX,
    NoPower.FUNCTION_NOT_BEGUN,
    NoPower.FUNCTION_ENDED,
    NoPower.CHAIN_HAS_LOOP,
    NoPower.NO_FUNCTION,
    NoPower.NO_MATRIX,
)


def _place_of_way(way: Way) -> tuple[bool, bool, int, str]:
    """Put the way that gives most first, and what comes nearest to signing before the rest."""
    nearest = 0 if way.why_not is None else _NEAREST.index(way.why_not)
    return (not way.may_sign, bool(way.partners), nearest, way.steps[0].function.label.casefold())


def _place_in_list(each: Representative) -> tuple[bool, bool, bool, str]:
    return (not each.may_sign, bool(each.partners), not each.is_person, each.name.casefold())
