"""Services of a verified list: who issues qualified certificates or timestamps, and since when."""

import dataclasses
import datetime
from collections.abc import Iterator
from xml.etree import ElementTree

from mahis.gateways.trust import certificates
from mahis.gateways.trust.criteria import Assertion, Criteria
from mahis.gateways.trust.material import QualifiedService
from mahis.gateways.trust.signed_lists import TSL, ListRefused, decoded, moment

_SERVICE_TYPES = "http://uri.etsi.org/TrstSvc/Svctype/"
_ISSUES_CERTIFICATES = f"{_SERVICE_TYPES}CA/QC"
_ISSUES_TIMESTAMPS = f"{_SERVICE_TYPES}TSA/QTST"
_LIST = "http://uri.etsi.org/TrstSvc/TrustedList/"
_GRANTED = f"{_LIST}Svcstatus/granted"
#: How services were found good before eIDAS; all of them were for signatures.
_BEFORE_EIDAS = frozenset(
    f"{_LIST}Svcstatus/{name}"
    for name in ("undersupervision", "supervisionincessation", "accredited")
)
_FOR_SIGNATURES = f"{_LIST}SvcInfoExt/ForeSignatures"
#: Qualifiers that make a certificate none for the signatures of a person.
_EXCLUDING = frozenset(
    f"{_LIST}SvcInfoExt/{name}"
    for name in ("NotQualified", "QCForLegalPerson", "QCForESeal", "QCForWSA")
)
_SIE = "{http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#}"
_XADES_IDENTIFIER = "{http://uri.etsi.org/01903/v1.3.2#}Identifier"
_ADDITIONAL = f"{TSL}AdditionalServiceInformation"
_KNOWN_EXTENSIONS = frozenset(
    {
        _ADDITIONAL,
        f"{_SIE}Qualifications",
        f"{TSL}ExpiredCertsRevocationInfo",
        "{http://uri.etsi.org/02231/v2/additionaltypes#}TakenOverBy",
    }
)
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CERTIFICATE = f"{TSL}ServiceDigitalIdentity/{TSL}DigitalId/{TSL}X509Certificate"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Services:
    """The services of one list that matter to signatures."""

    #: One entry for each certificate of a service, and for each set of terms that it had.
    qualified: tuple[QualifiedService, ...]
    #: Certificates of services that give qualified timestamps now, DER.
    timestamping: tuple[bytes, ...]


def read(content: ElementTree.Element) -> Services:
    """Read the services of a list; raises ListRefused."""
    path = (
        f"{TSL}TrustServiceProviderList/{TSL}TrustServiceProvider/{TSL}TSPServices/{TSL}TSPService"
    )
    qualified: list[QualifiedService] = []
    timestamping: list[bytes] = []
    for service in content.iterfind(path):
        current = service.find(f"{TSL}ServiceInformation")
        if current is None:
            raise ListRefused("a service in it says nothing of itself")
        kind = _text(current, "ServiceTypeIdentifier")
        if kind == _ISSUES_CERTIFICATES:
            qualified += _qualified(service, current)
        elif kind == _ISSUES_TIMESTAMPS and _text(current, "ServiceStatus") == _GRANTED:
            timestamping += _certificates(current)
    return Services(qualified=tuple(qualified), timestamping=tuple(dict.fromkeys(timestamping)))


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Terms:
    """On which terms a service was granted."""

    for_signatures: bool
    exceptions: tuple[Criteria, ...]


def _qualified(
    service: ElementTree.Element, current: ElementTree.Element
) -> Iterator[QualifiedService]:
    """Give a service with its history: older entries rarely repeat its certificates."""
    granted: dict[_Terms, list[tuple[datetime.datetime, datetime.datetime | None]]] = {}
    named: list[bytes] = []
    for entry, begins, ends in _periods(service, current):
        named += _certificates(entry)
        terms = _terms(entry)
        if terms is not None:
            granted.setdefault(terms, []).append((begins, ends))
    for certificate in dict.fromkeys(named):
        for terms, periods in granted.items():
            yield QualifiedService(
                certificate=certificate,
                name=_name(current),
                granted=_joined(periods),
                for_signatures=terms.for_signatures,
                exceptions=terms.exceptions,
            )


def _periods(
    service: ElementTree.Element, current: ElementTree.Element
) -> Iterator[tuple[ElementTree.Element, datetime.datetime, datetime.datetime | None]]:
    """Give every status of a service with its begin and end, oldest first."""
    past = service.iterfind(f"{TSL}ServiceHistory/{TSL}ServiceHistoryInstance")
    entries = sorted(((_begin(each), each) for each in (*past, current)), key=lambda pair: pair[0])
    ends = [*(begin for begin, _ in entries[1:]), None]
    for (begin, entry), end in zip(entries, ends, strict=True):
        yield entry, begin, end


def _begin(entry: ElementTree.Element) -> datetime.datetime:
    found = moment(entry, f"{TSL}StatusStartingTime")
    if found is None:
        raise ListRefused("a status in it has no begin")
    return found


def _terms(entry: ElementTree.Element) -> _Terms | None:
    """Read on which terms a status grants; None where it does not, or we cannot know."""
    status = _text(entry, "ServiceStatus")
    is_service = _text(entry, "ServiceTypeIdentifier") == _ISSUES_CERTIFICATES
    if not is_service or status not in {_GRANTED, *_BEFORE_EIDAS}:
        return None
    extensions = entry.findall(f"{TSL}ServiceInformationExtensions/{TSL}Extension")
    if any(map(_is_unknown, extensions)):
        return None
    purposes = {
        (uri.text or "").strip()
        for extension in extensions
        for uri in extension.iterfind(f"{_ADDITIONAL}/{TSL}URI")
    }
    elements = [
        element
        for extension in extensions
        for element in extension.iterfind(f"{_SIE}Qualifications/{_SIE}QualificationElement")
    ]
    return _Terms(
        for_signatures=status in _BEFORE_EIDAS or _FOR_SIGNATURES in purposes,
        exceptions=tuple(
            _criteria(element.find(f"{_SIE}CriteriaList"))
            for element in elements
            if _excludes(element)
        ),
    )


def _is_unknown(extension: ElementTree.Element) -> bool:
    """Say whether an extension is critical and holds anything that we do not know."""
    is_critical = extension.get("Critical", "").strip() in {"true", "1"}
    return is_critical and any(each.tag not in _KNOWN_EXTENSIONS for each in extension)


def _excludes(element: ElementTree.Element) -> bool:
    qualifiers = element.iterfind(f"{_SIE}Qualifiers/{_SIE}Qualifier")
    return any(each.get("uri", "").strip() in _EXCLUDING for each in qualifiers)


def _criteria(element: ElementTree.Element | None) -> Criteria:
    """Read criteria; whatever is not understood is marked, so that it counts as fitting."""
    if element is None:
        return Criteria(assertion=Assertion.ALL, others=True)
    known = {f"{_SIE}{name}" for name in ("PolicySet", "KeyUsage", "CriteriaList", "Description")}
    assertion = element.get("assert", "").strip()
    return Criteria(
        assertion=Assertion(assertion) if assertion in set(Assertion) else Assertion.ALL,
        policies=tuple(map(_policies, element.iterfind(f"{_SIE}PolicySet"))),
        key_usages=tuple(map(_key_usage, element.iterfind(f"{_SIE}KeyUsage"))),
        lists=tuple(map(_criteria, element.iterfind(f"{_SIE}CriteriaList"))),
        others=assertion not in set(Assertion) or any(each.tag not in known for each in element),
    )


def _policies(element: ElementTree.Element) -> tuple[str, ...]:
    found = element.iterfind(f"{_SIE}PolicyIdentifier/{_XADES_IDENTIFIER}")
    return tuple((each.text or "").strip().removeprefix("urn:oid:") for each in found)


def _key_usage(element: ElementTree.Element) -> tuple[tuple[str, bool], ...]:
    bits = element.iterfind(f"{_SIE}KeyUsageBit")
    return tuple((bit.get("name", ""), (bit.text or "").strip() in {"true", "1"}) for bit in bits)


def _joined(
    periods: list[tuple[datetime.datetime, datetime.datetime | None]],
) -> tuple[tuple[datetime.datetime, datetime.datetime | None], ...]:
    """Join periods of which one begins when the other ends."""
    joined: list[tuple[datetime.datetime, datetime.datetime | None]] = []
    for begin, end in periods:
        if joined and joined[-1][1] == begin:
            begin, _ = joined.pop()  # noqa: PLW2901 - the joined period begins earlier
        joined.append((begin, end))
    return tuple(joined)


def _certificates(entry: ElementTree.Element) -> list[bytes]:
    """Give the certificates of a service; one that is no certificate can be nobody's issuer."""
    found = [decoded(each.text) for each in entry.iterfind(_CERTIFICATE)]
    return [each for each in found if certificates.is_readable(each)]


def _name(entry: ElementTree.Element) -> str:
    names = entry.findall(f"{TSL}ServiceName/{TSL}Name")
    english = [each for each in names if each.get(_XML_LANGUAGE) == "en"]
    found = next(iter(english or names), None)
    return "" if found is None else " ".join((found.text or "").split())


def _text(entry: ElementTree.Element, name: str) -> str:
    return (entry.findtext(f"{TSL}{name}") or "").strip()
