"""What every page of the portal gets: the menu at the left, and whether the person manages."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mahis.domain.parties import Capacity, Quality, Role, Side
from mahis.web import asking
from mahis.web.menu import Entry, Section


def menu(request: HttpRequest) -> dict[str, object]:
    """Give templates the menu of companies and providers; nothing where somebody else asks."""
    capacity = asking.capacity(request)
    if capacity is None or capacity.quality is Quality.NSSO_OFFICER:
        return {}
    manages = capacity.role is Role.MANAGE
    return {"menu": sections(capacity), "manages": manages}


def sections(capacity: Capacity) -> tuple[Section, ...]:
    """Give the sections of the menu for a capacity."""
    create = Entry(label=_("Draw up"), address=reverse("portal:new"))
    search = Entry(label=_("Search"), address=reverse("portal:search"))
    notices = Entry(label=_("Notices"), address=reverse("portal:notices"))
    looking = (search, notices)
    mandates = (create, *looking) if capacity.role is Role.MANAGE else looking
    if capacity.side is Side.MANDATARY:
        mandates = (*mandates, Entry(label=_("Delegations"), address=reverse("portal:delegations")))
    always = (
        Section(title=_("Mandates"), entries=mandates),
        Section(
            title=_("Representatives"),
            entries=(
                Entry(
                    label=_("Who may sign for us"), address=reverse("portal:own_representatives")
                ),
                Entry(label=_("Matrix by legal form"), address=reverse("portal:matrix")),
            ),
        ),
    )
    # A provider is identified already; whether a company can be is judged on the page itself.
    if capacity.quality is Quality.SERVICE_PROVIDER:
        return (*always, _provider())
    return always if capacity.side is Side.MANDATARY else (*always, _identification())


def _provider() -> Section:
    entry = Entry(label=_("My data"), address=reverse("portal:own_data"))
    return Section(title=_("Service provider"), entries=(entry,))


def _identification() -> Section:
    entry = Entry(label=_("Become a service provider"), address=reverse("portal:identification"))
    return Section(title=_("Identification"), entries=(entry,))
