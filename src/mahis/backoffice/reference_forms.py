"""The forms in which groups, applications and what belongs to what are written down (N2)."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mahis.backoffice import changing
from mahis.backoffice.changing import ReasonForm, Shown
from mahis.domain.groups import Branch, Validity
from mahis.domain.parties import Language
from mahis.domain.reference_data import (
    LARGEST_POSITION,
    LONGEST_CODE,
    LONGEST_NAME,
    ApplicationRecord,
    GroupRecord,
    PositionUnreadable,
)
from mahis.web import dates, explaining, typed, words

_YES, _NO = "1", "0"
_LONGEST_POSITION = len(str(LARGEST_POSITION))
_DAY = _("Day, month and year, for example 31/12/2026.")
_OPEN_DAY = _("Day, month and year. Leave it empty while no end is known.")


class ApplicationForm(ReasonForm):
    """All that is kept of an application."""

    code = forms.CharField(required=False, label=_("Code"))
    name_fr = forms.CharField(required=False, label=_("French name"))
    name_nl = forms.CharField(required=False, label=_("Dutch name"))
    name_de = forms.CharField(required=False, label=_("German name"))
    name_en = forms.CharField(required=False, label=_("English name"))


class GroupForm(ApplicationForm):
    """All that is kept of a group."""

    branch = forms.CharField(
        required=False, label=pgettext_lazy("branch of application groups", "Branch")
    )
    single_mandatary = forms.CharField(required=False, label=_("One mandatary at a time"))
    employers_only = forms.CharField(required=False, label=_("For employers only"))
    position = forms.CharField(required=False, label=_("Place in lists"))
    begins = forms.CharField(required=False, label=_("First day"))
    ends = forms.CharField(required=False, label=_("Last day"))


class MembershipForm(ReasonForm):
    """Which application, and from when to when."""

    application = forms.CharField(required=False, label=_("Application"))
    begins = forms.CharField(required=False, label=_("First day"))
    ends = forms.CharField(required=False, label=_("Last day"))


class EndForm(ReasonForm):
    """The last day."""

    ends = forms.CharField(required=False, label=_("Last day"))


def code_field() -> Shown:
    """Give the field for a new code."""
    hint = _("Letters and digits, for example dimona. It can never be changed.")
    return Shown(name="code", kind="number", hint=hint, longest=LONGEST_CODE, inputmode="text")


def name_fields() -> tuple[Shown, ...]:
    """Give the fields for the names."""
    return tuple(
        Shown(name=f"name_{language.value}", longest=LONGEST_NAME) for language in Language
    )


def group_fields() -> tuple[Shown, ...]:
    """Give the fields of a group beside code, names and reason."""
    no, yes = (_NO, str(_("no")), ""), (_YES, str(_("yes")), "")
    branches = tuple((branch.value, str(words.of(branch)), "") for branch in Branch)
    return (
        Shown(name="branch", kind="radios", options=branches),
        Shown(
            name="single_mandatary",
            kind="radios",
            options=(no, yes),
            hint=_("Whether a principal has at most one mandatary for it at any time."),
        ),
        Shown(
            name="employers_only",
            kind="radios",
            options=(no, yes),
            hint=_("Whether mandates wait until the principal is registered as an employer."),
        ),
        Shown(
            name="position",
            kind="number",
            width="quarter",
            longest=_LONGEST_POSITION,
            hint=_("Lower numbers stand first within the branch."),
        ),
    )


def day_fields() -> tuple[Shown, ...]:
    """Give the fields for the first and the last day."""
    return (
        Shown(name="begins", kind="number", inputmode="text", hint=_DAY, longest=dates.LONGEST),
        Shown(name="ends", kind="number", inputmode="text", hint=_OPEN_DAY, longest=dates.LONGEST),
    )


def last_day_field() -> Shown:
    """Give the field for the last day alone."""
    return Shown(name="ends", kind="number", inputmode="text", hint=_DAY, longest=dates.LONGEST)


def of_application(record: ApplicationRecord) -> ApplicationForm:
    """Give the form as an application stands."""
    return ApplicationForm({"code": record.code, **_names(record)})


def of_group(record: GroupRecord) -> GroupForm:
    """Give the form as a group stands."""
    return GroupForm(
        {
            "code": record.code,
            **_names(record),
            "branch": record.branch.value,
            "single_mandatary": _flag(is_set=record.single_mandatary),
            "employers_only": _flag(is_set=record.employers_only),
            "position": str(record.position),
            **of_days(record.validity),
        }
    )


def new_group() -> GroupForm:
    """Give the form for a new group."""
    return GroupForm({"single_mandatary": _NO, "employers_only": _NO, "position": "0"})


def of_days(validity: Validity) -> dict[str, str]:
    """Give the first and the last day as they are typed."""
    return {"begins": dates.write(validity.begins), "ends": dates.write(validity.ends)}


def read_application(request: HttpRequest, *, code: str | None = None) -> ApplicationForm:
    """Read an application; its code too, unless it has one."""
    form = ApplicationForm(_typed(request, code, _APPLICATION_TEXTS))
    changing.check_reason(form)
    return form


def read_group(request: HttpRequest, *, code: str | None = None) -> GroupForm:
    """Read a group; its code too, unless it has one."""
    form = GroupForm(_typed(request, code, _GROUP_TEXTS))
    if form.data["branch"] not in {branch.value for branch in Branch}:
        form.add_error("branch", str(_("Choose one.")))
    for name in ("single_mandatary", "employers_only"):
        if form.data[name] not in {_YES, _NO}:
            form.add_error(name, str(_("Choose one.")))
    if not _is_position(form.data["position"]):
        refusal = PositionUnreadable(most=LARGEST_POSITION)
        form.add_error("position", explaining.text_of(refusal))
    changing.check_days(form, ["begins", "ends"], needed=frozenset({"begins"}))
    changing.check_reason(form)
    return form


def read_membership(request: HttpRequest, *, application: str | None = None) -> MembershipForm:
    """Read from when to when; which application too, unless that is settled."""
    data = _typed(request, None, {"begins": dates.LONGEST, "ends": dates.LONGEST})
    chosen = typed.text(request.POST, "application", longest=LONGEST_CODE)
    data["application"] = chosen if application is None else application
    form = MembershipForm(data)
    if not data["application"]:
        form.add_error("application", str(_("Choose one.")))
    changing.check_days(form, ["begins", "ends"], needed=frozenset({"begins"}))
    changing.check_reason(form)
    return form


def read_end(request: HttpRequest) -> EndForm:
    """Read the last day."""
    form = EndForm(_typed(request, None, {"ends": dates.LONGEST}))
    changing.check_days(form, ["ends"], needed=frozenset({"ends"}))
    changing.check_reason(form)
    return form


def read_reason(request: HttpRequest) -> ReasonForm:
    """Read why, where nothing else is asked."""
    form = ReasonForm(_typed(request, None, {}))
    changing.check_reason(form)
    return form


def application_record(form: forms.Form) -> ApplicationRecord:
    """Give the application that was typed without errors."""
    return ApplicationRecord(code=form.data["code"], names=_typed_names(form))


def group_record(form: forms.Form) -> GroupRecord:
    """Give the group that was typed without errors."""
    return GroupRecord(
        code=form.data["code"],
        branch=Branch(form.data["branch"]),
        single_mandatary=form.data["single_mandatary"] == _YES,
        employers_only=form.data["employers_only"] == _YES,
        position=int(form.data["position"]),
        names=_typed_names(form),
        validity=validity(form),
    )


def validity(form: forms.Form) -> Validity:
    """Give the days that were typed without errors."""
    ends = form.data["ends"]
    return Validity(dates.read(form.data["begins"]), dates.read(ends) if ends else None)


_APPLICATION_TEXTS = {f"name_{language.value}": LONGEST_NAME for language in Language}
_GROUP_TEXTS = _APPLICATION_TEXTS | {
    "branch": LONGEST_CODE,
    "single_mandatary": 1,
    "employers_only": 1,
    "position": _LONGEST_POSITION,
    "begins": dates.LONGEST,
    "ends": dates.LONGEST,
}


def _typed(request: HttpRequest, code: str | None, texts: dict[str, int]) -> dict[str, str]:
    """Give what was typed, bounded; the code as it is, where it is settled."""
    data = {
        name: typed.text(request.POST, name, longest=longest) for name, longest in texts.items()
    }
    data["reason"] = changing.typed_reason(request)
    asked = typed.text(request.POST, "code", longest=LONGEST_CODE)
    return data | {"code": asked if code is None else code}


def _names(record: GroupRecord | ApplicationRecord) -> dict[str, str]:
    return {f"name_{language.value}": name for language, name in record.names.items()}


def _typed_names(form: forms.Form) -> dict[Language, str]:
    return {language: form.data[f"name_{language.value}"] for language in Language}


def _flag(*, is_set: bool) -> str:
    return _YES if is_set else _NO


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_POSITION


def all_fields(*parts: Shown | Iterable[Shown]) -> tuple[Shown, ...]:
    """Give fields in one row, the one for the reason last."""
    flat: list[Shown] = []
    for part in parts:
        flat += [part] if isinstance(part, Shown) else list(part)
    return (*flat, changing.reason_field())
