"""NSSO employers: found, one with its history, registered and ended by the office (A5, N2)."""

import datetime
from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mahis.backoffice import change_words, changing
from mahis.backoffice.changing import Change, Preview, ReasonForm, Shown
from mahis.backoffice.opening import acting_officers, officers
from mahis.domain.changes import Subject
from mahis.domain.employers import EnterpriseNotKnown, Registration, RegistrationUnknown
from mahis.domain.identifiers import EnterpriseNumber, NssoNumber
from mahis.domain.refusals import Refused
from mahis.queries import employers as look
from mahis.queries.employers import EmployerDetails, RegistrationRow
from mahis.usecases import end_employer, register_employer
from mahis.usecases.end_employer import Ending
from mahis.web import asking, clock, dates, explaining, house_rules, typed

_LONGEST_SEARCH = 200
_LONGEST_NUMBER = 20
_DAY = gettext_lazy("Day, month and year, for example 31/12/2026.")


class RegisterForm(ReasonForm):
    """Under which number, and from when."""

    nsso_number = forms.CharField(required=False, label=gettext_lazy("NSSO number"))
    begins = forms.CharField(required=False, label=gettext_lazy("First day as an employer"))


class EndForm(ReasonForm):
    """Until when."""

    ends = forms.CharField(required=False, label=gettext_lazy("Last day as an employer"))


class SearchForm(forms.Form):
    """What is looked for."""

    text = forms.CharField(required=False, label=gettext_lazy("Number or name"))


@officers
@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    """Find an enterprise as an employer, and list what only the office says."""
    actor, on, language = asking.actor(request), clock.today(), get_language() or ""
    text = typed.text(request.GET, "text", longest=_LONGEST_SEARCH)
    form = SearchForm({"text": text})
    context: dict[str, object] = {
        "form": form,
        "unconfirmed": look.unconfirmed(actor=actor, on=on, language=language),
        "manages": actor.manages,
    }
    if text:
        found = look.found(actor=actor, text=text, on=on, language=language)
        if found.refusal is not None:
            form.add_error("text", explaining.text_of(found.refusal))
        elif len(found.rows) == 1:
            return redirect("backoffice:employer", found.rows[0].number)
        context["found"] = found
    status = 422 if form.errors else 200
    return render(request, "backoffice/employers.html", context, status=status)


@officers
@require_safe
def employer(request: HttpRequest, number: EnterpriseNumber) -> HttpResponse:
    """Show one enterprise as an employer."""
    found = _details(request, number)
    context = {
        "employer": found,
        "changes": change_words.entries(found.changes, subject=Subject.EMPLOYER),
        "just_done": changing.take_done(request),
        "manages": asking.actor(request).manages,
    }
    return render(request, "backoffice/employer.html", context)


@acting_officers
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, number: EnterpriseNumber) -> HttpResponse:
    """Register an enterprise as an employer."""
    found = _details(request, number)

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        wanted = Registration(
            enterprise=number,
            nsso_number=NssoNumber.parse(form.data["nsso_number"]),
            begins=dates.read(form.data["begins"]),
        )
        register_employer.register(
            actor=asking.actor(request),
            wanted=wanted,
            reason=form.data["reason"],
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        return Preview(
            lines=change_words.lines({}, _written(wanted)),
            effects=_effects_of_registering(found, wanted.begins),
        )

    change = Change(
        title=_("Register %(name)s as an employer") % {"name": found.card.name},
        lead=_("Enterprise %(number)s.") % {"number": number.screen},
        fields=(
            Shown(
                name="nsso_number",
                kind="number",
                inputmode="text",
                longest=_LONGEST_NUMBER,
                hint=_("Nine digits, for example 0009354-67; a provisional one has ten."),
            ),
            _day_field("begins"),
            changing.reason_field(),
        ),
        button=_("Register the employer"),
        blank=lambda: RegisterForm({"begins": dates.write(clock.today())}),
        read=lambda: _read_registering(request),
        act=act,
        back=reverse("backoffice:employer", args=[number]),
        leads_to=lambda _form: reverse("backoffice:employer", args=[number]),
        done=_("The employer is registered"),
    )
    return change.answer(request)


@acting_officers
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, number: EnterpriseNumber, registration: int) -> HttpResponse:
    """Give a registration its last day, or correct it."""
    found = _details(request, number)
    row = found.registration(registration)
    if row is None:
        raise RegistrationUnknown

    def act(form: forms.Form, confirmed: bool) -> Preview:  # noqa: FBT001
        ending = Ending(
            enterprise=number,
            registration=registration,
            change_seen=changing.version_in(request),
            last_day=dates.read(form.data["ends"]),
            reason=form.data["reason"],
        )
        end_employer.end(
            actor=asking.actor(request),
            ending=ending,
            limits=house_rules.limits(),
            at=clock.now() if confirmed else None,
            on=clock.today(),
        )
        before, after = _ends(row.ends), _ends(ending.last_day)
        return Preview(
            lines=change_words.lines(before, after),
            effects=_effects_of_ending(found, ending.last_day),
        )

    change = Change(
        title=_("End %(name)s as an employer") % {"name": found.card.name},
        lead=_lead_of(row),
        fields=(_day_field("ends"), changing.reason_field()),
        button=_("End the registration"),
        blank=lambda: EndForm({"ends": dates.write(row.ends)}),
        read=lambda: _read_ending(request),
        act=act,
        back=reverse("backoffice:employer", args=[number]),
        leads_to=lambda _form: reverse("backoffice:employer", args=[number]),
        done=_("The last day is written down"),
        version=found.version,
    )
    return change.answer(request)


def _details(request: HttpRequest, number: EnterpriseNumber) -> EmployerDetails:
    found = look.one(
        actor=asking.actor(request),
        number=number,
        on=clock.today(),
        language=get_language() or "",
    )
    if found is None:
        raise EnterpriseNotKnown
    return found


def _day_field(name: str) -> Shown:
    return Shown(name=name, kind="number", inputmode="text", hint=_DAY, longest=dates.LONGEST)


def _read_registering(request: HttpRequest) -> RegisterForm:
    form = RegisterForm(
        {
            "nsso_number": typed.text(request.POST, "nsso_number", longest=_LONGEST_NUMBER),
            "begins": typed.text(request.POST, "begins", longest=dates.LONGEST),
            "reason": changing.typed_reason(request),
        }
    )
    try:
        NssoNumber.parse(form.data["nsso_number"])
    except Refused as refusal:
        form.add_error("nsso_number", explaining.text_of(refusal))
    changing.check_days(form, ["begins"], needed=frozenset({"begins"}))
    changing.check_reason(form)
    return form


def _read_ending(request: HttpRequest) -> EndForm:
    form = EndForm(
        {
            "ends": typed.text(request.POST, "ends", longest=dates.LONGEST),
            "reason": changing.typed_reason(request),
        }
    )
    changing.check_days(form, ["ends"], needed=frozenset({"ends"}))
    changing.check_reason(form)
    return form


def _lead_of(row: RegistrationRow) -> str:
    return _("NSSO number %(number)s, since %(day)s.") % {
        "number": row.nsso_number.screen,
        "day": dates.write(row.begins),
    }


def _written(wanted: Registration) -> Mapping[str, object]:
    return {"nssoNumber": wanted.nsso_number.screen, "begins": wanted.begins.isoformat()}


def _ends(day: datetime.date | None) -> Mapping[str, object]:
    return {"ends": None if day is None else day.isoformat()}


def _effects_of_registering(found: EmployerDetails, begins: datetime.date) -> tuple[str, ...]:
    waiting = ngettext(
        "%(count)s mandate waits for it and becomes active if both parties still fit.",
        "%(count)s mandates wait for it and become active if both parties still fit.",
        found.waiting,
    ) % {"count": found.waiting}
    when = (
        _("That happens at once, and both parties of each are told.")
        if begins <= clock.today()
        else _("That happens by itself on the first day, and both parties of each are told.")
    )
    if not found.waiting:
        return (_("No mandate waits for it."), _kept())
    return (waiting, when, _kept())


def _effects_of_ending(found: EmployerDetails, last_day: datetime.date) -> tuple[str, ...]:
    if not found.active:
        return (_("It has no active mandate for groups of employers."), _kept())
    stays = ngettext(
        "%(count)s active mandate for groups of employers stays as it is.",
        "%(count)s active mandates for groups of employers stay as they are.",
        found.active,
    ) % {"count": found.active}
    told = (
        _("Both parties of each are told at once.")
        if last_day < clock.today()
        else _("Both parties of each are told on the day after the last one.")
    )
    return (stays, told, _kept())


def _kept() -> str:
    return _("Files of the register leave it as you wrote it, until they say the same.")
