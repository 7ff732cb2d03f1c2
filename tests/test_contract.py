"""docs/contract.md and the code say the same."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import reverse
from django.utils import translation

from products.matching import PRICE_BANDS
from semarang_ikm.shared.list_request import KEYS, REPEATABLE
from semarang_ikm.shared.listing import PRINT_LIMIT
from sentra.filters import IkmCatalog, SentraCatalog
from tests.page_kinds import NOT_PAGES, named

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
ARGUMENTS = {
    "SLUG": "s",
    "KEC": "k",
    "KEL": "l",
    "CODE": "S-07",
    "KIND": "sentra",
    "HASH": "0a1b",
    "ENDING": "png",
    "SECTION": "pages",
    "DATASET": "produk",
    "FORM": "csv",
    "ID": "P-112",
    "TAHUN": "2027",
    "EDITION": "E-2026-2",
    "KEY": "0a1b",
}


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, cells without their back-ticks."""
    section = CONTRACT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(("name", "indonesian", "english"), table("Addresses"))
def test_every_address_is_what_the_contract_says(name: str, indonesian: str, english: str) -> None:
    for language, written in (("id", indonesian), ("en", english)):
        if written:
            words = re.findall(r"[A-Z]+", written)
            expected = re.sub(r"[A-Z]+", lambda found: ARGUMENTS[found.group()], written)
            with translation.override(language):
                assert reverse(name, args=[ARGUMENTS[word] for word in words]) == expected


def test_no_page_has_an_address_outside_the_contract() -> None:
    from semarang_ikm.urls import urlpatterns

    written = {row[0] for row in table("Addresses")}
    not_pages = {"media", "set_language"}
    assert _names(urlpatterns) - not_pages == written


def test_every_address_is_walked_by_the_proofs_or_is_said_to_be_no_page() -> None:
    """axe, weights, the narrow screen and the others see what tests/page_kinds.py names, and nothing else."""
    from semarang_ikm.urls import urlpatterns

    assert _names(urlpatterns) - named() - set(NOT_PAGES) == set(), "give it a line in tests/page_kinds.py"
    assert (named() | set(NOT_PAGES)) - _names(urlpatterns) == set(), "its line in tests/page_kinds.py leads nowhere"
    assert not named() & set(NOT_PAGES)


def _names(patterns: list) -> set[str]:
    found = set()
    for pattern in patterns:
        if getattr(pattern, "app_name", None) == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            found |= _names(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


def test_keys_and_their_order() -> None:
    rows = table("Keys of lists")
    assert tuple(row[0] for row in rows) == KEYS
    assert tuple(row[0] for row in rows if row[2] == "yes") == REPEATABLE


def test_values_that_addresses_carry() -> None:
    meaning = {row[0]: row[1] for row in table("Keys of lists")}
    assert [value for value in re.findall(r"`([^`]+)`", meaning["harga"]) if "-" in value] == list(PRICE_BANDS)
    sorts = re.findall(r"`([^`]+)`", meaning["urut"])
    assert set(sorts) == set(SentraCatalog.sorts)
    assert set(sorts) - {"usaha"} == set(IkmCatalog.sorts)
    assert f"{PRINT_LIMIT:,} rows" in meaning["cetak"]


def test_certificate_kinds_are_those_that_ship() -> None:
    written = re.findall(r"`([a-z-]+)`", CONTRACT.split("Certificate kinds:")[1].split("Whatever")[0])
    shipped = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "fixtures").rglob("*") if path.is_file())
    assert written == ["halal", "p-irt", "bpom-md", "sni", "merek", "batikmark", "tkdn-ik", "haccp"]
    assert [slug for slug in written if slug not in shipped] == []


@pytest.mark.parametrize("row", table("Hooks in the HTML"), ids=lambda row: row[0])
def test_every_hook_is_in_a_template(row: list[str]) -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    for hook in re.findall(r"data-[a-z-]+|#[a-z-]+(?=[ \[]|`)", row[0]):
        expected = f'id="{hook[1:]}"' if hook.startswith("#") else hook
        assert expected in templates, hook


def test_commands_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name, _what in table("Commands and settings"):
        kind, command = name.strip("`").split()
        if kind == "make":
            assert re.search(rf"^{command}:", makefile, re.MULTILINE), name
        else:
            assert command in get_commands(), name


def test_settings_are_read_from_the_environment() -> None:
    settings = (ROOT / "semarang_ikm" / "settings.py").read_text(encoding="utf-8")
    listed = CONTRACT.split("from the environment or `.env`:")[1].split(". ")[0]
    names = re.findall(r"`([A-Z_]+)`", listed)
    assert len(names) == 5
    assert [name for name in names if f'"{name}"' not in settings] == []
