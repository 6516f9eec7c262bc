"""Setting letters for window envelopes, each in the language of who gets it."""

from mahis.gateways.letters.content import Detail, Letter, Sender
from mahis.gateways.letters.notices import letter_of
from mahis.gateways.letters.typesetting import SetLetter, set_letter

__all__ = ["Detail", "Letter", "Sender", "SetLetter", "letter_of", "set_letter"]
