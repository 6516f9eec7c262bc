"""Home, search and consult screens of the officers."""

import pytest
from django.urls import reverse

from mahis.domain.mandate import AuthorisationReference
from mahis.queries import states_of_all
from tests.factories import register, roads
from tests.integration.portal.people import as_, somebody, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference(cast):
    """Give an active authorisation for two groups."""
    return roads.signed_by_both(cast.director, cast.accountant, "several", "single")


def look(actor, name, query=None, *, args=()):
    return as_(actor).get(reverse(f"backoffice:{name}", args=args), query or {})


class TestHome:
    def test_counts_every_status_and_leads_to_the_search(self, cast, reference):
        answer = look(cast.officer, "home")
        assert "The register holds 2 mandates." in text_of(answer)
        page = answer.content.decode()
        assert "/office/mandates/?states=active" in page
        assert "states=pending" not in page
        assert "2 mandates : Active" in text_of(answer)

    def test_of_an_empty_register_says_so(self, cast):
        assert "The register holds 0 mandates." in text_of(look(cast.officer, "home"))

    def test_counts_what_the_query_counts(self, cast, reference):
        from mahis.web import clock

        counts = states_of_all.counts(actor=cast.officer, on=clock.today())
        assert sum(counts.values()) == 2

    def test_is_where_the_front_door_leads_officers(self, cast):
        answer = as_(cast.officer).get("/", follow=True)
        assert answer.request["PATH_INFO"] == "/office/"

    @pytest.mark.parametrize("form", ["{0}", "{0}/2", "{0.number}"])
    def test_leads_straight_to_what_a_reference_names(self, cast, reference, form):
        answer = look(cast.officer, "search", {"reference": form.format(reference), "open": "1"})
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"/office/mandates/{reference}/")

    @pytest.mark.parametrize(
        "text", ["2026-9999999", "hello", "", "1" * 50, "\x00", "\uff12\uff10\uff12\uff16-1"]
    )
    def test_shows_the_search_where_a_reference_names_nothing(self, cast, reference, text):
        answer = look(cast.officer, "search", {"reference": text, "open": "1"})
        assert answer.status_code in {200, 422}
        assert "Search mandates" in text_of(answer)


class TestSearch:
    def test_finds_mandates_of_everybody(self, cast, reference):
        garage = somebody(
            register.an_enterprise("Garage Maes"), cast.director.capacity.quality, may_sign=True
        )
        other = roads.drawn_up(garage, cast.accountant, "several")
        text = text_of(look(cast.officer, "search"))
        assert "3 mandates" in text
        for said in (f"{reference}/1", f"{reference}/2", f"{other}/1", "Garage Maes", "Bakkerij"):
            assert said in text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"mandator": "bakkerij"}, True),
            ({"mandator": "dupont"}, False),
            ({"mandatary": "dupont"}, True),
            ({"mandatary": "bakkerij"}, False),
            ({"states": "active"}, True),
            ({"states": "pending"}, False),
            ({"quarter": "1/2027"}, True),
            ({"groups": "several"}, True),
        ],
    )
    def test_is_narrowed_by_either_party_and_the_rest(self, cast, reference, query, found):
        answer = look(cast.officer, "search", query)
        assert answer.status_code == 200
        assert (f"{reference}/1" in text_of(answer)) is found

    def test_names_what_was_ticked_where_the_boxes_are_folded_away(self, cast, reference):
        text = text_of(look(cast.officer, "search", {"states": "active", "groups": "several"}))
        assert "Status and application groups: Active, several en" in text

    def test_by_numbers_of_either_party(self, cast, reference):
        for query in ({"mandator": cast.client.screen}, {"mandatary": cast.provider.screen}):
            assert f"{reference}/2" in text_of(look(cast.officer, "search", query))

    def test_leads_to_consulting_and_to_closing_where_that_is_possible(
        self, cast, auditor, reference
    ):
        roads.closed(reference, cast.director, 2, end="1/2027")
        page = look(cast.officer, "search").content.decode()
        assert f'href="/office/mandates/{reference}/close/?place=1"' in page
        assert f'href="/office/mandates/{reference}/close/?place=2"' not in page
        assert f'href="/office/mandates/{reference}/2/"' in page
        assert "/close/" not in look(auditor, "search").content.decode()

    def test_offers_nothing_that_only_companies_do(self, cast, reference):
        page = look(cast.officer, "search", {"mandator": "nobody at all"}).content.decode()
        assert "/mandates/new/" not in page
        assert "your enterprise" not in page.lower()

    @pytest.mark.parametrize(
        "query",
        [
            {"mandator": "x"},
            {"mandator": "0123.456.788"},
            {"mandatary": "a" * 5000},
            {"mandator": "\x00%\\_'\""},
            {"quarter": "9/2027"},
            {"quarter": "soon"},
            {"states": "forged"},
            {"groups": "nothing"},
            {"reference": "../etc"},
            {"sort": "; DROP TABLE"},
            {"page": "-1"},
            {"page": "9" * 30},
            {"side": "x", "awaited": "y"},
        ],
    )
    def test_bad_input_is_explained(self, cast, reference, query):
        assert look(cast.officer, "search", query).status_code in {200, 422}


class TestConsulting:
    def test_shows_everything_and_leads_to_the_history(self, cast, reference):
        roads.closed(reference, cast.officer, 2, end="4/2026", reason="By letter")
        answer = look(cast.officer, "authorisation", args=[reference])
        text = text_of(answer)
        for said in (
            f"Authorisation {reference}",
            "Bakkerij Peeters",
            cast.client.screen,
            "Fiduciaire Dupont",
            cast.provider.screen,
            f"{reference}/1",
            f"{reference}/2",
            "several en",
            "single en",
            "4/2026",
            "By letter",
            "Anna Peeters",
        ):
            assert said in text
        page = answer.content.decode()
        assert f'href="/office/mandates/{reference}/history/"' in page
        assert f'href="/office/mandates/{reference}/close/"' in page
        assert "your enterprise" not in text.lower()

    def test_of_one_mandate_leads_to_the_others(self, cast, reference):
        answer = look(cast.officer, "mandate", args=[reference, 2])
        assert f"Mandate {reference}/2" in text_of(answer)
        assert f'href="/office/mandates/{reference}/1/"' in answer.content.decode()

    def test_offers_no_closing_where_nothing_can_be_closed(self, cast, auditor):
        reference = roads.drawn_up(cast.director, cast.accountant, "several")
        for actor in (cast.officer, auditor):
            page = look(actor, "authorisation", args=[reference]).content.decode()
            assert "/close/" not in page

    def test_links_stay_in_the_office(self, cast, reference):
        for name, args in (("authorisation", [reference]), ("mandate", [reference, 1])):
            page = look(cast.officer, name, args=args).content.decode()
            assert 'href="/mandates/' not in page

    @pytest.mark.parametrize("name", ["authorisation", "history", "close"])
    def test_of_what_does_not_exist_is_not_found(self, cast, reference, name):
        for nothing in (
            AuthorisationReference(2026, 999_999),
            AuthorisationReference(2025, reference.number),
        ):
            assert look(cast.officer, name, args=[nothing]).status_code == 404
        assert look(cast.officer, "mandate", args=[reference, 9]).status_code == 404

    @pytest.mark.parametrize(
        "path", ["2026-", "x", "2026-1/0", "2026-9999999999999", "2026-1/9999"]
    )
    def test_of_what_is_no_reference_is_not_found(self, cast, path):
        assert as_(cast.officer).get(f"/office/mandates/{path}/").status_code == 404

    def test_of_a_number_beyond_the_database_is_not_found(self, cast):
        answer = as_(cast.officer).get("/office/mandates/2026-999999999999/")
        assert answer.status_code == 404
