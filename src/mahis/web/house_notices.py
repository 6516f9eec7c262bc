"""How this installation tells people things: in which language, and where they go on."""

import functools

from django.conf import settings
from django.urls import reverse

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.notices import ASKS_FOR_A_MANDATE, Channel, Telling
from mahis.domain.parties import Language
from mahis.gateways.ebox import EboxSettings
from mahis.web import doors


def speaks(channel: Channel, language: Language) -> Language:
    """Give the language in which a channel tells things to a recipient of a language."""
    if channel is not Channel.EBOX:
        return language
    ebox = settings.EBOX
    if isinstance(ebox, EboxSettings):
        return ebox.language_for(language)
    return EboxSettings.instead_of_english if language is Language.ENGLISH else language


def address(about: AuthorisationReference | Telling) -> str:
    """Give the full address at which a recipient goes on.

    It is that of the authorisation, or for what is about none, of what is to be done.
    """
    return f"{settings.PUBLIC_URL}{_path(about)}"


# Every act tells two parties, who both go on at the same address.
@functools.lru_cache(maxsize=4096)
def _path(about: AuthorisationReference | Telling) -> str:
    if isinstance(about, Telling):
        return reverse(doors.DRAW_UP if about in ASKS_FOR_A_MANDATE else doors.HOME)
    return reverse(doors.AUTHORISATION, args=[about])
