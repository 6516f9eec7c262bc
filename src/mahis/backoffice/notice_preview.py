"""What every notice says, for officers to read before anybody receives it."""

import dataclasses

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mahis.backoffice import notice_words
from mahis.backoffice.opening import officers
from mahis.domain.notices import Channel, Telling
from mahis.domain.parties import Language
from mahis.gateways import letters, notices
from mahis.gateways.notices import NoticeText, examples
from mahis.gateways.notices.examples import Example
from mahis.web import downloads, words

#: Invented, as all that stands in the examples.
_SENDER = letters.Sender(name="Mahis", address=("Rue de l'Exemple 1", "1000 Bruxelles"))
_ADDRESS = ("Voorbeeldstraat 12", "2800 Mechelen")
_EVERY = tuple(examples.every())


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Chosen:
    """Which notice is looked at; whatever makes no sense becomes the first that does."""

    example: Example
    language: Language

    @classmethod
    def read(cls, asked: QueryDict) -> "_Chosen":
        telling = asked.get("telling", "")
        fitting = [each for each in _EVERY if each.telling.value == telling] or _EVERY
        by_code = {each.code: each for each in fitting}
        languages = {language.value: language for language in Language}
        return cls(
            example=by_code.get(asked.get("to", ""), fitting[0]),
            language=languages.get(asked.get("language", ""), Language(get_language())),
        )

    def text(self, channel: Channel) -> NoticeText:
        """Give the notice in words."""
        facts = self.example.facts(self.language)
        return notices.render(facts, language=self.language, channel=channel)


class _Form(forms.Form):
    """What can be chosen."""

    telling = forms.CharField(label=_("What is told"))
    to = forms.CharField(label=_("Who is told, and by whose act"))
    language = forms.CharField(label=_("Language of the notice"))


@officers
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Show one notice as a message for the e-Box and as a letter."""
    chosen = _Chosen.read(request.GET)
    example, language = chosen.example, chosen.language
    message = chosen.text(Channel.EBOX)
    context = {
        "form": _Form(
            {
                "telling": example.telling.value,
                "to": example.code,
                "language": language.value,
            }
        ),
        "tellings": tuple(Telling),
        "recipients": [
            (each.code, notice_words.recipient(each))
            for each in _EVERY
            if each.telling is example.telling
        ],
        "languages": [
            (each.value, get_language_info(each.value)["name_local"].capitalize())
            for each in Language
        ],
        "heading": words.of(example.telling),
        "language": language.value,
        "is_english": language is Language.ENGLISH,
        "message": message,
        "message_html": notices.as_html(message),
        "letter": chosen.text(Channel.POST),
        "letter_text": notices.as_text(chosen.text(Channel.POST)),
    }
    return render(request, "backoffice/notice_preview.html", context)


@officers
@require_safe
def letter(request: HttpRequest) -> HttpResponse:
    """Give the letter as it would be printed."""
    chosen = _Chosen.read(request.GET)
    facts = chosen.example.facts(chosen.language)
    printed = letters.set_letter(
        letters.letter_of(
            chosen.text(Channel.POST),
            sender=_SENDER,
            recipient=(facts.recipient.name, *_ADDRESS),
            day=facts.on,
            reference=str(facts.reference or ""),
        )
    )
    return downloads.attachment(
        data=printed.pdf,
        name=f"mahis-{chosen.example.code}-{chosen.language.value}.pdf",
        media_type="application/pdf",
    )
