"""Hostile and wrong files, all made here: the table of what must be refused, and why."""

from tests.hostile import (
    ambiguous,
    changed,
    costly,
    coverage,
    damaged,
    encrypted,
    moved,
    not_pdfs,
    people,
    proofs,
    scripts,
    shadows,
    values,
)
from tests.hostile.registry import FILES, HostileFile
from tests.hostile.scene import DAY, Scene, scene

__all__ = [
    "DAY",
    "FILES",
    "HostileFile",
    "Scene",
    "ambiguous",
    "changed",
    "costly",
    "coverage",
    "damaged",
    "encrypted",
    "moved",
    "not_pdfs",
    "people",
    "proofs",
    "scene",
    "scripts",
    "shadows",
    "values",
]
