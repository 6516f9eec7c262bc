"""Letters and batches hold to their states in the database itself, whoever writes to it."""

import hashlib
import itertools

import pytest
from django.db import IntegrityError, transaction

from mahis.domain.letters import BatchState
from mahis.domain.parties import Language
from mahis.store import models
from tests.integration.usecases import scene
from tests.integration.usecases.scene import DAY, moment

pytestmark = pytest.mark.django_db

SHA = "ab" * 32
_contents = itertools.count()


@pytest.fixture
def stage(db):
    return scene.set_up()


def a_letter(stage, **more):
    """Write a letter about the next notice that has none."""
    if not models.Notice.objects.filter(letter=None).exists():
        stage.draw()
    notice = models.Notice.objects.filter(letter=None)[0]
    digest = hashlib.sha256(str(next(_contents)).encode()).hexdigest()
    document = models.Document.objects.create(sha256=digest, size=1, created_at=moment())
    return models.Letter.objects.create(
        notice=notice,
        recipient_id=notice.recipient_id,
        language=Language.FRENCH,
        document=document,
        pages=1,
        abroad=False,
        made_at=moment(),
        **more,
    )


def a_batch(number=1, **more):
    return models.LetterBatch.objects.create(
        **{
            "number": number,
            "day": DAY,
            "state": BatchState.OPEN,
            "letters": 1,
            "pages": 1,
            "opened_at": moment(),
            **more,
        }
    )


def _refused(constraint, write):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    diagnosis = getattr(error.value.__cause__, "diag", None)
    assert diagnosis is not None
    assert diagnosis.constraint_name == constraint


def _set(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


PACKED = {"state": BatchState.PACKED, "sha256": SHA, "size": 9, "packed_at": moment()}
HANDED = {"state": BatchState.HANDED, "handed_at": moment()}


def test_a_letter_goes_into_one_batch_for_ever(stage):
    letter, first = a_letter(stage), a_batch()
    _set(letter, batch=first, place=1)
    second = a_batch(2, day=DAY.replace(day=24))
    for values in ({"batch": second, "place": 1}, {"batch": None, "place": None}, {"place": 2}):
        _refused("letters_stay_as_they_are", lambda values=values: _set(letter, **values))


def test_no_letter_goes_into_a_batch_that_is_packed_already(stage):
    batch = a_batch()
    _set(batch, **PACKED)
    letter = a_letter(stage)
    _refused("letters_stay_as_they_are", lambda: _set(letter, batch=batch, place=1))


@pytest.mark.parametrize("change", [{"pages": 2}, {"abroad": True}, {"language": Language.DUTCH}])
def test_nothing_else_of_a_letter_changes(stage, change):
    letter, batch = a_letter(stage), a_batch()
    _refused("letters_stay_as_they_are", lambda: _set(letter, **change))
    both = {**change, "batch": batch, "place": 1}
    _refused("letters_stay_as_they_are", lambda: _set(letter, **both))


def test_a_letter_is_made_before_it_is_packed(stage):
    batch = a_batch()
    _refused("letters_stay_as_they_are", lambda: a_letter(stage, batch=batch, place=1))


def test_letters_and_batches_are_never_deleted(stage):
    letter, batch = a_letter(stage), a_batch()
    _refused(
        "letters_stay_as_they_are", lambda: models.Letter.objects.filter(pk=letter.pk).delete()
    )
    _refused("letter_batches_only_go_on", batch.delete)


def test_a_notice_has_one_letter(stage):
    letter = a_letter(stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Letter.objects.create(
            notice=letter.notice,
            recipient_id=letter.recipient_id,
            language=Language.FRENCH,
            document=letter.document,
            pages=1,
            abroad=False,
            made_at=moment(),
        )


def test_two_letters_never_have_the_same_place(stage):
    first, second, batch = a_letter(stage), a_letter(stage), a_batch()
    _set(first, batch=batch, place=1)
    _refused("letter_place_once_a_batch", lambda: _set(second, batch=batch, place=1))


@pytest.mark.parametrize("values", [{"place": 1}, {"batch": True}, {"batch": True, "place": 0}])
def test_a_batch_and_a_place_go_together(stage, values):
    letter, batch = a_letter(stage), a_batch()
    values = {**values, "batch": batch} if values.get("batch") else values
    with pytest.raises(IntegrityError), transaction.atomic():
        _set(letter, **values)


def test_a_batch_goes_on_to_the_end(stage):
    batch = a_batch()
    _set(batch, **PACKED)
    _set(batch, problem="printerUnreachable", failed_at=moment())
    _set(batch, **HANDED, problem="", failed_at=None)
    batch.refresh_from_db()
    assert batch.state is BatchState.HANDED


@pytest.mark.parametrize(
    "change",
    [
        {"letters": 2, "pages": 2},
        {"pages": 3},
        {"day": DAY.replace(day=1)},
        {"state": BatchState.OPEN, "sha256": "", "size": 0, "packed_at": None},
        {"sha256": "cd" * 32},
        {"size": 10},
    ],
)
def test_a_packed_batch_neither_changes_nor_goes_back(stage, change):
    batch = a_batch()
    _set(batch, **PACKED)
    _refused("letter_batches_only_go_on", lambda: _set(batch, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"state": BatchState.PACKED, "handed_at": None},
        {"problem": "late", "failed_at": moment()},
        {"handed_at": moment(minute=9)},
    ],
)
def test_a_batch_that_was_handed_over_stays_so(stage, change):
    batch = a_batch()
    _set(batch, **PACKED)
    _set(batch, **HANDED)
    _refused("letter_batches_only_go_on", lambda: _set(batch, **change))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("letter_batch_state_matches_its_package", {"state": BatchState.PACKED}),
        ("letter_batch_state_matches_its_package", {"sha256": SHA}),
        ("letter_batch_state_matches_its_package", {**PACKED, "sha256": "x"}),
        ("letter_batch_state_matches_its_package", {**PACKED, "state": BatchState.HANDED}),
        ("letter_batch_state_matches_its_package", {"handed_at": moment()}),
        ("letter_batch_has_letters_with_pages", {"letters": 0, "pages": 0}),
        ("letter_batch_has_letters_with_pages", {"letters": 3, "pages": 2}),
        ("letter_batch_number_is_positive", {"number": 0}),
        ("letter_batch_problem_has_its_time", {"problem": "late"}),
        ("letter_batch_problem_has_its_time", {"failed_at": moment()}),
    ],
)
def test_the_columns_of_a_batch_match_its_state(stage, constraint, values):
    _refused(constraint, lambda: a_batch(**values))


def test_a_day_has_one_batch(stage):
    a_batch()
    _refused("letter_batch_once_a_day", lambda: a_batch(2))
