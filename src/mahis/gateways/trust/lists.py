"""Trust by the European list of lists: the last good copy, and how it is renewed."""

import dataclasses
import datetime
import pathlib
from collections.abc import Sequence

from mahis.gateways.trust import checking, copies
from mahis.gateways.trust.checking import Checked, Scope
from mahis.gateways.trust.copies import Copy, LastFailure
from mahis.gateways.trust.material import TrustMaterial
from mahis.gateways.trust.refusals import TrustUnavailable
from mahis.gateways.trust.signed_lists import ListRefused
from mahis.gateways.trust.signers import Fetch
from mahis.gateways.trust.trusted_lists import ListFacts

#: How many days after its next update should have come a list may still be used.
DAYS_OF_GRACE = 30
_CLOCKS_APART = datetime.timedelta(days=1)
_WAY_OUT = "Run `mahis trust refresh`."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Loaded:
    """What the last good copy gives."""

    material: TrustMaterial
    #: The list of lists first.
    lists: tuple[ListFacts, ...]
    fetched_at: datetime.datetime

    @property
    def next_update(self) -> datetime.datetime:
        """When the first of the lists should be replaced."""
        return min(each.next_update for each in self.lists)

    def is_stale(self, *, at: datetime.datetime) -> bool:
        """Say whether one of the lists should have been replaced already."""
        return self.next_update < at


@dataclasses.dataclass(frozen=True, kw_only=True)
class Refreshed:
    """What came of an attempt to renew the lists."""

    lists: tuple[ListFacts, ...] = ()
    #: Why the copy was left as it was; empty where it was renewed.
    failure: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the copy was renewed."""
        return not self.failure


def from_lists(
    *,
    folder: pathlib.Path,
    at: datetime.datetime,
    scope: Scope = Scope(),  # noqa: B008 - a value that never changes
    days_of_grace: int = DAYS_OF_GRACE,
) -> TrustMaterial:
    """Give the trust of the last good copy; raises TrustUnavailable without one, or too old."""
    loaded = load(folder=folder, scope=scope)
    require_usable(loaded, at=at, days_of_grace=days_of_grace)
    return loaded.material


def load(*, folder: pathlib.Path, scope: Scope) -> Loaded:
    """Read and verify the last good copy, however old; raises TrustUnavailable."""
    try:
        copy = copies.read(folder)
        checked = checking.check(scope, fetch=copy.fetch)
    except FileNotFoundError as error:
        raise TrustUnavailable(
            reason=f"{folder} holds no copy of the trusted lists. {_WAY_OUT}"
        ) from error
    except ListRefused as error:
        raise TrustUnavailable(reason=f"{error} {_WAY_OUT}") from error
    return Loaded(
        material=_material(checked, scope, copy.fetched_at),
        lists=checked.lists,
        fetched_at=copy.fetched_at,
    )


def require_usable(loaded: Loaded, *, at: datetime.datetime, days_of_grace: int) -> None:
    """Raise TrustUnavailable where a list is past its next update by more than the grace."""
    latest = loaded.next_update + datetime.timedelta(days=days_of_grace)
    if at > latest:
        raise TrustUnavailable(
            reason=f"The trusted lists should have been renewed by {loaded.next_update:%Y-%m-%d};"
            f" since {latest:%Y-%m-%d} they are too old to be used. {_WAY_OUT}"
        )


def refresh(
    *,
    folder: pathlib.Path,
    fetch: Fetch,
    at: datetime.datetime,
    scope: Scope = Scope(),  # noqa: B008 - a value that never changes
) -> Refreshed:
    """Fetch the lists, verify them, and only then put them in the place of the last good copy.

    Whatever goes wrong, the copy stays as it was and the reason is kept beside it. Safe to call
    daily, by several processes, and to interrupt.
    """
    fetched: dict[str, bytes] = {}

    def remembered(address: str) -> bytes:
        fetched[address] = fetch(address)
        return fetched[address]

    try:
        checked = checking.check(scope, fetch=remembered)
        _require_progress(checked.lists, before=_lists_of_copy(folder, scope), at=at)
        if not any(service.qualified for service in checked.services):
            raise ListRefused("The lists name no service that issues qualified certificates.")  # noqa: TRY301 - one place keeps every reason
        copies.replace(folder, Copy(files=fetched, fetched_at=at))
        outcome = Refreshed(lists=checked.lists)
    except ListRefused as error:
        outcome = Refreshed(failure=str(error))
    except OSError as error:
        outcome = Refreshed(failure=f"{folder} cannot be written: {error.strerror}.")
    _note(folder, outcome, at)
    return outcome


def _material(checked: Checked, scope: Scope, fetched_at: datetime.datetime) -> TrustMaterial:
    qualified = tuple(service for some in checked.services for service in some.qualified)
    ends = dict.fromkeys(each.certificate for each in qualified if each.for_signatures)
    timestamping = dict.fromkeys(each for some in checked.services for each in some.timestamping)
    return TrustMaterial(
        roots=tuple(ends),
        tsa_roots=tuple(timestamping),
        qualified=qualified,
        source=f"the trusted lists of {', '.join(scope.countries)}",
        as_of=fetched_at,
    )


def _lists_of_copy(folder: pathlib.Path, scope: Scope) -> Sequence[ListFacts]:
    """Give what the copy before holds; nothing where there is none, or none for this scope."""
    try:
        return load(folder=folder, scope=scope).lists
    except TrustUnavailable:
        return ()


def _require_progress(
    lists: Sequence[ListFacts], *, before: Sequence[ListFacts], at: datetime.datetime
) -> None:
    """Refuse lists from the future, and older ones than those that we have."""
    known = {each.territory: each.sequence for each in before}
    for each in lists:
        if each.issued > at + _CLOCKS_APART:
            raise ListRefused(f"The list of {each.territory} is issued in the future.")
        if each.sequence < known.get(each.territory, 0):
            raise ListRefused(
                f"The list of {each.territory} is number {each.sequence},"
                f" older than number {known[each.territory]} that we have."
            )


def _note(folder: pathlib.Path, outcome: Refreshed, at: datetime.datetime) -> None:
    failure = None if outcome.succeeded else LastFailure(at=at, reason=outcome.failure)
    lists = [
        {
            "territory": each.territory,
            "sequence": each.sequence,
            "issued": each.issued.isoformat(),
            "next_update": each.next_update.isoformat(),
        }
        for each in outcome.lists
    ]
    copies.note(folder, failure=failure, lists=lists, at=at)
