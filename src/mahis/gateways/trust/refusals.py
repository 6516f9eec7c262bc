"""Why nobody can be trusted just now: the configured trust cannot be read, or is too old."""

from mahis.domain.refusals import Refused


class TrustUnavailable(Refused):
    """Signatures cannot be judged (`reason` says why and the way out, for operators only)."""

    code = "trustUnavailable"

    def __str__(self) -> str:
        return str(self.found.get("reason", self.code))
