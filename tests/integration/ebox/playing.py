"""What the tests of the e-Box play with: messages, settings, raw requests and the control."""

import asyncio
import contextlib
import io
import json
import time
import uuid

import aiohttp
import requests

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Language
from mahis.gateways.ebox import Attachment, Ebox, EboxMessage, EboxSettings
from mahis.gateways.ebox.keys import read_keys
from mahis.gateways.ebox.settings import PREFERENCE_SCOPE, SEND_SCOPE
from mahis.gateways.ebox.tokens import Tokens

SENDER = EnterpriseNumber("0206731645")
RECIPIENT = EnterpriseNumber("0202239951")
OTHER = EnterpriseNumber("0409536968")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\r\n--not-a-boundary\r\n%%EOF\n"


def message(**changes) -> EboxMessage:
    """A message that keeps to the contract, with a key of its own."""
    usual = {
        "idempotency_key": uuid.uuid4(),
        "recipient": RECIPIENT,
        "language": Language.FRENCH,
        "subject": "Votre mandat est actif",
        "body_html": '<p>Bonjour</p><p>À lire: <a href="https://mahis.example/m">ici</a></p>',
    }
    return EboxMessage(**{**usual, **changes})


def authorisation(name="procuration.pdf", content=PDF) -> Attachment:
    return Attachment(name=name, media_type="application/pdf", content=content)


def settings(practice, keys, **changes) -> EboxSettings:
    """The settings that fit a practice e-Box."""
    usual = {
        "url": practice.address,
        "token_url": practice.token_url,
        "client_id": "mahis",
        "keys": keys,
        "sender": SENDER,
        "application": "mahis",
        "message_type": "MahisNotice",
        "preferences_url": practice.address,
        "timeout_seconds": 5,
        "allow_http": True,
    }
    return EboxSettings(**{**usual, **changes})


def publish(told: EboxSettings, *messages, clock=None):
    """Publish messages one after the other, over one client; gives what came of each."""

    async def work():
        async with Ebox(told, **({"clock": clock} if clock else {})) as ebox:
            return [await ebox.publish(each) for each in messages]

    return asyncio.run(work())


def publish_one(told: EboxSettings, sent: EboxMessage | None = None):
    return publish(told, sent or message())[0]


class Control:
    """The control of a practice e-Box."""

    def __init__(self, practice) -> None:
        self._address = f"{practice.address}/control"
        self._headers = {"Authorization": f"Bearer {practice.control_token}"}

    def counts(self):
        return self._ask("GET", "counts").json()

    def fail(self, kind, **told):
        self._ask("POST", "failures", json={"kind": kind, **({"count": 1} | told)})

    def fail_a_share(self, kind, share, seed):
        self._ask("POST", "failures", json={"kind": kind, "share": share, "seed": seed})

    def failures(self):
        return self._ask("GET", "failures").json()

    def clear(self):
        self._ask("DELETE", "failures")

    def box(self, number, **told):
        self._ask("PUT", f"enterprises/{number}", json=told)

    def forget_tokens(self):
        self._ask("DELETE", "tokens")

    def _ask(self, method, path, **told):
        answer = requests.request(
            method, f"{self._address}/{path}", headers=self._headers, timeout=10, **told
        )
        answer.raise_for_status()
        return answer


# -- by hand, against the contract


def token(practice, keys, scope=f"{SEND_SCOPE} {PREFERENCE_SCOPE}") -> str:
    answer = requests.post(
        practice.token_url, data={**assertion(practice, keys), "scope": scope}, timeout=10
    )
    answer.raise_for_status()
    return answer.json()["access_token"]


def assertion(practice, keys) -> dict[str, str]:
    """The form that asks for a token, as our own client writes it."""

    async def nobody(form):
        raise AssertionError(form)

    tokens = Tokens(settings(practice, keys), ask=nobody, clock=time.time)
    return tokens._form(read_keys(keys)[0])


def description(**changes) -> dict[str, object]:
    usual = {
        "recipient": {"eboxType": "enterprise", "enterpriseNumber": RECIPIENT.digits},
        "sender": {"eboxType": "enterprise", "enterpriseNumber": SENDER.digits},
        "subject": {"fr": "Un message"},
        "senderApplicationId": "mahis",
        "messageTypeId": "MahisNotice",
        "attachments": [
            {"httpPartName": "upfile1", "isMainContent": True, "isAttachmentSigned": False}
        ],
        "isReplyAuthorized": False,
    }
    return {**usual, **changes}


def file(name="upfile1", *, main=False, **changes) -> dict[str, object]:
    return {"httpPartName": name, "isMainContent": main, "isAttachmentSigned": False, **changes}


def part(name, content=b"<p>Bonjour</p>", *, file_name=b"a.html", media_type=b"text/html") -> bytes:
    """One part as it stands on the wire."""
    head = b'Content-Disposition: form-data; name="%s"' % name.encode()
    if file_name is not None:
        head += b'; filename="%s"' % file_name
    if media_type is not None:
        head += b"\r\nContent-Type: " + media_type
    return head + b"\r\n\r\n" + content


def described(told) -> bytes:
    text = told if isinstance(told, bytes) else json.dumps(told).encode()
    return part("messageToPublish", text, file_name=None, media_type=b"application/json")


def body(*parts, boundary=b"limit") -> bytes:
    return b"".join(b"--%s\r\n%s\r\n" % (boundary, each) for each in parts) + b"--limit--\r\n"


def send(practice, secret, data, headers=None, path="/ebox/messages"):
    """Send bytes as they are; gives the status, what was told, and the headers."""
    usual = {
        "Authorization": f"Bearer {secret}",
        "Content-Type": "multipart/form-data; boundary=limit",
        "Idempotency-Key": f'"{uuid.uuid4()}"',
    }
    wanted = {name: value for name, value in {**usual, **(headers or {})}.items() if value}

    async def work():
        async with aiohttp.ClientSession() as session:
            post = session.post(f"{practice.address}{path}", data=io.BytesIO(data), headers=wanted)
            async with post as answer:
                text = await answer.text()
                told = None
                with contextlib.suppress(ValueError):
                    told = json.loads(text)
                return answer.status, told, answer.headers

    return asyncio.run(work())
