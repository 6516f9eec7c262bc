"""Archive copies of signed forms: they prove by themselves, for good, and each is made once."""

import dataclasses
import datetime

import pytest
from click.testing import CliRunner

from mahis.config.commands.verify import verify
from mahis.domain.documents import DocumentKind
from mahis.domain.parties import Quality, Side
from mahis.domain.signature_evidence import Kind
from mahis.domain.signed_forms import Doubt, Outcome, Rules, judge_alone
from mahis.gateways.pdf_signatures import Archivist, Examiner, FetchSettings, NotArchivable
from mahis.gateways.timestamping import TimestampUnavailable
from mahis.queries import documents
from mahis.store import models
from mahis.usecases import archive_signed
from mahis.usecases.archive_signed import Archived, Means
from tests.integration.usecases import desk as desks
from tests.integration.usecases import scene
from tests.integration.usecases.desk import document, signed
from tests.integration.usecases.scene import moment, somebody
from tests.integration.usecases.test_concurrency import all_at_once
from tests.pki import pki

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(scope="module")
def archivist():
    """Give what archives, its worker warm after the first."""
    with Archivist(fetching=FetchSettings(private_addresses=True)) as made:
        yield made


@pytest.fixture
def committed_stage(committed_db):
    """Give the stage in a database in which transactions really commit."""
    return scene.set_up()


@pytest.fixture
def means(desk, archivist):
    """Give what the house archives with."""
    return Means(
        archivist=archivist,
        examiner=desk.examiner,
        trust=desk.trust,
        timestamps=desk.sealer.timestamps,
        rules=Rules(),
        files=desk.files,
    )


def brought(stage, desk, *sides, **more):
    """Draw up, sign for some parties in one file, bring it back; gives reference and number."""
    reference = stage.draw(**{key: more.pop(key) for key in ("start", "end") if key in more})
    pdf = desk.form(stage, reference)
    for side in sides or (Side.MANDATOR,):
        who = stage.director if side is Side.MANDATOR else stage.accountant
        pdf = signed(pdf, side, by=who, **more)
    return reference, desk.upload(stage, reference, pdf)


def by_somebody(stage, desk, seed):
    """Bring a form back that somebody signed whom no other test knows; gives their card too."""
    signer = somebody(seed, enterprise=stage.client, quality=Quality.COMPANY_WITHOUT_STAFF)
    reference = stage.draw(start="1/2027", end="1/2027")
    pdf = signed(desk.form(stage, reference), Side.MANDATOR, by=signer)
    number = desk.upload(stage, reference, pdf)
    person = signer.person
    return reference, number, pki().person(person.insz, person.given_name, person.family_name)


def offline(desk, data):
    return desk.examiner.examine(data, trust=desk.trust, at=moment(minute=40), fetch=False)


def verified(tmp_path, data, *, at=None):
    """Run `mahis verify` as people do who ask nobody; gives exit code and words."""
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    trust = pki().write_trust_folder(tmp_path / "trust")
    words = [str(file), "--trust", str(trust), "--offline", "--language", "en"]
    result = CliRunner().invoke(verify, words + (["--at", at.isoformat()] if at else []))
    return result.exit_code, result.output


def archived(reference, number, means):
    return archive_signed.archive(
        reference=reference, number=number, means=means, at=moment(minute=15)
    )


def copies():
    return models.AuthorisationDocument.objects.filter(kind=DocumentKind.ARCHIVED)


class TestACopy:
    @pytest.mark.parametrize("sides", [(Side.MANDATOR,), tuple(Side)])
    @pytest.mark.parametrize("kind", ["citizen", "citizen-rsa", "foreigner"])
    def test_is_the_signed_file_and_proves_it_offline(self, stage, desk, means, sides, kind):
        reference, number = brought(stage, desk, *sides, kind=kind)
        before = desk.data(reference, number)
        copy = desk.data(reference, archived(reference, number, means))
        assert copy.startswith(before)
        assert judge_alone(offline(desk, before), rules=Rules()).outcome is Outcome.INDETERMINATE
        evidence = offline(desk, copy)
        assert judge_alone(evidence, rules=Rules()).outcome is Outcome.VALID
        assert not evidence.changes
        assert len(evidence.of_kind(Kind.PERSON)) == len(sides)

    def test_is_found_valid_by_whoever_verifies_it_without_asking_anybody(
        self, stage, desk, means, tmp_path
    ):
        reference, number = brought(stage, desk)
        copy = archived(reference, number, means)
        assert verified(tmp_path, desk.data(reference, number), at=moment(minute=40))[0] == 1
        code, words = verified(tmp_path, desk.data(reference, copy), at=moment(minute=40))
        assert (code, "a timestamp proves it" in words) == (0, True)

    @pytest.mark.parametrize("years", [1, 10])
    def test_proves_it_years_later(self, stage, desk, means, years):
        reference, number = brought(stage, desk)
        copy = desk.data(reference, archived(reference, number, means))
        later = moment() + years * 365 * 24 * HOUR
        evidence = desk.examiner.examine(copy, trust=desk.trust, at=later, fetch=False)
        assert judge_alone(evidence, rules=Rules()).outcome is Outcome.VALID

    def test_of_a_file_with_a_timestamp_and_answers_in_it_is_made_too(self, stage, desk, means):
        reference, number = brought(stage, desk, timestamp=True, embed_revocation=True)
        copy = desk.data(reference, archived(reference, number, means))
        assert judge_alone(offline(desk, copy), rules=Rules()).outcome is Outcome.VALID

    def test_holds_whatever_the_issuer_says_of_the_card_afterwards(self, stage, desk, means):
        reference, number, card = by_somebody(stage, desk, 77)
        copy = desk.data(reference, archived(reference, number, means))
        pki().revoke(card, since=moment() - HOUR)
        with Examiner(fetching=FetchSettings(private_addresses=True)) as stranger:
            asked = stranger.examine(
                desk.data(reference, number), trust=desk.trust, at=moment(minute=40), fetch=True
            )
        assert judge_alone(asked, rules=Rules()).reason is Doubt.REVOKED
        assert judge_alone(offline(desk, copy), rules=Rules()).outcome is Outcome.VALID

    def test_is_signed_on_and_archived_again(self, stage, desk, means):
        reference, number = brought(stage, desk)
        copy = desk.data(reference, archived(reference, number, means))
        both = signed(copy, Side.MANDATARY, by=stage.accountant)
        number = desk.upload(stage, reference, both, actor=stage.accountant)
        assert stage.states(reference) == ["active"]
        evidence = offline(desk, desk.data(reference, archived(reference, number, means)))
        assert judge_alone(evidence, rules=Rules()).outcome is Outcome.VALID
        assert len(evidence.of_kind(Kind.PERSON)) == 2

    def test_breaks_when_anything_in_it_is_changed(self, stage, desk, means):
        reference, number = brought(stage, desk)
        copy = desk.data(reference, archived(reference, number, means))
        begins = len(desk.data(reference, number))
        place = copy.index(b"/DSS", begins)
        broken = copy[:place] + b"/DSX" + copy[place + 4 :]
        assert judge_alone(offline(desk, broken), rules=Rules()).outcome is not Outcome.VALID


class TestTheRow:
    def test_names_the_signed_form_and_is_the_houses_own(self, stage, desk, means):
        reference, number = brought(stage, desk)
        row = document(reference, archived(reference, number, means))
        before = document(reference, number)
        assert (row.kind, row.form, row.act, row.version, row.language) == (
            DocumentKind.ARCHIVED,
            before,
            before.act,
            before.version,
            before.language,
        )
        assert (row.person, row.enterprise, row.at) == (None, None, moment(minute=15))
        assert stage.chain_holds(reference)

    def test_is_shown_behind_the_signed_form_to_whoever_sees_that(self, stage, desk, means):
        reference, number = brought(stage, desk)
        later = signed(desk.data(reference, number), Side.MANDATARY, by=stage.accountant)
        desk.upload(stage, reference, later)
        copy = archived(reference, number, means)
        rows = documents.of(actor=stage.accountant, reference=reference, language="en")
        assert [(row.number, row.archives) for row in rows] == [
            (3, None),
            (2, None),
            (copy, 2),
            (1, None),
        ]
        download = documents.content(
            actor=stage.accountant, reference=reference, number=copy, files=desk.files
        )
        assert download is not None
        assert download.name == f"mahis-{reference}-archived-{copy}-fr.pdf"
        assert download.data == desk.data(reference, copy)

    def test_leaves_the_form_to_sign_as_it_was(self, stage, desk, means):
        reference, number = brought(stage, desk)
        archived(reference, number, means)
        assert desk.make(stage, reference) == 1


class TestOnce:
    def test_a_second_time_gives_the_copy_that_is_there(self, stage, desk, means):
        reference, number = brought(stage, desk)
        copy = archived(reference, number, means)
        assert archived(reference, number, means) == copy
        assert archive_signed.archive_missing(means=means, at=moment(minute=20)) == Archived()
        assert copies().count() == 1

    def test_what_is_no_signed_form_is_not_archived(self, stage, desk, means):
        reference, _ = brought(stage, desk)
        assert archived(reference, 1, means) is None
        assert archived(reference, 9, means) is None
        assert not copies().exists()


class TestCatchingUp:
    def test_makes_later_what_could_not_be_stamped(self, stage, desk, means, tmp_path):
        brought(stage, desk, start="1/2027", end="1/2027")
        reference, number = brought(stage, desk, start="2/2027", end="2/2027")
        silent = desks.sealer(tmp_path, tsa_url="http://127.0.0.1:9").timestamps
        down = dataclasses.replace(means, timestamps=silent)
        with pytest.raises(TimestampUnavailable):
            archived(reference, number, down)
        with pytest.raises(TimestampUnavailable):
            archive_signed.archive_missing(means=down, at=moment(minute=15))
        assert not copies().exists()
        assert desk.data(reference, number)
        run = archive_signed.archive_missing(means=means, at=moment(minute=20))
        assert (run, copies().count()) == (Archived(made=2), 2)

    def test_leaves_out_what_cannot_be_proven_any_more_and_goes_on(self, stage, desk, means):
        reference, number, card = by_somebody(stage, desk, 78)
        pki().revoke(card, since=moment() - HOUR)
        good = brought(stage, desk, start="2/2027", end="2/2027")
        with pytest.raises(NotArchivable):
            archived(reference, number, means)
        run = archive_signed.archive_missing(means=means, at=moment(minute=20))
        assert run == Archived(made=1, left_out=1)
        assert copies().get().form == document(*good)

    def test_stamps_nothing_that_nobody_trusted_would_have_stamped(self, stage, desk, means):
        reference, number = brought(stage, desk)
        nobody = dataclasses.replace(desk.trust, tsa_roots=())
        with pytest.raises(NotArchivable):
            archived(reference, number, dataclasses.replace(means, trust=nobody))
        assert not copies().exists()


class TestSeveralWorkers:
    def test_that_archive_the_same_at_once_make_one_copy(self, committed_stage, desk, means):
        reference, number = brought(committed_stage, desk)
        numbers = []
        outcomes = all_at_once(
            *[lambda: numbers.append(archived(reference, number, means)) for _ in range(3)]
        )
        assert (outcomes, numbers) == ([None] * 3, [3] * 3)
        assert copies().count() == 1

    def test_that_catch_up_at_once_make_one_copy_of_each(self, committed_stage, desk, means):
        for quarter in ("1/2027", "2/2027"):
            brought(committed_stage, desk, start=quarter, end=quarter)
        runs = []
        outcomes = all_at_once(
            *[
                lambda: runs.append(
                    archive_signed.archive_missing(means=means, at=moment(minute=20))
                )
                for _ in range(3)
            ]
        )
        assert outcomes == [None] * 3
        assert sum(run.made for run in runs) == 2
        assert copies().count() == 2
