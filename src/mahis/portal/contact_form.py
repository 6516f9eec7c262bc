"""The form for how a service provider can be reached, filled in by whoever asks or has one."""

import dataclasses

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, get_language_info, gettext_lazy

from mahis.domain.contacts import (
    CONTACT_LANGUAGES,
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_TELEPHONE,
    ContactData,
)
from mahis.domain.parties import Actor
from mahis.web import explaining, typed

_LONGEST_LANGUAGE = 2


class ContactForm(forms.Form):
    """The fields; which of them are wrong is said by `read`."""

    name = forms.CharField(required=False, label=gettext_lazy("Name of a person or a service"))
    email = forms.CharField(required=False, label=gettext_lazy("E-mail address"))
    telephone = forms.CharField(required=False, label=gettext_lazy("Telephone number"))
    language = forms.CharField(
        required=False, label=gettext_lazy("In which language do we write to you?")
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Read:
    """What was typed, read as far as it can be."""

    form: ContactForm
    #: None while something is missing or wrong.
    contact: ContactData | None


def read(data: QueryDict, *, actor: Actor) -> Read:
    """Read what was typed; everything wrong is an error at its field."""
    form = ContactForm(
        {
            "name": typed.text(data, "name", longest=LONGEST_NAME),
            "email": typed.text(data, "email", longest=LONGEST_EMAIL),
            "telephone": typed.text(data, "telephone", longest=LONGEST_TELEPHONE),
            "language": typed.text(data, "language", longest=_LONGEST_LANGUAGE),
        }
    )
    contact, refusals = ContactData.read(**form.data)
    explaining.put_on(form, refusals, actor=actor, language=get_language() or "")
    return Read(form=form, contact=contact)


def beginning(contact: ContactData | None, *, actor: Actor) -> ContactForm:
    """Give the form with what is known: else who asks, in the language of their screens."""
    if contact is not None:
        return ContactForm(kept(contact))
    spoken = get_language() or ""
    written = {language.value for language in CONTACT_LANGUAGES}
    return ContactForm({"name": actor.person.name, "language": spoken if spoken in written else ""})


def kept(contact: ContactData) -> dict[str, str]:
    """Give contact data as texts that a session can keep."""
    return {
        "name": contact.name,
        "email": contact.email,
        "telephone": contact.telephone,
        "language": contact.language.value,
    }


def languages() -> list[tuple[str, str]]:
    """Give the languages that can be chosen, each named in itself."""
    return [
        (each.value, str(get_language_info(each.value)["name_local"]).capitalize())
        for each in CONTACT_LANGUAGES
    ]
