"""All signatures of a file: the last first, since a timestamp proves when the others were there."""

import contextlib
import dataclasses
import datetime
from typing import Any

from pyhanko_certvalidator.registry import SimpleTrustManager

from mahis.domain.signature_evidence import SEAL_FIELD, TIMESTAMP_FIELD
from mahis.gateways.pdf_signatures import certificate_facts, cms_facts
from mahis.gateways.pdf_signatures.cms_facts import Made
from mahis.gateways.pdf_signatures.paths import Followed, Follower
from mahis.gateways.pdf_signatures.structure import Placed
from mahis.gateways.pdf_signatures.trusted import Trust

Facts = dict[str, Any]

_SEAL, _TIMESTAMP, _PERSON = "seal", "timestamp", "person"
_UNFOLLOWED = Followed(state="unknownIssuer")
#: How far a clock that gives timestamps may be ahead of ours.
_AHEAD = datetime.timedelta(minutes=5)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """How a file is to be read."""

    #: Our reception.
    at: datetime.datetime
    stamp: str
    fetch: bool
    #: Whether it must be a form that the register sealed, as opposed to any PDF.
    is_form: bool
    allow_sha1: bool
    #: Policies that make a certificate a qualified one.
    policies: frozenset[str]

    @classmethod
    def of(cls, header: Facts) -> "Settings":
        """Read what the parent said."""
        return cls(
            at=datetime.datetime.fromisoformat(header["at"]),
            stamp=header["stamp"],
            fetch=header["fetch"],
            is_form=header["isForm"],
            allow_sha1=header["allowSha1"],
            policies=frozenset(header["policies"]),
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Moments:
    """What is known of when a signature was made, before it is looked at."""

    #: Before which moment; None where nothing proves it.
    proven: datetime.datetime | None
    #: After which moment, by the timestamps that it signs; None where it signs none.
    since: datetime.datetime | None


def _since(before: list[tuple[Placed, str, Made | None]]) -> datetime.datetime | None:
    times = [
        made.time
        for _, kind, made in before
        if kind == _TIMESTAMP and made is not None and made.intact and made.time is not None
    ]
    return max(times, default=None)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judge:
    """Says of each signature of one file what is known."""

    settings: Settings
    trust: Trust
    follower: Follower

    def all(self, placed: list[Placed]) -> list[Facts]:
        """Give the facts of all signatures, in the order in which they were made."""
        kinds = [self._kind(each, index) for index, each in enumerate(placed)]
        made = [self._made(each, kind) for each, kind in zip(placed, kinds, strict=True)]
        for read in filter(None, made):
            self._register(read)
        #: The moment before which everything judged from here on is proven to have been there.
        proven: datetime.datetime | None = None
        found = []
        signatures = list(zip(placed, kinds, made, strict=True))
        for index, (each, kind, signature) in reversed(list(enumerate(signatures))):
            since = _since(signatures[:index])
            facts = self._one(each, kind, signature, _Moments(proven=proven, since=since))
            found.append(facts)
            if kind == _TIMESTAMP and "provenAt" in facts:
                time = datetime.datetime.fromisoformat(facts["provenAt"])
                proven = min(filter(None, (proven, time)))
        return list(reversed(found))

    def sealed_length(self, placed: list[Placed], facts: list[Facts]) -> int | None:
        """Give the end of the revision in which a seal at the beginning was timestamped."""
        fields = [each.field for each in placed[:2]]
        if fields != [SEAL_FIELD, TIMESTAMP_FIELD] or not self.settings.is_form:
            return None
        kinds = [each["kind"] for each in facts[:2]]
        if kinds != [_SEAL, _TIMESTAMP] or not all(map(_is_whole, facts[:2])):
            return None
        return placed[1].end if placed[1].revision == placed[0].revision + 1 else None

    def _kind(self, placed: Placed, index: int) -> str:
        if placed.embedded is None:
            return _PERSON
        if placed.embedded.sig_object_type == "/DocTimeStamp":
            return _TIMESTAMP
        certifies = placed.embedded.docmdp_level is not None
        is_seal = self.settings.is_form and placed.field == SEAL_FIELD and certifies
        return _SEAL if is_seal and index == 0 else _PERSON

    def _made(self, placed: Placed, kind: str) -> Made | None:
        if placed.embedded is None:
            return None
        read = cms_facts.of_timestamp if kind == _TIMESTAMP else cms_facts.of_signature
        try:
            return read(placed.embedded)
        except MemoryError:
            raise
        except Exception as failure:  # noqa: BLE001 - a hostile signature makes libraries raise anything
            placed.detail = type(failure).__name__
            return None

    def _register(self, made: Made) -> None:
        for certificate in (made.signer, *made.others):
            # One whose name is no text leads nowhere, and keeps the others from nothing.
            with contextlib.suppress(ValueError):
                self.follower.registry.register(certificate)
        for each in made.timestamps:
            self._register(each)

    def _one(self, placed: Placed, kind: str, made: Made | None, moments: "_Moments") -> Facts:
        proven = moments.proven
        at = min(proven or self.settings.at, self.settings.at)
        if made is None:
            return self._facts(placed, kind, None, _UNFOLLOWED, at)
        if kind != _TIMESTAMP:
            for token in made.timestamps:
                if self._is_proof(token, at, moments.since):
                    proven = min(filter(None, (proven, token.time)))
            at = min(proven or at, at)
        followed = self._follow(made, kind, at)
        facts = self._facts(placed, kind, made, followed, at)
        if kind == _TIMESTAMP and self._proves(facts, made):
            facts["provenAt"] = facts.pop("claimedAt")
        elif kind != _TIMESTAMP and proven is not None:
            facts["provenAt"] = proven.isoformat()
        return facts

    def _facts(
        self,
        placed: Placed,
        kind: str,
        made: Made | None,
        followed: Followed,
        at: datetime.datetime,
    ) -> Facts:
        facts: Facts = {
            "field": placed.field,
            "kind": kind,
            "intact": made is not None and made.intact,
            "covers": placed.covers,
            "end": placed.end if placed.covers else None,
            "digest": made.digest if made else "",
            "weak": sorted((made.weak if made else frozenset()) | followed.weak),
            "path": followed.state,
            "root": followed.root,
            "revocation": followed.revocation,
            "judgedAt": at.isoformat(),
            "detail": placed.detail or followed.detail,
            "permits": self._permits(placed),
        }
        if made is not None:
            facts["certificate"] = self._certificate(made, followed, at)
            if made.time is not None:
                facts["claimedAt"] = made.time.isoformat()
        return facts

    def _certificate(self, made: Made, followed: Followed, at: datetime.datetime) -> Facts:
        facts = certificate_facts.facts(made.signer)
        facts["qualification"] = certificate_facts.qualification(
            made.signer,
            issuers=list(followed.issuers),
            trust=self.trust,
            policies=self.settings.policies,
            at=at,
        )
        return facts

    def _permits(self, placed: Placed) -> int | None:
        level = placed.embedded.docmdp_level if placed.embedded else None
        return None if level is None else int(level.value)

    def _anchors(self, kind: str) -> SimpleTrustManager:
        if kind == _TIMESTAMP:
            return self.trust.timestamps
        if not self.settings.is_form:
            return self.trust.anything
        return self.trust.seals if kind == _SEAL else self.trust.people

    def _follow(self, made: Made, kind: str, at: datetime.datetime) -> Followed:
        followed = self._followed(made, kind, at)
        asks_nobody = self.follower.ask is None
        if kind == _TIMESTAMP and followed.state == "revocationUnknown" and asks_nobody:
            # Answers in a file cannot be younger than its last timestamp: they bear on that.
            followed = self._followed(made, kind, min(made.time or at, at))
        if kind == _TIMESTAMP and followed.state == "trusted" and not _may_stamp(made):
            return dataclasses.replace(followed, state="unacceptable", detail="noTimestamps")
        return followed

    def _followed(self, made: Made, kind: str, at: datetime.datetime) -> Followed:
        return self.follower.follow(
            made.signer, anchors=self._anchors(kind), at=at, stored=made.stored
        )

    def _is_proof(
        self, token: Made, at: datetime.datetime, since: datetime.datetime | None
    ) -> bool:
        """Say whether a timestamp on a signature proves when that was there.

        One that is older than what was signed is of something else, whatever it says.
        """
        if not token.intact or token.time is None or token.time > self.settings.at + _AHEAD:
            return False
        if since is not None and token.time < since - _AHEAD:
            return False
        followed = self._follow(token, _TIMESTAMP, at)
        return followed.state == "trusted" and self._is_sound(token.weak | followed.weak)

    def _proves(self, facts: Facts, made: Made) -> bool:
        """Say whether a document timestamp proves when all before it was there."""
        return (
            _is_whole(facts)
            and facts["path"] == "trusted"
            and made.time is not None
            and made.time <= self.settings.at + _AHEAD
            and self._is_sound(frozenset(facts["weak"]))
        )

    def _is_sound(self, weak: frozenset[str]) -> bool:
        return not weak - ({"sha1"} if self.settings.allow_sha1 else set())


def _is_whole(facts: Facts) -> bool:
    return bool(facts["intact"] and facts["covers"])


def _may_stamp(made: Made) -> bool:
    """Say whether a certificate is for timestamps."""
    usage = made.signer.extended_key_usage_value
    return usage is not None and "time_stamping" in usage.native
