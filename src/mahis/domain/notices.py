"""Who is told what, on which step, through which channel (requirement T1)."""

import dataclasses
import enum

from mahis.domain.parties import Side


class Telling(enum.Enum):
    """What a notice is about: a step of the table of life, or something that the clock sees."""

    #: An authorisation waits for both signatures.
    DRAWN_UP = "drawnUp"
    #: One party has signed; the other is awaited.
    SIGNED_BY_ONE = "signedByOne"
    #: One person has signed for a party, and another has to sign for it too.
    AWAITS_COSIGNATORY = "awaitsCosignatory"
    #: A scan with both handwritten signatures waits for the office.
    SUBMITTED_TO_OFFICE = "submittedToOffice"
    ACTIVE = "active"
    #: Signed by both; waits until the mandator is an employer.
    AWAITS_IDENTIFICATION = "awaitsIdentification"
    REFUSED_BY_PARTY = "refusedByParty"
    REJECTED_BY_OFFICE = "rejectedByOffice"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    #: A mandate was given its end quarter.
    END_SET = "endSet"
    #: The end quarter is over.
    CLOSED = "closed"
    #: A newer mandate for the same group gave this one its end quarter.
    REPLACED = "replaced"
    #: The newer mandate was withdrawn before it began; this one has its open end again.
    REOPENED = "reopened"
    #: A party has ceased, which ended the mandate or what was being drawn up.
    PARTY_CEASED = "partyCeased"
    #: The mandator is an NSSO employer no more; the mandate stays.
    EMPLOYER_CEASED = "employerCeased"
    #: The mandatary lets a former mandatary act for past quarters; told to that one, too.
    DELEGATED = "delegated"
    #: Such a delegation has ended; told to the delegate, too.
    DELEGATION_ENDED = "delegationEnded"
    #: The limit for signing comes near; told to who has not signed.
    SIGN_REMINDER = "signReminder"
    #: The end quarter comes near; told to both parties.
    ENDS_SOON = "endsSoon"
    #: The quality of a provider lapses unless a first mandate follows; told to the provider.
    PROVIDER_LAPSES_SOON = "providerLapsesSoon"
    #: The office made an enterprise a service provider, as it asked to be.
    PROVIDER_ACCEPTED = "providerAccepted"
    #: The office refused a request to become one.
    PROVIDER_REFUSED = "providerRefused"
    PROVIDER_BLOCKED = "providerBlocked"
    PROVIDER_UNBLOCKED = "providerUnblocked"
    #: No first mandate came in time.
    PROVIDER_LAPSED = "providerLapsed"


#: What no step tells, but the clock, before something happens by itself.
WARNINGS = frozenset({Telling.SIGN_REMINDER, Telling.ENDS_SOON, Telling.PROVIDER_LAPSES_SOON})

#: What a change of a provider tells, which is no step of a mandate.
TOLD_BY_CHANGES = frozenset(
    {
        Telling.PROVIDER_ACCEPTED,
        Telling.PROVIDER_REFUSED,
        Telling.PROVIDER_BLOCKED,
        Telling.PROVIDER_UNBLOCKED,
        Telling.PROVIDER_LAPSED,
    }
)

#: What is about a provider and not about any authorisation.
ABOUT_PROVIDERS = TOLD_BY_CHANGES | {Telling.PROVIDER_LAPSES_SOON}

#: Of these, what asks for a first mandate by a day.
ASKS_FOR_A_MANDATE = frozenset({Telling.PROVIDER_LAPSES_SOON, Telling.PROVIDER_ACCEPTED})

#: What is told to a third one beside the two parties: the delegate.
ABOUT_DELEGATIONS = frozenset({Telling.DELEGATED, Telling.DELEGATION_ENDED})

#: What comes with the authorisation as a document, where there is one: whoever is to sign it, or
#: has just been given a mandate by it, finds it beside the message.
CARRIES_DOCUMENT = frozenset(
    {
        Telling.DRAWN_UP,
        Telling.SIGNED_BY_ONE,
        Telling.AWAITS_COSIGNATORY,
        Telling.SIGN_REMINDER,
        Telling.ACTIVE,
        Telling.AWAITS_IDENTIFICATION,
    }
)


class Channel(enum.Enum):
    """How a notice travels."""

    EBOX = "ebox"
    POST = "post"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to one party about one step."""

    telling: Telling
    #: The party told.
    side: Side
    channel: Channel
    #: Whether the mandate now waits for this party.
    must_act: bool


def channel_for(*, side: Side, has_account: bool) -> Channel:
    """Give the channel of a party.

    A mandatary always has its e-Box; a mandator too where it has an account in user management,
    else the post brings its notices.
    """
    if side is Side.MANDATARY or has_account:
        return Channel.EBOX
    return Channel.POST


def notices_for(
    *, telling: Telling, awaited: frozenset[Side], mandator_has_account: bool
) -> tuple[Notice, ...]:
    """Give the notices of one step: every step tells both parties.

    `awaited` holds the sides that the mandate waits for after the step.
    """
    return tuple(
        Notice(
            telling=telling,
            side=side,
            channel=channel_for(side=side, has_account=mandator_has_account),
            must_act=side in awaited,
        )
        for side in Side
    )
