"""Making the form of an authorisation: by whom, when, in which language, and never twice."""

import dataclasses
import datetime
import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.db import connection
from pyhanko.pdf_utils.reader import PdfFileReader

from mahis.domain import documents, lifecycle
from mahis.domain.documents import DocumentKind
from mahis.domain.lifecycle import Act
from mahis.domain.mandate import State
from mahis.domain.parties import Language, Role, Side
from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD, field_of
from mahis.gateways.files import Files
from mahis.gateways.timestamping import TimestampUnavailable
from mahis.store import models
from mahis.usecases import meanwhile, withdraw
from tests.integration.usecases import scene
from tests.integration.usecases.desk import document, sealer
from tests.integration.usecases.scene import DAY, LIMITS, moment


def text_of(pdf):
    """Read what the form says."""
    with pypdfium2.PdfDocument(pdf) as opened:
        text = "\n".join(page.get_textpage().get_text_range() for page in opened)
    return " ".join(text.split())


def fields_of(pdf):
    """Give the names of the signature fields that are still empty, and of those that are not."""
    reader = PdfFileReader(io.BytesIO(pdf))
    names = {field.get_object()["/T"] for field in reader.root["/AcroForm"]["/Fields"]}
    signed = {each.field_name for each in reader.embedded_signatures}
    return names - signed, signed


def speaks(enterprise, language):
    models.Enterprise.objects.filter(number=enterprise).update(language=language)


class TestTheForm:
    def test_says_who_gives_whom_what_from_when(self, stage, desk):
        models.EnterpriseAddress.objects.create(
            entity=stage.client.as_int,
            kind="REGO",
            zipcode="4000",
            municipality_fr="Liège",
            municipality_nl="Luik",
            street_fr="Rue Longue",
            street_nl="Lange Straat",
            house_number="7",
        )
        reference = stage.draw("several", "single", start="1/2027", end="4/2027")
        text = text_of(desk.form(stage, reference, language=Language.FRENCH))
        for said in (
            str(reference),
            "Client SRL",
            stage.client.screen,
            "Rue Longue 7",
            "4000 Liège",
            "Provider BV",
            stage.provider.screen,
            "several",
            "single",
            "1/2027",
            "4/2027",
        ):
            assert said in text

    def test_has_a_field_for_each_party_under_seal_and_timestamp(self, stage, desk):
        empty, filled = fields_of(desk.form(stage, stage.draw()))
        assert empty == {field_of(side) for side in Side}
        assert filled == {SEAL_FIELD, TIMESTAMP_FIELD}

    def test_shows_who_authenticated_in_the_place_of_their_field(self, stage, desk):
        reference = stage.draw(signing=True)
        pdf = desk.form(stage, reference)
        assert fields_of(pdf)[0] == {field_of(Side.MANDATARY)}
        assert stage.director.person.name in text_of(pdf)
        assert document(reference, 1).shows == [Side.MANDATOR]

    def test_shows_that_both_authenticated_once_they_have(self, stage, desk):
        reference = stage.active()
        pdf = desk.form(stage, reference)
        assert fields_of(pdf)[0] == set()
        assert stage.director.person.name in text_of(pdf)
        assert stage.accountant.person.name in text_of(pdf)

    def test_of_a_closed_mandate_tells_the_period_that_was_signed(self, stage, desk):
        reference = stage.active(start="1/2026", limits=dataclasses.replace(LIMITS, start_back=9))
        row = models.Mandate.objects.get(authorisation_id=reference.number)
        row.quarters = row.quarters.ending(row.quarters.start + 3)
        row.save()
        assert "4/2026" not in text_of(desk.form(stage, reference))

    def test_is_in_the_mandators_language_unless_another_is_asked_for(self, stage, desk):
        speaks(stage.client, Language.GERMAN)
        reference = stage.draw()
        assert document(reference, desk.make(stage, reference)).language is Language.GERMAN
        asked = desk.make(stage, reference, language=Language.DUTCH)
        assert document(reference, asked).language is Language.DUTCH

    def test_is_in_french_where_the_register_tells_no_language(self, stage, desk):
        reference = stage.draw()
        assert document(reference, desk.make(stage, reference)).language is Language.FRENCH


class TestTheRecord:
    def test_tells_what_was_made_by_whom_and_when(self, stage, desk):
        reference = stage.draw(signing=True)
        row = document(reference, desk.make(stage, reference, actor=stage.accountant))
        assert (row.number, row.kind) == (1, DocumentKind.FORM)
        assert (row.person, row.person_name, row.enterprise, row.quality) == (
            stage.accountant.person.insz,
            stage.accountant.person.name,
            stage.provider,
            stage.accountant.capacity.quality,
        )
        assert (row.act, row.version, row.at) == (Act.VALIDATE, 2, moment())
        assert row.document.size == len(desk.data(reference, 1))

    def test_counts_no_act_so_that_open_pages_stay_fresh(self, stage, desk):
        reference = stage.draw(signing=True)
        desk.make(stage, reference)
        assert stage.row(reference).version == 2
        assert models.HistoryEntry.objects.filter(authorisation_id=reference.number).count() == 2
        stage.sign(reference, stage.accountant, version=2)


class TestASecondTime:
    def test_the_form_that_is_there_is_given(self, stage, desk):
        reference = stage.draw()
        assert desk.make(stage, reference) == desk.make(stage, reference, actor=stage.accountant)
        assert models.AuthorisationDocument.objects.count() == 1

    def test_another_language_gives_another_form(self, stage, desk):
        reference = stage.draw()
        numbers = [desk.make(stage, reference, language=each) for each in Language]
        assert numbers == [1, 2, 3, 4]
        assert desk.make(stage, reference, language=Language.FRENCH) == 1

    def test_a_form_that_does_not_show_who_signed_since_is_made_anew(self, stage, desk):
        reference = stage.draw()
        assert desk.make(stage, reference) == 1
        stage.sign(reference, stage.director)
        assert desk.make(stage, reference) == 2


class TestNoForm:
    def test_is_made_by_officers_strangers_or_those_who_only_consult(self, stage, desk):
        reference = stage.draw()
        consulting = dataclasses.replace(
            stage.director,
            capacity=dataclasses.replace(stage.director.capacity, role=Role.CONSULT),
        )
        for actor in (stage.officer, consulting):
            with pytest.raises(lifecycle.NotForYou):
                desk.make(stage, reference, actor=actor)
        _, stranger = scene.another_provider(90)
        with pytest.raises(meanwhile.AuthorisationUnknown):
            desk.make(stage, reference, actor=stranger)
        assert not models.AuthorisationDocument.objects.exists()

    def test_is_made_once_nothing_can_be_signed_any_more(self, stage, desk):
        reference = stage.draw()
        withdraw.withdraw(
            actor=stage.director,
            reference=reference,
            version=1,
            limits=LIMITS,
            at=moment(),
            on=DAY,
        )
        with pytest.raises(documents.FormNotPossible) as refusal:
            desk.make(stage, reference)
        assert refusal.value.found["state"] is State.WITHDRAWN

    def test_is_made_from_a_stale_page(self, stage, desk):
        reference = stage.draw(signing=True)
        with pytest.raises(meanwhile.StalePage):
            desk.make(stage, reference, version=1)

    def test_is_kept_while_nobody_stamps_the_time_and_nothing_else_is_lost(
        self, stage, desk, tmp_path
    ):
        reference = stage.draw()
        silent = dataclasses.replace(
            desk, sealer=sealer(tmp_path, tsa_url="http://127.0.0.1:9/nobody")
        )
        with pytest.raises(TimestampUnavailable):
            silent.make(stage, reference)
        assert not models.AuthorisationDocument.objects.exists()
        assert stage.states(reference) == ["toBeFinalised"]
        assert desk.make(stage, reference) == 1


class TestAtTheSameMoment:
    """Sealing takes a while, with nothing locked; others act meanwhile."""

    class Interrupted(Files):
        """A store in which something happens between the seal and the record."""

        def __init__(self, files, happens):
            self.files, self.happens = files, happens

        def put(self, data):
            digest = self.files.put(data)
            self.happens()
            return digest

    def test_a_form_whose_number_was_taken_is_made_anew(self, stage, desk):
        reference = stage.draw()
        taken: list[int] = []

        def somebody_makes_another():
            if not taken:
                taken.append(desk.make(stage, reference, language=Language.DUTCH))

        slow = dataclasses.replace(desk, files=self.Interrupted(desk.files, somebody_makes_another))
        number = slow.make(stage, reference, language=Language.FRENCH)
        assert (taken, number) == ([1], 2)
        info = PdfFileReader(io.BytesIO(desk.data(reference, 2))).trailer["/Info"]
        assert str(info["/Keywords"]) == f"Mahis {reference} form 2"

    def test_a_form_of_what_was_signed_meanwhile_is_not_kept(self, stage, desk):
        reference = stage.draw()
        slow = dataclasses.replace(
            desk,
            files=self.Interrupted(desk.files, lambda: stage.sign(reference, stage.director)),
        )
        with pytest.raises(meanwhile.StalePage):
            slow.make(stage, reference)
        assert not models.AuthorisationDocument.objects.exists()


def test_of_many_making_the_form_at_once_all_get_the_same(committed_db, desk):
    stage = scene.set_up()
    reference = stage.draw()
    gate = threading.Barrier(6)

    def make(actor):
        gate.wait()
        try:
            return desk.make(stage, reference, actor=actor, version=1)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(make, [stage.director, stage.accountant] * 3))
    assert set(numbers) == {1}
    assert models.AuthorisationDocument.objects.count() == 1


def test_no_form_is_made_after_the_last_day_for_finishing(stage, desk):
    reference = stage.draw(on=DAY - datetime.timedelta(days=LIMITS.days_to_finish + 1))
    with pytest.raises(documents.FormNotPossible) as refusal:
        desk.make(stage, reference)
    assert refusal.value.found["state"] is State.EXPIRED
