"""Texts in two languages: a missing translation falls back and says so."""

from types import SimpleNamespace

from django.utils import translation

from semarang_ikm.shared.bilingual import in_language, is_untranslated

BOTH = SimpleNamespace(name="Kerupuk", name_en="Crackers")
ONE = SimpleNamespace(name="Kerupuk", name_en="")
NONE = SimpleNamespace(name="", name_en="")


def test_the_page_language_decides() -> None:
    assert in_language(BOTH, "name") == "Kerupuk"
    with translation.override("en"):
        assert in_language(BOTH, "name") == "Crackers"
    assert in_language(BOTH, "name", "en") == "Crackers"


def test_what_is_not_translated_is_shown_in_indonesian_and_marked() -> None:
    with translation.override("en"):
        assert in_language(ONE, "name") == "Kerupuk"
        assert is_untranslated(ONE, "name")
        assert not is_untranslated(BOTH, "name")
        assert not is_untranslated(NONE, "name")
    assert not is_untranslated(ONE, "name")
