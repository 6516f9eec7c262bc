"""New versions attached to acts: by whom, to which, and every one of them kept (L5)."""

import dataclasses
import datetime

import pytest

from mahis.domain.documents import ActUnknown, DocumentKind
from mahis.domain.form_refusals import FileNotAPdf, FileRefused
from mahis.domain.lifecycle import Act
from mahis.domain.parties import Quality, Role
from mahis.store import models
from mahis.usecases import attach_version, expire, meanwhile
from tests.integration.usecases import scene
from tests.integration.usecases.desk import document
from tests.integration.usecases.scene import DAY, LIMITS, moment
from tests.unit.scans import making

LETTER = making.pdf(pages=3)


def attach(desk, reference, actor, *, about=1, data=LETTER, file_name="letter.pdf"):
    return attach_version.attach(
        actor=actor,
        reference=reference,
        about=about,
        data=data,
        file_name=file_name,
        scans=desk.scans,
        files=desk.files,
        at=moment(minute=30),
        on=DAY,
    )


def consulting(actor):
    return dataclasses.replace(
        actor, capacity=dataclasses.replace(actor.capacity, role=Role.CONSULT)
    )


@pytest.mark.parametrize("who", ["director", "accountant", "officer", "clerk"])
def test_any_manager_of_a_party_and_any_officer_attaches(stage, desk, who):
    reference = stage.active()
    actor = getattr(stage, who)
    row = document(reference, attach(desk, reference, actor, about=2))
    assert (row.kind, row.act, row.version) == (DocumentKind.ATTACHED, Act.VALIDATE, 2)
    assert (row.person_name, row.enterprise) == (actor.person.name, actor.enterprise)
    assert (row.at, row.file_name) == (moment(minute=30), "letter.pdf")
    assert desk.data(reference, row.number) == LETTER


def test_it_counts_no_act(stage, desk):
    reference = stage.active()
    attach(desk, reference, stage.director)
    assert stage.row(reference).version == 3
    assert stage.chain_holds(reference)


def test_every_version_is_kept_under_a_number_of_its_own(stage, desk):
    reference = stage.active()
    versions = [making.pdf(pages=pages) for pages in (1, 2, 3)]
    numbers = [attach(desk, reference, stage.director, data=each) for each in versions]
    assert numbers == [1, 2, 3]
    assert [desk.data(reference, number) for number in numbers] == versions


def test_the_same_content_again_is_the_document_that_is_there(stage, desk):
    reference = stage.active()
    first = attach(desk, reference, stage.director)
    assert attach(desk, reference, stage.accountant, about=3) == first
    assert models.AuthorisationDocument.objects.count() == 1


def test_the_same_content_for_two_authorisations_is_stored_once(stage, desk):
    for start in ("1/2027", "2/2027"):
        attach(desk, stage.draw(start=start, end=start), stage.director)
    assert models.AuthorisationDocument.objects.count() == 2
    assert models.Document.objects.count() == 1


@pytest.mark.parametrize("about", [0, -1, 2, 10**9])
def test_there_must_be_such_an_act(stage, desk, about):
    reference = stage.draw()
    with pytest.raises(ActUnknown):
        attach(desk, reference, stage.director, about=about)


def test_nothing_is_attached_to_what_time_brought_about(stage, desk):
    reference = stage.draw()
    late = DAY + datetime.timedelta(days=LIMITS.days_to_finish + 1)
    assert expire.record_expired(at=moment(late), on=late) == 1
    with pytest.raises(ActUnknown):
        attach(desk, reference, stage.director, about=2)
    assert attach(desk, reference, stage.director, about=1) == 1


@pytest.mark.parametrize("who", ["director", "officer"])
def test_those_who_only_consult_attach_nothing(stage, desk, who):
    reference = stage.draw()
    with pytest.raises(attach_version.OnlyManagersAttach):
        attach(desk, reference, consulting(getattr(stage, who)))


def test_nobody_attaches_in_a_capacity_that_is_no_party_here(stage, desk):
    reference = stage.draw()
    as_company = scene.somebody(
        44, enterprise=stage.provider, quality=Quality.COMPANY_WITHOUT_STAFF
    )
    with pytest.raises(attach_version.OnlyManagersAttach):
        attach(desk, reference, as_company)
    _, stranger = scene.another_provider(90)
    with pytest.raises(meanwhile.AuthorisationUnknown):
        attach(desk, reference, stranger)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", FileNotAPdf),
        (b"<html>", FileNotAPdf),
        (b"%PDF-1.7 nothing", FileRefused),
        (making.pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), FileRefused),
    ],
)
def test_only_a_pdf_that_does_nothing_by_itself_is_kept(stage, desk, data, refusal):
    reference = stage.draw()
    with pytest.raises(refusal):
        attach(desk, reference, stage.director, data=data)
    assert not models.AuthorisationDocument.objects.exists()
