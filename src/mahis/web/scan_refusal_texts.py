"""What the refusal of a scan says: what is wrong with the file, and how to get it right."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain.refusals import Refused
from mahis.gateways.scans import refusals

TEXTS: dict[type[Refused], Promise] = {
    refusals.NothingScanned: _("Choose the scan: one PDF, or a picture of each page."),
    refusals.NotAScan: _(
        "This is neither a PDF nor a picture as JPEG or PNG. Scan the signed form as a PDF, or"
        " take a photograph of each page."
    ),
    refusals.ScanOfSeveralKinds: _(
        "Send either one PDF, or pictures of the pages: not both together, and not several PDFs."
    ),
    refusals.TooManyPages: _(
        "There are too many pages: at most %(most)s. Send only the pages of this authorisation."
    ),
    refusals.PictureTooLarge: _(
        "A picture has too many pixels: at most %(most)s million. Scan the page at 300 dots per"
        " inch, or less."
    ),
    refusals.PictureUnusual: _(
        "A picture is stored in a way that cannot be kept exactly here. Save it again as an"
        " ordinary JPEG or PNG, without interlacing."
    ),
    refusals.PageOutOfShape: _(
        "A page is far longer or wider than paper. Scan each page by itself."
    ),
    refusals.ScanUnreadable: _(
        "This file cannot be read: it is damaged or incomplete, or too intricate to be shown. Scan"
        " or save the pages again."
    ),
    refusals.ScanProtected: _(
        "This PDF is encrypted or protected, even if it opens without a password. Save it without"
        " protection."
    ),
    refusals.ScanTooCostly: _(
        "Showing this file takes more work than the pages of a form need, so it was stopped. Scan"
        " the pages again at 300 dots per inch, or less."
    ),
    refusals.FileActive: _(
        "This PDF does more than show pages: it runs scripts, sends data, or carries other files."
        " Print it to a new PDF, or scan the paper."
    ),
    refusals.PageUnknown: _("The document has no such page."),
}
