"""Service providers: looking them up, one of them with its history, blocking and unblocking."""

from collections.abc import Callable
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mahis.backoffice import change_words
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.changes import Subject
from mahis.domain.identification import ProviderUnknown, StatusNotFitting
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import ProviderStatus, Side
from mahis.domain.refusals import Refused
from mahis.queries import changes, identification_requests, party_text, providers
from mahis.queries.party_text import PartyText
from mahis.usecases import block_provider
from mahis.web import asking, clock, explaining, house_rules, refusals, typed

#: The statuses that can be asked for.
_STATUSES = (ProviderStatus.ACTIVE, ProviderStatus.BLOCKED, ProviderStatus.LAPSED)


class FindingForm(forms.Form):
    """By what providers are looked up."""

    text = forms.CharField(required=False, label=gettext_lazy("Number or part of the name"))
    statuses = forms.Field(required=False, label=gettext_lazy("Status"))


class ReasonForm(forms.Form):
    """Why a provider is blocked or unblocked."""

    reason = forms.CharField(required=False, label=gettext_lazy("Reason"))


@officers
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show the providers by number, name and status, the newest quality first."""
    form = FindingForm(
        {
            "text": typed.text(request.GET, "text", longest=party_text.LONGEST),
            "statuses": typed.texts(request.GET, "statuses"),
        }
    )
    known = {each.value: each for each in _STATUSES}
    statuses = frozenset(known[code] for code in form.data["statuses"] if code in known)
    text, found = _text(form), None
    if not form.errors:
        found = providers.find(
            actor=asking.actor(request),
            text=text,
            statuses=statuses,
            rules=house_rules.reminders(),
            on=clock.today(),
            language=get_language() or "",
            page=typed.page(request.GET),
        )
    context = {
        "form": form,
        "found": found,
        "statuses": [
            (each.value, change_words.PROVIDER_STATUSES[each.value]) for each in _STATUSES
        ],
        "earlier": _query(request.GET, (found.page if found else 1) - 1),
        "later": _query(request.GET, (found.page if found else 1) + 1),
    }
    return render(request, "backoffice/providers.html", context, status=422 if form.errors else 200)


@officers
@require_safe
def show(request: HttpRequest, number: EnterpriseNumber) -> HttpResponse:
    """Show an enterprise as a provider: status, contact data, requests and history."""
    return _page(request, number)


@acting_officers
@require_POST
def block(request: HttpRequest, number: EnterpriseNumber) -> HttpResponse:
    """Block a provider, with a reason that it reads."""

    def act(reason: str) -> None:
        block_provider.block(
            actor=asking.actor(request),
            number=number,
            reason=reason,
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        )

    return _done(request, number, act, ProviderStatus.BLOCKED)


@acting_officers
@require_POST
def unblock(request: HttpRequest, number: EnterpriseNumber) -> HttpResponse:
    """Unblock a provider, with a reason that it reads."""

    def act(reason: str) -> None:
        block_provider.unblock(
            actor=asking.actor(request),
            number=number,
            reason=reason,
            limits=house_rules.limits(),
            at=clock.now(),
        )

    return _done(request, number, act, ProviderStatus.ACTIVE)


def _text(form: FindingForm) -> PartyText | None:
    if not form.data["text"]:
        return None
    try:
        return party_text.read(form.data["text"], side=Side.MANDATARY)
    except Refused as refusal:
        form.add_error("text", explaining.text_of(refusal))
        return None


def _query(asked: QueryDict, page: int) -> str:
    kept = [(name, value) for name in ("text", "statuses") for value in asked.getlist(name)]
    return urlencode([*kept, ("page", str(page))])


def _done(
    request: HttpRequest,
    number: EnterpriseNumber,
    act: Callable[[str], None],
    wanted: ProviderStatus,
) -> HttpResponse:
    """Act with the reason given; a second click finds it done and leads to the same page."""
    form = ReasonForm({"reason": typed.lines(request.POST.get("reason", ""))})
    try:
        act(form.data["reason"])
    except StatusNotFitting as refusal:
        if refusal.found["status"] is not wanted:
            return _page(request, number, refusal=refusal)
    except Refused as refusal:
        if refusal.field is None:
            raise
        explaining.put_on(
            form, [refusal], actor=asking.actor(request), language=get_language() or ""
        )
        return _page(request, number, form=form)
    return redirect("backoffice:provider", number)


def _page(
    request: HttpRequest,
    number: EnterpriseNumber,
    *,
    form: ReasonForm | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    actor, language = asking.actor(request), get_language() or ""
    found = providers.one(
        actor=actor,
        enterprise=number,
        rules=house_rules.reminders(),
        on=clock.today(),
        language=language,
    )
    if found is None:
        raise ProviderUnknown
    card, provider = found
    history = changes.of(actor=actor, subject=Subject.PROVIDER, key=number.digits)
    status = provider.status if provider else ProviderStatus.NONE
    context = {
        "card": card,
        "provider": provider,
        "requests": identification_requests.about(
            actor=actor, enterprise=number, at=clock.now(), on=clock.today(), language=language
        ),
        "entries": change_words.entries(history, subject=Subject.PROVIDER),
        "can_block": actor.manages and status is ProviderStatus.ACTIVE,
        "can_unblock": actor.manages and status is ProviderStatus.BLOCKED,
        "form": form or ReasonForm({"reason": ""}),
        "refusal": "" if refusal is None else refusals.explain(refusal),
        "longest_reason": house_rules.limits().longest_reason,
    }
    answered = 200 if form is None and refusal is None else 422
    if refusal is not None:
        answered = refusals.status_of(refusal)
    return render(request, "backoffice/provider.html", context, status=answered)
