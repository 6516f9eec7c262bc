"""Sending messages to the e-Box of enterprises, by the contract for document senders."""

from mahis.gateways.ebox.client import Ebox
from mahis.gateways.ebox.messages import Attachment, EboxMessage, MessageKind, MessageUnfit
from mahis.gateways.ebox.outcomes import (
    AlreadyPublished,
    Outcome,
    Preference,
    Problem,
    Published,
    Refused,
    TryAgain,
)
from mahis.gateways.ebox.settings import EboxMisconfigured, EboxSettings

__all__ = [
    "AlreadyPublished",
    "Attachment",
    "Ebox",
    "EboxMessage",
    "EboxMisconfigured",
    "EboxSettings",
    "MessageKind",
    "MessageUnfit",
    "Outcome",
    "Preference",
    "Problem",
    "Published",
    "Refused",
    "TryAgain",
]
