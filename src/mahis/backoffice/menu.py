"""The menu of officers and auditors."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain.parties import Quality
from mahis.queries import identification_requests, letter_batches, operations, scan_queue
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
            requests=identification_requests.count(actor=actor),
            unaddressed=letter_batches.count_without_address(actor=actor),
            given_up=operations.count_given_up(actor=actor),
        )
    }


def _sections(
    *, waiting: int, requests: int, unaddressed: int, given_up: int
) -> tuple[Section, ...]:
    home = reverse("backoffice:home")
    return (
        _section(
            _("Mandates"),
            Entry(label=_("Overview"), address=home, alone=True),
            Entry(label=_("Search"), address=reverse("backoffice:search")),
            Entry(label=_("Delegations"), address=reverse("backoffice:delegations")),
            Entry(
                label=_("Find everything"),
                address=reverse("backoffice:find"),
                also=(f"{home}enterprises/",),
            ),
        ),
        _section(
            _("Signed by hand"),
            Entry(label=_("Scans"), address=reverse("backoffice:scans"), count=waiting),
        ),
        *_of_enterprises(requests=requests),
        _section(
            _("Reference data"),
            Entry(
                label=_("Application groups"),
                address=reverse("backoffice:groups"),
                also=(reverse("backoffice:group_add"),),
            ),
            Entry(
                label=_("Applications"),
                address=reverse("backoffice:applications"),
                also=(reverse("backoffice:application_add"),),
            ),
            Entry(label=_("Matrix of representatives"), address=reverse("backoffice:matrix")),
        ),
        *_of_the_service(unaddressed=unaddressed, given_up=given_up),
    )


def _of_enterprises(*, requests: int) -> tuple[Section, ...]:
    return (
        _section(
            _("Service providers"),
            Entry(label=_("Requests"), address=reverse("backoffice:requests"), count=requests),
            Entry(label=_("Service providers"), address=reverse("backoffice:providers")),
        ),
        _section(
            _("Enterprises"),
            Entry(label=_("Employers"), address=reverse("backoffice:employers")),
            Entry(label=_("Ceased parties"), address=reverse("backoffice:ceased")),
        ),
    )


def _of_the_service(*, unaddressed: int, given_up: int) -> tuple[Section, ...]:
    letters, operations_page = reverse("backoffice:letters"), reverse("backoffice:operations")
    return (
        _section(_("Signatures"), Entry(label=_("Trust"), address=reverse("backoffice:trust"))),
        _section(
            _("Notices"),
            Entry(label=_("Texts"), address=reverse("backoffice:notice_preview")),
            Entry(label=_("Letters"), address=letters, count=unaddressed),
        ),
        _section(
            _("Service"),
            Entry(label=_("Operations"), address=operations_page, count=given_up),
        ),
    )


def _section(title: Promise, *entries: Entry) -> Section:
    return Section(title=title, entries=entries)
