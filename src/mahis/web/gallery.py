"""All components on one page, to look at and to check; not there in production."""

import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mahis.domain.groups import Branch
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import State
from mahis.domain.parties import (
    ActivityPeriod,
    Capacity,
    Language,
    ProviderStatus,
    Quality,
    Role,
    Side,
)
from mahis.domain.quarters import Quarter, QuarterPeriod
from mahis.queries.cards import PartyCard
from mahis.queries.groups import BranchOfGroups, GroupChoice
from mahis.usecases.meanwhile import Happened
from mahis.web import access, clock, frame, icons, menu, words

_MANDATOR = PartyCard(
    number=EnterpriseNumber("0123456749"),
    name="Bakkerij De Korenbloem",
    address=("Stationsstraat 12 bus 3", "2800 Mechelen"),
    legal_form="Besloten vennootschap",
    activity=ActivityPeriod(datetime.date(2015, 4, 1)),
    is_employer=True,
    provider=ProviderStatus.NONE,
    language=Language.DUTCH,
)
_MANDATARY = PartyCard(
    number=EnterpriseNumber("0400000086"),
    name="Comptabilité et Gestion Sociale du Brabant Wallon et Environs",
    address=("Avenue des Tilleuls 148 bte 2", "1300 Wavre"),
    legal_form="Société à responsabilité limitée",
    activity=ActivityPeriod(datetime.date(2001, 1, 1), datetime.date(2029, 6, 30)),
    is_employer=True,
    provider=ProviderStatus.ACTIVE,
    language=Language.FRENCH,
)


class _Form(forms.Form):
    """One field of each kind."""

    other_party = forms.CharField(label="Mandatary", help_text="Its number, or a part of its name")
    number = forms.CharField(label="Enterprise number")
    start = forms.CharField(label="Start quarter", help_text="For example 1/2027")
    end = forms.CharField(label="End quarter (optional)")
    groups = forms.Field(label="Application groups")
    states = forms.Field(label="Status")
    role = forms.Field(label="Role")
    language = forms.Field(label="Language")
    reason = forms.CharField(label="Reason")


def _form() -> _Form:
    current = Quarter.containing(clock.today())
    form = _Form(
        {
            "other_party": "comptabilité",
            "number": "0123.456.748",
            "start": (current + 1).screen,
            "end": "5/2027",
            "groups": ["dimona"],
            "states": ["active", "closed"],
            "role": "manage",
            "language": "nl",
            "reason": "Nous changeons de secrétariat social.",
        }
    )
    form.full_clean()
    form.add_error("number", "The check digits do not fit this number.")
    form.add_error("end", "There is no such quarter. Quarters are 1 to 4, as in 1/2027.")
    return form


def _branches() -> tuple[BranchOfGroups, ...]:
    def group(code: str, name: str, *, single: bool, employers: bool) -> GroupChoice:
        return GroupChoice(
            code=code, name=name, single_mandatary=single, employers_only=employers, applications=()
        )

    return (
        BranchOfGroups(
            branch=Branch.SOCIAL_SECURITY,
            groups=(
                group("dimona", "Dimona", single=True, employers=False),
                group("dmfa", "DmfA", single=True, employers=True),
            ),
        ),
        BranchOfGroups(
            branch=Branch.OTHER,
            groups=(group("ebox", "e-Box documents", single=False, employers=False),),
        ),
    )


def _rows(current: Quarter) -> list[dict[str, object]]:
    return [
        {
            "reference": f"2026-{number:07d}/{number % 3 + 1}",
            "mandator": _MANDATOR,
            "mandatary": _MANDATARY,
            "group": "Dimona",
            "period": QuarterPeriod(current, current + number if number % 2 else None),
            "state": state,
        }
        for number, state in enumerate(State, start=1)
    ]


def _happened(at: datetime.datetime) -> tuple[Happened, ...]:
    """Give an act of a party and one of the office."""
    return (
        Happened(
            act=Act.VALIDATE,
            kind=Kind.PARTY,
            at=at,
            side=Side.MANDATARY,
            enterprise=_MANDATARY.name,
        ),
        Happened(act=Act.CLOSE, kind=Kind.OFFICER, at=at, side=None, enterprise=""),
    )


@access.open_to_everyone
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, in the frame of somebody who is logged in."""
    at = clock.now()
    current = Quarter.containing(clock.today())
    context = {
        "frame": frame.Frame(
            person=None,
            capacity=Capacity(
                enterprise=_MANDATOR.number, quality=Quality.NSSO_EMPLOYER, role=Role.MANAGE
            ),
            enterprise_name=_MANDATOR.name,
            languages=frame.languages(),
            here=request.get_full_path(),
            home="/",
        ),
        "menu": (
            menu.Section(
                title="Mandates",
                entries=(
                    menu.Entry(label="Create", address="/gallery/create/"),
                    menu.Entry(label="Search", address="/gallery/"),
                ),
            ),
            menu.Section(
                title="Representatives",
                entries=(menu.Entry(label="Matrix", address="/gallery/matrix/"),),
            ),
        ),
        "form": _form(),
        "branches": _branches(),
        "states": tuple(State),
        "roles": tuple((role.value, words.of(role)) for role in Role),
        "languages": (("fr", "Français"), ("nl", "Nederlands")),
        "mandator": _MANDATOR,
        "mandatary": _MANDATARY,
        "period": QuarterPeriod(current, current + 3),
        "rows": _rows(current),
        "happened": _happened(at),
        "icons": sorted(icons.NAMES),
        "current": current,
        "at": at,
    }
    return render(request, "web/gallery/gallery.html", context)


gallery_urlpatterns = [path("gallery/", gallery, name="gallery")]
