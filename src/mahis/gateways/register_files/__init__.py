"""Files that registers give us: KBO Open Data extracts, and our own in the same conventions."""

from mahis.gateways.register_files.bundle import (
    Bundle,
    Extract,
    ExtractKind,
    Part,
    Treatment,
    opened,
    rows_of,
)
from mahis.gateways.register_files.layouts import Column, Layout, Target
from mahis.gateways.register_files.reading import Progress
from mahis.gateways.register_files.refusal import FileRefused

__all__ = [
    "Bundle",
    "Column",
    "Extract",
    "ExtractKind",
    "FileRefused",
    "Layout",
    "Part",
    "Progress",
    "Target",
    "Treatment",
    "opened",
    "rows_of",
]
