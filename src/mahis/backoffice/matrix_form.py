"""The form in which a version of the matrix is loaded: file, name, first day and reason (R1)."""

import dataclasses
import datetime

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mahis.domain.matrix_versions import LONGEST_NAME, MatrixNameMissing
from mahis.domain.refusals import Refused
from mahis.gateways import matrix_files
from mahis.usecases.load_matrix import Loading
from mahis.web import dates, explaining, typed, upload_refusals, uploads


class LoadingForm(forms.Form):
    """The fields; which of them are wrong is said by `read`."""

    file = forms.Field(required=False, label=_("File"))
    name = forms.CharField(required=False, label=_("Name of the version"))
    begins = forms.CharField(required=False, label=_("Valid from"))
    illustrative = forms.Field(required=False)
    reason = forms.CharField(required=False, label=_("Reason"))
    with_unknown_codes = forms.Field(required=False)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Read:
    """What was typed and sent, read as far as it can be."""

    form: LoadingForm
    #: What is to be loaded; None while something is missing or wrong.
    loading: Loading | None
    #: The file that was sent, as it goes from page to page; empty where none can be read.
    lines: str
    #: Why the file cannot be read; None where it can.
    refusal: Refused | None


def beginning() -> LoadingForm:
    """Give the form as it stands at first."""
    return LoadingForm({})


def read(request: HttpRequest) -> Read:
    """Read what was typed and sent; the file is what was chosen, else what came with the page."""
    data = request.POST
    form = LoadingForm(
        {
            "name": typed.text(data, "name", longest=LONGEST_NAME),
            "begins": typed.text(data, "begins", longest=dates.LONGEST),
            "illustrative": typed.texts(data, "illustrative"),
            "reason": typed.lines(data.get("reason", "")),
            "with_unknown_codes": typed.texts(data, "with_unknown_codes"),
        }
    )
    lines, refusal = _file(request)
    if refusal is not None:
        form.add_error("file", explaining.text_of(refusal))
    if not form.data["name"]:
        form.add_error("name", explaining.text_of(MatrixNameMissing()))
    begins = _begins(form)
    if form.errors or begins is None:
        return Read(form=form, loading=None, lines=lines, refusal=refusal)
    loading = Loading(
        name=form.data["name"],
        begins=begins,
        illustrative=bool(form.data["illustrative"]),
        data=lines.encode(),
        reason=form.data["reason"],
        with_unknown_codes=bool(form.data["with_unknown_codes"]),
    )
    return Read(form=form, loading=loading, lines=lines, refusal=None)


def _file(request: HttpRequest) -> tuple[str, Refused | None]:
    """Give the lines of the file as we write them, or why there are none."""
    try:
        sent = request.FILES.getlist("file")
        kept = request.POST.get("lines", "").encode("utf-8", "replace")
        if not sent and not kept:
            raise upload_refusals.NoFileChosen(field="file")
        found = matrix_files.read(uploads.one(request).data if sent else kept)
    except Refused as refusal:
        return "", refusal
    return matrix_files.write(found).decode(), None


def _begins(form: LoadingForm) -> datetime.date | None:
    try:
        return dates.read(form.data["begins"])
    except Refused as refusal:
        form.add_error("begins", explaining.text_of(refusal))
        return None
