"""Applications behind the groups: the list, one with its history, and changing it (N2)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mahis.backoffice import change_words, changing, effect_words, groups, reference_forms
from mahis.backoffice.changing import Change, Preview
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.changes import Subject
from mahis.queries import reference_data as look
from mahis.queries.reference_data import ApplicationDetails
from mahis.usecases import reference_data
from mahis.usecases.reference_data import ReferenceUnknown
from mahis.web import asking, clock, dates, house_rules


@officers
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """List all applications by name."""
    actor = asking.actor(request)
    rows = look.applications(actor=actor, on=clock.today(), language=get_language() or "")
    context = {"rows": rows, "manages": actor.manages}
    return render(request, "backoffice/applications.html", context)


@officers
@require_safe
def application(request: HttpRequest, code: str) -> HttpResponse:
    """Show one application, the groups that hold it, and its history."""
    found = _details_of(request, code)
    context = {
        "application": found,
        "changes": change_words.entries(found.changes, subject=Subject.APPLICATION),
        "just_done": changing.take_done(request),
        "manages": asking.actor(request).manages,
    }
    return render(request, "backoffice/application.html", context)


@acting_officers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add an application."""

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        plan = reference_data.add_application(
            record=reference_forms.application_record(form),
            why=groups.why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
        )
        effect = _("It is in no group yet: put it in one on the page of the group.")
        lines = change_words.lines(plan.before, plan.after)
        return Preview(lines=lines, effects=(effect, effect_words.kept()))

    change = Change(
        title=_("New application"),
        lead="",
        fields=reference_forms.all_fields(
            reference_forms.code_field(), reference_forms.name_fields()
        ),
        button=_("Add the application"),
        blank=lambda: reference_forms.ApplicationForm({}),
        read=lambda: reference_forms.read_application(request),
        act=act,
        back=reverse("backoffice:applications"),
        leads_to=lambda form: reverse("backoffice:application", args=[form.data["code"]]),
        done=_("The application is added"),
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the names of an application."""
    found = _details_of(request, code)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        plan = reference_data.correct_application(
            record=reference_forms.application_record(form),
            why=groups.why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        lines = change_words.lines(plan.before, plan.after)
        return Preview(lines=lines, effects=effect_words.of_names())

    change = Change(
        title=_("Correct %(name)s") % {"name": found.name},
        lead="",
        fields=reference_forms.all_fields(reference_forms.name_fields()),
        button=_("Write it down"),
        blank=lambda: reference_forms.of_application(found.record),
        read=lambda: reference_forms.read_application(request, code=code),
        act=act,
        back=_page(code),
        leads_to=lambda _form: _page(code),
        done=_("The application is corrected"),
        version=found.version,
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Give an application its last day in every group that holds it."""
    found = _details_of(request, code)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        last_day = dates.read(form.data["ends"])
        plan = reference_data.end_application(
            code=code,
            last_day=last_day,
            why=groups.why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        return Preview(
            lines=change_words.lines(plan.before, plan.after),
            effects=effect_words.of_end_of_application(last_day, found=plan.resting),
        )

    change = Change(
        title=_("End %(name)s") % {"name": found.name},
        lead=_("It ends in every group that holds it."),
        fields=reference_forms.all_fields(reference_forms.last_day_field()),
        button=_("End the application"),
        blank=lambda: reference_forms.EndForm({}),
        read=lambda: reference_forms.read_end(request),
        act=act,
        back=_page(code),
        leads_to=lambda _form: _page(code),
        done=_("The application has its last day"),
        version=found.version,
        is_danger=True,
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def hand_back(request: HttpRequest, code: str) -> HttpResponse:
    """Let files decide about an application again."""
    found = _details_of(request, code)
    return groups.handing_back(
        request,
        subject=Subject.APPLICATION,
        code=code,
        name=found.name,
        version=found.version,
        back=_page(code),
    )


def _page(code: str) -> str:
    return reverse("backoffice:application", args=[code])


def _details_of(request: HttpRequest, code: str) -> ApplicationDetails:
    found = look.application(
        actor=asking.actor(request), code=code, on=clock.today(), language=get_language() or ""
    )
    if found is None:
        raise ReferenceUnknown
    return found
