"""Which forms can be signed now, when one can be made, and what documents are called."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahis.domain import documents, lifecycle
from mahis.domain.documents import LONGEST_FILE_NAME, DocumentKind, SealedForm
from mahis.domain.lifecycle import Act, Doer, Kind, Standing
from mahis.domain.mandate import AuthorisationReference, State
from mahis.domain.parties import Language, Side
from mahis.domain.representation import MayNotSign
from mahis.domain.signing import Level
from tests.unit.domain import situations

NOBODY: tuple[Side, ...] = ()
MANDATOR = (Side.MANDATOR,)
BOTH = tuple(Side)
MANAGER = Doer(kind=Kind.PARTY, side=Side.MANDATARY, standing=Standing.MANAGES)
SIGNABLE = {State.TO_BE_FINALISED, State.PENDING}
SIGNED = {State.IDENTIFICATION, State.ACTIVE, State.CLOSED}


def form(number, *, language=Language.FRENCH, shows=NOBODY):
    return SealedForm(number=number, sha256=f"{number:064x}", language=language, shows=shows)


def current(*forms, authenticated=NOBODY, signed_in=frozenset()):
    found = documents.current_forms(forms, authenticated=authenticated, signed_in=signed_in)
    return [each.number for each in found]


def situation(state, *, signed=NOBODY):
    return situations.case(mandate=situations.mandate(state=state, signed=frozenset(signed)))


class TestTheCurrentForm:
    def test_is_missing_where_none_was_made(self):
        assert current() == []

    def test_is_the_newest_of_each_language(self):
        dutch = form(2, language=Language.DUTCH)
        assert current(form(1), dutch, form(5)) == [5, 2]

    def test_shows_exactly_who_has_authenticated(self):
        forms = (form(1), form(2, shows=MANDATOR), form(3, shows=BOTH))
        assert current(*forms) == [1]
        assert current(*forms, authenticated=MANDATOR) == [2]
        assert current(*forms, authenticated=BOTH) == [3]
        assert current(*forms, authenticated=(Side.MANDATARY,)) == []

    def test_shows_how_many_have_authenticated_for_a_party(self):
        twice = MANDATOR * 2
        forms = (form(1), form(2, shows=MANDATOR), form(3, shows=twice))
        assert current(*forms, authenticated=MANDATOR) == [2]
        assert current(*forms, authenticated=twice) == [3]

    def test_is_that_in_which_a_party_has_signed_whatever_was_made_since(self):
        forms = (form(1), form(2, language=Language.DUTCH), form(3))
        assert current(*forms, signed_in=frozenset({1})) == [1]

    def test_stays_the_one_signed_in_though_a_second_person_of_the_party_authenticates(self):
        assert current(form(1), authenticated=MANDATOR, signed_in=frozenset({1})) == [1]

    def test_does_not_depend_on_the_order_of_the_forms(self):
        forms = (form(1), form(2, language=Language.DUTCH), form(3), form(4, shows=MANDATOR))
        assert {tuple(current(*each)) for each in itertools.permutations(forms)} == {(3, 2)}


class TestAForm:
    @pytest.mark.parametrize("state", State)
    def test_can_be_made_while_a_signed_one_can_come_back(self, state):
        case = situation(state)
        if state in SIGNABLE:
            documents.require_form_possible(doer=MANAGER, case=case, only_authenticated=False)
            return
        with pytest.raises(documents.FormNotPossible) as refusal:
            documents.require_form_possible(doer=MANAGER, case=case, only_authenticated=False)
        assert refusal.value.found["state"] is state

    @pytest.mark.parametrize("state", State)
    def test_can_be_made_to_show_that_both_have_authenticated(self, state):
        case = situation(state, signed=BOTH)
        if state in SIGNED | SIGNABLE:
            documents.require_form_possible(doer=MANAGER, case=case, only_authenticated=True)
            return
        with pytest.raises(documents.FormNotPossible):
            documents.require_form_possible(doer=MANAGER, case=case, only_authenticated=True)

    def test_is_not_made_once_the_limit_for_finishing_has_passed(self):
        late = situations.mandate(expires_on=situations.ON - datetime.timedelta(days=1))
        with pytest.raises(documents.FormNotPossible) as refusal:
            documents.require_form_possible(
                doer=MANAGER, case=situations.case(mandate=late), only_authenticated=False
            )
        assert refusal.value.found["state"] is State.EXPIRED

    @pytest.mark.parametrize(
        "doer",
        [
            Doer(kind=Kind.PARTY, side=Side.MANDATOR, standing=Standing.CONSULTS),
            Doer(kind=Kind.OUTSIDER, standing=Standing.MANAGES),
            Doer(kind=Kind.OFFICER, standing=Standing.MANAGES),
        ],
    )
    def test_is_for_managers_of_the_parties(self, doer):
        with pytest.raises(lifecycle.NotForYou):
            documents.require_form_possible(
                doer=doer, case=situation(State.PENDING), only_authenticated=False
            )


class TestRequiring:
    """`lifecycle.require` says what `may` says, and why not."""

    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("act", Act)
    def test_agrees_with_what_buttons_are_shown(self, state, act):
        officer = Doer(kind=Kind.OFFICER, standing=Standing.MANAGES)
        for doer in (MANAGER, officer):
            case = situation(state)
            if lifecycle.may(act=act, doer=doer, case=case):
                lifecycle.require(act=act, doer=doer, case=case)
            else:
                with pytest.raises((lifecycle.ActNotPossible, lifecycle.NotForYou, MayNotSign)):
                    lifecycle.require(act=act, doer=doer, case=case)

    def test_asks_no_condition(self):
        officer = Doer(kind=Kind.OFFICER, standing=Standing.MANAGES)
        case = situations.case(
            mandate=situations.mandate(state=State.TO_BE_VALIDATED), reason="", level=Level.EID
        )
        lifecycle.require(act=Act.REJECT, doer=officer, case=case)


class TestNames:
    REFERENCE = AuthorisationReference(2026, 1234)

    def test_tell_authorisation_kind_number_and_language(self):
        name = documents.file_name(
            reference=self.REFERENCE, kind=DocumentKind.FORM, number=3, language=Language.FRENCH
        )
        assert name == "mahis-2026-0001234-form-3-fr.pdf"

    def test_leave_out_a_language_that_nobody_knows(self):
        name = documents.file_name(reference=self.REFERENCE, kind=DocumentKind.SCAN, number=12)
        assert name == "mahis-2026-0001234-scan-12.pdf"

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ("volmacht.pdf", "volmacht.pdf"),
            ("C:\\Users\\me\\scan 1.PDF", "scan 1.PDF"),
            ("../../etc/passwd", "passwd"),
            ("one\r\nSet-Cookie: two.pdf", "one Set-Cookie: two.pdf"),
            ("invoice\u202efdp.exe", "invoicefdp.exe"),
            ("  a\u00a0 b\t.pdf ", "a b.pdf"),
            ("e\u0301te\u0301.pdf", "été.pdf"),
            ("", ""),
            ("///", ""),
        ],
    )
    def test_of_files_that_were_sent_are_cleaned(self, sent, kept):
        assert documents.clean_file_name(sent) == kept

    @given(st.text(max_size=400))
    def test_of_files_that_were_sent_never_surprise(self, sent):
        kept = documents.clean_file_name(sent)
        assert len(kept) <= LONGEST_FILE_NAME
        assert not set(kept) & set("/\\\r\n\t\0\u202e\u2028")
        assert documents.clean_file_name(kept) == kept

    def test_of_files_that_were_sent_keep_their_ending_when_cut(self):
        assert documents.clean_file_name("x" * 300 + ".pdf").endswith("x.pdf")
