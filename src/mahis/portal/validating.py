"""Drawing up, second step: everything at a glance, then sign or sign later (C1, C8, C14)."""

import datetime
import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Side
from mahis.domain.refusals import Refused
from mahis.portal import drawing_form, drawing_up, papers
from mahis.portal.drawing_form import Drawing
from mahis.queries import enterprises, groups, signing_power
from mahis.queries.drafts import OpenDraft
from mahis.usecases import draw_up
from mahis.usecases.save_draft import Typed
from mahis.web import access, asking, clock, explaining, house_rules, replacing_words

#: The count of acts on an authorisation that was drawn up, and nothing more.
_JUST_DRAWN_UP = 1
_SALT = "mahis.portal.validating"


@access.manages
@require_http_methods(["GET", "POST"])
def validate(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show what is about to be drawn up, or draw it up: signed at once, or to be signed later."""
    draft = drawing_up.own_draft(request, draft_id)
    if draft.authorisation is not None:
        return redirect("portal:summary", draft.authorisation)
    drawing = drawing_form.check(
        actor=asking.actor(request),
        kept=draft.typed,
        limits=house_rules.limits(),
        on=clock.today(),
        language=get_language() or "",
    )
    if drawing.wanted is None:
        return redirect(drawing_up.address_with_errors(draft_id))
    if request.method == "GET":
        return _show(request, draft_id, draft, drawing)
    if request.POST.get("shown") != _fingerprint(draft.typed, drawing):
        # Typed anew in another window since: nobody signs what they have not seen.
        return _show(request, draft_id, draft, drawing, changed=True)
    return _draw_up(request, draft_id, draft, drawing)


def _wants_a_form(request: HttpRequest) -> bool:
    """Say whether an electronic version is wanted: it is signed then, not by this login (C9)."""
    return "electronic" in request.POST or "form" in request.POST


def _draw_up(
    request: HttpRequest, draft_id: UUID, draft: OpenDraft, drawing: Drawing
) -> HttpResponse:
    assert drawing.wanted is not None
    try:
        reference = draw_up.draw_up(
            actor=asking.actor(request),
            draft_id=draft_id,
            wanted=drawing.wanted,
            signing="sign" in request.POST and not _wants_a_form(request),
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        )
    except Refused as refusal:
        return _show(request, draft_id, draft, drawing, refusal=refusal)
    if _wants_a_form(request):
        _make_form(request, reference)
    return redirect("portal:summary", reference)


def _make_form(request: HttpRequest, reference: AuthorisationReference) -> None:
    """Make the form in the mandator's language; the summary says why where that is not possible."""
    try:
        papers.make(request, reference, version=_JUST_DRAWN_UP, language=None)
    except Refused as refusal:
        papers.remember_not_made(request, refusal, reference=reference)


def _show(
    request: HttpRequest,
    draft_id: UUID,
    draft: OpenDraft,
    drawing: Drawing,
    *,
    changed: bool = False,
    refusal: Refused | None = None,
) -> HttpResponse:
    actor, on, language = asking.actor(request), clock.today(), get_language() or ""
    assert drawing.wanted is not None
    own = enterprises.card(number=actor.enterprise, on=on, language=language)
    side = drawing_form.side_of(actor)
    parties = {side: own, side.other: drawing.other_party}
    context = {
        "draft_id": draft_id,
        "mandator": parties[Side.MANDATOR],
        "mandatary": parties[Side.MANDATARY],
        "own": own,
        "period": drawing.wanted.period,
        "groups": _ticked(drawing.wanted.groups, on=on, language=language),
        "power": signing_power.of_actor(actor=actor, on=on),
        # Whoever may not sign alone is told what comes after their signature.
        "cosigns": {"needs_second": True},
        "shown": _fingerprint(draft.typed, drawing),
        "replacing": [
            replacing_words.ends(
                name=offer.holder.mandatary_name, group=offer.group_name, end=offer.end
            )
            for offer in drawing.replaced
        ],
        "changed": changed,
        "electronic": _wants_a_form(request),
        "refusal": explaining.text_of(refusal) if refusal is not None else "",
    }
    status = 200 if refusal is None and not changed else 409
    return render(request, "portal/validating.html", context, status=status)


def _ticked(
    codes: tuple[str, ...], *, on: datetime.date, language: str
) -> list[groups.GroupChoice]:
    """Give the groups that were ticked, in the order in which they were."""
    branches = groups.open_groups(on=on, language=language)
    known = {group.code: group for branch in branches for group in branch.groups}
    return [known[code] for code in codes if code in known]


def _fingerprint(kept: Typed, drawing: Drawing) -> str:
    """Give a short text that changes with anything that was typed, and with what it replaces.

    It is made with a secret, so that nobody finds out from it which mandate of another that is.
    """
    replaced = [(offer.group_code, str(offer.holder.reference)) for offer in drawing.replaced]
    shown = json.dumps([kept, replaced], sort_keys=True)
    return salted_hmac(_SALT, shown, algorithm="sha256").hexdigest()
