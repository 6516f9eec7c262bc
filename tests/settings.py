"""The settings under which tests and the type checker load the house."""

import os

os.environ.setdefault("MAHIS_ENV", "test")

# A browser's driver keeps an event loop in the thread of the tests, which Django takes for an
# asynchronous request; neither the tests nor the service ever run one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from mahis.config.settings import *  # noqa: F403
