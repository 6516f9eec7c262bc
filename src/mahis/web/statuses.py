"""How states and banners look: each a colour and a shape, for eyes that do not tell colours."""

import dataclasses

from django.utils.translation import gettext_lazy as _

from mahis.domain.mandate import State


@dataclasses.dataclass(frozen=True, kw_only=True)
class Look:
    """How a state is drawn."""

    #: End of the name of its class in the style sheet.
    tone: str
    icon: str


LOOKS: dict[State, Look] = {
    State.TO_BE_FINALISED: Look(tone="open", icon="pencil"),
    State.PENDING: Look(tone="waiting", icon="clock"),
    State.TO_BE_VALIDATED: Look(tone="waiting", icon="eye"),
    State.IDENTIFICATION: Look(tone="waiting", icon="badge"),
    State.ACTIVE: Look(tone="good", icon="check"),
    State.REJECTED: Look(tone="bad", icon="cross"),
    State.CLOSED: Look(tone="over", icon="lock"),
    State.WITHDRAWN: Look(tone="over", icon="return"),
    State.EXPIRED: Look(tone="over", icon="hourglass"),
}
#: The kinds of banner, each with its icon.
PANELS = {"done": "check", "warning": "warning", "note": "info", "wrong": "cross"}
#: The steps of drawing up (C1).
STEPS = (_("Introducing data"), _("Validating a mandate"), _("Summary"))
#: The steps of delegating (L8).
DELEGATING_STEPS = (_("Which mandate"), _("To whom and what"), _("Check"))
#: The steps of asking to become a service provider (R3).
REQUEST_STEPS = (_("Contact data"), _("Check"), _("Receipt"))
