"""Delegating in steps: of which mandate, to whom and which quarters, a check, and done (L8)."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference, MandateReference
from mahis.domain.refusals import NotFound, Refused
from mahis.portal import delegating_form
from mahis.portal.delegating_form import DelegatingForm
from mahis.portal.delegations import PROVIDERS
from mahis.queries import delegations, may_be_delegated
from mahis.queries.may_be_delegated import Choice
from mahis.usecases import delegate as delegates
from mahis.usecases.delegate import Wanted
from mahis.usecases.meanwhile import AuthorisationUnknown, StalePage
from mahis.web import access, acting, asking, clock, done, explaining, house_rules, refusals, typed

_managers = access.for_capacity(manages=True, qualities=PROVIDERS)
_LONGEST_PARTY = 200


class FindForm(forms.Form):
    """The one field by which a mandate is found."""

    text = forms.CharField(required=False, label=gettext_lazy("Principal"))


@_managers
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the running mandates that somebody else had before, to choose one."""
    form = FindForm({"text": typed.text(request.GET, "text", longest=_LONGEST_PARTY)})
    found = None
    try:
        found = may_be_delegated.sources(
            actor=asking.actor(request),
            text=form.data["text"],
            page=typed.page(request.GET),
            page_size=house_rules.rows_a_page(),
            limit=house_rules.most_found(),
            on=clock.today(),
            language=get_language() or "",
        )
    except Refused as refusal:
        _put_on(request, form, refusal)
    query = {"text": form.data["text"]} if form.data["text"] else {}
    context = {
        "form": form,
        "found": found,
        "most": house_rules.most_found(),
        "earlier": found and urlencode({**query, "page": found.page - 1}),
        "later": found and urlencode({**query, "page": found.page + 1}),
    }
    return render(request, "portal/delegating_choose.html", context)


@_managers
@require_http_methods(["GET", "POST"])
def introduce(request: HttpRequest, reference: AuthorisationReference, place: int) -> HttpResponse:
    """Ask to whom, which quarters and for what; what is right leads to the check."""
    choice = _choice(request, reference, place)
    if request.method == "GET":
        return _show(request, choice, delegating_form.beginning(request.GET, choice))
    read = delegating_form.read(request.POST, choice=choice, version=acting.version_in(request))
    if read.wanted is not None:
        try:
            _rehearse(request, read.wanted)
        except NotFound:
            raise
        except StalePage as stale:
            return acting.stale_page(request, stale, reference=reference)
        except Refused as refusal:
            _put_on(request, read.form, refusal)
        else:
            return HttpResponseRedirect(_address_of_check(read.wanted))
    return _show(request, choice, read.form, status=422)


@_managers
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, reference: AuthorisationReference, place: int) -> HttpResponse:
    """Show what is about to be delegated, or delegate it."""
    choice = _choice(request, reference, place)
    data = request.POST if request.method == "POST" else request.GET
    read = delegating_form.read(data, choice=choice, version=acting.version_in(request))
    if read.wanted is None:
        return redirect("portal:delegating", reference, place)
    try:
        if request.method == "POST":
            return _delegate(request, read.wanted)
        _rehearse(request, read.wanted)
    except NotFound:
        raise
    except StalePage as stale:
        return _after_another_act(request, stale, read.wanted)
    except Refused as refusal:
        _put_on(request, read.form, refusal)
        return _show(request, choice, read.form, status=refusals.status_of(refusal))
    return _show_check(request, choice, read.wanted)


def _delegate(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    number = delegates.delegate(
        actor=asking.actor(request), wanted=wanted, at=clock.now(), on=clock.today()
    )
    done.remember(request, act=Act.DELEGATE, reference=wanted.mandate.authorisation)
    return redirect("portal:delegation", number)


def _after_another_act(request: HttpRequest, stale: StalePage, wanted: Wanted) -> HttpResponse:
    """Lead a second click where the first did; say else what happened meanwhile."""
    rows = delegations.of_authorisation(
        actor=asking.actor(request),
        reference=wanted.mandate.authorisation,
        on=clock.today(),
        language=get_language() or "",
    )
    for row in rows:
        same = (row.mandate, row.delegate.number, row.quarters) == (
            wanted.mandate,
            wanted.delegate,
            wanted.quarters,
        )
        if request.method == "POST" and same and row.ended_because is None:
            return redirect("portal:delegation", row.number)
    return acting.stale_page(request, stale, reference=wanted.mandate.authorisation)


def _show(
    request: HttpRequest, choice: Choice, form: DelegatingForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "choice": choice,
        "form": form,
        "formers": delegating_form.formers(choice),
        "applications": delegating_form.applications(choice),
        "picks": delegating_form.picks(choice),
    }
    return render(request, "portal/delegating.html", context, status=status)


def _show_check(request: HttpRequest, choice: Choice, wanted: Wanted) -> HttpResponse:
    former = next(each for each in choice.formers if each.number == wanted.delegate)
    query = delegating_form.query(wanted)
    context = {
        "choice": choice,
        "wanted": wanted,
        "delegate": former.card,
        "application_name": dict(choice.applications).get(wanted.application or "", ""),
        "kept": query,
        "back": urlencode(query),
    }
    return render(request, "portal/delegating_confirm.html", context)


def _choice(request: HttpRequest, reference: AuthorisationReference, place: int) -> Choice:
    """Give what can be chosen; raises AuthorisationUnknown where nothing can be delegated."""
    found = may_be_delegated.choice(
        actor=asking.actor(request),
        mandate=MandateReference(reference, place),
        on=clock.today(),
        language=get_language() or "",
    )
    if found is None:
        raise AuthorisationUnknown
    return found


def _rehearse(request: HttpRequest, wanted: Wanted) -> None:
    delegates.rehearse(actor=asking.actor(request), wanted=wanted, on=clock.today())


def _put_on(request: HttpRequest, form: forms.Form, refusal: Refused) -> None:
    explaining.put_on(form, [refusal], actor=asking.actor(request), language=get_language() or "")


def _address_of_check(wanted: Wanted) -> str:
    address = reverse(
        "portal:delegating_confirm", args=[wanted.mandate.authorisation, wanted.mandate.place]
    )
    return f"{address}?{urlencode(delegating_form.query(wanted))}"
