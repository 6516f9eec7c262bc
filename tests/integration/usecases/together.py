"""The stage with a client for which two have to sign: its director together with its chair."""

import dataclasses
import datetime
from typing import Any

from mahis.domain.parties import Actor, Person, Quality, Side
from mahis.domain.signature_evidence import field_of
from mahis.store import models
from tests.integration.usecases import scene
from tests.integration.usecases.scene import Scene, moment
from tests.pki import pki

FORM, DIRECTOR, CHAIR = "026", scene.MANAGER_FUNCTION, "10008"


@dataclasses.dataclass
class TogetherScene(Scene):
    """The stage, with the chair of the client."""

    chair: Actor = dataclasses.field(kw_only=True)

    def office(self, actor: Actor, function: str) -> None:
        """Give somebody one more function in the client."""
        models.Office.objects.create(
            enterprise=self.client,
            function=function,
            person=actor.person.insz,
            given_name=actor.person.given_name,
            family_name=actor.person.family_name,
            begins=datetime.date(2001, 1, 1),
        )

    def another(self, seed: int, function: str) -> Actor:
        """Give somebody else of the client, with a function."""
        actor = scene.somebody(
            seed,
            enterprise=self.client,
            quality=Quality.COMPANY_WITHOUT_STAFF,
            may_sign=False,
        )
        self.office(actor, function)
        return actor


def set_up() -> TogetherScene:
    """Write the stage."""
    usual = scene.set_up()
    models.Enterprise.objects.filter(number=usual.client).update(legal_form=FORM)
    models.MatrixVersion.objects.update(joint=[f"{FORM}:{DIRECTOR}+{CHAIR}"])
    chair = scene.somebody(
        50, enterprise=usual.client, quality=Quality.COMPANY_WITHOUT_STAFF, may_sign=False
    )
    found = TogetherScene(
        **{each.name: getattr(usual, each.name) for each in dataclasses.fields(usual)},
        chair=chair,
    )
    found.office(chair, CHAIR)
    return found


def signed(pdf: bytes, side: Side, *, by: Actor, place: int = 1, **more: Any) -> bytes:
    """Sign in one of the fields of a party with the card of somebody of the stage."""
    person: Person = by.person
    card = pki().person(person.insz, person.given_name, person.family_name, kind="citizen")
    field = field_of(side, place=place)
    return pki().sign(pdf, field=field, by=card, at=moment(minute=1), **more)
