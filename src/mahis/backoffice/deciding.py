"""Deciding one scan: its pages beside what the register knows, then approve or reject (N1)."""

import contextlib
import dataclasses
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from mahis.backoffice import deciding_form, scan_pages, scans, waits
from mahis.backoffice.deciding_form import ApprovalForm, RejectionForm
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Side
from mahis.domain.refusals import Conflict, NotFound, Refused
from mahis.queries import scan_queue
from mahis.queries.cards import PartyCard
from mahis.queries.scan_queue import WaitingScan
from mahis.usecases import approve as approving
from mahis.usecases import reject as rejecting
from mahis.web import (
    acting,
    asking,
    clock,
    explaining,
    house_rules,
    replacing_words,
    showing_one,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """The field in which a signatory of a party is chosen."""

    name: str
    label: str
    errors: tuple[str, ...]
    chosen: str
    #: Whether it is for whoever signed together with the first, so that nobody can be chosen too.
    is_second: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Compared:
    """One party as it is to be compared with the scan."""

    side: Side
    card: PartyCard
    #: One field, and a second one where people may sign for the party together.
    fields: tuple[Choice, ...]
    #: Who may sign for it today, as choices.
    signatories: list[tuple[str, str, str]]


@officers
@require_safe
def show(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show a scan that waits; one's own claim on it lasts for as long as one works."""
    scan = _waiting(request, reference)
    if scan is None:
        return _decided_already(request, reference)
    if scan.claim is not None and scan.claim.is_mine and asking.actor(request).manages:
        scan = _extended(request, scan)
    return _page(request, scan)


@acting_officers
@require_POST
def approve(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Approve all mandates of an authorisation by the two signatures that were recognised."""
    read = deciding_form.read_approval(request.POST)
    if read.signatories is None:
        return _again(request, reference, approval=read.form)
    signatories = read.signatories
    return acting.answer(
        request,
        act=Act.APPROVE,
        reference=reference,
        do=lambda: approving.approve(
            actor=asking.actor(request),
            reference=reference,
            version=acting.version_in(request),
            signatories=signatories,
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        ),
        page=lambda refusal: _refused(request, reference, read.form, refusal),
    )


@acting_officers
@require_POST
def reject(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Reject all mandates of an authorisation, with a reason."""
    read = deciding_form.read_rejection(request.POST)
    if read.reason_code is None:
        return _again(request, reference, rejection=read.form)
    reason_code = read.reason_code
    return acting.answer(
        request,
        act=Act.REJECT,
        reference=reference,
        do=lambda: rejecting.reject(
            actor=asking.actor(request),
            reference=reference,
            version=acting.version_in(request),
            reason_code=reason_code,
            reason=read.reason,
            limits=house_rules.limits(),
            at=clock.now(),
            on=clock.today(),
        ),
        page=lambda refusal: _refused(request, reference, read.form, refusal),
    )


def _waiting(request: HttpRequest, reference: AuthorisationReference) -> WaitingScan | None:
    return scan_queue.one(
        actor=asking.actor(request),
        reference=reference,
        at=clock.now(),
        on=clock.today(),
        language=get_language() or "",
    )


def _extended(request: HttpRequest, scan: WaitingScan) -> WaitingScan:
    """Extend one's own claim; where that fails, show how it stands."""
    try:
        until = scans.claim_now(request, scan.reference)
    except (Conflict, NotFound):
        return _waiting(request, scan.reference) or scan
    assert scan.claim is not None
    return dataclasses.replace(scan, claim=dataclasses.replace(scan.claim, until=until))


def _refused(
    request: HttpRequest,
    reference: AuthorisationReference,
    form: ApprovalForm | RejectionForm,
    refusal: Refused,
) -> HttpResponse:
    explaining.put_on(form, [refusal], actor=asking.actor(request), language=get_language() or "")
    status = 409 if isinstance(refusal, Conflict) else 422
    if isinstance(form, ApprovalForm):
        return _again(request, reference, approval=form, status=status)
    return _again(request, reference, rejection=form, status=status)


def _again(
    request: HttpRequest,
    reference: AuthorisationReference,
    *,
    approval: ApprovalForm | None = None,
    rejection: RejectionForm | None = None,
    status: int = 422,
) -> HttpResponse:
    """Show the page with what was chosen and what is wrong with it."""
    scan = _waiting(request, reference)
    if scan is None:
        return _decided_already(request, reference)
    if scan.claim is None or scan.claim.is_mine:
        scan = _claimed_again(request, scan)
    return _page(request, scan, approval=approval, rejection=rejection, status=status)


def _claimed_again(request: HttpRequest, scan: WaitingScan) -> WaitingScan:
    """Claim a scan on which one works, whose claim may have ended meanwhile."""
    with contextlib.suppress(Conflict, NotFound):
        scans.claim_now(request, scan.reference)
    return _waiting(request, scan.reference) or scan


def _decided_already(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Lead to the authorisation, which shows what came of it; 404 where there is none."""
    showing_one.details_of(request, reference)
    return redirect("backoffice:authorisation", reference)


def _page(
    request: HttpRequest,
    scan: WaitingScan,
    *,
    approval: ApprovalForm | None = None,
    rejection: RejectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = asking.actor(request)
    approval, rejection = approval or ApprovalForm({}), rejection or RejectionForm({})
    pages = scan_pages.of(request, scan.reference)
    is_mine = scan.claim is not None and scan.claim.is_mine
    context = {
        "scan": scan,
        "waits": waits.since(scan.since, at=clock.now()),
        "pages": pages,
        "groups": tuple(zip(scan.groups, scan.groups_on_form, strict=True)),
        "parties": _compared(scan, approval),
        "replacing": replacing_words.planned(
            showing_one.details_of(request, scan.reference).mandates
        ),
        "decides": actor.manages and is_mine,
        "can_claim": actor.manages and scan.claim is None,
        "can_approve": pages.count > 0 and all(scan.signatories.values()),
        "approval": approval,
        "rejection": rejection,
        "form": approval if approval.errors else rejection,
        "reasons": deciding_form.reasons(),
        "longest_reason": house_rules.limits().longest_reason,
    }
    return render(request, "backoffice/scan.html", context, status=status)


def _compared(scan: WaitingScan, form: ApprovalForm) -> tuple[Compared, ...]:
    return tuple(
        Compared(
            side=side,
            card=scan.party(side),
            fields=tuple(_choices(scan, form, side)),
            signatories=deciding_form.choices(scan.signatories[side]),
        )
        for side in Side
    )


def _choices(scan: WaitingScan, form: ApprovalForm, side: Side) -> Iterator[Choice]:
    together = any(not each.alone for each in scan.signatories[side])
    names = {deciding_form.FIELDS[side]: False}
    if together:
        names[deciding_form.SECOND_FIELDS[side]] = True
    for name, is_second in names.items():
        yield Choice(
            name=form[name].html_name,
            label=str(form[name].label),
            errors=tuple(str(error) for error in form[name].errors),
            chosen=str(form[name].value() or ""),
            is_second=is_second,
        )
