"""Whatever is done to the bytes of a signed form, it is judged, and never taken for it."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahis.domain.signature_evidence import FileEvidence
from mahis.domain.signed_forms import FormVerdict, Outcome, judge_form
from tests.hostile import scene, signing
from tests.hostile.harmless import with_a_timestamp_of_the_whole_file
from tests.hostile.judging import Judges, sitting

#: Words with which PDFs and signatures in them are built.
_TOKENS = [
    b"\n", b" ", b"%", b"(", b")", b"<<", b">>", b"[", b"]", b"<", b">", b"/", b"null", b"true",
    b" 0 obj\n", b"endobj\n", b"stream\n", b"endstream\n", b"xref\n", b"trailer\n", b"startxref\n",
    b"%%EOF\n", b"/Prev 0", b"/Root 1 0 R", b"/Size 0", b"/Length 9999999", b"/Encrypt<<>>",
    b"/ByteRange [0 0 0 0]", b"/Contents <00>", b"/V null", b"/Kids[]", b"/Type/ObjStm", b"-1",
    b"99999999999999999999", b"1 0 R", b"\x00", b"\xff\xfe", b"\x30\x80", b"0000000000 65535 f\r\n",
]  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Mutation:
    """One thing done to a file; places are shares of its length."""

    kind: str
    place: float
    size: int
    token: bytes

    def done_to(self, data: bytes) -> bytes:
        """Give the file after it."""
        at = int(self.place * len(data))
        before, part, after = data[:at], data[at : at + self.size], data[at + self.size :]
        flipped = bytes([data[at] ^ (1 << self.size % 8)])
        return {
            "flip": before + flipped + data[at + 1 :],
            "cut": before + after,
            "cut off": before,
            "double": before + part + part + after,
            "insert": before + self.token + data[at:],
            "overwrite": before + self.token + data[at + len(self.token) :],
            "turn around": before + part[::-1] + after,
        }[self.kind]


_mutations = st.builds(
    Mutation,
    kind=st.sampled_from(
        ["flip", "cut", "cut off", "double", "insert", "overwrite", "turn around"]
    ),
    # The end of a file, where its tables and signatures are, more often than the rest.
    place=st.one_of(st.floats(0, 1, exclude_max=True), st.floats(0.7, 1, exclude_max=True)),
    size=st.one_of(st.integers(1, 40), st.integers(1, 20_000)),
    token=st.sampled_from(_TOKENS),
)


@pytest.fixture(scope="module")
def judges():
    """Judges who read one file after the other."""
    with sitting() as judges:
        yield judges


def _bases() -> list[bytes]:
    """The files that are mutated, and the signed ones of which they are made."""
    return [scene().by_mandator, scene().by_both, with_a_timestamp_of_the_whole_file(scene())]


def _is_signed_as(data: bytes, base: bytes) -> bool:
    """Say whether a file is another one but for its last signature's value and blanks behind."""
    start, end = signing.places_in(base).contents
    rest = base[end:].rstrip()
    return data[:start] == base[:start] and data[end : end + len(rest) + 99].rstrip() == rest


def _check(judges: Judges, number: int, mutations: list[Mutation]) -> None:
    data = _bases()[number]
    for each in mutations:
        data = each.done_to(data) or data
    evidence = judges.evidence(data)
    verdict = judge_form(evidence, judges.scene.requirement)

    assert isinstance(evidence, FileEvidence)
    assert isinstance(verdict, FormVerdict)
    if verdict.outcome is Outcome.VALID:
        assert any(_is_signed_as(data, base) for base in _bases())
    else:
        assert verdict.reason is not None


_examples = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
_files = st.integers(0, 2)
_several = st.lists(_mutations, min_size=1, max_size=3)


@settings(_examples, max_examples=150)
@given(number=_files, mutations=_several)
def test_no_mutation_of_what_was_signed_is_accepted(judges, number, mutations):
    _check(judges, number, mutations)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(_examples, max_examples=10_000)
@given(number=_files, mutations=_several)
def test_no_mutation_of_what_was_signed_is_accepted_over_a_long_time(judges, number, mutations):
    _check(judges, number, mutations)


def test_what_was_not_mutated_is_accepted(judges):
    for base in _bases():
        assert judges.judge(base).outcome is Outcome.VALID
        assert judges.judge(base + b"\n").outcome is Outcome.VALID
