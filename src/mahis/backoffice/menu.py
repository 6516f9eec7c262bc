"""The menu of officers and auditors."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mahis.domain.parties import Quality
from mahis.queries import letter_batches, operations, scan_queue
from mahis.web import asking
from mahis.web.menu import Entry, Section


def menu(request: HttpRequest) -> dict[str, object]:
    """Give templates the menu of officers; nothing where somebody else asks."""
    capacity = asking.capacity(request)
    if capacity is None or capacity.quality is not Quality.NSSO_OFFICER:
        return {}
    actor = asking.actor(request)
    return {
        "menu": _sections(
            waiting=scan_queue.count(actor=actor),
            unaddressed=letter_batches.count_without_address(actor=actor),
            given_up=operations.count_given_up(actor=actor),
        )
    }


def _sections(*, waiting: int, unaddressed: int, given_up: int) -> tuple[Section, ...]:
    return (
        Section(
            title=_("Mandates"),
            entries=(
                Entry(label=_("Overview"), address=reverse("backoffice:home")),
                Entry(label=_("Search"), address=reverse("backoffice:search")),
                Entry(label=_("Find everything"), address=reverse("backoffice:find")),
            ),
        ),
        Section(
            title=_("Signed by hand"),
            entries=(Entry(label=_("Scans"), address=reverse("backoffice:scans"), count=waiting),),
        ),
        Section(
            title=_("Reference data"),
            entries=(
                Entry(label=_("Application groups"), address=reverse("backoffice:groups")),
                Entry(label=_("Applications"), address=reverse("backoffice:applications")),
            ),
        ),
        Section(
            title=_("Signatures"),
            entries=(Entry(label=_("Trust"), address=reverse("backoffice:trust")),),
        ),
        Section(
            title=_("Notices"),
            entries=(
                Entry(label=_("Texts"), address=reverse("backoffice:notice_preview")),
                Entry(
                    label=_("Letters"),
                    address=reverse("backoffice:letters"),
                    count=unaddressed,
                ),
            ),
        ),
        Section(
            title=_("Service"),
            entries=(
                Entry(
                    label=_("Operations"),
                    address=reverse("backoffice:operations"),
                    count=given_up,
                ),
            ),
        ),
    )
