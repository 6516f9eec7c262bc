"""The contract of the e-Box, the same against the practice e-Box and against a real one.

A real endpoint is named by MAHIS_TEST_EBOX_…, see docs/how-to/connect-the-ebox.md.
"""

import asyncio
import os
import uuid

import pytest

from mahis.config import ebox as config
from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.gateways.ebox import (
    AlreadyPublished,
    Attachment,
    Ebox,
    EboxMessage,
    MessageKind,
    Preference,
    Problem,
    Published,
    Refused,
)
from tests.integration.ebox.playing import PDF, RECIPIENT, authorisation, message, publish

_PREFIX = "MAHIS_TEST_EBOX_"


class _Endpoint:
    """Where the contract is tried, and to whom messages go."""

    def __init__(self, settings, recipient: EnterpriseNumber) -> None:
        self.settings = settings
        self._recipient = recipient

    def message(self, **changes) -> EboxMessage:
        return message(**{"recipient": self._recipient, **changes})

    def preferences(self):
        async def work():
            async with Ebox(self.settings) as ebox:
                return await ebox.preferences(self._recipient)

        return asyncio.run(work())


@pytest.fixture(params=["practice", "real"])
def endpoint(request, monkeypatch):
    if request.param == "practice":
        return _Endpoint(request.getfixturevalue("told"), RECIPIENT)
    said = {name: text for name, text in os.environ.items() if name.startswith(_PREFIX)}
    if not said:
        pytest.skip(f"no real e-Box is named: set {_PREFIX}URL and its neighbours")
    for name, text in said.items():
        monkeypatch.setenv(name.replace(_PREFIX, "MAHIS_EBOX_"), text)
    settings = config.ebox(production=True)
    assert settings is not None
    return _Endpoint(settings, EnterpriseNumber.parse(said[f"{_PREFIX}RECIPIENT"]))


def test_a_message_without_files_is_published(endpoint):
    (outcome,) = publish(endpoint.settings, endpoint.message())
    assert isinstance(outcome, Published)
    assert outcome.id


@pytest.mark.parametrize("language", [Language.FRENCH, Language.DUTCH, Language.GERMAN])
def test_each_language_of_the_country_is_taken(endpoint, language):
    sent = endpoint.message(language=language, subject="Übung, é, ë & <b>", kind=MessageKind.ACTION)
    (outcome,) = publish(endpoint.settings, sent)
    assert isinstance(outcome, Published)


def test_five_files_beside_the_text_are_taken(endpoint):
    names = ("a.pdf", "procuration signée.pdf", "Łódź 100% (1).pdf", 'b"c.pdf', "d;e=f.pdf")
    sent = endpoint.message(attachments=tuple(authorisation(name) for name in names))
    (outcome,) = publish(endpoint.settings, sent)
    assert isinstance(outcome, Published)


def test_a_large_file_is_taken(endpoint):
    large = authorisation(content=b"%PDF-1.7\n" + b"a" * (3 * 2**20))
    (outcome,) = publish(endpoint.settings, endpoint.message(attachments=(large,)))
    assert isinstance(outcome, Published)


def test_a_key_is_taken_once_even_with_another_content(endpoint):
    first = endpoint.message()
    other = endpoint.message(
        idempotency_key=first.idempotency_key,
        subject="Tout autre chose",
        attachments=(authorisation(),),
    )
    outcomes = publish(endpoint.settings, first, first, other)
    assert isinstance(outcomes[0], Published)
    assert outcomes[1:] == [AlreadyPublished(), AlreadyPublished()]


def test_many_at_once_are_each_taken_once(endpoint):
    sent = [endpoint.message(idempotency_key=uuid.uuid4()) for _ in range(8)]

    async def work():
        async with Ebox(endpoint.settings) as ebox:
            return await asyncio.gather(*(ebox.publish(each) for each in [*sent, *sent]))

    outcomes = asyncio.run(work())
    assert sum(isinstance(each, Published) for each in outcomes) == len(sent)
    assert sum(isinstance(each, AlreadyPublished) for each in outcomes) == len(sent)


def test_a_file_of_a_kind_that_is_not_listed_is_refused_for_good(endpoint):
    strange = Attachment(name="a.bin", media_type="application/x-strange", content=PDF)
    (outcome,) = publish(endpoint.settings, endpoint.message(attachments=(strange,)))
    assert isinstance(outcome, Refused)
    assert outcome.problem is Problem.BAD_REQUEST


def test_preferences_tell_whether_there_is_an_e_box(endpoint):
    if not endpoint.settings.preferences_url:
        pytest.skip("no address of preferences is named")
    found = endpoint.preferences()
    assert isinstance(found, Preference)
    assert found.exists
