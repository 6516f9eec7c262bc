"""Whom we trust when signatures are judged: trusted lists, or a folder of pinned roots."""

from mahis.gateways.trust.folders import from_folder
from mahis.gateways.trust.lists import Refreshed, from_lists
from mahis.gateways.trust.loading import TrustStatus, current, refresh, status
from mahis.gateways.trust.material import QualifiedService, TrustMaterial
from mahis.gateways.trust.packing import pack, unpack
from mahis.gateways.trust.qualifying import is_listed
from mahis.gateways.trust.refusals import TrustUnavailable
from mahis.gateways.trust.settings import TrustSettings

__all__ = [
    "QualifiedService",
    "Refreshed",
    "TrustMaterial",
    "TrustSettings",
    "TrustStatus",
    "TrustUnavailable",
    "current",
    "from_folder",
    "from_lists",
    "is_listed",
    "pack",
    "refresh",
    "status",
    "unpack",
]
