"""Contents of letters: an ordinary one, and the longest that anybody could get."""

import dataclasses
import datetime

from mahis.domain.notices import Channel
from mahis.domain.parties import Language
from mahis.gateways.letters import Detail, Letter, Sender
from mahis.gateways.notices import NoticeText, examples, render

DAY = datetime.date(2026, 12, 1)
SENDER = Sender(
    name="Office for mandates",
    address=("Invented Square 11", "1060 Brussels"),
    contact=("mandates@example.be",),
)
SUBJECTS = {
    Language.FRENCH: "Une procuration attend votre signature",
    Language.DUTCH: "Een procuratie wacht op uw handtekening",
    Language.GERMAN: "Eine Bevollmächtigung wartet auf Ihre Unterschrift",
    Language.ENGLISH: "An authorisation waits for your signature",
}
SIX_LINES = (
    "Vlaamse Vereniging voor de Ondersteuning van Ondernemingen in de Voedingsnijverheid VZW",
    "Bâtiment administratif B, 4e étage",
    "Avenue des Combattants de la Guerre 1914-1918 1234 bte 0405",
    "Résidence du Parc de la Woluwe",
    "75008 Paris",
    "FRANCE",
)


def ordinary(language: Language = Language.FRENCH) -> Letter:
    """Make the content of an ordinary letter."""
    return Letter(
        language=language,
        sender=SENDER,
        recipient=("Bakkerij De Korenbloem BV", "Kerkstraat 12 bus 3", "9000 Gent"),
        day=DAY,
        reference="2026-0001234",
        subject=SUBJECTS[language],
        greeting="Greeting,",
        paragraphs=("Eva Peeters drew up an authorisation.", "It has no effect until you sign it."),
        details=(
            Detail(label="Principal", values=("Bakkerij De Korenbloem BV (0123.456.749)",)),
            Detail(label="Mandates", values=("Dimona: from 1/2027", "DmfA: from 1/2027")),
        ),
        action_title="What you have to do",
        action="Read it, and sign or refuse it.",
        deadline="By 1 March 2027 at the latest.",
        link_words="Look and sign",
        link="https://mandates.example.be/mandates/2026-0001234/",
        signature="The register of mandates",
        notes=("You are told this because your enterprise is a party.", "This is a second note."),
    )


def long(language: Language = Language.FRENCH) -> Letter:
    """Make a letter of two pages to six long lines."""
    usual = ordinary(language)
    return dataclasses.replace(usual, recipient=SIX_LINES, paragraphs=usual.paragraphs * 20)


def text(language: Language = Language.FRENCH) -> NoticeText:
    """Make the words of a notice that asks for something."""
    example = next(each for each in examples.every() if each.code == "drawnUp-mandator-byOther")
    return render(example.facts(language), language=language, channel=Channel.POST)
