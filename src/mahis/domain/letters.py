"""Letters by post: batches for the printer, and addresses to which none can go."""

import dataclasses
import enum

from mahis.domain.refusals import Conflict, NotFound


class BatchState(enum.Enum):
    """How far the letters of a day are; a batch only ever goes on to the next."""

    #: Its letters are chosen, for ever; its package is being made.
    OPEN = "open"
    #: Its package is made and kept.
    PACKED = "packed"
    #: The printer has it.
    HANDED = "handed"


class AddressProblem(enum.Enum):
    """Why no letter can go to an enterprise."""

    #: The register has no address at all.
    MISSING = "missing"
    #: The register has no town, or nothing by which a house is found in it.
    INCOMPLETE = "incomplete"
    #: The register struck the address off: the enterprise was not found there.
    STRUCK_OFF = "struckOff"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PostalAddress:
    """Where the post brings a letter."""

    #: Lines as envelopes show them, without the name; the country of foreign ones last.
    lines: tuple[str, ...]
    #: Whether it lies in another country.
    abroad: bool


class AddressMissing(Conflict):
    """No letter can go to this enterprise: its address is missing or wrong (`problem` says how)."""

    code = "addressMissing"


class BatchUnknown(NotFound):
    """There is no batch of letters with this number."""

    code = "batchUnknown"


class PackageNotMade(Conflict):
    """The package of this batch of letters is not made yet."""

    code = "packageNotMade"
