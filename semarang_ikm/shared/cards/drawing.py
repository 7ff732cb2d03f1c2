"""Draws a share card: words on paper at the left, an arch with a photo or a pattern at the right."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFile, ImageOps

from semarang_ikm.shared.cards import lettering
from semarang_ikm.shared.cards.card import HEIGHT, WIDTH, Card

TILES = Path(__file__).resolve().parent / "tiles"
SITE_NAME = "Sentra Semarang"
PAPER, CLOTH = "#fffdf8", "#f6efe2"
INK, GREY, INDIGO, BARK = "#1f1a16", "#574e45", "#1d3b66", "#7a3e12"
MARGIN = 72
# Where the words end and the arches begin, with air between (px).
ARCHES, WORDS_WIDTH = 760, 640
ARCH_TOP, ARCH_FOOT, ARCH_GAP, RIM = 64, HEIGHT, 18, 10
TITLE_SIZES, TITLE_LINES = (76, 70, 64, 58, 52, 47, 42), 4
LEADING = 1.14
PLACE_SIZES, LABEL_SIZES = (34, 31, 28, 25), (27, 25, 23)
COLOURS = 64
MAX_BYTES = 96 * 1024
QUALITIES = (84, 76, 68, 58, 46, 34)


def draw(card: Card) -> bytes:
    """The picture, 1200 x 630, under 100 KB: PNG, or JPEG where it holds a photo."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    photo = _photo(card.photo) if card.photo else None
    _draw_arches(picture, photo, card.patterns)
    _draw_words(picture, card)
    return _jpeg(picture) if card.photo else _png(picture)


def _draw_words(picture: Image.Image, card: Card) -> None:
    canvas = ImageDraw.Draw(picture)
    mark = _tile("mark").convert("RGBA").resize((56, 56), Image.Resampling.LANCZOS)
    picture.paste(mark, (MARGIN, ARCH_TOP), mark)
    _line(canvas, SITE_NAME, lettering.SANS, (30,), MARGIN + 74, ARCH_TOP + 40, INDIGO)
    size, title = lettering.fit(card.title, lettering.SERIF, TITLE_SIZES, WORDS_WIDTH, TITLE_LINES)
    step = size * LEADING
    # The block of label, title and place stands in the middle of what the mark leaves.
    height = step * len(title) + (46 if card.label else 0) + (58 if card.place else 0)
    y = ARCH_TOP + 56 + max(28, (HEIGHT - MARGIN - ARCH_TOP - 56 - height) / 2)
    if card.label:
        _line(canvas, card.label, lettering.SANS, LABEL_SIZES, MARGIN, y + 26, BARK)
        y += 46
    for line in title:
        line.draw(canvas, MARGIN, y + size * 0.86, INK)
        y += step
    if card.place:
        _line(canvas, card.place, lettering.SANS, PLACE_SIZES, MARGIN, y + 44, GREY)


def _line(
    canvas: ImageDraw.ImageDraw,
    text: str,
    family: tuple[str, ...],
    sizes: tuple[int, ...],
    x: float,
    baseline: float,
    fill: str,
) -> None:
    _size, lines = lettering.fit(text, family, sizes, WORDS_WIDTH, 1)
    for line in lines:
        line.draw(canvas, x, baseline, fill)


def _draw_arches(picture: Image.Image, photo: Image.Image | None, patterns: tuple[str, ...]) -> None:
    count = 1 if photo else len(patterns)
    width = (WIDTH - MARGIN - ARCHES - ARCH_GAP * (count - 1)) // count
    for number in range(count):
        box = (ARCHES + number * (width + ARCH_GAP), ARCH_TOP)
        size = (width, ARCH_FOOT - ARCH_TOP)
        colour = INDIGO if photo else _colour(patterns[number])
        picture.paste(colour, box, _arch(*size))
        picture.paste(PAPER, (box[0] + 3, box[1] + 3), _arch(size[0] - 6, size[1]))
        inner = (size[0] - 2 * RIM, size[1] - RIM)
        filling = (
            ImageOps.fit(photo, inner, Image.Resampling.LANCZOS) if photo else _cloth(patterns[number], inner, count)
        )
        picture.paste(filling, (box[0] + RIM, box[1] + RIM), _arch(*inner))


@lru_cache(maxsize=16)
def _arch(width: int, height: int) -> Image.Image:
    """A mask with a round head, drawn large and reduced so that its edge is smooth."""
    scale = 3
    large = Image.new("L", (width * scale, height * scale), 0)
    canvas = ImageDraw.Draw(large)
    canvas.ellipse((0, 0, width * scale - 1, width * scale - 1), fill=255)
    canvas.rectangle((0, width * scale // 2, width * scale, height * scale), fill=255)
    return large.resize((width, height), Image.Resampling.LANCZOS)


@lru_cache(maxsize=32)
def _cloth(pattern: str, size: tuple[int, int], arches: int) -> Image.Image:
    """A piece of cloth with the pattern's lines on it, finer where several arches share the place."""
    cloth = Image.new("RGB", size, CLOTH)
    tile, colour = _tile(pattern).convert("L"), _colour(pattern)
    if arches > 1:
        tile = tile.resize((tile.width // 2, tile.height // 2), Image.Resampling.LANCZOS)
    for y in range(0, size[1], tile.height):
        for x in range(-tile.width // 3, size[0], tile.width):
            cloth.paste(colour, (x, y), tile)
    return cloth


@lru_cache(maxsize=32)
def _tile(name: str) -> Image.Image:
    """One of scripts/draw_tiles.py."""
    with Image.open(TILES / f"{name}.png") as tile:
        tile.load()
        return tile


def _colour(pattern: str) -> str:
    return str(_tile(pattern).info["colour"])


def _photo(name: str) -> Image.Image | None:
    """A public photo; None when the file is missing or broken, and then the pattern stands there."""
    # WeasyPrint lets Pillow accept half pictures, in the whole process, from the moment it is imported.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with default_storage.open(name) as stored, Image.open(stored, formats=("JPEG",)) as photo:
            photo.draft("RGB", (WIDTH, HEIGHT))
            return photo.convert("RGB")
    except OSError:
        return None


def _png(picture: Image.Image) -> bytes:
    content = BytesIO()
    picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        content, "PNG", optimize=True
    )
    return content.getvalue()


def _jpeg(picture: Image.Image) -> bytes:
    content = BytesIO()
    for quality in QUALITIES:
        content = BytesIO()
        picture.save(content, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        if content.tell() <= MAX_BYTES:
            break
    return content.getvalue()
