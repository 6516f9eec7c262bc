"""What the office decides about providers survives files, until these tell something new."""

import datetime

import pytest

from mahis.domain.changes import Subject
from mahis.domain.identifiers import EnterpriseNumber, Insz
from mahis.domain.parties import Language, ProviderStatus, Role
from mahis.gateways.register_files import FileRefused
from mahis.store import models
from tests.factories.register_files import ONE, PERSON, TWO, full

pytestmark = pytest.mark.django_db

ACCEPTED = datetime.date(2026, 11, 23)
FIRST, SECOND = EnterpriseNumber.parse(ONE), EnterpriseNumber.parse(TWO)
NOBODY = f'"{TWO}","active",01-01-2020,'


@pytest.fixture(autouse=True)
def _known(take_in):
    """A register of two enterprises."""
    take_in("known", full())


def made_here(**traits):
    """Write the provider that a request made."""
    known = {
        "status": ProviderStatus.ACTIVE,
        "begins": ACCEPTED,
        "source": models.Source.IDENTIFICATION,
        "contact_name": "Desk",
        "contact_email": "desk@provider.example",
        "contact_telephone": "+3225551234",
        "contact_language": Language.FRENCH,
    }
    models.Provider.objects.create(enterprise=FIRST, **known | traits)


def provider():
    return models.Provider.objects.get(pk=FIRST)


def line(status, begins, ends=""):
    return f'"{ONE}","{status}",{begins},{ends}'


def history():
    found = models.Change.objects.filter(subject=Subject.PROVIDER, key=FIRST.digits)
    return [(change.act, change.kind.value) for change in found.order_by("number")]


class TestWhatARequestMade:
    @pytest.mark.parametrize(
        "files",
        [
            {"providers": [NOBODY]},
            {"providers": [NOBODY, line("lapsed", "01-01-2020", "01-07-2020")]},
            {"providers": [NOBODY, line("active", "01-01-2020", "31-12-2021")]},
            {"providers_delete": [f'"{ONE}"'], "providers_insert": [NOBODY]},
        ],
    )
    def test_is_kept_while_files_say_nothing_newer(self, take_in, files):
        made_here()
        take_in("files", files)
        found = provider()
        assert (found.status, found.begins) == (ProviderStatus.ACTIVE, ACCEPTED)
        assert found.source is models.Source.IDENTIFICATION
        assert history() == []

    def test_is_confirmed_by_files_and_keeps_how_it_is_reached(self, take_in):
        made_here()
        take_in("files", {"providers": [line("active", "23-11-2026")]})
        found = provider()
        assert found.source is models.Source.REGISTER
        assert found.contact.email == "desk@provider.example"
        assert history() == []

    def test_belongs_to_the_files_once_they_have_confirmed_it(self, take_in):
        made_here()
        take_in("one", {"providers": [line("active", "23-11-2026")]})
        take_in("two", {"providers": [NOBODY]})
        assert not models.Provider.objects.filter(pk=FIRST).exists()
        assert history() == [("registerRemoved", "register")]

    def test_is_blocked_by_files_that_say_so(self, take_in):
        made_here()
        take_in("files", {"providers": [line("blocked", "01-01-2020")]})
        assert provider().status is ProviderStatus.BLOCKED
        assert history() == [("registerChanged", "register")]


class TestABlock:
    @pytest.mark.parametrize(
        "files",
        [
            {"providers": [NOBODY]},
            {"providers": [line("active", "01-01-2020")]},
            {"providers": [line("active", "24-12-2026")]},
            {"providers_delete": [f'"{ONE}"'], "providers_insert": [line("active", "01-01-2020")]},
        ],
    )
    @pytest.mark.parametrize("source", models.Source)
    def test_by_an_officer_is_lifted_by_no_file(self, take_in, files, source):
        made_here(status=ProviderStatus.BLOCKED, held=True, source=source)
        take_in("files", files)
        assert provider().status is ProviderStatus.BLOCKED

    def test_by_files_is_lifted_by_files(self, take_in):
        take_in("one", {"providers": [line("blocked", "01-01-2020")]})
        take_in("two", {"providers": [line("active", "01-01-2020")]})
        assert provider().status is ProviderStatus.ACTIVE
        (change,) = models.Change.objects.filter(key=FIRST.digits)
        assert (change.before["status"], change.after["status"]) == ("blocked", "active")


class TestALapse:
    def lapsed(self):
        made_here(
            status=ProviderStatus.LAPSED,
            begins=datetime.date(2026, 1, 1),
            ends=datetime.date(2026, 7, 1),
            held=True,
            source=models.Source.REGISTER,
        )

    def test_stays_where_files_tell_of_the_same_quality(self, take_in):
        self.lapsed()
        take_in("files", {"providers": [line("active", "01-01-2026")]})
        assert provider().status is ProviderStatus.LAPSED

    def test_ends_with_a_quality_that_begins_anew(self, take_in):
        self.lapsed()
        take_in("files", {"providers": [line("active", "01-09-2026")]})
        found = provider()
        assert (found.status, found.ends, found.held) == (ProviderStatus.ACTIVE, None, False)


class TestContactData:
    def test_stay_when_files_change_the_quality(self, take_in):
        made_here(source=models.Source.REGISTER)
        take_in("files", {"providers": [line("active", "23-11-2026", "31-12-2027")]})
        found = provider()
        assert found.ends == datetime.date(2027, 12, 31)
        assert found.contact.name == "Desk"

    def test_stay_when_an_update_takes_the_row_out_and_in_again(self, take_in):
        made_here(source=models.Source.REGISTER)
        take_in(
            "files",
            {
                "providers_delete": [f'"{ONE}"'],
                "providers_insert": [line("active", "23-11-2026", "31-12-2027")],
            },
        )
        assert provider().ends == datetime.date(2027, 12, 31)
        assert provider().contact.name == "Desk"


def test_an_added_row_that_contradicts_is_refused(take_in):
    take_in("one", {"providers": [line("active", "01-01-2020")]})
    with pytest.raises(FileRefused) as refused:
        take_in("two", {"providers_insert": [line("blocked", "01-01-2020")]})
    assert "providers_delete.csv" in refused.value.reason


class TestTheFirstAccess:
    def given(self):
        models.AccessRight.objects.create(
            person=Insz(PERSON),
            enterprise=FIRST,
            kind=models.AccessKind.PROVIDER,
            role=Role.MANAGE,
            begins=ACCEPTED,
            source=models.Source.IDENTIFICATION,
        )

    def lines(self, kind="provider", enterprise=ONE, role="consult"):
        return [f'"{PERSON}","{enterprise}","{kind}","{role}",01-01-2020,']

    @pytest.mark.parametrize(
        "files",
        [
            {"access": []},
            {"access": [f'"{PERSON}","{ONE}","enterprise","manage",01-01-2020,']},
            {"access": [f'"{PERSON}","{TWO}","provider","manage",01-01-2020,']},
            {"access_delete": [f'"{ONE}"']},
        ],
    )
    def test_is_kept_while_files_say_nothing_of_that_provider(self, take_in, files):
        self.given()
        take_in("files", files)
        assert models.AccessRight.objects.filter(source=models.Source.IDENTIFICATION).exists()

    @pytest.mark.parametrize("kind", ["access", "access_insert"])
    def test_gives_way_once_files_say_who_acts_for_it(self, take_in, kind):
        self.given()
        take_in("files", {kind: self.lines()})
        (right,) = models.AccessRight.objects.all()
        assert (right.role, right.source) == (Role.CONSULT, models.Source.REGISTER)
