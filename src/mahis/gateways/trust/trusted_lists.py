"""What a verified list says: about itself, about other lists, and about services."""

import dataclasses
import datetime
from collections.abc import Iterator
from xml.etree import ElementTree

from mahis.gateways.trust.signed_lists import TSL, ListRefused, SignedList, decoded, moment

_TYPES = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/"
LIST_OF_LISTS = f"{_TYPES}EUlistofthelists"
NATIONAL_LIST = f"{_TYPES}EUgeneric"
#: The law lets no list stand longer than six months.
_LONGEST = datetime.timedelta(days=190)
_XML_LIST = "application/vnd.etsi.tsl+xml"
_MIME_TYPE = "{http://uri.etsi.org/02231/v2/additionaltypes#}MimeType"
_IDENTITIES = f"{TSL}ServiceDigitalIdentities//{TSL}X509Certificate"
_INFORMATION = f"{TSL}SchemeInformation/"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ListFacts:
    """What identifies a list and says how long it stands."""

    territory: str
    sequence: int
    issued: datetime.datetime
    next_update: datetime.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pointer:
    """Where another list is, and whose signature makes it good."""

    address: str
    kind: str
    territory: str
    #: Certificates of its signers, DER.
    signers: tuple[bytes, ...]


def facts(found: SignedList, *, kind: str, territory: str) -> ListFacts:
    """Read what a list is, and require that it is what was asked for; raises ListRefused."""
    if _text(found.content, "TSLType") != kind:
        raise ListRefused("it is another kind of list")
    if _text(found.content, "SchemeTerritory") != territory:
        raise ListRefused(f"it is not the list of {territory}")
    sequence = _text(found.content, "TSLSequenceNumber")
    next_update = moment(found.content, f"{_INFORMATION}{TSL}NextUpdate/{TSL}dateTime")
    if not (sequence.isascii() and sequence.isdigit()):
        raise ListRefused("it has no number")
    if next_update is None:
        raise ListRefused("it is closed: it names no next update")
    return ListFacts(
        territory=territory,
        sequence=int(sequence),
        issued=found.issued,
        next_update=min(next_update, found.issued + _LONGEST),
    )


def pointers(content: ElementTree.Element) -> Iterator[Pointer]:
    """Give the other lists that a list points to, as far as they are XML."""
    for each in content.iterfind(f"{_INFORMATION}{TSL}PointersToOtherTSL/{TSL}OtherTSLPointer"):
        if _below(each, _MIME_TYPE) != _XML_LIST:
            continue
        yield Pointer(
            address=(each.findtext(f"{TSL}TSLLocation") or "").strip(),
            kind=_below(each, f"{TSL}TSLType"),
            territory=_below(each, f"{TSL}SchemeTerritory"),
            signers=tuple(decoded(one.text) for one in each.iterfind(_IDENTITIES)),
        )


def information_addresses(content: ElementTree.Element) -> list[str]:
    """List where the scheme explains itself: official journal and pivots, newest first."""
    found = content.iterfind(f"{_INFORMATION}{TSL}SchemeInformationURI/{TSL}URI")
    return [(each.text or "").strip() for each in found]


def _text(content: ElementTree.Element, name: str) -> str:
    return (content.findtext(f"{_INFORMATION}{TSL}{name}") or "").strip()


def _below(element: ElementTree.Element, name: str) -> str:
    path = f"{TSL}AdditionalInformation/{TSL}OtherInformation/{name}"
    return (element.findtext(path) or "").strip()
