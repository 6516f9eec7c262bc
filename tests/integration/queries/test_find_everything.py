"""One text finds whatever it can mean: references, numbers, names, codes, documents."""

import uuid

import pytest

from mahis.domain.identification import RequestState
from mahis.domain.identifiers import EstablishmentNumber
from mahis.domain.parties import Language, ProviderStatus, Quality
from mahis.queries import find_everything, party_text
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import loading, models
from tests.factories import numbers, register, roads
from tests.factories.mandates import TODAY, moment, period


def find(actor, text, *, language="en"):
    return find_everything.find(actor=actor, text=text, on=TODAY, language=language)


def kinds(found):
    """Give the kinds of which something was found."""
    named = ("mandates", "enterprises", "providers", "groups", "applications", "documents")
    return {name for name in named if getattr(found, name)}


@pytest.fixture
def reference(house):
    return roads.signed_by_both(house.baker, house.accountant, "dmfa", "risks")


class TestAReference:
    @pytest.mark.parametrize("form", ["{0}", "{0.number}"])
    def test_finds_its_mandates(self, house, reference, form):
        found = find(house.officer, form.format(reference))
        assert [str(row.reference) for row in found.mandates.rows] == [
            f"{reference}/1",
            f"{reference}/2",
        ]
        assert kinds(found) == {"mandates"}

    def test_of_one_mandate_finds_it_alone(self, house, reference):
        (row,) = find(house.officer, f"{reference}/2").mandates.rows
        assert row.group_code == "risks"

    def test_that_nothing_has_finds_nothing(self, house):
        assert find(house.officer, "2026-9999999").is_empty


class TestANumber:
    @pytest.mark.parametrize("written", ["screen", "digits"])
    def test_of_an_enterprise_finds_it(self, house, written):
        found = find(house.officer, getattr(house.bakery, written))
        assert [card.number for card in found.enterprises.rows] == [house.bakery]
        assert found.only_enterprise == house.bakery

    def test_of_an_employer_finds_the_enterprise(self, house):
        number = models.Employer.objects.get(enterprise=house.bakery).nsso_number
        found = find(house.officer, str(number))
        assert house.bakery in {card.number for card in found.enterprises.rows}

    def test_of_a_secretariat_finds_it_as_a_provider_too(self, house):
        secretariat = register.an_enterprise("Sociaal", secretariat="331")
        found = find(house.officer, "331")
        assert [card.number for card in found.providers.rows] == [secretariat]
        assert [card.number for card in found.enterprises.rows] == [secretariat]

    def test_of_an_establishment_finds_its_enterprise(self, house):
        place = EstablishmentNumber.parse("8.000.000.071")
        models.Establishment.objects.create(
            number=place.as_int, begins=TODAY, enterprise=house.bakery.as_int
        )
        found = find(house.officer, place.screen)
        assert found.only_enterprise == house.bakery

    def test_with_a_slip_says_what_is_wrong(self, house):
        found = find(house.officer, "0123.456.788")
        assert found.is_empty
        assert found.refusal is not None
        assert found.refusal.code == "checkDigitsWrong"

    def test_of_a_person_is_refused_and_never_repeated(self, house):
        person = numbers.insz()
        for written in (person.digits, f" {person.digits[:6]}-{person.digits[6:]}"):
            with pytest.raises(find_everything.PersonsNotSearched) as caught:
                find(house.officer, written)
            assert not caught.value.found


class TestAName:
    def test_finds_enterprises_active_or_not_and_providers_by_themselves(self, house):
        gone = register.an_enterprise("Dupont oud", ceased_on=TODAY)
        blocked = register.an_enterprise("Dupont vast", provider=ProviderStatus.BLOCKED)
        found = find(house.officer, "DUPÔNT")
        assert {card.number for card in found.enterprises.rows} == {house.practice, gone, blocked}
        assert {card.number for card in found.providers.rows} == {house.practice, blocked}

    def test_shows_ten_and_says_that_there_are_more(self, house):
        for number in range(12):
            register.an_enterprise(f"Garage {number}")
        found = find(house.officer, "garage").enterprises
        assert (len(found.rows), found.more) == (find_everything.MOST_OF_A_KIND, True)

    def test_finds_groups_and_applications_in_any_language(self, house):
        register.an_application("dimonaDeclaration", house.dimona)
        found = find(house.officer, "dimona")
        assert [row.code for row in found.groups.rows] == ["dimona"]
        assert [row.name for row in found.applications.rows] == ["dimonaDeclaration en"]
        assert [row.code for row in find(house.officer, "dimona nl").groups.rows] == ["dimona"]

    def test_takes_wildcards_for_themselves(self, house):
        assert find(house.officer, "%%%").is_empty
        assert find(house.officer, "di_ona").is_empty

    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("", party_text.TextMissing),
            ("  ", party_text.TextMissing),
            ("x" * 300, party_text.TextTooLong),
            ("a\x00bc", party_text.TextUnreadable),
        ],
    )
    def test_that_is_none_is_refused(self, house, text, refusal):
        with pytest.raises(refusal):
            find(house.officer, text)

    def test_that_is_too_short_says_so(self, house):
        found = find(house.officer, "x")
        assert isinstance(found.refusal, party_text.TextTooShort)


class TestARequest:
    @pytest.fixture
    def request_of(self, house):
        """Give the request of an enterprise to become a service provider."""
        number = register.an_enterprise("Compta Neuve")
        return models.IdentificationRequest.objects.create(
            enterprise_id=number,
            state=RequestState.SUBMITTED,
            year=TODAY.year,
            asked_at=moment(),
            person=numbers.insz(),
            person_name="Somebody",
            quality=Quality.COMPANY_WITHOUT_STAFF,
            assurance="high",
            terms_accepted=True,
            contact_name="Desk",
            contact_email="desk@example.com",
            contact_telephone="+32 2 000 00 00",
            contact_language=Language.FRENCH,
        )

    @pytest.mark.parametrize("typed", ["{row.reference}", "{number.screen}", "compta neuve"])
    def test_is_found_by_its_number_and_its_enterprise(self, house, request_of, typed):
        number = loading.number_of(request_of.enterprise_id)
        found = find(house.officer, typed.format(row=request_of, number=number)).requests
        assert [row.reference for row in found.rows] == [request_of.reference]
        assert found.rows[0].enterprise_name == "Compta Neuve"

    def test_of_somebody_else_is_not(self, house, request_of):
        assert not find(house.officer, "dupont").requests


class TestADelegation:
    @pytest.fixture
    def delegation(self, house, reference):
        """Give a delegation of a mandate to somebody else."""
        return models.Delegation.objects.create(
            mandate=models.Mandate.objects.get(authorisation=reference.number, place=1),
            delegate_id=house.stranger.enterprise,
            quarters=period("1/2026", "2/2026"),
            created_at=moment(),
            created_by=house.accountant.person.insz,
            created_by_name="Somebody",
        )

    def test_is_found_by_number_reference_and_party(self, house, reference, delegation):
        texts = (str(delegation.pk), str(reference), f"{reference}/1", house.bakery.screen)
        for text in texts:
            rows = find(house.officer, text).delegations.rows
            assert [row.number for row in rows] == [delegation.pk], text
        assert find(house.officer, str(delegation.pk)).names_delegation
        assert not find(house.officer, str(reference)).names_delegation


def test_the_number_of_a_notice_finds_it(house, reference):
    notice = models.Notice.objects.first()
    assert notice
    assert find(house.officer, str(notice.pk)).notice == notice.pk
    assert find(house.officer, str(uuid.uuid4())).is_empty


def test_is_for_officers(house):
    with pytest.raises(OfficersOnly):
        find(house.baker, "garage")
