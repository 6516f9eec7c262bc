"""How a refusal is answered: one status and one explanation for every kind of no."""

import enum
from http import HTTPStatus
from typing import Any

from django.utils.translation import get_language

from mahis.domain.conditions import Holder
from mahis.domain.form_refusals import FileTooLarge
from mahis.domain.parties import ActivityPeriod
from mahis.domain.refusals import Conflict, Forbidden, NotFound, Refused
from mahis.gateways.contained import Busy
from mahis.gateways.files import FileLost
from mahis.gateways.identity_refusals import LoginRefused
from mahis.gateways.pdf_forms import SealNotConfigured
from mahis.gateways.post.refusals import NotHandedOver, SenderUnknown
from mahis.gateways.timestamping import TimestampUnavailable
from mahis.gateways.trust import TrustUnavailable
from mahis.queries import groups
from mahis.web import login_refusals, refusal_texts, showing, words

#: The kinds of refusal, nearest first; what is of none of them is input to be corrected.
_STATUSES: dict[type[Refused], HTTPStatus] = {
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    FileTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    # Something that this needs does not answer now; later it may.
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    FileLost: HTTPStatus.SERVICE_UNAVAILABLE,
    NotHandedOver: HTTPStatus.SERVICE_UNAVAILABLE,
    SealNotConfigured: HTTPStatus.SERVICE_UNAVAILABLE,
    SenderUnknown: HTTPStatus.SERVICE_UNAVAILABLE,
    TimestampUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    TrustUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
}


def status_of(refused: Refused) -> int:
    """Give the HTTP status of a refusal."""
    login = {kind: status for kind, (status, _) in login_refusals.LOGIN_REFUSALS.items()}
    for kind in type(refused).__mro__:
        status = login.get(kind) or _STATUSES.get(kind)
        if status is not None:
            return status.value
    return HTTPStatus.UNPROCESSABLE_ENTITY.value


def explain(refused: Refused) -> str:
    """Say in the person's language what was refused and why, with what was found.

    A refusal without a text is a slip of ours: a house test finds it before anybody else.
    """
    text = refusal_texts.TEXTS.get(type(refused))
    if text is None:
        assert isinstance(refused, LoginRefused), f"{type(refused).__name__} has no text"
        return str(login_refusals.explain(refused)[1])
    chosen = text(refused.found) if callable(text) else text
    return str(chosen) % _Written(refused.found)


def has_explanation(kind: type[Refused]) -> bool:
    """Say whether a kind of refusal has a text of its own."""
    return kind in refusal_texts.TEXTS or kind in login_refusals.LOGIN_REFUSALS


class _Written(dict[str, str]):
    """What was found, written as screens write it; what is missing is written as nothing."""

    def __init__(self, found: dict[str, Any]) -> None:
        super().__init__()
        for name, value in found.items():
            self[name] = _written(name, value)
            if isinstance(value, Holder):
                self["holder_reference"] = str(value.reference)
                self["holder_name"] = value.mandatary_name
                self["holder_period"] = showing.period(value.period)
            if isinstance(value, ActivityPeriod):
                self["begins"] = showing.day(value.begins)
                self["ends"] = showing.day(value.ends) if value.ends else ""
                self["ceased"] = showing.day(value.ceased_on) if value.ceased_on else ""

    def __missing__(self, name: str) -> str:
        return ""


def _written(name: str, value: object) -> str:
    if name == "group" and isinstance(value, str):
        known = groups.names(codes=[value], language=get_language() or "")
        return known.get(value, value)
    if name == "largest" and isinstance(value, int):
        return showing.size(value)
    if isinstance(value, enum.Enum):
        return str(words.of(value)) if words.knows(value) else ""
    return showing.value(value)
