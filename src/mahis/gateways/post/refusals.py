"""Why letters cannot be written, or the printer does not get them now."""

from mahis.domain.refusals import Refused


class SenderUnknown(Refused):
    """Nobody said who writes letters here, so none can be written."""

    code = "senderUnknown"


class NotHandedOver(Refused):
    """What keeps a package from being handed over; its kinds say what."""


class NoPrinter(NotHandedOver):
    """Nobody said where packages go."""

    code = "noPrinter"


class PrinterUnreachable(NotHandedOver):
    """The printer's server does not answer, or the line broke off each time."""

    code = "printerUnreachable"


class PrinterNotRecognised(NotHandedOver):
    """The server that answers is not the one whose key we know."""

    code = "printerNotRecognised"


class PrinterRefusesUs(NotHandedOver):
    """The printer's server does not accept our key, or ours cannot be read."""

    code = "printerRefusesUs"


class PrinterCannotKeep(NotHandedOver):
    """The folder is missing or full, or we may not write into it."""

    code = "printerCannotKeep"


class PackageInTheWay(NotHandedOver):
    """Another package lies there under the same name; it is not written over."""

    code = "packageInTheWay"


class PackageDamaged(NotHandedOver):
    """What arrived is not what was sent."""

    code = "packageDamaged"
