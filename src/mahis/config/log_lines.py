"""What stands in the log of a service: one line for what others did wrong, a trace for ours."""

import logging

_OTHERS = "django.security."


class Brief(logging.Filter):
    """Drops the trace where somebody sent what cannot be taken: it leads to no fault of ours.

    Anybody can send such requests, so each must not cost the log more than a line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, shortened where it is about a request like that."""
        if record.name.startswith(_OTHERS):
            record.exc_info = record.exc_text = None
        return True
