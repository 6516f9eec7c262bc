"""What screens show of an enterprise: number, name, seat, legal form and qualities on a day."""

import dataclasses
import datetime
from collections.abc import Iterable

from mahis.domain.identifiers import EnterpriseNumber
from mahis.domain.parties import ActivityPeriod, Language, Party, ProviderStatus
from mahis.queries import labels
from mahis.store import addresses, loading
from mahis.store.models import Employer, Enterprise


@dataclasses.dataclass(frozen=True, kw_only=True)
class PartyCard:
    """One enterprise as screens show it."""

    number: EnterpriseNumber
    name: str
    #: Lines of the seat's address; empty where the register has none.
    address: tuple[str, ...]
    #: Label of the legal form; empty for natural persons.
    legal_form: str
    activity: ActivityPeriod
    is_employer: bool
    provider: ProviderStatus
    #: Language for letters and documents; None where the register does not tell.
    language: Language | None

    @property
    def ceased_on(self) -> datetime.date | None:
        """The day from which the enterprise has ceased; None while no end is known."""
        return self.activity.ceased_on

    @property
    def party(self) -> Party:
        """The enterprise as the rules know it."""
        return Party(
            number=self.number,
            name=self.name,
            activity=self.activity,
            is_employer=self.is_employer,
            provider=self.provider,
        )


def of_enterprises(
    numbers: Iterable[EnterpriseNumber], *, on: datetime.date, language: str
) -> dict[EnterpriseNumber, PartyCard]:
    """Give the cards of those enterprises that the register knows, in the order of `numbers`."""
    wanted = list(dict.fromkeys(numbers))
    rows = {row.number: row for row in Enterprise.objects.filter(number__in=wanted)}
    spoken = labels.language_of(language)
    names = loading.names_of(rows, language=spoken)
    employers = set(
        Employer.objects.filter(loading.in_force(on), enterprise__in=rows).values_list(
            "enterprise", flat=True
        )
    )
    providers = loading.provider_statuses(rows, on=on)
    lines = addresses.of_enterprises(rows.values(), language=spoken)
    forms = labels.of_legal_forms(
        codes={_form(row) for row in rows.values()} - {""}, language=language
    )
    return {
        number: PartyCard(
            number=number,
            name=names[number],
            address=lines[number],
            legal_form=forms.get(_form(rows[number]), ""),
            activity=rows[number].activity,
            is_employer=number in employers,
            provider=providers[number],
            language=rows[number].language,
        )
        for number in wanted
        if number in rows
    }


def _form(row: Enterprise) -> str:
    return row.legal_form_cac or row.legal_form
