"""Every value that a screen can show has a word, and every state a look of its own."""

import pytest

from mahis.domain import delegation
from mahis.domain.documents import DocumentKind, RejectionReason
from mahis.domain.groups import Branch
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import ProviderStatus, Quality, Role, Side
from mahis.domain.representation import NoPower
from mahis.domain.signing import Level, Method
from mahis.web import icons, statuses, words

SHOWN = (
    State, Side, Quality, Role, Branch, Method, Level, Act, ProviderStatus, NoPower, DocumentKind,
    RejectionReason, Telling, Channel, delegation.Standing, delegation.EndedBecause,
)  # fmt: skip


@pytest.mark.parametrize("values", SHOWN, ids=lambda values: values.__name__)
def test_every_value_has_a_word(values):
    assert all(str(words.of(value)) for value in values)


def test_no_two_states_look_alike_to_eyes_that_tell_no_colours():
    shapes = [statuses.LOOKS[state].icon for state in State]
    assert len(shapes) == len(set(shapes))


def test_every_icon_that_is_named_is_drawn():
    named = {look.icon for look in statuses.LOOKS.values()} | set(statuses.PANELS.values())
    assert named <= icons.NAMES


@pytest.mark.parametrize("name", sorted(icons.NAMES))
def test_an_icon_is_silent(name):
    assert 'aria-hidden="true"' in icons.drawn(name)
