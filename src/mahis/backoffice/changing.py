"""Changing something that is no mandate: a form, a page that shows what will change, and done (N2).

What was typed goes from page to page by POST only: a reason can name people, and addresses are
logged.
"""

import dataclasses
import secrets
from collections.abc import Callable, Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mahis.backoffice.change_words import Line
from mahis.domain.conditions import ReasonMissing, ReasonTooLong
from mahis.domain.refusals import Forbidden, NotFound, Refused
from mahis.web import asking, dates, explaining, house_rules, refusals, typed

#: What a POST holds beside what was typed.
_BESIDE = frozenset({"csrfmiddlewaretoken", "confirm", "change", "once"})
_DONE = "change_done"
#: Where confirmations lead to that were taken already, by the mark of their page.
_ONCE = "changes_once"
_MOST_REMEMBERED = 20
_NO_VERSION = -1
_LONGEST_VERSION = 9


class ReasonForm(forms.Form):
    """Only why; the fields of every change that needs no more."""

    reason = forms.CharField(required=False, label=_("Reason"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shown:
    """One field of a form, and how it is drawn."""

    name: str
    kind: str = "text"
    hint: str | Promise = ""
    options: tuple[tuple[str, str, str], ...] = ()
    longest: int | None = None
    width: str = ""
    inputmode: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Preview:
    """What will change, as the page before the act shows it."""

    lines: tuple[Line, ...]
    #: What it means for mandates and people: whole sentences.
    effects: tuple[str, ...]
    #: What cannot be undone, or will surprise somebody; empty where nothing is.
    warning: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Change:
    """One kind of change: how it is asked for, shown, and done."""

    title: str
    #: Whom or what it is about, and what the act does.
    lead: str
    fields: tuple[Shown, ...]
    #: What the last button says.
    button: str | Promise
    #: The form as it stands at first.
    blank: Callable[[], forms.Form]
    #: Reads what was typed; errors stand on the form then.
    read: Callable[[], forms.Form]
    #: Does it where told so, else only says what would change; raises refusals.
    act: Callable[[forms.Form, bool], Preview]
    #: Where one comes from.
    back: str
    #: Where it leads to afterwards, and what is said there.
    leads_to: Callable[[forms.Form], str]
    done: str | Promise
    version: int = 0
    is_danger: bool = False

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Show the form, or what would change, or do it."""
        if request.method != "POST":
            return self._ask(request, self.blank())
        form = self.read()
        if form.errors or "change" in request.POST:
            status = 422 if form.errors and "change" not in request.POST else 200
            return self._ask(request, form, status=status)
        is_confirmed = "confirm" in request.POST
        try:
            preview = self.act(form, is_confirmed)
        except (NotFound, Forbidden):
            raise
        except Refused as refusal:
            led_to = _led_to(request) if is_confirmed else ""
            if led_to:
                return redirect(led_to)
            explaining.put_on(
                form, [refusal], actor=asking.actor(request), language=get_language() or ""
            )
            return self._ask(request, form, status=refusals.status_of(refusal))
        if is_confirmed:
            return self._done(request, self.leads_to(form))
        return self._check(request, form, preview)

    def _done(self, request: HttpRequest, address: str) -> HttpResponse:
        """Lead on, and remember where to, for a second click on the same button."""
        request.session[_DONE] = str(self.done)
        earlier = list(request.session.get(_ONCE, []))[-_MOST_REMEMBERED:]
        request.session[_ONCE] = [*earlier, [request.POST.get("once", ""), address]]
        # Now, and not with the answer: the second click may be asked already.
        request.session.save()
        return redirect(address)

    def _ask(self, request: HttpRequest, form: forms.Form, *, status: int = 200) -> HttpResponse:
        shown = [
            {"bound": form[each.name], "kind": each.kind, "more": each} for each in self.fields
        ]
        context = {
            "change": self,
            "form": form,
            "fields": shown,
            "version": request.POST.get("version", str(self.version)),
        }
        return render(request, "backoffice/change.html", context, status=status)

    def _check(self, request: HttpRequest, form: forms.Form, preview: Preview) -> HttpResponse:
        hidden = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _BESIDE
            for value in values
        ]
        context = {
            "change": self,
            "preview": preview,
            "hidden": hidden,
            "once": secrets.token_urlsafe(12),
            "reason": form.data.get("reason", ""),
        }
        return render(request, "backoffice/change_check.html", context)


def _led_to(request: HttpRequest) -> str:
    """Say where a confirmation led to that was taken already; empty where it is the first."""
    once = request.POST.get("once", "")
    kept = type(request.session)(request.session.session_key).get(_ONCE, [])
    return next((str(address) for mark, address in kept if once and mark == once), "")


def take_done(request: HttpRequest) -> str:
    """Say what was just changed, once; empty where nothing was."""
    return str(request.session.pop(_DONE, ""))


def version_in(request: HttpRequest) -> int:
    """Give the number of the change that a page was made from; a tampered one fits nothing."""
    text = request.POST.get("version", "")
    is_count = text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION
    return int(text) if is_count else _NO_VERSION


def reason_field() -> Shown:
    """Give the field for the reason."""
    return Shown(
        name="reason",
        kind="textarea",
        hint=_("Who asked for it, and why. Officers can read it, so name no national number."),
        longest=house_rules.limits().longest_reason,
    )


def typed_reason(request: HttpRequest) -> str:
    """Give the reason as it was typed, without control characters."""
    return typed.lines(request.POST.get("reason", ""))


def check_reason(form: forms.Form) -> None:
    """Put on a form what is wrong with its reason."""
    reason, longest = form.data["reason"], house_rules.limits().longest_reason
    if not reason:
        form.add_error("reason", explaining.text_of(ReasonMissing()))
    elif len(reason) > longest:
        form.add_error("reason", explaining.text_of(ReasonTooLong(longest=longest)))


def check_days(form: forms.Form, names: Iterable[str], *, needed: frozenset[str]) -> None:
    """Put on a form what is wrong with its days; those `needed` may not be empty."""
    for name in names:
        text = form.data[name]
        if not text and name not in needed:
            continue
        try:
            dates.read(text)
        except Refused as refusal:
            form.add_error(name, explaining.text_of(refusal))
