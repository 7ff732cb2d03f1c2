"""Texts in two languages: every public text has a column `name` (Indonesian) and `name_en` (English)."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, override

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def is_english() -> bool:
    return get_language() == "en"


def in_language(record: Any, field: str, language: str | None = None) -> str:
    """The text of `field` in `language` (default: the active one), falling back to Indonesian."""
    language = language or get_language() or "id"
    if language == "en" and (text := getattr(record, f"{field}_en", "")):
        return str(text)
    return str(getattr(record, field))


def is_untranslated(record: Any, field: str) -> bool:
    """Whether the active language must show the Indonesian text, which the page then marks with lang="id"."""
    return is_english() and bool(getattr(record, field)) and not getattr(record, f"{field}_en", "")


def in_both(text: "StrOrPromise") -> tuple[str, str]:
    """A text of the code in Indonesian and in English."""
    found = []
    for language in ("id", "en"):
        with override(language):
            found.append(str(text))
    return found[0], found[1]
