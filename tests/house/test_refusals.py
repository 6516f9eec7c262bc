"""Every expected no has a code of its own, a status, and words in four languages."""

import importlib
import pkgutil
import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

import mahis
from mahis.domain.refusals import Conflict, Forbidden, NotFound, Refused
from mahis.web import login_refusals, refusal_texts, refusals

#: What kinds of refusal there are; what is raised is always something more particular.
_KINDS = {Refused, Forbidden, Conflict, NotFound}


def _import_everything() -> None:
    for module in pkgutil.walk_packages(mahis.__path__, f"{mahis.__name__}."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)


def _below(kind: type[Refused]) -> set[type[Refused]]:
    return {kind}.union(*map(_below, kind.__subclasses__()))


def _ours() -> list[type[Refused]]:
    _import_everything()
    found = {kind for kind in _below(Refused) if kind.__module__.startswith("mahis.")}
    # A class that only gathers others is a kind too: it has no code of its own to be told by.
    return sorted(
        (kind for kind in found - _KINDS if "code" in vars(kind)), key=lambda kind: kind.__name__
    )


REFUSALS = _ours()


def test_every_refusal_was_found():
    assert len(REFUSALS) > 30


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_has_a_stable_code_a_reason_and_a_status(kind):
    assert re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)*", kind.code)
    assert kind.__doc__
    assert kind.__doc__ != kind.__mro__[1].__doc__, "says nothing of its own"
    assert 400 <= refusals.status_of(kind()) < 600


def test_no_code_is_used_twice():
    codes = [kind.code for kind in REFUSALS]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_has_words_in_every_language(kind):
    assert refusals.has_explanation(kind)
    text = refusal_texts.TEXTS.get(kind) or login_refusals.LOGIN_REFUSALS[kind][1]
    if not isinstance(text, Promise):
        assert callable(text), "words are either marked for translation or chosen from such"
        return
    said = []
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            said.append(str(text))
    assert all(said)
    assert len(set(said)) == len(settings.LANGUAGES), "one language repeats another"
