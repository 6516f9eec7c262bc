"""What is said where a version of the representatives matrix cannot be loaded or withdrawn."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mahis.domain import matrix_versions
from mahis.domain.refusals import Refused
from mahis.gateways import matrix_files

TEXTS: dict[type[Refused], Promise] = {
    matrix_versions.OnlyOfficersLoadMatrix: _(
        "Only officers who manage mandates load and withdraw versions of the matrix."
    ),
    matrix_versions.MatrixVersionUnknown: _("There is no such version of the matrix."),
    matrix_versions.MatrixNameMissing: _("Give the version a name."),
    matrix_versions.MatrixNameTooLong: _("The name can have at most %(longest)s characters."),
    matrix_versions.MatrixNameTaken: _("Another version has this name. Choose another."),
    matrix_versions.MatrixBeginsInPast: _(
        "A version cannot decide about days that are over. The earliest first day is %(earliest)s."
    ),
    matrix_versions.MatrixBeginTaken: _(
        "The version “%(name)s” begins on this day already. Choose another day."
    ),
    matrix_versions.MatrixAdmitsNobody: _(
        "By this file nobody could sign for anybody: it needs at least one line with sign."
    ),
    matrix_versions.MatrixCodesUnknown: _(
        "The register does not know: %(codes)s. Correct the file, or tick that they are meant so."
    ),
    matrix_versions.MatrixHasBegun: _(
        "This version has decided since %(begins)s, so it can no longer be withdrawn. Load another"
        " one that takes over."
    ),
    matrix_versions.MatrixComesWithFiles: _(
        "This version comes with the files of the register: it has to be taken out of them, or the"
        " next import would bring it back."
    ),
    matrix_files.MatrixFileTooLarge: _(
        "The file is far larger than a matrix can be: at most %(largest)s."
    ),
    matrix_files.MatrixFileUnreadable: _(
        "The file is no CSV in UTF-8. Spreadsheets call it “CSV UTF-8” where they save."
    ),
    matrix_files.MatrixColumnsWrong: _(
        "The first line of the file must name these columns: %(expected)s."
    ),
    matrix_files.MatrixLinesWrong: _("Lines of the file are wrong: %(total)s."),
}
