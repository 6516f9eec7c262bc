"""Why a file that was sent cannot be taken, before anybody looks into it."""

from mahis.domain.refusals import Refused


class NoFileChosen(Refused):
    """The form was sent without a file."""

    code = "noFileChosen"


class OneFileOnly(Refused):
    """Several files were sent where one is wanted."""

    code = "oneFileOnly"


class FileEmpty(Refused):
    """A file holds nothing (`name`)."""

    code = "fileEmpty"


class FileOfOtherType(Refused):
    """A file is of a type that is not taken here (`name`)."""

    code = "fileOfOtherType"
