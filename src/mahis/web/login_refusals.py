"""What a person is told when a login is refused, and with which status."""

from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.gateways import identity_refusals
from mahis.gateways.identity_refusals import LoginRefused

LOGIN_REFUSALS: dict[type[LoginRefused], tuple[HTTPStatus, Promise]] = {
    LoginRefused: (
        HTTPStatus.UNAUTHORIZED,
        _("You are not logged in."),
    ),
    identity_refusals.LoginFailed: (
        HTTPStatus.BAD_GATEWAY,
        _("The login service sent an answer that we cannot trust, so you are not logged in."),
    ),
    identity_refusals.LoginCancelled: (
        HTTPStatus.UNAUTHORIZED,
        _("The login was broken off, so you are not logged in."),
    ),
    identity_refusals.LoginExpired: (
        HTTPStatus.UNAUTHORIZED,
        _("The login took too long, so it no longer counts."),
    ),
    identity_refusals.LoginNotBegun: (
        HTTPStatus.UNAUTHORIZED,
        _("This login did not begin in this browser, or it has been used already."),
    ),
    identity_refusals.LoginProviderUnavailable: (
        HTTPStatus.BAD_GATEWAY,
        _("The login service does not answer at the moment. Nothing of yours is lost."),
    ),
    identity_refusals.LoginLevelTooLow: (
        HTTPStatus.FORBIDDEN,
        _("You logged in by a means that is not strong enough. Use your eID card or itsme."),
    ),
    identity_refusals.LoginNoNationalNumber: (
        HTTPStatus.FORBIDDEN,
        _("The login service gave no usable national number for you, and we need one."),
    ),
}


def explain(refusal: LoginRefused) -> tuple[HTTPStatus, Promise]:
    """Give the status and the explanation of a refused login."""
    return LOGIN_REFUSALS[type(refusal)]
