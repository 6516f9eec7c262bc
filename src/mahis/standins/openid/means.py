"""The means by which a practice person can log in, with the levels of the federal login."""

import enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

_ACR_PREFIX = "urn:be:fedict:iam:fas:Level"


class Means(enum.IntEnum):
    """A means of logging in; its number is its assurance level."""

    EID = 500
    ITSME = 450
    OTHER = 400

    @property
    def acr(self) -> str:
        """The level as the federal login names it in `acr`."""
        return f"{_ACR_PREFIX}{self.value}"

    @property
    def label(self) -> Promise:
        """What the button for this means says."""
        return _LABELS[self]


_LABELS = {
    Means.EID: gettext_lazy("eID card"),
    Means.ITSME: gettext_lazy("itsme app"),
    Means.OTHER: gettext_lazy("Weaker means"),
}


def level_asked(acr_values: str) -> Means | None:
    """Give the weakest level that satisfies what was asked, or None where nothing known was asked.

    `acr_values` holds levels separated by spaces, as in OpenID Connect Core 3.1.2.1.
    """
    known = {means.acr: means for means in Means}
    asked = [known[value] for value in acr_values.split() if value in known]
    return min(asked, default=None)
