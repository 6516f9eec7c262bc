"""Inventing enterprises: a name, a form, a seat, a beginning, and sometimes an end."""

import dataclasses
import datetime
import itertools
import random
from typing import TypeVar

from mahis.domain.parties import Language
from mahis.standins.register import forms, places, words
from mahis.standins.register.calendar import Calendar
from mahis.standins.register.numbers import Numbers
from mahis.standins.register.places import Address
from mahis.standins.register.records import Enterprise, Name

_Choice = TypeVar("_Choice")

_LANGUAGES = {Language.DUTCH: 50, Language.FRENCH: 42, Language.GERMAN: 8}
_IN_BRUSSELS = 0.12
_NAMED_IN_BOTH = 0.4
_OF_UNKNOWN_LANGUAGE = 0.05
_WITH_ESTABLISHMENT = 0.5
_WITH_CONTACTS = 0.3
_BEGUN_SINCE = 0.08
_GONE = 0.03
_SITUATIONS = {"000": 96, "050": 3, "012": 1}


@dataclasses.dataclass(kw_only=True)
class Inventor:
    """Invents enterprises one after the other; the same dice give the same ones."""

    dice: random.Random
    numbers: Numbers
    calendar: Calendar
    _taken: set[str] = dataclasses.field(default_factory=set)

    def any_enterprise(self) -> Enterprise:
        """Invent an enterprise of any form."""
        form = self._one_of(forms.SHARES)
        language = self._one_of(_LANGUAGES)
        return self.enterprise(
            form=form,
            language=language,
            begins=self._begin(),
            gone_on=self._end(),
            situation=self._one_of(_SITUATIONS),
            **self._called(form, language),
        )

    def provider(self, *, form: str) -> Enterprise:
        """Invent an enterprise that lives by doing the social administration of others."""
        language = self._one_of(_LANGUAGES)
        activity, name = words.provider(self.dice, language)
        return self.enterprise(
            form=form,
            language=language,
            begins=self.calendar.long_ago(self.dice),
            activity=activity,
            name=name,
        )

    def enterprise(
        self,
        *,
        form: str,
        language: Language,
        begins: datetime.date,
        activity: str,
        name: str,
        town: str = "",
        gone_on: datetime.date | None = None,
        situation: str = "000",
    ) -> Enterprise:
        """Invent the rest of an enterprise of which the main things are given."""
        bilingual = not town and self._chance(_IN_BRUSSELS) and language is not Language.GERMAN
        seat = self._seat(town, language, bilingual=bilingual)
        # People may share a name, companies are told apart by it.
        text = self._only(name, seat.municipality_fr) if form else name
        number = self.numbers.enterprise()
        return Enterprise(
            number=number,
            names=self._names(text, language, bilingual=bilingual, surely=bool(town)),
            legal_form=form,
            legal_form_cac=forms.READ_AS.get(form, ""),
            situation=situation,
            begins=begins,
            # Only what the full extract held can be left out by an update.
            gone_on=gone_on if begins <= self.calendar.full else None,
            language=language,
            seat=seat,
            activity=activity,
            establishment=(
                self.numbers.establishment() if self._chance(_WITH_ESTABLISHMENT) else None
            ),
            contacts=self._contacts(number.digits) if self._chance(_WITH_CONTACTS) else (),
        )

    def _called(self, form: str, language: Language) -> dict[str, str]:
        if form == forms.ASSOCIATION:
            activity, name = words.association(self.dice, language)
        elif form == forms.CO_OWNERS:
            activity, name = "68321", f"Residentie {words.family_name(self.dice, language)}"
            if language is not Language.DUTCH:
                name = name.replace("Residentie", "Résidence")
        else:
            activity, name = words.business(self.dice, language)
            if form == forms.NATURAL_PERSON:
                given = words.given_name(self.dice, language)
                name = f"{words.family_name(self.dice, language)} {given}"
        return {"activity": activity, "name": name}

    def _only(self, name: str, town: str) -> str:
        """Give a name that no other company has, by its town or a numeral where need be."""
        local = f"{name} {town}"
        numbered = (f"{local} {number}" for number in itertools.count(2))
        only = next(
            each for each in itertools.chain((name, local), numbered) if each not in self._taken
        )
        self._taken.add(only)
        return only

    def _names(
        self, text: str, language: Language, *, bilingual: bool, surely: bool
    ) -> tuple[Name, ...]:
        if bilingual and self._chance(_NAMED_IN_BOTH):
            return (
                Name(text=text, language=Language.FRENCH),
                Name(text=text, language=Language.DUTCH),
            )
        # Where a name has no language, the seat tells it; in Brussels it could not.
        known = surely or bilingual or not self._chance(_OF_UNKNOWN_LANGUAGE)
        return (Name(text=text, language=language if known else None),)

    def _seat(self, town: str, language: Language, *, bilingual: bool) -> Address:
        if town:
            return places.in_town(self.dice, town, language)
        if bilingual:
            return places.in_brussels(self.dice)
        return places.address(self.dice, language)

    def _contacts(self, digits: str) -> tuple[tuple[str, str], ...]:
        # The domain .example is nobody's; telephone numbers of nobody's do not exist in Belgium.
        return (("EMAIL", f"info@e{digits}.example"), ("WEB", f"www.e{digits}.example"))

    def _begin(self) -> datetime.date:
        if self._chance(_BEGUN_SINCE):
            return self.calendar.between_extracts(self.dice)
        return self.calendar.long_ago(self.dice)

    def _end(self) -> datetime.date | None:
        return self.dice.choice(self.calendar.updates) if self._chance(_GONE) else None

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _one_of(self, shares: dict[_Choice, int]) -> _Choice:
        return self.dice.choices(list(shares), weights=list(shares.values()))[0]
