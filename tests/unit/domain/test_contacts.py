"""How a provider can be reached: what is read as it is meant, and what is refused at its field."""

import pytest

from mahis.domain import contacts
from mahis.domain.contacts import ContactData
from mahis.domain.parties import Language

GOOD = {
    "name": "Payroll desk",
    "email": "desk@provider.example",
    "telephone": "02 555 12 34",
    "language": "nl",
}


def read(**changes):
    return ContactData.read(**{**GOOD, **changes})


class TestContactData:
    def test_are_read_as_they_are_meant(self):
        found, refusals = read()
        assert refusals == ()
        assert found == ContactData(
            name="Payroll desk",
            email="desk@provider.example",
            telephone="+3225551234",
            language=Language.DUTCH,
        )

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("02/555.12.34", "+3225551234"),
            ("+32 2 555 12 34", "+3225551234"),
            ("0032 (2) 555-12-34", "+3225551234"),
            ("0475 12 34 56", "+32475123456"),
            ("+352 27 12 34", "+352271234"),
        ],
    )
    def test_have_one_telephone_number_however_it_is_written(self, typed, meant):
        found, _ = read(telephone=typed)
        assert found.telephone == meant

    def test_are_read_again_as_they_are_kept(self):
        found, _ = read()
        again = ContactData.parse(
            name=found.name,
            email=found.email,
            telephone=found.telephone,
            language=found.language.value,
        )
        assert again == found

    @pytest.mark.parametrize(
        ("field", "typed", "refusal"),
        [
            ("name", "", contacts.ContactNameUnfit),
            ("name", "12345", contacts.ContactNameUnfit),
            ("name", "A" * 101, contacts.ContactNameUnfit),
            ("name", "Anna\x07", contacts.ContactNameUnfit),
            ("name", "Anna \u202eevil", contacts.ContactNameUnfit),
            ("email", "", contacts.EmailUnfit),
            ("email", "nobody", contacts.EmailUnfit),
            ("email", "a@b", contacts.EmailUnfit),
            ("email", "a@b@c.example", contacts.EmailUnfit),
            ("email", "a b@c.example", contacts.EmailUnfit),
            ("email", "a@c.example\nBcc: x@y.example", contacts.EmailUnfit),
            ("email", "a..b@c.example", contacts.EmailUnfit),
            ("email", "a@127.0.0.1", contacts.EmailUnfit),
            ("email", f"a@{'b' * 250}.example", contacts.EmailUnfit),
            ("telephone", "", contacts.TelephoneUnfit),
            ("telephone", "555", contacts.TelephoneUnfit),
            ("telephone", "+0 22 55 51 23", contacts.TelephoneUnfit),
            ("telephone", "+3225551234567890", contacts.TelephoneUnfit),
            ("telephone", "٠٢٥٥٥١٢٣٤", contacts.TelephoneUnfit),
            ("telephone", "call me", contacts.TelephoneUnfit),
            ("language", "en", contacts.ContactLanguageUnfit),
            ("language", "", contacts.ContactLanguageUnfit),
        ],
    )
    def test_that_cannot_be_are_refused_at_their_field(self, field, typed, refusal):
        found, refusals = read(**{field: typed})
        assert found is None
        assert [(type(each), each.field) for each in refusals] == [(refusal, field)]

    def test_say_everything_that_is_wrong_at_once(self):
        _, refusals = ContactData.read(name="", email="", telephone="", language="")
        assert {each.field for each in refusals} == set(GOOD)

    def test_name_the_fields_that_differ(self):
        found, _ = read()
        other, _ = read(email="other@provider.example", language="fr")
        assert other.differs_in(found) == ("email", "language")
        assert found.differs_in(None) == ("name", "email", "telephone", "language")
        assert found.differs_in(found) == ()
