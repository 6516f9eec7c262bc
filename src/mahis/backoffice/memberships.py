"""Which application belongs to which group from when to when, as officers write it down (N2)."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mahis.backoffice import change_words, changing, effect_words, groups, reference_forms
from mahis.backoffice.changing import Change, Preview, Shown
from mahis.backoffice.opening import acting_officers
from mahis.queries import reference_data as look
from mahis.queries.reference_data import GroupDetails, MembershipRow
from mahis.usecases import reference_data
from mahis.usecases.reference_data import ReferenceUnknown
from mahis.web import asking, clock, house_rules


@acting_officers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Put an application in a group."""
    found = groups.details_of(request, code)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        validity = reference_forms.validity(form)
        plan = reference_data.put_in_group(
            group=code,
            application=form.data["application"],
            validity=validity,
            why=groups.why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        return Preview(
            lines=change_words.lines(plan.before, plan.after),
            effects=effect_words.of_membership(validity, found=plan.resting, on=clock.today()),
        )

    change = _about(
        request,
        found,
        title=_("Put an application in %(name)s") % {"name": found.name},
        fields=(_choice(request), *reference_forms.day_fields()),
        button=_("Put it in the group"),
        blank=reference_forms.MembershipForm({}),
        read=reference_forms.read_membership,
        act=act,
        done=_("The application is in the group"),
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Change from when to when a group holds an application; an end is given here too."""
    found = groups.details_of(request, code)
    row = _row(found, number)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        validity = reference_forms.validity(form)
        plan = reference_data.correct_membership(
            group=code,
            membership=number,
            validity=validity,
            why=groups.why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        return Preview(
            lines=change_words.lines(plan.before, plan.after),
            effects=effect_words.of_membership(validity, found=plan.resting, on=clock.today()),
        )

    days = reference_forms.of_days(row.validity)
    change = _about(
        request,
        found,
        title=_("%(application)s in %(name)s")
        % {"application": row.application_name, "name": found.name},
        fields=reference_forms.day_fields(),
        button=_("Write it down"),
        blank=reference_forms.MembershipForm(days),
        read=lambda asked: reference_forms.read_membership(asked, application=row.application),
        act=act,
        done=_("The days of the application are changed"),
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take back that a group is to hold an application later."""
    found = groups.details_of(request, code)
    row = _row(found, number)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        plan = reference_data.take_out(
            group=code,
            membership=number,
            why=groups.why(request, form),
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        effects = (effect_words.resting(plan.resting), effect_words.kept())
        return Preview(lines=change_words.lines(plan.before, plan.after), effects=effects)

    change = _about(
        request,
        found,
        title=_("Take %(application)s out of %(name)s")
        % {"application": row.application_name, "name": found.name},
        fields=(),
        button=_("Take it out"),
        blank=changing.ReasonForm({}),
        read=reference_forms.read_reason,
        act=act,
        done=_("The application is taken out of the group"),
    )
    return change.answer(request)


def _about(
    request: HttpRequest,
    found: GroupDetails,
    *,
    title: str,
    fields: tuple[Shown, ...],
    button: str,
    blank: forms.Form,
    read: Callable[[HttpRequest], forms.Form],
    act: Callable[[forms.Form, bool], Preview],
    done: str,
) -> Change:
    page = reverse("backoffice:group", args=[found.record.code])
    return Change(
        title=title,
        lead="",
        fields=reference_forms.all_fields(fields),
        button=button,
        blank=lambda: blank,
        read=lambda: read(request),
        act=act,
        back=page,
        leads_to=lambda _form: page,
        done=done,
        version=found.version,
    )


def _choice(request: HttpRequest) -> Shown:
    """Give the list of applications to choose from."""
    rows = look.applications(
        actor=asking.actor(request), on=clock.today(), language=get_language() or ""
    )
    first = ("", str(_("Choose an application")), "")
    options = tuple((row.code, f"{row.name} ({row.code})", "") for row in rows)
    return Shown(name="application", kind="select", options=(first, *options))


def _row(found: GroupDetails, number: int) -> MembershipRow:
    """Give one membership of a group; raises ReferenceUnknown."""
    for row in found.memberships:
        if row.number == number:
            return row
    raise ReferenceUnknown
