"""Making the form of an authorisation: set, given its signature fields, sealed and timestamped."""

from mahis.gateways.pdf_forms.content import (
    FormContent,
    PartyText,
    ReplacedText,
    ShownValidation,
    describe,
)
from mahis.gateways.pdf_forms.sealer import Sealer, SealNotConfigured, sealer_of
from mahis.gateways.pdf_forms.sealing import seal
from mahis.gateways.pdf_forms.typesetting import set_form
from mahis.gateways.seal_settings import SealSettings

__all__ = [
    "FormContent",
    "PartyText",
    "ReplacedText",
    "SealNotConfigured",
    "SealSettings",
    "Sealer",
    "ShownValidation",
    "describe",
    "seal",
    "sealer_of",
    "set_form",
]
