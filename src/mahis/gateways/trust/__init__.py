"""Whom we trust when signatures are judged: trusted lists, or a folder of pinned roots."""

from mahis.gateways.trust.folders import from_folder
from mahis.gateways.trust.material import QualifiedService, TrustMaterial
from mahis.gateways.trust.refusals import TrustUnavailable

__all__ = ["QualifiedService", "TrustMaterial", "TrustUnavailable", "from_folder"]
