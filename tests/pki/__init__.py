"""A throw-away public key infrastructure for tests, described in `pki.yml`.

`from tests.pki import pki` and then `pki()`: one for each process, made when first asked for. Keys
live in memory only.
"""

from tests.pki.practice import Pki, pki

__all__ = ["Pki", "pki"]
