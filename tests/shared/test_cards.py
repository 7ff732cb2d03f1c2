"""Share cards: legible with any name, small, the same for the same content, drawn one at a time."""

import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from semarang_ikm.shared import fonts
from semarang_ikm.shared.cards import HEIGHT, WIDTH, Card, drawing, lettering, store
from semarang_ikm.shared.kept_files import Busy
from sentra.choices import Pattern

NAMES = [
    "Tas",
    "Batik Warna Alam Malon",
    "Kelompok Usaha Bersama Perajin Kulit Lumpia dan Makanan Ringan Khas Kranggan Dalam Semarang Tengah Sejahtera Abadi",
    "W" * 120,
    "ꦧꦛꦶꦏ꧀ 蜡染 مرحبا Ünïçøde 🧵",
    '<b>"Sari & Rasa"</b>',
]
BUDGET = 100_000


@pytest.fixture(autouse=True)
def var(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def card(title: str = "Batik Malon", **changes) -> Card:
    fields = {"kind": "sentra", "key": "S-07", "place": "Gunungpati, Gunungpati", "label": "Sentra industri · Batik"}
    return Card(title=title, **{**fields, **changes})


def opened(picture: bytes) -> Image.Image:
    image = Image.open(BytesIO(picture))
    image.load()
    return image


@pytest.mark.parametrize("title", NAMES, ids=range(len(NAMES)))
def test_any_name_gives_a_small_picture_of_the_right_size(title: str) -> None:
    picture = drawing.draw(card(title))
    assert opened(picture).size == (WIDTH, HEIGHT)
    assert opened(picture).format == "PNG"
    assert len(picture) < BUDGET


@pytest.mark.parametrize("title", NAMES, ids=range(len(NAMES)))
def test_no_name_runs_into_the_arch(title: str) -> None:
    size, lines = lettering.fit(title, lettering.SERIF, drawing.TITLE_SIZES, drawing.WORDS_WIDTH, drawing.TITLE_LINES)
    assert size in drawing.TITLE_SIZES
    assert 1 <= len(lines) <= drawing.TITLE_LINES
    assert all(line.width <= drawing.WORDS_WIDTH for line in lines)


def test_a_name_that_is_cut_says_so() -> None:
    _size, lines = lettering.fit("kata " * 80, lettering.SERIF, (42,), 640, 4)
    assert lines[-1].words[-1][0].endswith("…")


def test_letters_that_the_first_font_lacks_come_from_another() -> None:
    if "NotoSansJavanese-Regular" not in fonts.installed_files():
        pytest.skip("no font with other scripts is installed")
    latin = lettering.writer("Batik", lettering.SERIF, 40)
    javanese = lettering.writer("ꦧꦛꦶꦏ꧀", lettering.SERIF, 40)
    assert latin.getname() != javanese.getname()


def test_a_machine_without_fonts_draws_with_pillows_own(monkeypatch) -> None:
    monkeypatch.setattr(lettering, "installed_files", dict)
    lettering._open.cache_clear()
    lettering._name_of_writer.cache_clear()
    try:
        assert len(drawing.draw(card(NAMES[2]))) < BUDGET
    finally:
        lettering._open.cache_clear()
        lettering._name_of_writer.cache_clear()


def test_a_photo_takes_the_place_of_the_pattern() -> None:
    grain = Image.effect_noise((2400, 1800), 90).convert("RGB")
    content = BytesIO()
    grain.save(content, "JPEG", quality=90)
    name = default_storage.save("foto/aa/ramai.jpg", ContentFile(content.getvalue()))
    picture = drawing.draw(card(photo=name))
    assert opened(picture).format == "JPEG"
    assert opened(picture).size == (WIDTH, HEIGHT)
    assert len(picture) < BUDGET, "even the busiest photo"


@pytest.mark.parametrize("content", [None, b"not a picture", b"\xff\xd8\xff\xe0 cut"])
def test_a_missing_or_broken_photo_leaves_the_pattern(content: bytes | None) -> None:
    name = default_storage.save("foto/aa/rusak.jpg", ContentFile(content)) if content else "foto/aa/hilang.jpg"
    assert opened(drawing.draw(card(photo=name))).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("pattern", [*Pattern.values, "lawang"])
def test_every_pattern_has_a_tile_of_its_present_drawing(pattern: str, settings) -> None:
    svg = (settings.BASE_DIR / f"static/patterns/{pattern}.svg").read_bytes()
    tile = Image.open(drawing.TILES / f"{pattern}.png")
    assert tile.info["source"] == hashlib.sha256(svg).hexdigest(), "run scripts/draw_tiles.py"
    assert tile.info["colour"] in svg.decode().lower()
    assert len(drawing.draw(card(patterns=(pattern,)))) < BUDGET


def test_the_icons_are_of_the_present_mark(settings) -> None:
    svg = (settings.BASE_DIR / "static/patterns/mark.svg").read_bytes()
    icons = settings.BASE_DIR / "static" / "icons"
    touch = Image.open(icons / "apple-touch-icon.png")
    assert touch.size == (180, 180)
    assert touch.info["source"] == hashlib.sha256(svg).hexdigest(), "run scripts/draw_tiles.py"
    assert Image.open(icons / "favicon.ico").size == (32, 32)
    assert sum(path.stat().st_size for path in icons.iterdir()) < 5_000


class TestAddress:
    def test_whatever_is_seen_is_in_the_hash(self) -> None:
        one = card()
        others = [
            card("Batik Kampung"),
            card(place="Mijen, Mijen"),
            card(label="Usaha"),
            card(patterns=("asem",)),
            card(patterns=("batik",)),
            card(photo="foto/aa/a.jpg"),
            card(key="S-08"),
        ]
        assert card().digest == one.digest
        assert one.digest not in {other.digest for other in others if other != one}

    def test_the_ending_says_what_it_is(self) -> None:
        assert card().url.endswith(".png")
        assert card(photo="foto/aa/a.jpg").url.endswith(".jpg")


class TestStore:
    def test_a_card_is_drawn_once(self) -> None:
        asked = []
        for _ in range(3):
            assert store.picture_of(card(), lambda which: asked.append(which) or b"drawn") == b"drawn"
        assert asked == [card()]

    def test_a_crowd_of_new_cards_takes_no_more_than_two_threads(self) -> None:
        def second(which: Card) -> bytes:
            with pytest.raises(Busy):
                store.picture_of(card("third"), lambda _card: b"never")
            return b"second"

        held = store._seats.acquire(blocking=False)
        try:
            assert held
            assert store.picture_of(card("second"), second) == b"second"
        finally:
            store._seats.release()

    def test_a_failed_drawing_gives_its_seat_back(self) -> None:
        def fail(which: Card) -> bytes:
            raise OSError("full")

        for _ in range(3):
            with pytest.raises(OSError, match="full"):
                store.picture_of(card(), fail)
        assert store.picture_of(card(), lambda _card: b"drawn") == b"drawn"

    def test_the_folder_stays_bounded(self, monkeypatch) -> None:
        monkeypatch.setattr(store.pictures, "max_files", 3)
        for age, title in enumerate("abcd"):
            store.picture_of(card(title), lambda _card: b"x")
            path = store.pictures.folder / card(title).file_name
            os.utime(path, (path.stat().st_mtime - 100 * (10 - age),) * 2)
        store.picture_of(card("e"), lambda _card: b"x")
        names = {path.name for path in store.pictures.folder.glob("*.png")}
        assert names == {card(title).file_name for title in "cde"}
