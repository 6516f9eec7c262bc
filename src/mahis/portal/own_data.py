"""A service provider's own data: where its quality stands, and how it can be reached (R3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mahis.domain.identification import ProviderUnknown
from mahis.domain.parties import Quality
from mahis.portal import contact_form
from mahis.portal.contact_form import ContactForm
from mahis.queries import providers
from mahis.queries.providers import ProviderRow
from mahis.usecases import change_contact_data
from mahis.web import access, asking, clock, house_rules

_JUST_CHANGED = "contact_changed"
_PROVIDERS = frozenset({Quality.SERVICE_PROVIDER})


@access.for_capacity(qualities=_PROVIDERS)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the quality of one's own enterprise and how it can be reached."""
    context = {
        "provider": _own(request),
        "just_changed": request.session.pop(_JUST_CHANGED, False),
    }
    return render(request, "portal/own_data.html", context)


@access.for_capacity(qualities=_PROVIDERS, manages=True)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask for other contact data, or take them over."""
    actor = asking.actor(request)
    if request.method == "GET":
        return _show(request, contact_form.beginning(_own(request).contact, actor=actor))
    read = contact_form.read(request.POST, actor=actor)
    if read.contact is None:
        return _show(request, read.form, status=422)
    changed = change_contact_data.change(
        actor=actor, contact=read.contact, at=clock.now(), on=clock.today()
    )
    if changed:
        request.session[_JUST_CHANGED] = True
    return redirect("portal:own_data")


def _own(request: HttpRequest) -> ProviderRow:
    found = providers.own(
        actor=asking.actor(request), rules=house_rules.reminders(), on=clock.today()
    )
    if found is None:
        raise ProviderUnknown
    return found


def _show(request: HttpRequest, form: ContactForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "languages": contact_form.languages()}
    return render(request, "portal/contact_data.html", context, status=status)
