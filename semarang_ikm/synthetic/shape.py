"""What every synthetic row draws from: one random source, one today, shares of states and dates."""

import datetime
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from semarang_ikm.shared.choices import PublicationStatus
from sentra.models import Source


@dataclass
class Shape:
    """`today` is an argument, so that one seed gives the same rows for the same day."""

    rng: Random
    today: datetime.date
    officer: User
    source: Source
    _midnight: datetime.datetime = field(init=False)

    def __post_init__(self) -> None:
        self._midnight = timezone.make_aware(datetime.datetime.combine(self.today, datetime.time.min))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def days_ago(self, days: int) -> datetime.date:
        return self.today - datetime.timedelta(days=days)

    def publication(self, published: float) -> dict[str, Any]:
        """Status and date: this share published, the rest drafts, rows in review and archived ones."""
        drawn = self.rng.random()
        left = 1 - published
        if drawn < published:
            status = PublicationStatus.PUBLISHED
        elif drawn < published + left * 0.4:
            return {"status": PublicationStatus.DRAFT}
        elif drawn < published + left * 0.6:
            return {"status": PublicationStatus.IN_REVIEW}
        else:
            status = PublicationStatus.ARCHIVED
        since = self._midnight - datetime.timedelta(minutes=self.rng.randrange(3 * 365 * 24 * 60))
        return {"status": status, "published_at": since}

    def checked(self, share: float) -> dict[str, Any]:
        """Who compared the row with reality, and when; or nothing."""
        if not self.chance(share):
            return {}
        return {"checked_on": self.days_ago(self.rng.randrange(500)), "checked_by_id": self.officer.pk}
