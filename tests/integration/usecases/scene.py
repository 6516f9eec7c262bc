"""A small stage for use cases: enterprises, people with functions, groups, and a day."""

import dataclasses
import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mahis.domain.conditions import Limits
from mahis.domain.groups import Branch
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Capacity, Person, ProviderStatus, Quality, Role, Side
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.queries import history
from mahis.store import models
from mahis.usecases import draw_up, sign

DAY = datetime.date(2026, 11, 23)
LIMITS = Limits()
MANAGER_FUNCTION = "10002"
LEGAL_FORM = "610"


def moment(day: datetime.date = DAY, minute: int = 0) -> datetime.datetime:
    """Give an aware moment on a day."""
    return datetime.datetime(
        day.year, day.month, day.day, 10, minute, tzinfo=ZoneInfo("Europe/Brussels")
    )


def enterprise_number(seed: int) -> EnterpriseNumber:
    """Make a valid number from a small one."""
    base = 7_000_000 + seed
    return EnterpriseNumber(f"{base:08d}{97 - base % 97:02d}")


def insz(seed: int) -> Insz:
    """Make a valid national number of an invented person from a small one."""
    base = f"70{seed // 997 % 12 + 1:02d}01{seed % 997 + 1:03d}"
    return Insz(f"{base}{97 - int(base) % 97:02d}")


def an_enterprise(
    seed: int, *, name: str, ceased_on: datetime.date | None = None
) -> EnterpriseNumber:
    """Write an enterprise with a name."""
    number = enterprise_number(seed)
    models.Enterprise.objects.create(
        number=number,
        kind="2",
        legal_form=LEGAL_FORM,
        begins=datetime.date(2000, 1, 1),
        ceased_on=ceased_on,
    )
    models.EnterpriseName.objects.create(
        entity=number.as_int, language="1", kind="001", name=name, folded=name.lower()
    )
    return number


def somebody(
    seed: int,
    *,
    enterprise: EnterpriseNumber,
    quality: Quality,
    role: Role = Role.MANAGE,
    may_sign: bool = True,
) -> Actor:
    """Write a person with or without a function, and give them as an actor."""
    person = Person(insz=insz(seed), given_name="Given", family_name=f"Family{seed}")
    if may_sign:
        models.Office.objects.create(
            enterprise=enterprise,
            function=MANAGER_FUNCTION,
            person=person.insz,
            given_name=person.given_name,
            family_name=person.family_name,
            begins=datetime.date(2001, 1, 1),
        )
    return Actor(
        person=person,
        capacity=Capacity(enterprise=enterprise, quality=quality, role=role),
        assurance="urn:be:fedict:iam:fas:Level500",
    )


def a_group(code: str, *, single: bool = False, employers_only: bool = False) -> None:
    """Write an application group."""
    models.ApplicationGroup.objects.create(
        code=code,
        branch=Branch.SOCIAL_SECURITY,
        single_mandatary=single,
        employers_only=employers_only,
        name_fr=code,
        name_nl=code,
        name_de=code,
        name_en=code,
        begins=datetime.date(2000, 1, 1),
    )


@dataclasses.dataclass
class Scene:
    """Two parties with their people, and three groups: single, several, employers only."""

    client: EnterpriseNumber
    provider: EnterpriseNumber
    director: Actor
    accountant: Actor
    officer: Actor

    @property
    def clerk(self) -> Actor:
        """Somebody of the client who manages mandates but holds no function."""
        return somebody(
            71, enterprise=self.client, quality=Quality.COMPANY_WITHOUT_STAFF, may_sign=False
        )

    def draw(
        self,
        *groups: str,
        actor: Actor | None = None,
        other: EnterpriseNumber | None = None,
        signing: bool = False,
        start: str = "1/2027",
        end: str | None = None,
        on: datetime.date = DAY,
        limits: Limits = LIMITS,
        **more: Any,
    ) -> AuthorisationReference:
        """Draw up as the client's director unless told otherwise."""
        return draw_up.draw_up(
            actor=actor or self.director,
            draft_id=more.get("draft_id"),
            wanted=draw_up.Wanted(
                other_party=other or self.provider,
                groups=groups or ("several",),
                period=QuarterPeriod(Quarter.parse(start), Quarter.parse(end) if end else None),
                replaces=more.get("replaces", {}),
            ),
            signing=signing,
            limits=limits,
            at=moment(on),
            on=on,
        )

    def sign(
        self,
        reference: AuthorisationReference,
        actor: Actor,
        *,
        version: int | None = None,
        on: datetime.date = DAY,
    ) -> None:
        """Sign by authentication, from a page made just now unless told otherwise."""
        sign.sign(
            actor=actor,
            reference=reference,
            version=version or self.row(reference).version,
            limits=LIMITS,
            at=moment(on, 5),
            on=on,
        )

    def active(self, *groups: str, start: str = "1/2027", **more: Any) -> AuthorisationReference:
        """Draw up and sign by both parties."""
        reference = self.draw(*groups, signing=True, start=start, **more)
        self.sign(reference, self.accountant, on=more.get("on", DAY))
        return reference

    @staticmethod
    def row(reference: AuthorisationReference) -> models.Authorisation:
        """Read the authorisation anew."""
        return models.Authorisation.objects.get(pk=reference.number)

    @staticmethod
    def states(reference: AuthorisationReference) -> list[str]:
        """Give the recorded states in the order of places."""
        rows = models.Mandate.objects.filter(authorisation_id=reference.number).order_by("place")
        return [row.state.value for row in rows]

    def chain_holds(self, reference: AuthorisationReference) -> bool:
        """Say whether the history is unbroken, and all of it can be read."""
        shown = history.of_authorisation(actor=self.officer, reference=reference, language="en")
        assert shown is not None
        return shown.chain_holds and not any(line.evidence.unreadable for line in shown.lines)

    def become_employer(self, begins: datetime.date = DAY) -> None:
        """Register the client as an employer."""
        models.Employer.objects.create(enterprise=self.client, nsso_number=100006, begins=begins)


def set_up() -> Scene:
    """Write the stage."""
    client = an_enterprise(1, name="Client SRL")
    provider = an_enterprise(2, name="Provider BV")
    office = an_enterprise(3, name="Office")
    models.Provider.objects.create(
        enterprise=provider, status=ProviderStatus.ACTIVE, begins=datetime.date(2010, 1, 1)
    )
    models.MatrixVersion.objects.create(
        name="test", begins=datetime.date(2000, 1, 1), entries=[f"{LEGAL_FORM}:{MANAGER_FUNCTION}"]
    )
    a_group("single", single=True)
    a_group("several")
    a_group("employers", employers_only=True)
    return Scene(
        client=client,
        provider=provider,
        director=somebody(1, enterprise=client, quality=Quality.COMPANY_WITHOUT_STAFF),
        accountant=somebody(2, enterprise=provider, quality=Quality.SERVICE_PROVIDER),
        officer=somebody(3, enterprise=office, quality=Quality.NSSO_OFFICER, may_sign=False),
    )


def another_provider(seed: int) -> tuple[EnterpriseNumber, Actor]:
    """Write one more provider with somebody who may sign for it."""
    number = an_enterprise(seed, name=f"Provider {seed}")
    models.Provider.objects.create(
        enterprise=number, status=ProviderStatus.ACTIVE, begins=datetime.date(2010, 1, 1)
    )
    return number, somebody(seed, enterprise=number, quality=Quality.SERVICE_PROVIDER)


__all__ = ["DAY", "LIMITS", "Scene", "Side", "another_provider", "moment", "set_up", "somebody"]
