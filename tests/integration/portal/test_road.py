"""The main road through the screens: drawn up, signed by both, found, closed."""

import pytest

from mahis.store import models
from tests.integration.portal.people import as_, complete, go, hidden, text_of

pytestmark = pytest.mark.django_db


def test_a_mandate_is_drawn_up_signed_by_both_found_and_closed(cast):
    director, accountant = as_(cast.director), as_(cast.accountant)

    found = director.post(
        go("new"), {"other_party": cast.provider.screen, "start": "1/2027", "find": ""}, follow=True
    )
    assert "Fiduciaire Dupont" in text_of(found)
    draft = models.Draft.objects.get()

    overview = director.post(
        go("draft", draft.pk), complete(cast, groups=["several", "single"]), follow=True
    )
    assert overview.redirect_chain[-1][0] == go("validate", draft.pk)
    assert "several en" in text_of(overview)

    summary = director.post(
        go("validate", draft.pk), {"shown": hidden(overview, "shown"), "sign": ""}, follow=True
    )
    reference = models.Authorisation.objects.get().reference
    assert summary.redirect_chain[-1][0] == go("summary", reference)
    assert "It is now up to Fiduciaire Dupont" in text_of(summary)

    home = accountant.get(go("home"))
    assert "2 mandates" in text_of(home)
    page = accountant.get(go("sign", reference))
    signed = accountant.post(
        go("sign", reference), {"version": hidden(page, "version")}, follow=True
    )
    assert signed.status_code == 200
    assert "Active" in text_of(signed)

    rows = director.get(go("search"), {"states": "active"})
    assert str(reference) in text_of(rows)

    page = director.get(go("close", reference))
    confirmation = director.post(
        go("close", reference),
        {"version": hidden(page, "version"), "places": ["1"], "end": "2/2027"},
        follow=True,
    )
    assert "2/2027" in text_of(confirmation)
    closed = director.post(
        go("close_confirm", reference),
        {"version": hidden(confirmation, "version"), "places": ["1"], "end": "2/2027"},
        follow=True,
    )
    assert closed.status_code == 200
    mandates = models.Mandate.objects.order_by("place")
    assert [mandate.quarters.end and mandate.quarters.end.screen for mandate in mandates] == [
        "2/2027",
        None,
    ]
