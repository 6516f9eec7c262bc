"""The trust in force now: read when its files have changed, and what is to be told about it."""

import dataclasses
import datetime
import pathlib
import threading
from collections.abc import Iterable

from mahis.gateways.trust import certificates, copies, lists, signers
from mahis.gateways.trust.checking import Scope
from mahis.gateways.trust.copies import LastFailure
from mahis.gateways.trust.folders import files_of, from_folder
from mahis.gateways.trust.lists import Loaded, Refreshed
from mahis.gateways.trust.material import TrustMaterial
from mahis.gateways.trust.refusals import TrustUnavailable
from mahis.gateways.trust.settings import TrustSettings
from mahis.gateways.trust.signers import Fetch
from mahis.gateways.trust.trusted_lists import ListFacts

#: What tells whether a file has changed.
_Stamp = tuple[str, int, int]


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrustStatus:
    """What an operator or an officer should know of the trust in force."""

    #: Where it comes from, in words for an operator.
    source: str
    uses_lists: bool
    #: Why signatures cannot be judged now; empty where they can.
    problem: str
    #: When the lists were fetched, and when the first of them should be replaced.
    as_of: datetime.datetime | None
    next_update: datetime.datetime | None
    #: Whether one of the lists should have been replaced already.
    is_stale: bool
    last_failure: LastFailure | None
    lists: tuple[ListFacts, ...]
    #: Names of those who are trusted now, in their order.
    trusted: tuple[str, ...]
    timestamp_authorities: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Trust:
    material: TrustMaterial
    loaded: Loaded | None


class _Kept:
    """Keeps what was read last, for as long as its files stay as they were."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._for: tuple[TrustSettings, tuple[_Stamp, ...]] | None = None
        self._trust: _Trust | None = None

    def trust(self, settings: TrustSettings) -> _Trust:
        with self._lock:
            wanted = settings, _stamps(settings)
            if self._trust is None or wanted != self._for:
                self._trust, self._for = _read(settings), wanted
            return self._trust


_KEPT = _Kept()


def current(settings: TrustSettings, *, at: datetime.datetime) -> TrustMaterial:
    """Give the trust in force; raises TrustUnavailable where there is none that may be used.

    Cheap: files are read again only when one of them has changed.
    """
    trust = _KEPT.trust(settings)
    if trust.loaded is not None:
        lists.require_usable(trust.loaded, at=at, days_of_grace=settings.days_of_grace)
    return trust.material


def refresh(settings: TrustSettings, *, fetch: Fetch, at: datetime.datetime) -> Refreshed:
    """Renew the lists; raises TrustUnavailable where a folder of pinned roots is used instead."""
    if settings.folder is not None:
        raise TrustUnavailable(
            reason="Trust comes from a folder of pinned roots: there is nothing to refresh."
        )
    return lists.refresh(folder=settings.lists_dir, fetch=fetch, at=at, scope=_scope(settings))


def status(settings: TrustSettings, *, at: datetime.datetime) -> TrustStatus:
    """Tell what the trust in force is, how old it is, and what is wrong with it."""
    problem, trust = "", None
    try:
        trust = _KEPT.trust(settings)
        current(settings, at=at)
    except TrustUnavailable as unavailable:
        problem = str(unavailable)
    loaded = trust.loaded if trust else None
    uses_lists = settings.folder is None
    return TrustStatus(
        source=trust.material.source if trust else _source(settings),
        uses_lists=uses_lists,
        problem=problem,
        as_of=loaded.fetched_at if loaded else None,
        next_update=loaded.next_update if loaded else None,
        is_stale=loaded.is_stale(at=at) if loaded else uses_lists,
        last_failure=copies.last_failure(settings.lists_dir) if uses_lists else None,
        lists=loaded.lists if loaded else (),
        trusted=_names(trust.material, at=at) if trust else (),
        timestamp_authorities=len(trust.material.tsa_roots) if trust else 0,
    )


def _read(settings: TrustSettings) -> _Trust:
    if settings.folder is not None:
        return _Trust(material=_with_seal(from_folder(settings.folder), settings), loaded=None)
    loaded = lists.load(folder=settings.lists_dir, scope=_scope(settings))
    return _Trust(material=_with_seal(loaded.material, settings), loaded=loaded)


def _with_seal(material: TrustMaterial, settings: TrustSettings) -> TrustMaterial:
    """Add whom we trust for the register's own seal and timestamps."""
    if settings.seal_folder is not None:
        own = from_folder(settings.seal_folder)
        return dataclasses.replace(
            material,
            seal_roots=own.seal_roots,
            tsa_roots=_united(material.tsa_roots, own.tsa_roots),
            intermediates=_united(material.intermediates, own.intermediates),
        )
    if settings.seal_certificate is not None:
        chain = certificates.as_der(certificates.read(settings.seal_certificate))
        return dataclasses.replace(
            material,
            seal_roots=_united(material.seal_roots, chain[-1:]),
            tsa_roots=_united(material.tsa_roots, chain[-1:]),
            intermediates=_united(material.intermediates, chain[1:-1]),
        )
    return material


def _united(some: Iterable[bytes], others: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys((*some, *others)))


def _scope(settings: TrustSettings) -> Scope:
    pins = None if settings.list_signers is None else signers.pinned(settings.list_signers)
    return Scope(address=settings.list_of_lists, countries=settings.countries, pins=pins)


def _stamps(settings: TrustSettings) -> tuple[_Stamp, ...]:
    """Tell of every file that the trust is read from whether it is still the same."""
    files: list[pathlib.Path] = []
    for folder in (settings.folder, settings.seal_folder, settings.list_signers):
        files += [] if folder is None else files_of(folder)
    if settings.folder is None:
        files.append(settings.lists_dir / copies.COPY)
    if settings.seal_certificate is not None:
        files.append(settings.seal_certificate)
    return tuple(map(_stamp, files))


def _stamp(file: pathlib.Path) -> _Stamp:
    try:
        found = file.stat()
    except OSError:
        return str(file), 0, 0
    return str(file), found.st_mtime_ns, found.st_ino


def _source(settings: TrustSettings) -> str:
    if settings.folder is not None:
        return f"the folder {settings.folder}"
    return f"the trusted lists of {', '.join(settings.countries)}"


def _names(material: TrustMaterial, *, at: datetime.datetime) -> tuple[str, ...]:
    """Name the services that are granted for signatures; in a folder, the roots."""
    if not material.qualified:
        return tuple(map(certificates.name_of, material.roots))
    granted = (
        each.name for each in material.qualified if each.for_signatures and each.is_granted(at=at)
    )
    return tuple(dict.fromkeys(granted))
