"""Why a login is refused."""

from mahis.domain.refusals import Forbidden, Refused


class LoginRefused(Refused):
    """The person is not logged in; each reason has its own subclass."""

    code = "loginRefused"


class LoginFailed(LoginRefused):
    """The provider's answer cannot be trusted or used (`reason` says why, for the log only)."""

    code = "loginFailed"


class LoginCancelled(LoginRefused):
    """The person, or the provider for them, broke the login off."""

    code = "loginCancelled"


class LoginExpired(LoginRefused):
    """The login took too long between its start and its end."""

    code = "loginExpired"


class LoginNotBegun(LoginRefused):
    """The answer belongs to no login that this browser began: tampered, or used before."""

    code = "loginNotBegun"


class LoginProviderUnavailable(LoginRefused):
    """The provider does not answer, or says that it cannot serve now."""

    code = "loginProviderUnavailable"


class LoginLevelTooLow(LoginRefused, Forbidden):
    """The login reached a lower assurance level (`given`) than is asked (`needed`)."""

    code = "loginLevelTooLow"


class LoginNoNationalNumber(LoginRefused, Forbidden):
    """The provider knows the person but gives no national number, or one that cannot exist."""

    code = "loginNoNationalNumber"
