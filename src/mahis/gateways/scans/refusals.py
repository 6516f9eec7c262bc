"""Why a scan or an attached document is not taken, beside what holds for every file."""

from mahis.domain.form_refusals import (
    FileBroken,
    FileEncrypted,
    FileNotAPdf,
    FileRefused,
    FileTooCostly,
)
from mahis.domain.refusals import NotFound, Refused


class NothingScanned(FileRefused):
    """No file came."""

    code = "nothingScanned"


class NotAScan(FileRefused):
    """The file is neither a PDF nor a picture in PNG or JPEG."""

    code = "notAScan"


class ScanUnreadable(FileBroken):
    """The file is damaged, or stops before its end."""

    code = "scanUnreadable"


class ScanProtected(FileEncrypted):
    """The PDF is encrypted, even if only against printing."""

    code = "scanProtected"


class ScanTooCostly(FileTooCostly):
    """Showing the file takes more time or memory than the page of a scan needs."""

    code = "scanTooCostly"


class ScanOfSeveralKinds(FileRefused):
    """A PDF came together with other files: a scan is one PDF, or pictures of its pages."""

    code = "scanOfSeveralKinds"


class TooManyPages(FileRefused):
    """There are more pages than allowed (`most`)."""

    code = "tooManyPages"


class PictureTooLarge(FileRefused):
    """A picture has more pixels than allowed (`most`, in millions)."""

    code = "pictureTooLarge"


class PictureUnusual(FileRefused):
    """A picture is stored in a way that hardly anything uses and that cannot be kept exactly."""

    code = "pictureUnusual"


class PageOutOfShape(FileRefused):
    """A page is far longer or wider than paper is, so nobody could look at it."""

    code = "pageOutOfShape"


class FileActive(FileRefused):
    """The file does things by itself, such as running scripts, or carries other files."""

    code = "fileActive"


class PageUnknown(NotFound):
    """The document has no page of this number."""

    code = "pageUnknown"


#: What the process in which scans are read refuses, by the code that comes back from it.
CROSSING: dict[str, type[Refused]] = {
    kind.code: kind
    for kind in (
        FileActive,
        FileNotAPdf,
        NotAScan,
        PageOutOfShape,
        PageUnknown,
        PictureTooLarge,
        PictureUnusual,
        ScanOfSeveralKinds,
        ScanProtected,
        ScanUnreadable,
        TooManyPages,
    )
}
