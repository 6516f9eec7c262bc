"""What is to become of invented authorisations: who draws up what when, and which deeds follow."""

import dataclasses
import datetime
import random
from collections.abc import Iterator, Sequence

from mahis.domain.documents import RejectionReason
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Side

_YEARS_BACK = 3 * 365


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deed:
    """Something done with an authorisation some days after it was drawn up."""

    act: Act
    #: Days since the drawing up; 0: in the same sitting.
    after: int
    #: None: an officer.
    side: Side | None
    #: For a closing: the end quarter, counted from the current one.
    quarters: int = 0
    reason: str = ""
    #: For a rejection: the reason on the office's list.
    rejection: RejectionReason | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plan:
    """One authorisation to be."""

    mandator: EnterpriseNumber
    mandatary: EnterpriseNumber
    drawn_by: Side
    #: How many days before today it is drawn up.
    days_ago: int
    groups: tuple[str, ...]
    #: Start quarter, counted from the one in which it is drawn up.
    starts_in: int
    #: Quarters until the end quarter, counted from the start; None: no end.
    lasts: int | None
    deeds: tuple[Deed, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Casting:
    """The enterprises that plans are made for."""

    employers: tuple[EnterpriseNumber, ...]
    companies: tuple[EnterpriseNumber, ...]
    mandataries: tuple[EnterpriseNumber, ...]
    #: Those that somebody will look at first; each gets one authorisation of every kind.
    leading_employers: tuple[EnterpriseNumber, ...]
    leading_companies: tuple[EnterpriseNumber, ...]
    leading_mandataries: tuple[EnterpriseNumber, ...]


_PAYROLL = ("dimona", "dmfa")
_RISKS = ("asrUnemployment", "asrIndemnities", "asrAccidentsAtWork")
_EMPLOYER_CHOICES = (
    (_PAYROLL, 34),
    ((*_PAYROLL, *_RISKS), 14),
    ((*_PAYROLL, *_RISKS, "temporaryUnemployment", "federalLearningAccount"), 8),
    (("dimona",), 8),
    (("dmfa",), 8),
    (_RISKS, 7),
    (("temporaryUnemployment",), 7),
    (("federalLearningAccount",), 8),
    (("eboxDocumentConsumer",), 6),
)
_COMPANY_CHOICES = (
    (("dimona",), 20),
    (_PAYROLL, 15),
    (("wide",), 15),
    (("eboxDocumentConsumer",), 25),
    (("associationWork",), 15),
    (("eboxPublication",), 10),
)
# Illustrative reasons, as companies might write them: in their own language.
_REFUSALS = (
    "Wij werken al met een ander kantoor.",
    "Le trimestre de début n'est pas le bon.",
    "Das falsche Unternehmen wurde gewählt.",
    "Nous n'avons rien demandé.",
    "Graag alleen Dimona, niet DmfA.",
)
_REJECTIONS = (
    (RejectionReason.SIGNATURE_ILLEGIBLE, "La signature du mandant est illisible."),
    (RejectionReason.CONTENT_DIFFERS, "De kwartalen zijn met de hand gewijzigd."),
)
_OFFICE_CLOSINGS = (
    "Fin de la collaboration notifiée par lettre.",
    "Einde van de samenwerking per brief gemeld.",
)


def of_leading(casting: Casting, dice: random.Random) -> Iterator[Plan]:
    """Give an authorisation of every kind for those that are looked at first."""
    many = len(casting.leading_mandataries)
    for place, mandator in enumerate(casting.leading_employers):
        one, other = (casting.leading_mandataries[(place + shift) % many] for shift in (0, 1))
        yield from _of(_EMPLOYER_SCENES, mandator, one, other, dice)
    for place, mandator in enumerate(casting.leading_companies):
        one, other = (casting.leading_mandataries[(place + shift) % many] for shift in (0, 1))
        yield from _of(_COMPANY_SCENES, mandator, one, other, dice)


def of_many(casting: Casting, dice: random.Random) -> Iterator[Plan]:
    """Give authorisations without end, of all kinds, for everybody else."""
    kinds, shares = zip(*_SHARES.items(), strict=True)
    weights = [1 + 60 // (place + 2) for place in range(len(casting.mandataries))]
    while True:
        is_employer = dice.random() < 0.88 or not casting.companies  # noqa: PLR2004 - a share
        mandator = dice.choice(casting.employers if is_employer else casting.companies)
        mandatary = dice.choices(casting.mandataries, weights)[0]
        choices = _EMPLOYER_CHOICES if is_employer else _COMPANY_CHOICES
        groups = dice.choices([each for each, _ in choices], [share for _, share in choices])[0]
        kind = dice.choices(kinds, shares)[0]
        yield _plan(kind, mandator, mandatary, groups, dice)


_RECENT = frozenset({"pending", "unsigned", "scanned"})
_SHARES = {
    "open": 46,
    "ended": 18,
    "endSet": 6,
    "limited": 4,
    "refused": 5,
    "withdrawn": 4,
    "expired": 4,
    "pending": 5,
    "unsigned": 3,
    "scanned": 1,
    "approved": 2,
    "scanRejected": 1,
    "closedByOffice": 1,
}

# Kind, groups, days ago, drawn by, with which of two mandataries.
_EMPLOYER_SCENES = (
    ("open", _PAYROLL, 700, Side.MANDATOR, 0),
    ("ended", ("temporaryUnemployment",), 650, Side.MANDATARY, 1),
    ("open", ("temporaryUnemployment",), 150, Side.MANDATOR, 0),
    ("endSet", ("asrAccidentsAtWork",), 400, Side.MANDATOR, 1),
    ("pending", ("asrUnemployment", "asrIndemnities"), 12, Side.MANDATARY, 0),
    ("pending", ("federalLearningAccount",), 20, Side.MANDATOR, 1),
    ("unsigned", ("eboxDocumentConsumer",), 6, Side.MANDATOR, 0),
    ("unsigned", ("associationWork",), 9, Side.MANDATARY, 1),
    ("refused", ("eboxPublication",), 150, Side.MANDATARY, 0),
    ("withdrawn", ("eboxPublication",), 240, Side.MANDATOR, 1),
    ("expired", ("federalLearningAccount",), 420, Side.MANDATOR, 0),
    ("scanned", ("eboxDocumentConsumer",), 5, Side.MANDATARY, 1),
)
_COMPANY_SCENES = (
    ("open", ("dimona",), 60, Side.MANDATOR, 0),
    ("open", ("eboxDocumentConsumer",), 500, Side.MANDATOR, 0),
    ("pending", ("wide",), 15, Side.MANDATARY, 1),
    ("pending", ("eboxPublication",), 10, Side.MANDATOR, 1),
    ("unsigned", ("associationWork",), 8, Side.MANDATOR, 1),
    ("ended", ("associationWork",), 800, Side.MANDATOR, 0),
    ("refused", ("eboxPublication",), 130, Side.MANDATARY, 0),
)


def _of(
    scenes: Sequence[tuple[str, tuple[str, ...], int, Side, int]],
    mandator: EnterpriseNumber,
    one: EnterpriseNumber,
    other: EnterpriseNumber,
    dice: random.Random,
) -> Iterator[Plan]:
    for kind, groups, days_ago, drawn_by, which in scenes:
        mandatary = (one, other)[which]
        if mandatary != mandator:
            plan = _plan(kind, mandator, mandatary, groups, dice)
            deeds = _deeds(kind, drawn_by, days_ago, dice)
            yield dataclasses.replace(
                plan, days_ago=days_ago, drawn_by=drawn_by, deeds=deeds, starts_in=0
            )


def _plan(
    kind: str,
    mandator: EnterpriseNumber,
    mandatary: EnterpriseNumber,
    groups: tuple[str, ...],
    dice: random.Random,
) -> Plan:
    recent = kind in _RECENT
    days_ago = dice.randint(2, 80) if recent else dice.randint(30, _YEARS_BACK)
    drawn_by = dice.choice((Side.MANDATOR, Side.MANDATARY, Side.MANDATARY))
    return Plan(
        mandator=mandator,
        mandatary=mandatary,
        drawn_by=drawn_by,
        days_ago=days_ago,
        groups=groups,
        starts_in=dice.choice((0, 0, 1, 1, 2)),
        lasts=dice.randint(1, 8) if kind == "limited" else None,
        deeds=_deeds(kind, drawn_by, days_ago, dice),
    )


def _deeds(kind: str, first: Side, days_ago: int, dice: random.Random) -> tuple[Deed, ...]:
    """Give what follows the drawing up in a kind of life."""
    one = Deed(act=Act.VALIDATE, after=0, side=first)
    days = dice.randint(1, 30)
    two = Deed(act=Act.VALIDATE, after=days, side=first.other)
    scan = Deed(act=Act.UPLOAD_SCAN, after=dice.randint(0, 5), side=first)
    lives: dict[str, tuple[Deed, ...]] = {
        "open": (one, two),
        "limited": (one, two),
        "ended": (one, two, _closing(dice.choice(list(Side)), max(40, days_ago // 2), 0)),
        "endSet": (one, two, _closing(dice.choice(list(Side)), max(35, days_ago - 20), 2)),
        "closedByOffice": (
            one,
            two,
            dataclasses.replace(
                _closing(None, max(40, days_ago // 2), 0), reason=dice.choice(_OFFICE_CLOSINGS)
            ),
        ),
        "refused": (
            one,
            Deed(act=Act.REFUSE, after=days, side=first.other, reason=dice.choice(_REFUSALS)),
        ),
        "withdrawn": (one, Deed(act=Act.WITHDRAW, after=days, side=first)),
        "expired": (one,) if dice.random() < 0.6 else (),  # noqa: PLR2004 - a share
        "pending": (one,),
        "unsigned": (),
        "scanned": (scan,),
        "approved": (scan, Deed(act=Act.APPROVE, after=days, side=None)),
        "scanRejected": (
            scan,
            _rejection(days, *dice.choice(_REJECTIONS)),
        ),
    }
    return lives[kind]


def _closing(side: Side | None, after: int, quarters: int) -> Deed:
    return Deed(act=Act.CLOSE, after=after, side=side, quarters=quarters)


def _rejection(after: int, rejection: RejectionReason, text: str) -> Deed:
    return Deed(act=Act.REJECT, after=after, side=None, reason=text, rejection=rejection)


def drawn_on(plan: Plan, *, on: datetime.date) -> datetime.date:
    """Give the day on which an authorisation is drawn up."""
    return on - datetime.timedelta(days=plan.days_ago)
