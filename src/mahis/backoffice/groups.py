"""Groups of applications: the list, one with its applications and history, and changing it (N2)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mahis.backoffice import change_words, changing, effect_words, reference_forms
from mahis.backoffice.changing import Change, Preview
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.changes import Subject
from mahis.queries import reference_data as look
from mahis.queries.reference_data import GroupDetails
from mahis.usecases import reference_data
from mahis.usecases.reference_data import Planned, ReferenceUnknown, Why
from mahis.web import asking, clock, dates, house_rules


@officers
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List all groups by branch."""
    actor = asking.actor(request)
    rows = look.groups(actor=actor, on=clock.today(), language=get_language() or "")
    context = {"branches": rows, "manages": actor.manages}
    return render(request, "backoffice/groups.html", context)


@officers
@require_safe
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Show one group, the applications in it, and its history."""
    found = details_of(request, code)
    context = {
        "group": found,
        "resting": effect_words.resting(found.resting),
        "changes": change_words.entries(found.changes, subject=Subject.GROUP),
        "just_done": changing.take_done(request),
        "manages": asking.actor(request).manages,
    }
    return render(request, "backoffice/group.html", context)


@acting_officers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a group."""

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        plan = reference_data.add_group(
            record=reference_forms.group_record(form),
            why=why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
        )
        return _preview(plan)

    change = Change(
        title=_("New application group"),
        lead=_("A group is the smallest thing that a mandate is given for."),
        fields=reference_forms.all_fields(
            reference_forms.code_field(),
            reference_forms.name_fields(),
            reference_forms.group_fields(),
            reference_forms.day_fields(),
        ),
        button=_("Add the group"),
        blank=reference_forms.new_group,
        read=lambda: reference_forms.read_group(request),
        act=act,
        back=reverse("backoffice:groups"),
        leads_to=lambda form: reverse("backoffice:group", args=[form.data["code"]]),
        done=_("The group is added"),
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what is kept of a group."""
    found = details_of(request, code)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        plan = reference_data.correct_group(
            record=reference_forms.group_record(form),
            why=why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        return _preview(plan)

    change = Change(
        title=_("Correct %(name)s") % {"name": found.name},
        lead=_(
            "What a group asks of the parties can change only while no mandate was given for it:"
            " else end it and add another."
        ),
        fields=reference_forms.all_fields(
            reference_forms.name_fields(),
            reference_forms.group_fields(),
            reference_forms.day_fields(),
        ),
        button=_("Write it down"),
        blank=lambda: reference_forms.of_group(found.record),
        read=lambda: reference_forms.read_group(request, code=code),
        act=act,
        back=reverse("backoffice:group", args=[code]),
        leads_to=lambda _form: reverse("backoffice:group", args=[code]),
        done=_("The group is corrected"),
        version=found.version,
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Give a group its last day for new mandates."""
    found = details_of(request, code)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        plan = reference_data.end_group(
            code=code,
            last_day=dates.read(form.data["ends"]),
            why=why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        return _preview(plan)

    change = Change(
        title=_("End %(name)s") % {"name": found.name},
        lead=_("After its last day no new mandates can be drawn up for it."),
        fields=reference_forms.all_fields(reference_forms.last_day_field()),
        button=_("End the group"),
        blank=lambda: reference_forms.EndForm({"ends": dates.write(found.record.validity.ends)}),
        read=lambda: reference_forms.read_end(request),
        act=act,
        back=reverse("backoffice:group", args=[code]),
        leads_to=lambda _form: reverse("backoffice:group", args=[code]),
        done=_("The group has its last day"),
        version=found.version,
        is_danger=True,
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def hand_back(request: HttpRequest, code: str) -> HttpResponse:
    """Let files decide about a group again."""
    found = details_of(request, code)
    return handing_back(
        request,
        subject=Subject.GROUP,
        code=code,
        name=found.name,
        version=found.version,
        back=reverse("backoffice:group", args=[code]),
    )


def handing_back(
    request: HttpRequest, *, subject: Subject, code: str, name: str, version: int, back: str
) -> HttpResponse:
    """Ask whether a group or an application is handed back to the files, or do it."""

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        reference_data.hand_back(
            subject=subject,
            code=code,
            why=why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
        )
        effect = _(
            "Nothing changes now. The next files of the register that are imported decide again,"
            " and may undo what officers wrote. Files that were imported already have to be"
            " imported once more by whoever runs the service."
        )
        return Preview(lines=(), effects=(effect,))

    change = Change(
        title=_("Hand %(name)s back to the files") % {"name": name},
        lead=_("Since an officer changed it, files of the register leave it as it is."),
        fields=reference_forms.all_fields(),
        button=_("Hand it back"),
        blank=lambda: changing.ReasonForm({}),
        read=lambda: reference_forms.read_reason(request),
        act=act,
        back=back,
        leads_to=lambda _form: back,
        done=_("Files of the register decide again"),
        version=version,
    )
    return change.answer(request)


def details_of(request: HttpRequest, code: str) -> GroupDetails:
    """Give a group; raises ReferenceUnknown."""
    found = look.group(
        actor=asking.actor(request), code=code, on=clock.today(), language=get_language() or ""
    )
    if found is None:
        raise ReferenceUnknown
    return found


def why(request: HttpRequest, form: forms.Form) -> Why:
    """Give who changes something, from which page, and why."""
    return Why(
        actor=asking.actor(request),
        reason=form.data["reason"],
        version=changing.version_in(request),
    )


def _preview(plan: Planned) -> Preview:
    return Preview(
        lines=change_words.lines(plan.before, plan.after),
        effects=effect_words.of_group(plan.before, plan.after, found=plan.resting),
    )
