"""Today, where the office is."""

import datetime

from django.utils import timezone


def today() -> datetime.date:
    """The date in Asia/Jakarta (settings.TIME_ZONE), which every rule with a date means by "today"."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
