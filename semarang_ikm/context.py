"""What every template may use."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from semarang_ikm.sharing import site_card
from sentra.data_version import kept
from sentra.models import OfficeProfile, Sentra


def site(request: HttpRequest) -> dict[str, Any]:
    """What `base.html` needs; the last three cost a query or a look-up, and only when used.

    `site_url`, `language`, `twin_language`, `card` (the site's; a page of a record gives its own),
    `office` (OfficeProfile), `twin_url` (this page in the other language,
    "" when it has none), `data_updated` (when a public sentra was last written, or None).
    """
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "office": SimpleLazyObject(_office),
        "site_url": settings.SITE_URL,
        "language": language,
        "card": SimpleLazyObject(site_card),
        "twin_language": "id" if language == "en" else "en",
        "twin_url": SimpleLazyObject(lambda: _twin(request, "id" if language == "en" else "en")),
        "data_updated": SimpleLazyObject(_last_written),
    }


def _twin(request: HttpRequest, language: str) -> str:
    here = request.get_full_path()
    twin = translate_url(here, language)
    return twin if twin != here else ""


_office = kept(OfficeProfile.load)


@kept
def _last_written() -> datetime | None:
    return Sentra.objects.published().aggregate(newest=Max("updated_at"))["newest"]
