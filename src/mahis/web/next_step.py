"""What comes next for an authorisation and who has to do it, in sentences (C16)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mahis.domain.mandate import EXPIRING_STATES, State
from mahis.domain.parties import Side
from mahis.queries.mandate_details import AuthorisationDetails, MandateDetails
from mahis.web import replacing_words, showing


def sentences(
    details: AuthorisationDetails, *, only: MandateDetails | None = None
) -> tuple[str, ...]:
    """Say what all mandates of an authorisation, or `only` one of them, wait for next."""
    mandates = details.mandates if only is None else (only,)
    replaced = replacing_words.sentences(mandates)
    if any(mandate.state in EXPIRING_STATES for mandate in mandates):
        return (*_waiting(details), *replaced)
    settled = _by_group(mandates, [_settled(details, mandate) for mandate in mandates])
    return (*settled, *replaced)


def _by_group(mandates: tuple[MandateDetails, ...], settled: list[str]) -> tuple[str, ...]:
    """Say what holds for all mandates once, and what does not with the groups it holds for."""
    groups: dict[str, list[str]] = {}
    for mandate, sentence in zip(mandates, settled, strict=True):
        groups.setdefault(sentence, []).append(mandate.group_name)
    if len(groups) == 1:
        return tuple(groups)
    return tuple(
        _("%(groups)s: %(sentence)s") % {"groups": ", ".join(names), "sentence": sentence}
        for sentence, names in groups.items()
    )


def _waiting(details: AuthorisationDetails) -> tuple[str, ...]:
    """Say whose signatures are missing, and until when."""
    last_day = _("What is not signed by %(day)s expires.") % {
        "day": showing.day(details.expires_on)
    }
    if details.half_signed:
        return (*_half_signed(details), last_day)
    awaited = sorted(details.awaited, key=lambda side: side is not details.drawn_up_by)
    names = [details.party(side).name for side in awaited]
    if len(names) > 1:
        return (
            _("Both parties still have to sign: %(one)s and %(other)s.")
            % {"one": names[0], "other": names[1]},
            last_day,
        )
    return (_("It is now up to %(name)s to sign or refuse it.") % {"name": names[0]}, last_day)


def _half_signed(details: AuthorisationDetails) -> Iterator[str]:
    """Say for which parties a second person has to sign, and which have not signed at all."""
    for each in details.validations:
        if each.side in details.half_signed:
            yield _(
                "%(person)s has signed for %(name)s. A second person has to sign for %(name)s too."
            ) % {"person": each.person_name, "name": details.party(each.side).name}
    for side in Side:
        if side in details.awaited - details.half_signed:
            yield _("%(name)s has not signed yet.") % {"name": details.party(side).name}


def _settled(details: AuthorisationDetails, mandate: MandateDetails) -> str:
    names = {
        "mandator": details.party(Side.MANDATOR).name,
        "mandatary": details.party(Side.MANDATARY).name,
        "first": showing.day(mandate.period.first_day),
        "last": showing.day(mandate.period.last_day) if mandate.period.last_day else "",
        "group": mandate.group_name,
        "ceased": details.party(mandate.settled.side).name if mandate.settled else "",
    }
    match mandate.state:
        case State.ACTIVE if names["last"]:
            text = _("%(mandatary)s can act from %(first)s up to and including %(last)s.")
        case State.ACTIVE:
            text = _("%(mandatary)s can act from %(first)s. The mandate runs until it is closed.")
        case State.IDENTIFICATION if names["last"]:
            text = _(
                "%(group)s is for employers: it becomes active by itself as soon as %(mandator)s"
                " is registered as an employer, and ends on %(last)s in any case."
            )
        case State.IDENTIFICATION:
            text = _(
                "%(group)s is for employers: it becomes active by itself as soon as %(mandator)s"
                " is registered as an employer. Nobody has to do anything here."
            )
        case State.TO_BE_VALIDATED:
            text = _("The NSSO checks the handwritten signatures and decides.")
        case State.CLOSED:
            text = _("The mandate ended on %(last)s.")
        case State.REJECTED:
            text = _("It was refused and will not be used. A new mandate can be drawn up.")
        case State.WITHDRAWN | State.EXPIRED if names["ceased"]:
            text = _("It will not be used, as %(ceased)s has ceased.")
        case State.WITHDRAWN:
            text = _("It was withdrawn and will not be used. A new mandate can be drawn up.")
        case _other:
            text = _("It was not signed in time and has expired. A new mandate can be drawn up.")
    return text % names
