"""Services of a list: granted and withdrawn, for signatures or not, and what makes exceptions."""

import datetime

import pytest

from mahis.gateways.trust import TrustMaterial, is_listed, pack, services, signed_lists, unpack
from tests.factories import trusted_lists as made

SIGNER = made.holder("Signer")
ROOT = made.holder("Root")
CITIZENS = made.holder("Citizens", issuer=ROOT)
PERSON = made.holder("Person", issuer=CITIZENS, policies=["1.2.3"])
OTHER = made.holder("Other", issuer=CITIZENS, policies=["1.2.4"])
PATH = [PERSON.der, CITIZENS.der, ROOT.der]
YEAR = {year: datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in range(2010, 2030)}
SECOND = datetime.timedelta(seconds=1)

KEY_USAGE = """<q:CriteriaList assert="all"><q:KeyUsage>
    <q:KeyUsageBit name="nonRepudiation">true</q:KeyUsageBit></q:KeyUsage></q:CriteriaList>"""


def read(*listed):
    verified = signed_lists.verify(made.national_list(SIGNER, *listed), signers=[SIGNER.der])
    return services.read(verified.content)


def granted(current, *past, path=PATH, at=YEAR[2024]):
    found = read(made.service("Cards", ROOT.der, current, *past))
    return is_listed(found.qualified, path=path, at=at)


def test_a_service_is_granted_from_the_begin_of_its_status_until_it_is_withdrawn():
    current = made.status(YEAR[2022], what=made.WITHDRAWN)
    past = made.status(YEAR[2018])
    issued = made.holder("Person", issuer=CITIZENS, begins=YEAR[2018])
    path = [issued.der, CITIZENS.der, ROOT.der]
    assert not granted(current, past, path=path, at=YEAR[2018] - SECOND)
    assert granted(current, past, path=path, at=YEAR[2018])
    assert granted(current, past, at=YEAR[2022] - SECOND)
    assert not granted(current, past, at=YEAR[2022])


def test_a_certificate_must_have_been_issued_under_a_grant_too():
    current, gap, past = (
        made.status(YEAR[2022]),
        made.status(YEAR[2018], what=made.WITHDRAWN),
        made.status(YEAR[2014]),
    )
    found = []
    for year in (2013, 2015, 2019, 2023):
        person = made.holder("Person", issuer=CITIZENS, begins=YEAR[year])
        path = [person.der, CITIZENS.der, ROOT.der]
        found.append(granted(current, gap, past, path=path, at=YEAR[2024]))
    assert found == [False, True, False, True]


def test_supervision_before_the_regulation_counts_as_granted():
    early = made.holder("Person", issuer=CITIZENS, begins=YEAR[2012])
    before = made.status(
        YEAR[2012],
        what=made.GRANTED.replace("granted", "undersupervision"),
        purpose="http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/RootCA-QC",
    )
    path = [early.der, CITIZENS.der, ROOT.der]
    assert granted(made.status(YEAR[2017]), before, path=path, at=YEAR[2013])


@pytest.mark.parametrize("what", ["recognisedatnationallevel", "deprecatedatnationallevel", ""])
def test_no_other_status_counts(what):
    assert not granted(made.status(YEAR[2017], what=made.GRANTED.replace("granted", what)))


@pytest.mark.parametrize("purpose", [made.FOR_SEALS, "", "http://nothing.example"])
def test_a_service_that_is_not_listed_for_signatures_does_not_count(purpose):
    assert not granted(made.status(YEAR[2017], purpose=purpose))


def test_an_authority_in_the_middle_of_the_path_counts_too():
    found = read(made.service("Citizens", CITIZENS.der, made.status(YEAR[2017])))
    assert is_listed(found.qualified, path=PATH, at=YEAR[2024])


def test_the_same_authority_with_another_certificate_counts():
    renewed = made.holder("Root", key=ROOT.key, ends=YEAR[2029])
    assert renewed.der != ROOT.der
    assert granted(made.status(YEAR[2017]), path=[PERSON.der, CITIZENS.der, renewed.der])


def test_an_authority_of_the_same_name_with_another_key_does_not_count():
    namesake = made.holder("Root")
    assert not granted(made.status(YEAR[2017]), path=[PERSON.der, CITIZENS.der, namesake.der])


@pytest.mark.parametrize(
    "path", [[], [ROOT.der], [PERSON.der, b"nonsense"], [b"nonsense", ROOT.der]]
)
def test_a_path_to_nobody_is_not_listed(path):
    assert not granted(made.status(YEAR[2017]), path=path)


def test_certificates_that_the_list_excepts_are_not_qualified():
    only = made.policy_criteria("1.2.3", assertion="none")
    current = made.status(YEAR[2017], extensions=made.not_qualified(only))
    assert granted(current, path=PATH)
    assert not granted(current, path=[OTHER.der, CITIZENS.der, ROOT.der])


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (made.policy_criteria("1.2.3"), False),
        (made.policy_criteria("1.2.4"), True),
        (made.policy_criteria("1.2.3", "1.2.4"), False),
        (made.policy_criteria("1.2.3", "1.2.4", assertion="all"), True),
        (made.policy_criteria("1.2.3", assertion="sometimes"), False),
        ("", False),
        (KEY_USAGE, True),
        (
            '<q:CriteriaList assert="all"><q:otherCriteriaList/>'
            + made.policy_criteria("1.2.4")
            + "</q:CriteriaList>",
            False,
        ),
    ],
)
def test_an_exception_is_applied_where_its_criteria_fit_or_are_unclear(criteria, expected):
    current = made.status(YEAR[2017], extensions=made.not_qualified(criteria))
    assert granted(current) is expected


def test_a_critical_extension_that_we_do_not_know_grants_nothing():
    unknown = '<Extension Critical="true"><x:News/></Extension>'
    assert not granted(made.status(YEAR[2017], extensions=unknown))
    assert granted(made.status(YEAR[2017], extensions=unknown.replace("true", "false")))


def test_timestamp_services_are_taken_while_they_are_granted():
    kind = made.ISSUES_TIMESTAMPS
    found = read(
        made.service("Now", ROOT.der, made.status(YEAR[2017], kind=kind)),
        made.service("Was", CITIZENS.der, made.status(YEAR[2017], kind=kind, what=made.WITHDRAWN)),
    )
    assert found.timestamping == (ROOT.der,)
    assert found.qualified == ()


def test_a_name_is_english_where_there_is_one():
    found = read(made.service("Cards of people", ROOT.der, made.status(YEAR[2017])))
    assert found.qualified[0].name == "Cards of people"


@pytest.mark.parametrize(
    "broken",
    [
        made.service("Cards", ROOT.der, made.status(YEAR[2017])).replace("2017-01-01", "last year"),
        made.service("Cards", b"", made.status(YEAR[2017])).replace(
            "<X509Certificate>", "<X509Certificate>!!"
        ),
        "<TSPService/>",
    ],
)
def test_a_service_that_cannot_be_read_spoils_the_list(broken):
    with pytest.raises(signed_lists.ListRefused):
        read(broken)


def test_a_service_without_a_readable_certificate_is_left_out():
    found = read(
        made.service("Nobody", b"nonsense", made.status(YEAR[2017])),
        made.service("Cards", ROOT.der, made.status(YEAR[2017])),
    )
    assert [each.name for each in found.qualified] == ["Cards"]


def test_trust_survives_the_way_to_another_process():
    criteria = made.policy_criteria("1.2.3", assertion="none")
    found = read(
        made.service(
            "Cards",
            ROOT.der,
            made.status(YEAR[2022], extensions=made.not_qualified(criteria)),
            made.status(YEAR[2018], what=made.WITHDRAWN),
            made.status(YEAR[2017]),
        )
    )
    material = TrustMaterial(
        roots=(ROOT.der,),
        intermediates=(CITIZENS.der,),
        tsa_roots=(SIGNER.der,),
        seal_roots=(OTHER.der,),
        qualified=found.qualified,
        source="the lists",
        as_of=YEAR[2024],
    )
    assert unpack(pack(material)) == material
    assert unpack(pack(material)).stamp == material.stamp


def test_the_stamp_changes_with_what_is_trusted_and_not_with_the_order():
    def stamp(**more):
        return TrustMaterial(source="here", **more).stamp

    one = stamp(roots=(ROOT.der, CITIZENS.der))
    assert one == stamp(roots=(CITIZENS.der, ROOT.der))
    assert one != stamp(roots=(ROOT.der,), intermediates=(CITIZENS.der,))
    assert one != stamp(roots=(ROOT.der, CITIZENS.der), tsa_roots=(ROOT.der,))
