"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from sentra.models import OfficeProfile


def site(request: HttpRequest) -> dict[str, Any]:
    """`office` (read when first used), `site_url`, `language`, `twin_url`: this page in the other language."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "office": SimpleLazyObject(OfficeProfile.load),
        "site_url": settings.SITE_URL,
        "language": language,
        "twin_language": "id" if language == "en" else "en",
        "twin_url": SimpleLazyObject(lambda: _twin(request, "id" if language == "en" else "en")),
    }


def _twin(request: HttpRequest, language: str) -> str:
    return translate_url(request.get_full_path(), language)
