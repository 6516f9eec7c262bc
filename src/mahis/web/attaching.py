"""Attaching a new version of an authorisation to what was done with it, at both doors (L5)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mahis.domain.documents import ActUnknown
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.refusals import NotFound, Refused
from mahis.queries import documents
from mahis.queries.documents import ActRow
from mahis.usecases import attach_version
from mahis.web import (
    asking,
    clock,
    done,
    doors,
    file_forms,
    house_documents,
    showing,
    showing_one,
    uploads,
    words,
)

_LONGEST_VERSION = 9


class AttachingForm(forms.Form):
    """What is attached to which act; the rules say what is wrong with it."""

    about = forms.CharField(required=False, label=_("What it belongs to"))
    file = forms.FileField(required=False, label=_("The new version"), help_text=_("A PDF."))


def attach(
    request: HttpRequest, reference: AuthorisationReference, *, template: str
) -> HttpResponse:
    """Ask which version is attached to which act, or attach it; raises NotFound."""
    if request.method == "GET":
        return _asking(request, reference, template)
    try:
        _attach(request, reference)
    except ActUnknown as refusal:
        return _asking(request, reference, template, refusal)
    except NotFound:
        raise
    except Refused as refusal:
        return _asking(request, reference, template, refusal)
    done.remember_attached(request, reference=reference)
    return redirect(doors.screen(request, "authorisation", reference))


def _attach(request: HttpRequest, reference: AuthorisationReference) -> None:
    received = uploads.one_pdf(request)
    attach_version.attach(
        actor=asking.actor(request),
        reference=reference,
        about=_about(request.POST.get("about", "")),
        data=received.data,
        file_name=received.name,
        scans=house_documents.scans(),
        files=house_documents.files(),
        at=clock.now(),
        on=clock.today(),
    )


def _about(text: str) -> int:
    """Give the act that was chosen; a tampered one is none."""
    is_count = text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION
    return int(text) if is_count else 0


def _asking(
    request: HttpRequest,
    reference: AuthorisationReference,
    template: str,
    refusal: Refused | None = None,
) -> HttpResponse:
    details = showing_one.details_of(request, reference)
    acts = documents.acts(
        actor=asking.actor(request), reference=reference, language=get_language() or ""
    )
    asked = request.POST.get("about") or request.GET.get("about") or ""
    known = [str(act.version) for act in acts]
    first = known[0] if known else ""
    form = AttachingForm({"about": asked if asked in known else first})
    context = showing_one.context(request, details)
    context["attachable"] = [_option(act) for act in acts]
    return file_forms.page(request, template, context, form, refusal)


def _option(act: ActRow) -> tuple[str, str, str]:
    who = act.enterprise_name or str(words.of(act.kind))
    return str(act.version), str(words.of(act.act)), f"{who}, {showing.moment(act.at)}"
