"""Two enterprises with their people, and browsers in which these are logged in."""

import dataclasses
import datetime
import re

from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import Actor, Quality, Role
from mahis.gateways.identity import Identified
from mahis.store.models import AccessKind, MatrixVersion
from mahis.web import clock
from mahis.web.session import WebSession
from tests.factories import register

TODAY = datetime.date(2026, 11, 23)

_KINDS = {
    Quality.SERVICE_PROVIDER: AccessKind.PROVIDER,
    Quality.SOCIAL_SECRETARIAT: AccessKind.SECRETARIAT,
    Quality.NSSO_OFFICER: AccessKind.OFFICER,
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Cast:
    """Who takes part: a company without staff, its accountants, and some at the edge."""

    client: EnterpriseNumber
    provider: EnterpriseNumber
    #: May sign for the client.
    director: Actor
    #: Manages for the client, but holds no function.
    clerk: Actor
    #: Only consults for the client.
    reader: Actor
    #: May sign for the provider.
    accountant: Actor
    #: Manages for an enterprise that is no party to anything.
    stranger: Actor
    officer: Actor


def gather() -> Cast:
    """Write the enterprises, their people and three groups."""
    register.a_matrix()
    register.a_group("single", single=True, position=1)
    register.a_group("several", position=2)
    register.a_group("employers", employers_only=True, position=3)
    client = register.an_enterprise("Bakkerij Peeters")
    provider = register.a_provider("Fiduciaire Dupont")
    company = Quality.COMPANY_WITHOUT_STAFF
    return Cast(
        client=client,
        provider=provider,
        director=somebody(client, company, may_sign=True),
        clerk=somebody(client, company),
        reader=somebody(client, company, role=Role.CONSULT, may_sign=True),
        accountant=somebody(provider, Quality.SERVICE_PROVIDER, may_sign=True),
        stranger=somebody(register.an_enterprise("Vreemd"), company, may_sign=True),
        officer=somebody(register.an_enterprise("Office"), Quality.NSSO_OFFICER),
    )


def somebody(
    enterprise: EnterpriseNumber,
    quality: Quality,
    *,
    role: Role = Role.MANAGE,
    may_sign: bool = False,
) -> Actor:
    """Give somebody with the access right to act so."""
    actor = register.acting(enterprise, quality, role=role, may_sign=may_sign)
    kind = _KINDS.get(quality, AccessKind.ENTERPRISE)
    register.given_access(actor.person, enterprise, kind=kind, role=role)
    return actor


def log_in(browser: Client, actor: Actor, *, choosing: bool = True) -> Client:
    """Log somebody in, in their capacity unless they are still to choose one."""
    request = HttpRequest()
    request.session = browser.session
    session = WebSession(request)
    identified = Identified(person=actor.person, assurance=actor.assurance, language=None)
    session.sign_in(identified, clock.now())
    if choosing:
        session.choose_capacity(actor.capacity)
    request.session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return browser


def as_(actor: Actor) -> Client:
    """Give a fresh browser in which somebody is logged in, in English."""
    return log_in(Client(headers={"accept-language": "en"}), actor)


def text_of(answer) -> str:
    """Give the words of a page, without markup and spread-out spaces."""
    page = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", answer.content.decode())
    words = re.sub(r"<[^>]*>", " ", page)
    for entity, character in (("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&"), ("&nbsp;", " ")):
        words = words.replace(entity, character)
    return " ".join(words.split())


def hidden(answer, name: str) -> str:
    """Give the value of a hidden field of a page."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', answer.content.decode())
    assert found is not None, f"no field {name} on the page"
    return found[1]


def go(name: str, *args) -> str:
    """Give the address of one of the screens."""
    return reverse(f"portal:{name}", args=args)


def complete(cast: Cast, **changed: object) -> dict[str, object]:
    """Give a form that is right in every field, as the client's people would fill it in."""
    right = {
        "other_party": cast.provider.screen,
        "chosen": cast.provider.digits,
        "groups": ["several"],
        "start": "1/2027",
        "end": "",
        "next": "",
    }
    return right | changed


def written() -> dict[str, int]:
    """Count the rows of everything that an act could write; drafts may come and go."""
    from mahis.store import models

    counted = (
        models.Authorisation,
        models.Mandate,
        models.Validation,
        models.HistoryEntry,
        models.Notice,
    )
    assert MatrixVersion.objects.exists()
    return {model.__name__: model.objects.count() for model in counted}
