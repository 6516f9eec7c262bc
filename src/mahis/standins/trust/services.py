"""The services that stand in certificates: OCSP, CRL, timestamps, certificates of authorities."""

import contextlib
import datetime
import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, PKIArchitecture

from mahis.standins.serving import listen
from mahis.standins.serving import serving as answering
from mahis.standins.trust.authority import LABEL, Authority

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: A short address for timestamps, beside the one that certomancer gives.
TSA = "/tsa"

_LOG = logging.getLogger(__name__)


class Services:
    """Answers for an authority, at the time of the clock or at a moment."""

    def __init__(self, authority: Authority, *, at: datetime.datetime | None = None) -> None:
        self._timestamps = authority.tsa_url.removeprefix(authority.address)
        self._animator = Animator(
            _Living(authority), at_time=at, with_web_ui=False, allow_time_override=False
        )

    @staticmethod
    def answers(path: str) -> bool:
        """Say whether an address is one of the services'."""
        return path == TSA or path.startswith(f"/{LABEL}/")

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request; what cannot be read is the asker's mistake."""
        if environ["PATH_INFO"] == TSA:
            environ["PATH_INFO"] = self._timestamps
        try:
            answer: Iterable[bytes] = self._animator(environ, start_response)
        except (ValueError, TypeError, KeyError) as error:
            _LOG.info("refused a request for %s (%s)", environ["PATH_INFO"], type(error).__name__)
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"This request cannot be understood.\n"]
        return answer


class _Living(AnimatorArchStore):
    """The authority as it is when asked, with everybody who was added since."""

    def __init__(self, authority: Authority) -> None:
        super().__init__({})
        self._authority = authority

    def __getitem__(self, arch: ArchLabel) -> PKIArchitecture:
        self.architectures = {self._authority.arch.arch_label: self._authority.arch}
        return super().__getitem__(arch)


@contextlib.contextmanager
def serving(
    authority: Authority, *, port: int, at: datetime.datetime | None = None
) -> Iterator[str]:
    """Run the services in a thread while the block lasts; gives their address."""
    with answering(listen(host="127.0.0.1", port=port), Services(authority, at=at)):
        yield authority.address
