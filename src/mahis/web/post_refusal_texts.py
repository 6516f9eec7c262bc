"""What refusals about letters say: what is in their way, and what helps."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import letters
from mahis.domain.refusals import Refused
from mahis.gateways.post import refusals
from mahis.queries import letter_batches

TEXTS: dict[type[Refused], Promise] = {
    letters.AddressMissing: _(
        "No letter can be sent to this enterprise: the register has no address that the post"
        " would find."
    ),
    letters.BatchUnknown: _("There is no batch of letters with this number."),
    letters.PackageNotMade: _(
        "The package of this batch is being made. Try again in a few minutes."
    ),
    letter_batches.LettersAreForOfficers: _("Only officers of the NSSO see batches of letters."),
    refusals.SenderUnknown: _(
        "No letters can be written here: nobody has set the name and the address of the office."
        " Ask whoever runs this service."
    ),
    refusals.NoPrinter: _(
        "Nobody has set where packages of letters go. Ask whoever runs this service; until then"
        " you can download the package here."
    ),
    refusals.PrinterUnreachable: _(
        "The server of the printer does not answer. It is tried again by itself."
    ),
    refusals.PrinterNotRecognised: _(
        "The server that answers is not that of the printer as far as we know it, so it gets"
        " nothing. Ask whoever runs this service to compare its key with the printer."
    ),
    refusals.PrinterRefusesUs: _(
        "The server of the printer does not let us in. Ask whoever runs this service to check our"
        " key with the printer."
    ),
    refusals.PrinterCannotKeep: _(
        "The package cannot be put into the folder of the printer: it is missing or full, or we"
        " may not write there. Ask whoever runs this service."
    ),
    refusals.PackageInTheWay: _(
        "Another package lies with the printer under the same name, and is not written over. Ask"
        " the printer what it is."
    ),
    refusals.PackageDamaged: _(
        "What arrived at the printer was not what was sent, and was removed. It is tried again by"
        " itself."
    ),
}
