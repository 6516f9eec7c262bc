"""Pages with a form for files, which nobody can fill in again for the sender."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mahis.domain.form_refusals import FileRefused
from mahis.domain.refusals import Refused
from mahis.web import errors, explaining, refusals


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    blank: forms.Form,
    refusal: Refused | None,
) -> HttpResponse:
    """Show a page with a form for files, and beside its field why one was not taken."""
    status: int = HTTPStatus.OK
    if refusal is not None:
        blank.add_error(_field_of(blank, refusal), explaining.text_of(refusal))
        status = refusals.status_of(refusal)
    return errors.ask_again(render(request, template, context | {"form": blank}, status=status))


def _field_of(form: forms.Form, refusal: Refused) -> str | None:
    """Give the field that a refusal is about: what is wrong with a file stands beside its field."""
    if refusal.field in form.fields:
        return refusal.field
    of_files = [name for name, field in form.fields.items() if isinstance(field, forms.FileField)]
    return of_files[0] if isinstance(refusal, FileRefused) else None
