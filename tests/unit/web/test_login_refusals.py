"""Every reason why a login is refused has a status and an explanation."""

import pytest

from mahis.gateways.identity_refusals import LoginRefused
from mahis.web.login_refusals import LOGIN_REFUSALS, explain


def kinds(base):
    return {base}.union(*(kinds(kind) for kind in base.__subclasses__()))


def test_every_reason_is_explained_and_none_is_left_over():
    assert set(LOGIN_REFUSALS) == kinds(LoginRefused)


@pytest.mark.parametrize("kind", list(LOGIN_REFUSALS))
def test_an_explanation_is_a_sentence_with_a_fitting_status(kind):
    status, explanation = explain(kind())
    assert status in {401, 403, 502}
    assert str(explanation).endswith(".")
