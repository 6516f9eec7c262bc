"""The settings under which tests and the type checker load the house."""

import os

os.environ.setdefault("MAHIS_ENV", "test")

from mahis.config.settings import *  # noqa: F403
