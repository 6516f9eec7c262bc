"""The documents of an authorisation: who sees them, in which order, under which names."""

import dataclasses
import hashlib

import pytest

from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act, Kind
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Language, Quality, Role, Side
from mahis.domain.signing import Method
from mahis.gateways.files import FileLost, Files
from mahis.queries import documents, mandate_details
from mahis.store import models
from mahis.usecases import withdraw
from tests.factories import register, roads
from tests.factories.mandates import TODAY, moment


@pytest.fixture
def files(tmp_path):
    """An empty store of files."""
    return Files(tmp_path)


def kept(files, reference, by, data, *, kind=DocumentKind.FORM, minute=0, **columns):
    """Keep a document as a use case would."""
    put = models.Document.objects.create(
        sha256=files.put(data), size=len(data), created_at=moment(minute=minute)
    )
    return models.AuthorisationDocument.objects.create(
        authorisation_id=reference.number,
        document=put,
        number=models.AuthorisationDocument.objects.filter(
            authorisation_id=reference.number
        ).count()
        + 1,
        kind=kind,
        act=columns.pop("act", Act.DRAW_UP),
        version=columns.pop("version", 1),
        person=by.person.insz,
        person_name=by.person.name,
        enterprise=by.enterprise,
        quality=by.capacity.quality,
        at=moment(minute=minute),
        **columns,
    )


def rows(actor, reference, language="fr"):
    return documents.of(actor=actor, reference=reference, language=language)


@pytest.fixture
def reference(house):
    """An authorisation that waits for both parties."""
    return roads.drawn_up(house.baker, house.accountant, "dmfa")


class TestTheList:
    def test_is_empty_where_nothing_was_made(self, house, reference):
        assert rows(house.baker, reference) == ()

    def test_tells_what_by_whom_when_and_for_which_act_newest_first(self, house, files, reference):
        kept(files, reference, house.baker, b"form", language=Language.DUTCH)
        kept(
            files,
            reference,
            house.accountant,
            b"letter",
            kind=DocumentKind.ATTACHED,
            file_name="brief.pdf",
            minute=5,
        )
        letter, form = rows(house.accountant, reference)
        assert (form.number, form.kind, form.language, form.is_current) == (
            1,
            DocumentKind.FORM,
            Language.DUTCH,
            True,
        )
        assert form.name == f"mahis-{reference}-form-1-nl.pdf"
        assert (letter.number, letter.name) == (2, f"mahis-{reference}-attached-2.pdf")
        assert (letter.file_name, letter.size, letter.sha256) == (
            "brief.pdf",
            6,
            hashlib.sha256(b"letter").hexdigest(),
        )
        assert (letter.person_name, letter.enterprise, letter.enterprise_name) == (
            house.accountant.person.name,
            house.practice,
            "Fiduciaire Dupont",
        )
        assert (letter.quality, letter.at, letter.act, letter.version) == (
            Quality.SERVICE_PROVIDER,
            moment(minute=5),
            Act.DRAW_UP,
            1,
        )
        assert not letter.is_current

    def test_tells_what_was_signed_by_whom_in_which_form(self, house, files, reference):
        form = kept(files, reference, house.baker, b"form", language=Language.FRENCH)
        other = kept(files, reference, house.baker, b"formulier", language=Language.DUTCH)
        signed = kept(
            files,
            reference,
            house.baker,
            b"signed",
            kind=DocumentKind.SIGNED,
            language=Language.FRENCH,
            form=form,
            report={"outcome": "valid"},
        )
        models.Validation.objects.create(
            authorisation_id=reference.number,
            enterprise_id=house.bakery,
            side=Side.MANDATOR,
            method=Method.EID,
            person=house.baker.person.insz,
            given_name=house.baker.person.name,
            family_name="",
            at=moment(),
            document=signed,
            certificate="0" * 64,
        )
        first, second, third = rows(house.baker, reference)
        assert (first.form, first.validates, first.has_report) == (1, (Side.MANDATOR,), True)
        assert [second.number, second.is_current] == [other.number, False]
        assert [third.number, third.is_current, third.has_report] == [1, True, False]

    def test_is_not_for_strangers(self, house, files, reference):
        kept(files, reference, house.baker, b"form", language=Language.FRENCH)
        assert rows(house.stranger, reference) == ()
        assert rows(house.officer, reference) == rows(house.baker, reference)
        elsewhere = AuthorisationReference(reference.year - 1, reference.number)
        assert rows(house.baker, elsewhere) == ()

    def test_takes_as_many_queries_for_many_documents_as_for_one(
        self, house, files, reference, django_assert_max_num_queries
    ):
        for number in range(12):
            kept(
                files,
                reference,
                house.baker,
                b"%d" % number,
                kind=DocumentKind.ATTACHED,
            )
        with django_assert_max_num_queries(6):
            assert len(rows(house.baker, reference)) == 12


class TestADownload:
    def test_gives_the_bytes_and_the_right_name(self, house, files, reference):
        kept(files, reference, house.baker, b"form", language=Language.FRENCH)
        given = documents.content(
            actor=house.accountant, reference=reference, number=1, files=files
        )
        assert given == documents.Download(
            data=b"form", name=f"mahis-{reference}-form-1-fr.pdf", media_type="application/pdf"
        )

    def test_is_not_for_strangers_nor_of_what_is_not_there(self, house, files, reference):
        kept(files, reference, house.baker, b"form", language=Language.FRENCH)
        ask = {"reference": reference, "files": files}
        assert documents.content(actor=house.stranger, number=1, **ask) is None
        assert documents.content(actor=house.baker, number=2, **ask) is None
        assert documents.content(actor=house.baker, number=0, **ask) is None
        assert documents.content(actor=house.officer, number=1, **ask) is not None

    def test_of_what_was_damaged_is_refused(self, house, files, reference, tmp_path):
        kept(files, reference, house.baker, b"form", language=Language.FRENCH)
        for path in tmp_path.rglob("*"):
            if path.is_file():
                path.write_bytes(b"from")
        with pytest.raises(FileLost):
            documents.content(actor=house.baker, reference=reference, number=1, files=files)


class TestAReport:
    def test_is_that_of_its_document_for_the_same_eyes(self, house, files, reference):
        form = kept(files, reference, house.baker, b"form", language=Language.FRENCH)
        kept(
            files,
            reference,
            house.baker,
            b"signed",
            kind=DocumentKind.SIGNED,
            language=Language.FRENCH,
            form=form,
            report={"outcome": "valid"},
        )
        assert documents.report(actor=house.baker, reference=reference, number=2) == {
            "outcome": "valid"
        }
        assert documents.report(actor=house.baker, reference=reference, number=1) is None
        assert documents.report(actor=house.stranger, reference=reference, number=2) is None


class TestTheActs:
    def test_are_those_of_persons_newest_first(self, house):
        reference = roads.signed_by_both(house.baker, house.accountant, "dmfa", "risks")
        found = documents.acts(actor=house.baker, reference=reference, language="fr")
        assert [(each.version, each.act, each.enterprise_name) for each in found] == [
            (3, Act.VALIDATE, "Fiduciaire Dupont"),
            (2, Act.VALIDATE, "Bakkerij Peeters"),
            (1, Act.DRAW_UP, "Bakkerij Peeters"),
        ]

    def test_of_officers_name_no_enterprise(self, house):
        reference = roads.signed_by_both(house.baker, house.accountant, "dmfa")
        roads.closed(reference, house.officer, 1, end="4/2026", reason="By letter")
        first = documents.acts(actor=house.baker, reference=reference, language="fr")[0]
        assert (first.kind, first.act, first.enterprise_name) == (Kind.OFFICER, Act.CLOSE, "")

    def test_are_not_for_strangers(self, house, reference):
        assert documents.acts(actor=house.stranger, reference=reference, language="fr") == ()


class TestTheDetails:
    """What the screen of an authorisation knows of its forms."""

    @staticmethod
    def of(actor, reference):
        return mandate_details.authorisation(
            actor=actor, reference=reference, on=TODAY, language="fr"
        )

    def test_name_the_newest_form_that_can_be_signed(self, house, files, reference):
        assert self.of(house.baker, reference).form is None
        kept(files, reference, house.baker, b"form", language=Language.FRENCH)
        kept(files, reference, house.baker, b"formulier", language=Language.DUTCH)
        assert self.of(house.baker, reference).form == 2

    def test_tell_managers_of_the_parties_that_they_may_have_one_made(self, house, reference):
        consulting = dataclasses.replace(
            house.baker, capacity=dataclasses.replace(house.baker.capacity, role=Role.CONSULT)
        )
        may = {
            actor: self.of(actor, reference).may_make_form
            for actor in (house.baker, house.accountant, house.officer, consulting)
        }
        assert list(may.values()) == [True, True, False, False]

    def test_offer_a_form_while_one_can_be_signed_or_once_both_authenticated(self, house):
        drawn = roads.drawn_up(house.baker, house.accountant, "dmfa", start="1/2027", end="1/2027")
        withdraw.withdraw(
            actor=house.baker,
            reference=drawn,
            version=1,
            limits=roads.LIMITS,
            at=moment(),
            on=TODAY,
        )
        assert not self.of(house.baker, drawn).may_make_form
        both = roads.signed_by_both(house.baker, house.accountant, "dmfa")
        assert self.of(house.baker, both).may_make_form

    def test_show_which_document_holds_a_signature_and_why_a_scan_was_rejected(
        self, house, files, reference
    ):
        scan = kept(files, reference, house.baker, b"scan", kind=DocumentKind.SCAN)
        register_hand(house, reference, scan)
        models.Mandate.objects.filter(authorisation_id=reference.number).update(state=State.ACTIVE)
        shown = self.of(house.baker, reference)
        assert [each.document for each in shown.validations] == [1]
        assert shown.mandates[0].rejection is None


def register_hand(house, reference, scan):
    """Note a signature by hand on a scan."""
    person = register.a_person()
    models.Validation.objects.create(
        authorisation_id=reference.number,
        enterprise_id=house.bakery,
        side=Side.MANDATOR,
        method=Method.HANDWRITTEN,
        person=person.insz,
        given_name=person.given_name,
        family_name=person.family_name,
        at=moment(),
        document=scan,
    )
