"""Finding the other party."""

import datetime

import pytest

from mahis.domain import identifiers, parties
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import ProviderStatus, Quality, Side
from mahis.queries import enterprises, party_text
from tests.factories import numbers, register
from tests.factories.mandates import TODAY

pytestmark = pytest.mark.django_db

KNOWN = EnterpriseNumber("0403170701")
YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.fixture
def baker():
    return register.acting(register.an_enterprise("Own bakery"), Quality.NSSO_EMPLOYER)


@pytest.fixture
def accountant():
    return register.acting(register.a_provider("Own practice"), Quality.SERVICE_PROVIDER)


def look(text, actor, *, side=None, language="en", limit=10):
    return enterprises.found(
        text=text,
        side=side or actor.side.other,
        actor=actor,
        on=TODAY,
        language=language,
        limit=limit,
    )


def names(found):
    return [card.name for card in found.cards]


def refusal(found):
    assert found.kind in {"none", "refused"}
    assert not found.cards
    assert found.refusal.field == "other_party"
    return type(found.refusal)


class TestByEnterpriseNumber:
    @pytest.mark.parametrize(
        "text",
        [
            "0403170701",
            "0403.170.701",
            " 0403 170 701 ",
            "BE0403170701",
            "be 0403.170.701",
            "403170701",
            "0403\u00a0170\u00a0701",
            "\u200b0403.170.701",
            "\uff10403170701",
        ],
    )
    def test_is_found_however_it_is_written(self, baker, text):
        register.a_provider("Fiduciaire", number=KNOWN)
        found = look(text, baker)
        assert (found.kind, names(found), found.refusal) == ("one", ["Fiduciaire"], None)

    def test_with_a_slip_is_refused_for_its_check_digits(self, baker, accountant):
        # Without its zero, this one would do as an NSSO number.
        for actor in (baker, accountant):
            assert refusal(look("0403.170.702", actor)) is identifiers.CheckDigitsWrong

    def test_that_nobody_has_is_unknown(self, baker):
        assert refusal(look(str(KNOWN), baker)) is enterprises.EnterpriseUnknown

    def test_of_the_own_enterprise_is_refused(self, baker):
        assert refusal(look(str(baker.enterprise), baker)) is parties.PartiesAreTheSame

    def test_of_a_ceased_enterprise_is_refused_with_the_day(self, baker):
        register.a_provider("Gone", number=KNOWN, ceased_on=YESTERDAY)
        found = look(str(KNOWN), baker)
        assert refusal(found) is parties.PartyNotActive
        assert found.refusal.found["activity"].ceased_on == YESTERDAY
        assert found.refusal.found["name"] == "Gone"

    @pytest.mark.parametrize(
        "status", [ProviderStatus.NONE, ProviderStatus.BLOCKED, ProviderStatus.LAPSED]
    )
    def test_of_no_active_provider_is_refused_where_a_mandatary_is_looked_for(self, baker, status):
        register.an_enterprise("Butcher", number=KNOWN, provider=status)
        found = look(str(KNOWN), baker)
        assert refusal(found) is parties.NotAProvider
        assert found.refusal.found["status"] is status

    def test_of_anybody_serves_where_a_mandator_is_looked_for(self, accountant):
        register.an_enterprise("Butcher", number=KNOWN)
        assert names(look(str(KNOWN), accountant)) == ["Butcher"]


class TestBySecretariatNumber:
    def test_finds_the_secretariat_as_mandatary(self, baker):
        register.an_enterprise("Acerta", secretariat="331")
        assert names(look("331", baker)) == ["Acerta"]

    def test_finds_the_branches_of_a_house(self, baker):
        register.an_enterprise("Acerta Gent", secretariat="331/2")
        register.an_enterprise("Acerta", secretariat="331")
        assert names(look("331", baker)) == ["Acerta", "Acerta Gent"]
        assert names(look("331-2", baker)) == ["Acerta Gent"]

    def test_is_none_where_a_mandator_is_looked_for(self, accountant):
        register.an_enterprise("Acerta", secretariat="331")
        assert refusal(look("331", accountant)) is identifiers.NumberUnreadable

    def test_that_nobody_has_finds_nothing(self, baker):
        assert refusal(look("999", baker)) is enterprises.NothingFound


class TestByNssoNumber:
    @pytest.fixture
    def number(self):
        enterprise = register.an_enterprise("Employer")
        return register.registered_as_employer(enterprise)

    def test_finds_the_employer_as_mandator(self, accountant, number):
        for text in (number.screen, str(number), number.screen.replace("-", " - ")):
            assert names(look(text, accountant)) == ["Employer"]

    def test_is_none_where_a_mandatary_is_looked_for(self, baker, number):
        assert refusal(look(number.screen, baker)) is identifiers.CheckDigitsWrong

    def test_with_a_slip_is_refused_for_its_check_digits(self, accountant):
        found = look("0009354-68", accountant)
        assert refusal(found) is identifiers.CheckDigitsWrong
        assert found.refusal.found["kind"] == "nsso"

    def test_of_nine_digits_may_be_an_old_enterprise_number_too(self, accountant):
        register.an_enterprise("Old number", number=KNOWN)
        assert names(look("403170701", accountant)) == ["Old number"]


class TestByName:
    def test_finds_a_part_without_regard_to_case_and_accents(self, accountant):
        register.an_enterprise("Crémerie de l'Étoile")
        for text in ("CREMERIE", "étoile", "merie de", "l'etoile  cremerie"):
            assert names(look(text, accountant)) == ["Crémerie de l'Étoile"]

    def test_puts_the_best_matches_first(self, accountant):
        for name in ("Grandelho", "De Delho Vrienden", "Delho Bakeries", "Delho", "Delhora"):
            register.an_enterprise(name)
        found = look("delho", accountant)
        assert found.kind == "several"
        assert names(found) == [
            "Delho",
            "Delhora",
            "Delho Bakeries",
            "De Delho Vrienden",
            "Grandelho",
        ]

    def test_finds_by_any_of_several_names_but_lists_an_enterprise_once(self, accountant):
        number = register.an_enterprise("Delho Holding")
        register.named(number, "Delho", kind="002")
        register.named(number, "Winkel Delho", kind="003", language="2")
        assert names(look("delho", accountant)) == ["Delho Holding"]

    def test_finds_only_active_providers_and_secretariats_as_mandatary(self, baker):
        register.an_enterprise("Delho shop")
        register.an_enterprise("Delho blocked", provider=ProviderStatus.BLOCKED)
        register.a_provider("Delho ceased", ceased_on=YESTERDAY)
        register.a_provider("Delho practice")
        register.an_enterprise("Delho secretariat", secretariat="500")
        assert names(look("delho", baker)) == ["Delho practice", "Delho secretariat"]

    def test_takes_wildcards_for_what_they_are(self, accountant):
        register.an_enterprise("Hundred percent")
        register.an_enterprise("100%_\\ pure")
        assert names(look("100%", accountant)) == ["100%_\\ pure"]
        assert names(look("0%_\\ pur", accountant)) == ["100%_\\ pure"]
        assert refusal(look("p%ent", accountant)) in {
            enterprises.NothingFound,
            party_text.TextTooShort,
        }

    def test_finds_names_made_of_digits(self, accountant):
        register.an_enterprise("4711 Cologne")
        assert names(look("4711", accountant)) == ["4711 Cologne"]

    def test_leaves_out_the_own_enterprise(self, accountant):
        assert refusal(look("own practice", accountant)) is parties.PartiesAreTheSame
        register.an_enterprise("Own practices")
        assert names(look("own practice", accountant)) == ["Own practices"]

    def test_that_nobody_has_finds_nothing(self, accountant):
        found = look("no such name", accountant)
        assert (found.kind, refusal(found)) == ("none", enterprises.NothingFound)

    def test_says_where_there_are_more_than_it_lists(self, accountant):
        for _ in range(4):
            register.an_enterprise("Delho")
        found = look("delho", accountant, limit=3)
        assert (len(found.cards), found.more) == (3, True)
        assert not look("delho", accountant, limit=4).more

    def test_takes_few_queries_however_many_it_lists(
        self, accountant, django_assert_max_num_queries
    ):
        for _ in range(9):
            register.seated(register.an_enterprise("Delho"), street_nl="Straat")
        with django_assert_max_num_queries(8):
            assert len(look("delho", accountant).cards) == 9


class TestHostileText:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", party_text.TextMissing),
            (" \t\n ", party_text.TextMissing),
            ("\u200b", party_text.TextMissing),
            ("ab", party_text.TextTooShort),
            ("a b & c d", party_text.TextTooShort),
            ("%%%", party_text.TextTooShort),
            ("12", identifiers.NumberUnreadable),
            ("x" * 201, party_text.TextTooLong),
            ("x" * 10_000, party_text.TextTooLong),
            ("9" * 100, identifiers.NumberUnreadable),
            ("del\x00ho", party_text.TextUnreadable),
            ("del\x1bho", party_text.TextUnreadable),
            ("del\ud800ho", party_text.TextUnreadable),
            ("\ue000\ue001\ue002", party_text.TextUnreadable),
            ("'; DROP TABLE store_enterprise; --", enterprises.NothingFound),
            ("делхо", enterprises.NothingFound),
            ("株式会社", enterprises.NothingFound),
            (
                "\u0660\u0664\u0660\u0663\u0661\u0667\u0660\u0667\u0660\u0661",
                enterprises.NothingFound,
            ),
            ("\ufdfa" * 200, enterprises.NothingFound),
        ],
    )
    @pytest.mark.parametrize("side", Side)
    def test_is_refused_and_never_reaches_anybody_as_an_error(
        self, baker, accountant, text, expected, side
    ):
        actor = baker if side is Side.MANDATARY else accountant
        assert refusal(look(text, actor)) is expected


class TestACard:
    def card(self, number, language="fr"):
        return enterprises.card(number=number, on=TODAY, language=language)

    def test_of_an_unknown_number_is_none(self):
        assert self.card(numbers.enterprise_number()) is None

    def test_shows_the_qualities_of_the_day(self):
        number = register.a_provider(employer=True, ceased_on=TODAY)
        card = self.card(number)
        assert (card.is_employer, card.provider, card.ceased_on) == (
            True,
            ProviderStatus.ACTIVE,
            TODAY,
        )

    def test_shows_the_name_in_the_persons_language_else_any(self):
        number = register.an_enterprise("Boulangerie")
        register.named(number, "Bakkerij", language="2")
        register.named(number, "Bakery", language="4", kind="003")
        shown = {language: self.card(number, language).name for language in ("fr", "nl", "en")}
        assert shown == {"fr": "Boulangerie", "nl": "Bakkerij", "en": "Boulangerie"}

    def test_shows_the_number_where_there_is_no_name(self):
        number = register.an_enterprise("")
        assert self.card(number).name == number.screen

    def test_shows_the_seat_in_a_language_that_it_is_known_in(self):
        number = register.an_enterprise(language=parties.Language.DUTCH)
        register.seated(number, kind="BAET", street_fr="Ailleurs")
        register.seated(number, kind="REGO", street_fr="Avant", struck_off_on=YESTERDAY)
        register.seated(
            number,
            street_fr="Rue Neuve",
            street_nl="Nieuwstraat",
            house_number="12",
            box="3",
            zipcode="1000",
            municipality_fr="Bruxelles",
            municipality_nl="Brussel",
        )
        register.seated(number, kind="OBAD", street_fr="Encore ailleurs")
        french = ("Rue Neuve 12 bte 3", "1000 Bruxelles")
        dutch = ("Nieuwstraat 12 bus 3", "1000 Brussel")
        shown = {each: self.card(number, each).address for each in ("fr", "nl", "de", "en")}
        assert shown == {"fr": french, "nl": dutch, "de": dutch, "en": dutch}

    def test_shows_an_address_abroad_with_its_country(self):
        number = register.an_enterprise()
        register.seated(number, street_fr="Main Street", country_fr="Irlande", extra="c/o Someone")
        assert self.card(number).address == ("Main Street", "c/o Someone", "Irlande")

    def test_shows_no_address_where_there_is_none(self):
        assert self.card(register.an_enterprise()).address == ()

    def test_shows_the_legal_form_in_words(self):
        register.labelled("JuridicalForm", "610", {"fr": "SRL", "nl": "BV"})
        number = register.an_enterprise()
        shown = {each: self.card(number, each).legal_form for each in ("fr", "nl-be", "de", "xx")}
        assert shown == {"fr": "SRL", "nl-be": "BV", "de": "SRL", "xx": "SRL"}
        assert self.card(register.an_enterprise(legal_form="")).legal_form == ""

    def test_is_the_party_that_the_rules_judge(self):
        number = register.a_provider("Fiduciaire")
        party = self.card(number).party
        assert (party.number, party.name, party.provider) == (
            number,
            "Fiduciaire",
            ProviderStatus.ACTIVE,
        )
