"""Delegating past quarters on the screens: in steps, for whom it is, and its end (L8)."""

import dataclasses
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.mandate import AuthorisationReference
from mahis.domain.parties import Actor, Quality, Role
from mahis.store import models
from tests.factories import mandates, register, roads
from tests.integration.portal import people
from tests.integration.portal.people import as_, go, hidden, text_of

pytestmark = pytest.mark.django_db


@dataclasses.dataclass(frozen=True)
class Handed:
    """A mandate that the accountant has, and that a former mandatary had in 2025."""

    cast: people.Cast
    former: EnterpriseNumber
    #: Manages for the former mandatary.
    clerk: Actor
    reference: AuthorisationReference

    def typed(self, **changed):
        """Give a form that is right in every field."""
        return {
            "version": str(models.Authorisation.objects.get(pk=self.reference.number).version),
            "delegate": self.former.digits,
            "start": "1/2025",
            "until": "4/2025",
            "application": "",
        } | changed

    def delegated(self, **changed):
        """Delegate through the last step; gives the number."""
        page = as_(self.cast.accountant).post(
            go("delegating_confirm", self.reference, 1), self.typed(**changed)
        )
        assert page.status_code == 302, text_of(page)
        return models.Delegation.objects.latest("pk").pk


@pytest.fixture
def handed(cast):
    """Give a mandate that went from one mandatary to the next."""
    group = models.ApplicationGroup.objects.get(code="single")
    register.an_application("declaring", group)
    former = register.a_provider("Sociaal Bureau")
    mandates.an_authorisation(cast.client, former, group, start="1/2025", end="4/2025")
    reference = roads.signed_by_both(cast.director, cast.accountant, "single")
    clerk = people.somebody(former, Quality.SERVICE_PROVIDER)
    return Handed(cast, former, clerk, reference)


class TestTheSteps:
    def test_lead_from_the_menu_to_the_delegation(self, handed):
        browser = as_(handed.cast.accountant)
        listed = browser.get(go("delegations"))
        assert go("delegating_choose") in listed.content.decode()
        chosen = browser.get(go("delegating_choose"))
        assert "Bakkerij Peeters" in text_of(chosen)
        first = go("delegating", handed.reference, 1)
        assert first in chosen.content.decode()

        page = browser.get(first)
        assert "mandatary in 1/2025 to 4/2025" in text_of(page)
        assert page.context["form"]["start"].value() == "1/2025", (
            "what the only one had is filled in"
        )
        version = hidden(page, "version")
        checked = browser.post(first, handed.typed(version=version, start="2/2025"))
        assert checked.status_code == 302
        confirmation = browser.get(checked["Location"])
        text = text_of(confirmation)
        assert "2/2025 to 4/2025" in text
        assert "1 April to 31 December 2025" in text
        assert not models.Delegation.objects.exists()

        query = {
            name: values[0]
            for name, values in parse_qs(urlsplit(checked["Location"]).query).items()
        }
        done = browser.post(go("delegating_confirm", handed.reference, 1), query, follow=True)
        row = models.Delegation.objects.get()
        assert done.redirect_chain[-1][0] == go("delegation", row.pk)
        assert "You have delegated past quarters" in text_of(done)
        assert "the whole group" in text_of(done)

    def test_keep_what_was_typed_on_the_way_back(self, handed):
        browser = as_(handed.cast.accountant)
        typed = handed.typed(start="3/2025", application="declaring")
        checked = browser.post(go("delegating", handed.reference, 1), typed)
        confirmation = browser.get(checked["Location"])
        assert "only the application declaring en" in text_of(confirmation)
        back = go("delegating", handed.reference, 1) + "?" + confirmation.context["back"]
        form = browser.get(back).context["form"]
        assert (form["start"].value(), form["application"].value()) == ("3/2025", "declaring")

    @pytest.mark.parametrize(
        ("changed", "field", "said"),
        [
            ({"delegate": ""}, "delegate", "Choose a former mandatary."),
            ({"start": ""}, "start", "Enter the first quarter"),
            ({"until": "soon"}, "until", "quarter"),
            ({"start": "4/2025", "until": "1/2025"}, "until", ""),
            ({"start": "4/2024"}, "start", "was no mandatary in 4/2024"),
            ({"until": "4/2026"}, "until", "3/2026 at the latest"),
            ({"application": "other"}, "application", "no such application"),
        ],
    )
    def test_say_what_is_wrong_at_its_field(self, handed, changed, field, said):
        page = as_(handed.cast.accountant).post(
            go("delegating", handed.reference, 1), handed.typed(**changed)
        )
        assert page.status_code == 422
        assert said in " ".join(page.context["form"].errors[field])
        assert not models.Delegation.objects.exists()

    def test_refuse_a_stranger_at_the_field(self, handed):
        stranger = register.a_provider("Stranger")
        page = as_(handed.cast.accountant).post(
            go("delegating", handed.reference, 1), handed.typed(delegate=stranger.digits)
        )
        assert page.status_code == 422
        assert "never was a mandatary" in text_of(page)

    def test_clicked_twice_delegate_once(self, handed):
        browser = as_(handed.cast.accountant)
        typed = handed.typed()
        answers = [
            browser.post(go("delegating_confirm", handed.reference, 1), typed) for _ in range(2)
        ]
        number = models.Delegation.objects.get().pk
        assert [each["Location"] for each in answers] == [go("delegation", number)] * 2

    def test_from_a_page_before_another_act_say_what_happened(self, handed):
        typed = handed.typed()
        roads.closed(handed.reference, handed.cast.director, 1, end="4/2026")
        page = as_(handed.cast.accountant).post(
            go("delegating_confirm", handed.reference, 1), typed
        )
        assert page.status_code == 409
        assert not models.Delegation.objects.exists()

    def test_of_a_mandate_that_cannot_be_delegated_are_not_there(self, handed):
        browser = as_(handed.cast.accountant)
        assert browser.get(go("delegating", handed.reference, 2)).status_code == 404
        ending = roads.signed_by_both(handed.cast.director, handed.cast.accountant, "several")
        assert "Nobody to delegate to" in text_of(browser.get(go("delegating", ending, 1)))
        assert as_(handed.clerk).get(go("delegating", handed.reference, 1)).status_code == 404

    @pytest.mark.parametrize("text", ["Bakkerij", "bakk peet"])
    def test_find_the_mandate_by_its_principal(self, handed, text):
        browser = as_(handed.cast.accountant)
        assert len(browser.get(go("delegating_choose"), {"text": text}).context["found"].rows) == 1
        nothing = browser.get(go("delegating_choose"), {"text": "Nobody"})
        assert nothing.context["found"].rows == ()
        wrong = browser.get(go("delegating_choose"), {"text": "x"})
        assert wrong.status_code == 200
        assert wrong.context["form"].errors


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fields=st.dictionaries(
        st.sampled_from(["delegate", "start", "until", "application", "version", "text", "page"]),
        st.text(max_size=40),
    ),
    name=st.sampled_from(["delegating", "delegating_confirm", "delegating_choose", "delegations"]),
    method=st.sampled_from(["get", "post"]),
)
def test_no_screen_falls_over_anything(handed, fields, name, method):
    about = (handed.reference, 1) if name in {"delegating", "delegating_confirm"} else ()
    sent = {key: text.encode("utf-8", "ignore").decode() for key, text in fields.items()}
    answer = getattr(as_(handed.cast.accountant), method)(go(name, *about), sent)
    assert answer.status_code < 500
    assert not models.Delegation.objects.exists()


class TestAList:
    def test_shows_what_was_given_and_what_was_received(self, handed):
        number = handed.delegated()
        for actor, part, other in (
            (handed.cast.accountant, "delegator", "delegate"),
            (handed.clerk, "delegate", "delegator"),
        ):
            browser = as_(actor)
            rows = browser.get(go("delegations")).context["found"].rows
            assert [row.number for row in rows] == [number]
            found = browser.get(go("delegations"), {"part": part}).context["found"]
            assert len(found.rows) == 1
            nothing = browser.get(go("delegations"), {"part": other}).context["found"]
            assert nothing.rows == ()

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"standing": "running"}, 1),
            ({"standing": "ended"}, 0),
            ({"text": "Sociaal"}, 1),
            ({"text": "Dupont", "standing": "running"}, 1),
            ({"text": "Unheard of"}, 0),
            ({"part": "nonsense", "standing": "nonsense", "page": "99"}, 1),
        ],
    )
    def test_is_narrowed_by_its_filter(self, handed, query, count):
        handed.delegated()
        found = as_(handed.clerk).get(go("delegations"), query).context["found"]
        assert len(found.rows) == count

    def test_says_what_is_wrong_with_what_was_typed(self, handed):
        page = as_(handed.clerk).get(go("delegations"), {"text": "x"})
        assert page.status_code == 200
        assert page.context["form"].errors["text"]

    def test_is_for_providers(self, handed):
        assert as_(handed.cast.director).get(go("delegations")).status_code == 403
        assert as_(handed.cast.officer).get(go("delegations")).status_code == 403


class TestOneDelegation:
    def test_is_shown_to_all_three_and_to_nobody_else(self, handed):
        number = handed.delegated()
        for actor in (handed.cast.accountant, handed.clerk, handed.cast.reader):
            page = as_(actor).get(go("delegation", number))
            assert page.status_code == 200
            assert "Sociaal Bureau can act for Bakkerij Peeters" in text_of(page)
        assert as_(handed.cast.stranger).get(go("delegation", number)).status_code == 404

    def test_stands_on_the_pages_of_the_principal_without_a_way_to_end_it(self, handed):
        number = handed.delegated()
        browser = as_(handed.cast.director)
        for address in (go("authorisation", handed.reference), go("mandate", handed.reference, 1)):
            page = browser.get(address).content.decode()
            assert go("delegation", number) in page
        assert (
            go("delegation_end", number)
            not in browser.get(go("delegation", number)).content.decode()
        )
        assert browser.post(go("delegation_end", number)).status_code == 403

    def test_is_where_the_delegate_is_led_by_its_notice(self, handed):
        number = handed.delegated()
        page = as_(handed.clerk).get(go("authorisation", handed.reference))
        assert page.status_code == 302
        assert page["Location"] == go("delegation", number)
        assert (
            as_(handed.cast.stranger).get(go("authorisation", handed.reference)).status_code == 404
        )

    @pytest.mark.parametrize("who", ["accountant", "clerk"])
    def test_is_ended_by_either_mandatary_after_a_question(self, handed, who):
        number = handed.delegated()
        actor = handed.clerk if who == "clerk" else handed.cast.accountant
        browser = as_(actor)
        assert (
            go("delegation_end", number) in browser.get(go("delegation", number)).content.decode()
        )
        question = browser.get(go("delegation_end", number))
        assert "can no longer act by this delegation" in text_of(question)
        assert models.Delegation.objects.get().ended_at is None
        done = browser.post(go("delegation_end", number), follow=True)
        assert "The delegation has ended" in text_of(done)
        again = browser.post(go("delegation_end", number), follow=True)
        assert again.redirect_chain[-1][0] == go("delegation", number)
        assert models.Notice.objects.filter(telling="delegationEnded").count() == 3

    def test_is_not_changed_by_whom_only_consults(self, handed):
        number = handed.delegated()
        reader = people.somebody(handed.former, Quality.SERVICE_PROVIDER, role=Role.CONSULT)
        browser = as_(reader)
        assert (
            go("delegation_end", number)
            not in browser.get(go("delegation", number)).content.decode()
        )
        for name, args in (
            ("delegation_end", (number,)),
            ("delegating_choose", ()),
            ("delegating", (handed.reference, 1)),
        ):
            assert browser.post(go(name, *args)).status_code == 403

    def test_shows_the_delegate_its_notice(self, handed):
        handed.delegated()
        notice = models.Notice.objects.get(recipient_id=handed.former)
        page = as_(handed.clerk).get(go("notice", notice.pk))
        text = text_of(page)
        assert "Fiduciaire Dupont has delegated quarters to you" in text
        assert "Sociaal Bureau" in text
        listed = text_of(as_(handed.clerk).get(go("notices")))
        assert "Past quarters of Bakkerij Peeters are delegated to you" in listed
