"""Officers write down groups and applications: with a reason, recorded, never under mandates."""

import concurrent.futures
import dataclasses

import pytest
from django.db import connections

from mahis.domain import reference_data as rules
from mahis.domain.changes import Subject
from mahis.domain.conditions import GroupNotOpen, Limits, ReasonMissing, ReasonTooLong
from mahis.domain.groups import Validity
from mahis.domain.parties import Language, Quality, Role
from mahis.queries import changes
from mahis.queries import reference_data as look
from mahis.queries.states_of_all import OfficersOnly
from mahis.store import models
from mahis.usecases import reference_data
from mahis.usecases.reference_data import OnlyOfficersKeep, ReferenceUnknown, ThingChanged
from tests.factories import reference, register, roads
from tests.factories.mandates import TODAY, moment
from tests.factories.reference import REASON, application_record, day, group_record, why

LIMITS = Limits()
NOW = moment()
SINCE = Validity(register.LONG_AGO)


@pytest.fixture
def officer(db):
    """Give an officer who manages."""
    return register.an_officer()


@pytest.fixture
def one(officer):
    """Give a group that holds an application."""
    group = register.a_group("one", single=True)
    register.an_application("app", group)
    return group


@pytest.fixture
def mandate(one):
    """Give a mandate for the group, signed by both."""
    register.a_matrix()
    baker = register.acting(register.an_enterprise(), Quality.COMPANY_WITHOUT_STAFF, may_sign=True)
    accountant = register.acting(register.a_provider(), Quality.SERVICE_PROVIDER, may_sign=True)
    roads.signed_by_both(baker, accountant, "one")
    return baker, accountant


def history(officer, code, subject=Subject.GROUP):
    return changes.of(actor=officer, subject=subject, key=code)


def add(officer, code="two", *, at=NOW):
    return reference_data.add_group(
        record=group_record(code), why=why(officer), limits=LIMITS, at=at
    )


def correct(officer, record, *, version=0, at=NOW):
    return reference_data.correct_group(
        record=record, why=why(officer, version=version), limits=LIMITS, at=at, on=TODAY
    )


def end(officer, code, last_day, *, version=0, at=NOW):
    return reference_data.end_group(
        code=code,
        last_day=day(last_day),
        why=why(officer, version=version),
        limits=LIMITS,
        at=at,
        on=TODAY,
    )


def put_in(officer, application, validity, *, version=0, group="one", at=NOW):
    return reference_data.put_in_group(
        group=group,
        application=application,
        validity=validity,
        why=why(officer, version=version),
        limits=LIMITS,
        at=at,
        on=TODAY,
    )


def take_out(officer, membership):
    reference_data.take_out(
        group="one",
        membership=membership,
        why=why(officer, version=1),
        limits=LIMITS,
        at=NOW,
        on=TODAY,
    )


class TestAGroup:
    def test_is_added_with_its_history(self, officer):
        plan = add(officer)
        assert plan.before == {}
        assert reference.kept("two") == group_record("two")
        (change,) = history(officer, "two")
        assert (change.act, change.reason, change.person_name) == (
            "added",
            REASON,
            officer.person.name,
        )
        assert change.after == dict(plan.after)
        assert change.after["nameDe"] == "two de"

    def test_is_only_looked_at_without_a_moment(self, officer, one):
        assert add(officer, at=None).after["position"] == 7
        assert end(officer, "one", "2026-12-31", at=None).after == {"ends": "2026-12-31"}
        assert models.ApplicationGroup.objects.count() == 1
        assert not models.Change.objects.exists()

    def test_has_a_code_that_nobody_else_has(self, officer, one):
        with pytest.raises(rules.CodeTaken) as caught:
            add(officer, "one")
        assert caught.value.field == "code"

    def test_is_corrected_in_what_differs(self, officer, mandate):
        before = reference.kept("one")
        names = {**before.names, Language.FRENCH: "Autre nom"}
        plan = correct(officer, dataclasses.replace(before, names=names))
        assert plan.before == {"nameFr": "one fr"}
        assert plan.after == {"nameFr": "Autre nom"}
        assert (plan.resting.holding, plan.resting.total) == (1, 1)
        assert reference.kept("one").names[Language.FRENCH] == "Autre nom"
        assert history(officer, "one")[0].before == {"nameFr": "one fr"}

    def test_that_stays_as_it_is_is_not_corrected(self, officer, one):
        with pytest.raises(rules.NothingChanges):
            correct(officer, reference.kept("one"))
        assert not history(officer, "one")

    @pytest.mark.parametrize("field", ["single_mandatary", "employers_only"])
    def test_keeps_its_rules_under_mandates(self, officer, mandate, field):
        before = reference.kept("one")
        turned = {
            "single_mandatary": dataclasses.replace(before, single_mandatary=False),
            "employers_only": dataclasses.replace(before, employers_only=True),
        }
        with pytest.raises(rules.RuleRestsOnMandates) as caught:
            correct(officer, turned[field])
        assert caught.value.field == field
        assert reference.kept("one") == before

    def test_without_mandates_may_change_its_rules(self, officer, one):
        turned = dataclasses.replace(reference.kept("one"), single_mandatary=False)
        correct(officer, turned)
        assert not reference.kept("one").single_mandatary

    def test_that_ended_takes_no_new_mandates_and_keeps_the_old(self, officer, mandate):
        plan = end(officer, "one", "2026-10-31")
        assert plan.resting.holding == 1
        baker, accountant = mandate
        with pytest.raises(GroupNotOpen):
            roads.drawn_up(baker, accountant, "one", start="1/2027")
        assert [row.quarters.end for row in models.Mandate.objects.all()] == [None]

    def test_does_not_end_before_it_begins(self, officer, one):
        with pytest.raises(rules.EndsBeforeItBegins):
            end(officer, "one", "1999-12-31")

    def test_is_changed_from_the_page_as_it_is_now(self, officer, one):
        end(officer, "one", "2026-12-31")
        with pytest.raises(ThingChanged):
            end(officer, "one", "2027-12-31")
        end(officer, "one", "2027-12-31", version=1)
        assert [change.number for change in history(officer, "one")] == [2, 1]


class TestAnApplication:
    def test_is_added_to_no_group(self, officer):
        reference_data.add_application(
            record=application_record("new"), why=why(officer), limits=LIMITS, at=moment()
        )
        found = look.application(actor=officer, code="new", on=TODAY, language="nl")
        assert found
        assert (found.name, found.memberships, found.is_kept) == ("new nl", (), True)

    def test_ends_in_every_group_that_holds_it(self, officer, one):
        other = register.a_group("other")
        application = models.Application.objects.get(code="app")
        models.GroupMembership.objects.create(
            group=other, application=application, begins=register.LONG_AGO, ends=day("2020-12-31")
        )
        third = register.a_group("third")
        models.GroupMembership.objects.create(
            group=third, application=application, begins=register.LONG_AGO
        )
        reference_data.end_application(
            code="app",
            last_day=day("2026-12-31"),
            why=why(officer),
            limits=LIMITS,
            at=moment(),
            on=TODAY,
        )
        ends = models.GroupMembership.objects.order_by("group__code").values_list("ends", flat=True)
        assert list(ends) == [day("2026-12-31"), day("2020-12-31"), day("2026-12-31")]
        assert history(officer, "app", Subject.APPLICATION)[0].after["groups"] == ["one", "third"]
        assert not history(officer, "other")
        for code in ("one", "third"):
            (change,) = history(officer, code)
            assert change.before["ends"] is None
            assert change.after["ends"] == "2026-12-31"

    def test_that_comes_later_cannot_end_before(self, officer, one):
        put_in(officer, "app", Validity(day("2027-01-01")), group=_ending(officer))
        with pytest.raises(rules.EndsBeforeItBegins):
            reference_data.end_application(
                code="app",
                last_day=TODAY,
                why=why(officer),
                limits=LIMITS,
                at=moment(),
                on=TODAY,
            )

    def test_is_corrected(self, officer, one):
        record = dataclasses.replace(application_record("app"), names=reference.names("better"))
        reference_data.correct_application(
            record=record, why=why(officer), limits=LIMITS, at=moment(), on=TODAY
        )
        found = look.application(actor=officer, code="app", on=TODAY, language="de")
        assert found
        assert found.name == "better de"


def _ending(officer):
    register.a_group("later")
    return "later"


class TestAMembership:
    def test_begins_and_shows_on_the_page(self, officer, one):
        register.an_application("more")
        put_in(officer, "more", Validity(day("2027-01-01"), day("2027-12-31")))
        found = look.group(actor=officer, code="one", on=TODAY, language="fr")
        assert found
        assert [(row.application, row.is_in_force) for row in found.memberships] == [
            ("app", True),
            ("more", False),
        ]
        assert found.changes[0].act == "applicationAdded"
        assert found.changes[0].after == {
            "application": "more",
            "begins": "2027-01-01",
            "ends": "2027-12-31",
        }

    def test_is_not_twice_on_one_day(self, officer, one):
        with pytest.raises(rules.MembershipOverlaps):
            put_in(officer, "app", Validity(day("2027-01-01")))

    def test_of_nothing_that_is_known_is_refused(self, officer, one):
        with pytest.raises(ReferenceUnknown):
            put_in(officer, "nothing", SINCE)
        with pytest.raises(ReferenceUnknown):
            put_in(officer, "app", SINCE, group="nothing")

    def test_changes_its_days(self, officer, one):
        (row,) = models.GroupMembership.objects.all()
        reference_data.correct_membership(
            group="one",
            membership=row.pk,
            validity=Validity(day("2014-01-01"), day("2026-12-31")),
            why=why(officer),
            limits=LIMITS,
            at=moment(),
            on=TODAY,
        )
        row.refresh_from_db()
        assert (row.begins, row.ends) == (day("2014-01-01"), day("2026-12-31"))
        (change,) = history(officer, "one")
        assert change.before == {"application": "app", "begins": "2000-01-01", "ends": None}

    def test_is_taken_back_only_before_it_begins(self, officer, one):
        register.an_application("more")
        put_in(officer, "more", Validity(day("2027-01-01")))
        rows = {row.application.code: row.pk for row in models.GroupMembership.objects.all()}
        with pytest.raises(rules.MembershipHasBegun):
            take_out(officer, rows["app"])
        take_out(officer, rows["more"])
        assert [row.application.code for row in models.GroupMembership.objects.all()] == ["app"]
        assert history(officer, "one")[0].act == "applicationRemoved"


class TestWhoMay:
    def test_are_officers_who_manage(self, officer, one):
        auditor = register.an_officer(Role.CONSULT)
        party = register.acting(register.an_enterprise(), Quality.NSSO_EMPLOYER)
        for somebody in (auditor, party):
            with pytest.raises(OnlyOfficersKeep):
                add(somebody)
            with pytest.raises(OnlyOfficersKeep):
                end(somebody, "one", "2026-12-31")
        with pytest.raises(OfficersOnly):
            look.groups(actor=party, on=TODAY, language="fr")

    def test_say_why(self, officer):
        for reason, refusal in (("  \n", ReasonMissing), ("x" * 1001, ReasonTooLong)):
            with pytest.raises(refusal):
                reference_data.add_group(
                    record=group_record("two"),
                    why=why(officer, reason=reason),
                    limits=LIMITS,
                    at=moment(),
                )


def test_of_two_officers_at_once_one_wins(committed_db):
    officer = register.an_officer()
    register.a_group("one")

    def ended(last_day):
        try:
            end(officer, "one", last_day)
        except ThingChanged:
            return "refused"
        finally:
            connections.close_all()
        return last_day

    days = [f"2027-0{month}-28" for month in range(1, 7)]
    with concurrent.futures.ThreadPoolExecutor(len(days)) as pool:
        answers = list(pool.map(ended, days))
    (winner,) = [answer for answer in answers if answer != "refused"]
    assert models.ApplicationGroup.objects.get().ends == day(winner)
    assert models.Change.objects.count() == 1


def test_of_two_officers_who_add_the_same_code_one_wins(committed_db):
    officer = register.an_officer()

    def added(_number):
        try:
            add(officer)
        except rules.CodeTaken:
            return False
        finally:
            connections.close_all()
        return True

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(added, range(4)))
    assert sorted(answers) == [False, False, False, True]
    assert models.Change.objects.count() == 1
