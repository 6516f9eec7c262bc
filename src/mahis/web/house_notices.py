"""How this installation tells people things: in which language, and where they go on."""

import functools

from django.conf import settings
from django.urls import reverse

from mahis.domain.mandate import AuthorisationReference
from mahis.domain.notices import Channel
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


def address(reference: AuthorisationReference | None) -> str:
    """Give the full address at which a recipient goes on; for None, about no authorisation."""
    return f"{settings.PUBLIC_URL}{_path(reference)}"


# Every act tells two parties, who both go on at the same address.
@functools.lru_cache(maxsize=4096)
def _path(reference: AuthorisationReference | None) -> str:
    if reference is None:
        return reverse(doors.DRAW_UP)
    return reverse(doors.AUTHORISATION, args=[reference])
