"""What each refusal says to a person: what is wrong, and where it helps, what to do instead."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import (
    conditions,
    cosigning,
    identifiers,
    lifecycle,
    mandate,
    parties,
    quarters,
    refusals,
    representation,
    signing,
)
from mahis.domain.parties import ActivityPeriod
from mahis.gateways.contained import Busy
from mahis.gateways.files import FileLost
from mahis.gateways.pdf_forms import SealNotConfigured
from mahis.gateways.timestamping import TimestampUnavailable
from mahis.gateways.trust import TrustUnavailable
from mahis.queries import enterprises, history, party_text, scan_queue, states_of_all
from mahis.usecases import (
    _transaction,
    attach_version,
    close,
    draw_up,
    meanwhile,
    save_draft,
    send_notices,
)
from mahis.web import (
    access_refusals,
    clock_refusal_texts,
    delegation_refusal_texts,
    downloads,
    employer_refusal_texts,
    file_refusal_texts,
    matrix_refusal_texts,
    notice_pages,
    post_refusal_texts,
    provider_refusal_texts,
    reference_refusal_texts,
    scan_refusal_texts,
    upload_refusals,
    words,
)

#: A text, or the choice of one by what was found.
_Text = Promise | Callable[[dict[str, Any]], Promise]

_UNREADABLE: dict[str, Promise] = {
    "enterprise": _("An enterprise number has ten digits and begins with 0 or 1."),
    "establishment": _("An establishment number has ten digits and begins with 2 to 8."),
    "nsso": _("An NSSO number has nine digits, for example 0009354-67; a provisional one ten."),
    "ssa": _("The number of a social secretariat has three digits, for example 331."),
    "insz": _("A national number has eleven digits."),
}


def _number_unreadable(found: dict[str, Any]) -> Promise:
    return _UNREADABLE.get(found.get("kind", ""), _("This is not a number that we know."))


def _not_active(found: dict[str, Any]) -> Promise:
    activity = found.get("activity")
    if not isinstance(activity, ActivityPeriod):
        return _("%(name)s is not active.")
    if activity.ends is not None:
        return _("%(name)s is not active: it ceased on %(ceased)s.")
    return _("%(name)s is not active yet: it begins on %(begins)s.")


def _outside_activity(found: dict[str, Any]) -> Promise:
    activity = found.get("activity")
    if isinstance(activity, ActivityPeriod) and activity.ends is not None:
        return _(
            "%(name)s is active from %(begins)s to %(ends)s. The mandate must lie inside these"
            " days, so it needs an end quarter that does too."
        )
    return _("%(name)s is active from %(begins)s only. Choose a quarter from then on.")


def _may_not_sign(found: dict[str, Any]) -> Promise:
    why = words.NO_POWERS.get(found["reason"]) if found.get("reason") else None
    return why or _("You may not sign for this enterprise.")


TEXTS: dict[type[refusals.Refused], _Text] = {
    # The kinds themselves, for whoever raises no more than one of them.
    refusals.Refused: _("This is not possible."),
    refusals.Forbidden: _("You may not do this."),
    refusals.Conflict: _("This is not possible at the moment."),
    refusals.NotFound: _("There is no such thing here, or not for you."),
    # Who may open what.
    access_refusals.ViewNotOpened: _("This page is not open to anybody."),
    access_refusals.RoleConsultsOnly: _(
        "In this capacity you can consult mandates, not create, sign or close them. Ask the access"
        " manager of your enterprise for the role to manage mandates, or switch capacity."
    ),
    access_refusals.QualityNotFitting: _(
        "This page is for another capacity than the one you act in: %(quality)s."
    ),
    history.HistoryIsForOfficers: _("The history of a mandate is for officers of the NSSO."),
    states_of_all.OfficersOnly: _("This is for officers of the NSSO."),
    # What was typed.
    identifiers.NumberUnreadable: _number_unreadable,
    identifiers.CheckDigitsWrong: _(
        "The check digits do not fit this number: a digit is wrong or two are swapped."
    ),
    quarters.QuarterUnreadable: _("Write the quarter as number and year, for example 1/2027."),
    quarters.QuarterDoesNotExist: _("There is no such quarter. Quarters are 1 to 4, as in 1/2027."),
    quarters.PeriodEndsBeforeItStarts: _("The end quarter lies before the start quarter."),
    mandate.ReferenceUnreadable: _("A reference looks like 2026-0001234 or 2026-0001234/2."),
    party_text.TextMissing: _("Enter a number or a part of the name."),
    party_text.TextTooShort: _("Enter at least %(shortest)s letters of the name, or a number."),
    party_text.TextTooLong: _("This is too long: names have at most %(longest)s characters."),
    party_text.TextUnreadable: _("This holds characters that no name and no number has."),
    # The other party.
    enterprises.EnterpriseUnknown: _("The register knows no enterprise by this number."),
    enterprises.NothingFound: _("No enterprise that could be this party was found."),
    draw_up.OtherPartyUnknown: _("The register knows no enterprise by this number."),
    parties.PartiesAreTheSame: _("This is your own enterprise. Choose another."),
    parties.PartyNotActive: _not_active,
    parties.PeriodOutsideActivity: _outside_activity,
    parties.NotAProvider: _("%(name)s %(status)s, so it cannot receive mandates."),
    # Groups and quarters.
    draw_up.NoGroupChosen: _("Choose at least one application group."),
    draw_up.GroupUnknown: _("There is no such application group."),
    conditions.GroupNotOpen: _("No new mandates can be given for %(group)s."),
    conditions.StartTooLate: _("The latest start quarter is %(latest)s, one year ahead."),
    conditions.StartTooEarly: _("The earliest start quarter is %(earliest)s."),
    conditions.HeldByAnother: _(
        "%(group)s allows one mandatary at a time, and %(holder_name)s has it %(holder_period)s"
        " (mandate %(holder_reference)s). Close that mandate first, or choose another period."
    ),
    conditions.AlreadyGiven: _(
        "%(holder_name)s already has %(group)s %(holder_period)s (mandate %(holder_reference)s)."
    ),
    conditions.ReplacedHasEnd: _(
        "%(holder_name)s has %(group)s %(holder_period)s. As that mandate has an end quarter, it"
        " cannot be replaced: let the new one start after it."
    ),
    conditions.ReplacedNotBefore: _(
        "%(holder_name)s has %(group)s %(holder_period)s. It can be replaced only by a mandate that"
        " starts later."
    ),
    conditions.NothingToReplace: _(
        "Nobody else has %(group)s in this period any more, so there is nothing to replace."
    ),
    conditions.ReplacesNothing: _(
        "This mandate replaces no other one, so it can no longer be withdrawn. It can be closed."
    ),
    conditions.AlreadyBegun: _(
        "The mandate has begun in %(start)s, so it can no longer be withdrawn. It can be closed."
    ),
    conditions.EndOfItsOwn: _("This end quarter was not set by a newer mandate."),
    conditions.PeriodOver: _("The end quarter, %(end)s, has passed."),
    conditions.EndAlreadySet: _("This mandate already has an end quarter: %(end)s."),
    conditions.EndMissing: _("Enter the end quarter, for example 1/2027."),
    conditions.EndBeforeStart: _("The mandate starts in %(start)s; it cannot end before."),
    conditions.EndInThePast: _("The earliest end quarter is the current one, %(current)s."),
    # Signing and deciding.
    representation.MayNotSign: _may_not_sign,
    cosigning.SignedByYou: _(
        "You have signed this already. A second person has to sign for your enterprise, on their"
        " own login or with their own eID card."
    ),
    cosigning.DoesNotComplete: _(
        "Somebody has signed for this party already, and this function may not sign together with"
        " theirs. Let somebody sign whose function goes with it."
    ),
    conditions.SignedElectronically: _(
        "Somebody has signed this electronically. Paper and electronic signatures are never mixed:"
        " let the others sign electronically too."
    ),
    signing.LevelTooLow: _(
        "The first party signed %(needed)s, so the second cannot sign %(given)s: it would be a"
        " lower level."
    ),
    conditions.ReasonMissing: _("Enter a reason."),
    conditions.ReasonTooLong: _("The reason can have at most %(longest)s characters."),
    conditions.NoNewSignature: _(
        "Everybody who signed in this file has signed already. Let somebody sign who still has to."
    ),
    conditions.OthersHaveSigned: _("The other party has signed, so it cannot be withdrawn."),
    conditions.NotAnEmployerYet: _("The principal is not registered as an employer yet."),
    conditions.NotYet: _("It is too early: this is possible after %(until)s."),
    lifecycle.ActNotPossible: _("This is not possible with a mandate that is: %(state)s."),
    lifecycle.NotForYou: _("This is for somebody else to do, not for you."),
    attach_version.OnlyManagersAttach: _(
        "Your role here is to consult mandates, not to attach documents to them."
    ),
    scan_queue.ScansAreForOfficers: _(
        "Only officers of the NSSO see the scans that wait for a decision."
    ),
    send_notices.OnlyOfficersSendAgain: _(
        "Only officers who manage mandates have messages sent again."
    ),
    FileLost: _(
        "This document is missing or damaged in the store. The service has noted it for whoever"
        " runs it; nothing else is affected."
    ),
    # Drawing up and what happens at the same time.
    draw_up.NotAParty: _("Officers draw up no mandates: they are party to none."),
    save_draft.OnlyManagersDraw: _("Your role here is to consult mandates, not to draw them up."),
    save_draft.DraftUnknown: _("There is no such draft, or it is somebody else's."),
    save_draft.DraftTooLarge: _("More was entered than can be kept."),
    close.NoMandateChosen: _("Tick at least one mandate."),
    close.MandateUnknown: _("One of the mandates ticked does not exist."),
    meanwhile.AuthorisationUnknown: _(
        "There is no such authorisation, or not for your enterprise."
    ),
    meanwhile.StalePage: _("Something happened since this page was made. Nothing was changed."),
    _transaction.DoneMeanwhile: _(
        "Somebody did something at the same moment. Nothing was changed: look and try again."
    ),
    # Files and signed documents.
    upload_refusals.NoFileChosen: _("Choose a file."),
    upload_refusals.OneFileOnly: _("Choose one file only."),
    upload_refusals.FileEmpty: _("The file %(name)s is empty. Choose another."),
    upload_refusals.FileOfOtherType: _(
        "The file %(name)s is of a type that cannot be used here. Choose a PDF, or a picture as"
        " JPEG or PNG."
    ),
    downloads.DocumentUnknown: _("There is no such document, or not for your enterprise."),
    notice_pages.NoticeUnknown: _("There is no such notice, or not for your enterprise."),
    **file_refusal_texts.TEXTS,
    **scan_refusal_texts.TEXTS,
    **post_refusal_texts.TEXTS,
    **provider_refusal_texts.TEXTS,
    **clock_refusal_texts.TEXTS,
    **delegation_refusal_texts.TEXTS,
    **reference_refusal_texts.TEXTS,
    **employer_refusal_texts.TEXTS,
    **matrix_refusal_texts.TEXTS,
    Busy: _(
        "Many files are being checked at the moment, so yours has to wait. Nothing is lost: try"
        " again in a minute."
    ),
    SealNotConfigured: _(
        "Forms cannot be made here: this service has no valid seal. Nothing is lost. Sign by"
        " authentication, or ask whoever runs this service."
    ),
    TimestampUnavailable: _(
        "The service that stamps the time on forms does not answer. Nothing is lost: try again"
        " in a few minutes, or sign by authentication."
    ),
    TrustUnavailable: _(
        "Signatures cannot be checked at the moment: the list of recognised issuers is not"
        " available. Nothing was changed. Please try again later, or validate by logging in."
    ),
}
