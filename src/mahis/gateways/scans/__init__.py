"""Scans of authorisations signed by hand, and other documents that people send."""

from mahis.gateways.scans.scans import MOST_PAGES, Scans

__all__ = ["MOST_PAGES", "Scans"]
