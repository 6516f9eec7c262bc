"""The one place that asks what time it is; everything below a door is told."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """Give this moment, aware of its time zone."""
    return timezone.now()


def today() -> datetime.date:
    """Give the day that it is in Belgium, or where MAHIS_TIME_ZONE says."""
    return timezone.localdate()
