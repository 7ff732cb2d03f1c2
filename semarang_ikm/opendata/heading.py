"""What every file says of itself: what it is, from whom and when, of which selection, under which licence."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from semarang_ikm.opendata.dataset import Selection
from semarang_ikm.opendata.kinds import MOMENT
from semarang_ikm.opendata.licence import Licence, licence_of
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.structured import absolute
from sentra.models import OfficeProfile

SITE_NAME = "Sentra Semarang"


@dataclass
class Heading:
    """Of one file, at the moment when it is asked for."""

    selection: Selection
    made_at: datetime

    @classmethod
    def of(cls, selection: Selection) -> "Heading":
        return cls(selection, timezone.now())

    @cached_property
    def office(self) -> OfficeProfile:
        return OfficeProfile.load()

    @property
    def publisher(self) -> str:
        return self.office.name or SITE_NAME

    @property
    def licence(self) -> Licence | None:
        return licence_of(self.office)

    @property
    def page(self) -> str:
        """Where this selection is explained and can be had again."""
        with translation.override(settings.LANGUAGE_CODE):
            return absolute(reverse("dataset", args=[self.selection.dataset.name])) + self.selection.query_string

    def metadata(self) -> dict[str, Any]:
        """For machines. A licence only where one was granted."""
        dataset, asked = self.selection.dataset, self.selection.asked
        title, title_en = in_both(dataset.title)
        about, about_en = in_both(dataset.about)
        described: dict[str, Any] = {
            "dataset": dataset.name,
            "title": title,
            "title_en": title_en,
            "description": about,
            "description_en": about_en,
            "publisher": self.publisher,
            "page": self.page,
            "generated_at": MOMENT.to_json(self.made_at),
            "filters": {**({"q": asked.q} if asked.q else {}), **{key: list(v) for key, v in asked.selection.items()}},
            "ignored": list(asked.ignored),
        }
        if (licence := self.licence) is not None:
            described["license"] = {"name": licence.name, "url": licence.url, "since": licence.since.isoformat()}
            described["attribution"] = licence.attribution or self.publisher
        return described

    def file_name(self, suffix: str) -> str:
        part = "-saringan" if self.selection.query_string else ""
        day = timezone.localtime(self.made_at, timezone.get_default_timezone()).date()
        return f"sentra-semarang-{self.selection.dataset.name}{part}-{day.isoformat()}.{suffix}"
