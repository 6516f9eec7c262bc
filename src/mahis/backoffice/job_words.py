"""What the jobs of the clock do, and what came of them, in words."""

import dataclasses
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mahis.domain.jobs import JobStanding


@dataclasses.dataclass(frozen=True, kw_only=True)
class JobWords:
    """What screens call a job, and what it does."""

    title: Promise | str
    what: Promise | str


@dataclasses.dataclass(frozen=True, kw_only=True)
class StandingWords:
    """How a job is: words, colour and shape."""

    text: Promise
    tone: str
    icon: str


#: By the name of the job, in the order in which screens show them.
JOBS: dict[str, JobWords] = {
    "settle-ceased": JobWords(
        title=_("Settle what ceased"),
        what=_("Ends the mandates of enterprises that have ceased, and tells both parties."),
    ),
    "tell-employers-ended": JobWords(
        title=_("Tell of ended employers"),
        what=_("Tells both parties when a principal is no longer an employer."),
    ),
    "identify-employers": JobWords(
        title=_("Recognise employers"),
        what=_("Makes mandates active that waited for their principal to become an employer."),
    ),
    "expire": JobWords(
        title=_("Record what expired"),
        what=_("Records what was not signed in time, and tells both parties."),
    ),
    "close-ended": JobWords(
        title=_("Record what ended"),
        what=_("Records mandates whose end quarter is over, and tells both parties."),
    ),
    "end-delegations": JobWords(
        title=_("Record ended delegations"),
        what=_("Records delegations whose mandate has ended, and tells all three."),
    ),
    "remind-to-sign": JobWords(
        title=_("Remind to sign"),
        what=_("Reminds whoever has not signed, before the authorisation expires."),
    ),
    "warn-of-ends": JobWords(
        title=_("Warn of ends"), what=_("Warns both parties before a mandate ends.")
    ),
    "watch-providers": JobWords(
        title=_("Watch new service providers"),
        what=_(
            "Warns service providers without a first mandate, and ends their quality when their"
            " time is over."
        ),
    ),
    "adopt-notices": JobWords(
        title=_("Take up notices"),
        what=_("Sends on its way what an older version of the service wrote during an update."),
    ),
    "find-addresses": JobWords(
        title=_("Look for addresses"),
        what=_("Looks whether the register has an address by now for letters that wait for one."),
    ),
    "pack-letters": JobWords(
        title=_("Pack letters"), what=_("Puts the letters of a day into one package.")
    ),
    "hand-over-letters": JobWords(
        title=_("Hand over letters"), what=_("Hands packages of letters to the printer.")
    ),
    "archive-signed": JobWords(
        title=_("Archive signed forms"),
        what=_("Adds to signed forms what proves their signatures in later years."),
    ),
    "refresh-trust": JobWords(
        title=_("Renew trusted lists"),
        what=_("Fetches the lists of those whose certificates count for signatures."),
    ),
    "checkpoint-history": JobWords(
        title=_("Fix the history"),
        what=_("Notes one number for all of the history, by which a later change shows."),
    ),
    "clear-sessions": JobWords(
        title=_("Clear sessions"), what=_("Removes the sessions of people who have left.")
    ),
    "discard-drafts": JobWords(
        title=_("Discard drafts"), what=_("Removes forms that nobody has gone on with for long.")
    ),
    "tidy-files": JobWords(
        title=_("Tidy up files"), what=_("Removes files that were never written to their end.")
    ),
}

STANDINGS: dict[JobStanding, StandingWords] = {
    JobStanding.NEVER_RAN: StandingWords(text=_("Has not run yet"), tone="open", icon="hourglass"),
    JobStanding.RUNNING: StandingWords(text=_("Is running"), tone="waiting", icon="clock"),
    JobStanding.DONE: StandingWords(text=_("In order"), tone="good", icon="check"),
    JobStanding.FAILED: StandingWords(text=_("Failed"), tone="bad", icon="cross"),
    JobStanding.LATE: StandingWords(text=_("Late"), tone="bad", icon="warning"),
}


def of(name: str) -> JobWords:
    """Say what a job is; one of another version says its own name."""
    return JOBS.get(name) or JobWords(title=name, what="")


def result(counts: Mapping[str, int]) -> str:
    """Say what a job did: `12 mandates, 3 notices`."""
    said = [_count(name, counts[name]) for name in sorted(counts, key=_place) if counts[name]]
    return ", ".join(said) if said else gettext("Nothing was to be done")


#: What was done comes in this order: the database keeps none.
_ORDER = ("batches", "letters", "pages")


def _place(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def _count(name: str, count: int) -> str:
    words = {
        "mandates": ngettext("%(count)s mandate", "%(count)s mandates", count),
        "delegations": ngettext("%(count)s delegation", "%(count)s delegations", count),
        "notices": ngettext("%(count)s notice", "%(count)s notices", count),
        "lapsed": ngettext("%(count)s quality ended", "%(count)s qualities ended", count),
        "batches": ngettext("%(count)s batch", "%(count)s batches", count),
        "letters": ngettext("%(count)s letter", "%(count)s letters", count),
        "pages": ngettext("%(count)s page", "%(count)s pages", count),
        "copies": ngettext("%(count)s copy", "%(count)s copies", count),
        "left_out": ngettext("%(count)s left out", "%(count)s left out", count),
        "lists": ngettext("%(count)s list", "%(count)s lists", count),
        "entries": ngettext("%(count)s entry", "%(count)s entries", count),
        "sessions": ngettext("%(count)s session", "%(count)s sessions", count),
        "drafts": ngettext("%(count)s draft", "%(count)s drafts", count),
        "files": ngettext("%(count)s file", "%(count)s files", count),
    }
    return words[name] % {"count": count} if name in words else f"{name}: {count}"
