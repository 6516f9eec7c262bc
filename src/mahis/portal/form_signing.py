"""Signing as a PDF: the steps of it, and the form that is made for it (C9)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Language
from mahis.domain.refusals import NotFound, Refused
from mahis.portal import papers
from mahis.usecases.meanwhile import StalePage
from mahis.web import access, acting, errors, explaining, file_forms, refusals, showing_one


class SignedFormForm(forms.Form):
    """The one file that comes back; the rules say what is wrong with it."""

    file = forms.FileField(
        required=False,
        label=_("The form with the signature"),
        help_text=_("The PDF as it was saved after signing."),
    )


@access.manages
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, reference: AuthorisationReference) -> HttpResponse:
    """Show the steps of signing as a PDF, or make the form."""
    if request.method == "GET":
        return steps(request, reference)
    try:
        papers.make(
            request,
            reference,
            version=acting.version_in(request),
            language=_language(request),
        )
    except NotFound:
        raise
    except StalePage as stale:
        return acting.stale_page(request, stale, reference=reference)
    except Refused as refusal:
        return _not_made(request, reference, refusal)
    return redirect("portal:form", reference)


def steps(
    request: HttpRequest,
    reference: AuthorisationReference,
    refusal: Refused | None = None,
    *,
    not_made: str = "",
) -> HttpResponse:
    """Show the steps, with why a file was not taken beside its field if it was not."""
    details = showing_one.details_of(request, reference)
    documents = showing_one.documents_of(request, details)
    context = showing_one.context(request, details, documents=documents)
    context["papers"] = papers.of(details, documents, not_made=not_made)
    return file_forms.page(request, "portal/form.html", context, SignedFormForm({}), refusal)


def _language(request: HttpRequest) -> Language | None:
    """Give the language that was chosen; None, the mandator's, where none was."""
    try:
        return Language(request.POST.get("language", ""))
    except ValueError:
        return None


def _not_made(
    request: HttpRequest, reference: AuthorisationReference, refusal: Refused
) -> HttpResponse:
    page = steps(request, reference, not_made=explaining.text_of(refusal))
    page.status_code = refusals.status_of(refusal)
    return errors.ask_again(page)
