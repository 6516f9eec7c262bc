"""Drawing up, first step: with whom, for what, from when; kept at every click (C1 to C4, C14)."""

import uuid
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from mahis.portal import drawing_form
from mahis.queries import drafts, groups
from mahis.queries.drafts import OpenDraft
from mahis.usecases import save_draft
from mahis.usecases.save_draft import DraftUnknown, Typed
from mahis.web import access, asking, clock, house_rules

#: Put behind the address of a draft that nothing was typed into yet.
_FRESH = "fresh"
#: Put behind the address of a draft that was to be finished: what is wrong is shown then.
_CHECKED = "checked"


@access.manages
@require_http_methods(["GET", "POST"])
def introduce(request: HttpRequest, draft_id: UUID | None = None) -> HttpResponse:
    """Show the form as it was left, or keep what was typed and go on."""
    if request.method == "POST":
        return _keep(request, draft_id)
    if draft_id is None:
        # Each form has an address of its own, so that going back leads to what was typed in it.
        address = reverse("portal:draft", args=[uuid.uuid4()])
        return HttpResponseRedirect(f"{address}?{_FRESH}=1")
    actor = asking.actor(request)
    draft = drafts.typed(actor=actor, draft_id=draft_id)
    if draft is None and _FRESH not in request.GET:
        raise DraftUnknown
    if draft is not None and draft.authorisation is not None:
        return redirect("portal:summary", draft.authorisation)
    return _show(request, draft_id, draft)


@access.manages
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask whether a draft is to be thrown away, and do it."""
    draft = own_draft(request, draft_id)
    if draft.authorisation is not None:
        return redirect("portal:summary", draft.authorisation)
    if request.method == "POST":
        save_draft.discard(actor=asking.actor(request), draft_id=draft_id)
        return redirect("portal:home")
    return render(request, "portal/discard.html", {"draft_id": draft_id, "typed": draft.typed})


def own_draft(request: HttpRequest, draft_id: UUID) -> OpenDraft:
    """Give a draft of the person who asks; raises DraftUnknown."""
    draft = drafts.typed(actor=asking.actor(request), draft_id=draft_id)
    if draft is None:
        raise DraftUnknown
    return draft


def address_with_errors(draft_id: UUID) -> str:
    """Give the address of a draft at which everything that is wrong with it is shown."""
    return f"{reverse('portal:draft', args=[draft_id])}?{_CHECKED}=1"


def _keep(request: HttpRequest, draft_id: UUID | None) -> HttpResponse:
    actor, typed = asking.actor(request), drawing_form.typed_in(request.POST)
    draft = None if draft_id is None else drafts.typed(actor=actor, draft_id=draft_id)
    if draft is not None and draft.authorisation is not None:
        return redirect("portal:summary", draft.authorisation)
    draft_id = save_draft.save(actor=actor, draft_id=draft_id, typed=typed, at=clock.now())
    if "later" in request.POST:
        return redirect("portal:home")
    if "find" in request.POST and not _is_filled_in(typed, draft):
        return HttpResponseRedirect(f"{reverse('portal:draft', args=[draft_id])}#other-party")
    return _go_on(request, reverse("portal:validate", args=[draft_id]))


def _is_filled_in(typed: Typed, draft: OpenDraft | None) -> bool:
    """Say whether there is nothing left to find: the party is confirmed, the rest is filled in.

    The key Enter presses the first button of a form, wherever in it one types; at the end of a
    form that is filled in, it means to go on.
    """
    is_same_party = draft is not None and draft.typed.get("other_party") == typed["other_party"]
    return is_same_party and all(typed[name] for name in ("chosen", "groups", "start"))


def _go_on(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to another page; a page that asked for a part of itself only is told to go there."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _show(request: HttpRequest, draft_id: UUID, draft: OpenDraft | None) -> HttpResponse:
    actor, on, language = asking.actor(request), clock.today(), get_language() or ""
    kept = drawing_form.beginning(on) if draft is None else draft.typed
    if _CHECKED in request.GET or kept.get("replace"):
        drawing = drawing_form.check(
            actor=actor, kept=kept, limits=house_rules.limits(), on=on, language=language
        )
    else:
        drawing = drawing_form.look(actor=actor, kept=kept, on=on, language=language)
    context = {
        "draft_id": draft_id,
        "drawing": drawing,
        "form": drawing.form,
        "replaceable": drawing_form.options(drawing, actor=actor),
        "other_side": drawing_form.side_of(actor).other,
        "branches": groups.open_groups(on=on, language=language),
    }
    return render(request, "portal/drawing_up.html", context)
