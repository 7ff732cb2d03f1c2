"""Words on a picture: which font can write them, how large, and where lines break."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from semarang_ikm.shared.fonts import installed_files

Font = ImageFont.FreeTypeFont
# By preference: what the site's printed matter is set in, then what most machines have.
SERIF = ("NotoSerifDisplay-Bold", "Vollkorn-Bold", "NotoSerif-Bold", "LiberationSerif-Bold", "DejaVuSerif-Bold")
SANS = ("NotoSans-Regular", "SourceSans3-Regular", "LiberationSans-Regular", "DejaVuSans")
# Tried for words that the first choices cannot write: other scripts.
OTHERS = ("DejaVuSans-Bold", "DroidSansFallbackFull", "NotoSansCJK-Regular")
OTHER_SCRIPTS = "NotoSans"
ELLIPSIS = "…"


@dataclass(frozen=True)
class Line:
    """Words with the fonts that can write them."""

    words: tuple[tuple[str, Font], ...]
    space: float

    @property
    def width(self) -> float:
        return sum(font.getlength(word) for word, font in self.words) + self.space * (len(self.words) - 1)

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, baseline: float, fill: str) -> None:
        for word, font in self.words:
            canvas.text((x, baseline), word, font=font, fill=fill, anchor="ls")
            x += font.getlength(word) + self.space


def fit(text: str, family: tuple[str, ...], sizes: Iterable[int], width: float, lines: int) -> tuple[int, list[Line]]:
    """The largest of the sizes (px, falling) at which the text takes no more lines than these; cut at the smallest."""
    size, broken = 0, []
    for size in sizes:
        broken = _break(text, family, size, width)
        if len(broken) <= lines:
            return size, broken
    return size, [*broken[: lines - 1], _cut(broken[lines - 1], family, size, width)]


def _break(text: str, family: tuple[str, ...], size: int, width: float) -> list[Line]:
    space = _open(family, size).getlength(" ")
    lines: list[Line] = []
    for word in text.split():
        font = writer(word, family, size)
        for part in _parts(word, font, width):
            longer = Line((*lines[-1].words, (part, font)), space) if lines else None
            if longer and longer.width <= width:
                lines[-1] = longer
            else:
                lines.append(Line(((part, font),), space))
    return lines


def _parts(word: str, font: Font, width: float) -> list[str]:
    """The word, or pieces of it where it is wider than a line: names without spaces exist."""
    if font.getlength(word) <= width:
        return [word]
    parts, piece = [], ""
    for letter in word:
        if piece and font.getlength(piece + letter) > width:
            parts.append(piece)
            piece = ""
        piece += letter
    return [*parts, piece]


def _cut(line: Line, family: tuple[str, ...], size: int, width: float) -> Line:
    """A last line that says there was more."""
    words = list(line.words)
    mark = (ELLIPSIS, _open(family, size))
    while len(words) > 1 and Line((*words, mark), line.space).width > width:
        words.pop()
    word, font = words[-1]
    while len(word) > 1 and Line((*words[:-1], (word + ELLIPSIS, font)), line.space).width > width:
        word = word[:-1]
    return Line((*words[:-1], (word.rstrip(" ,.–-") + ELLIPSIS, font)), line.space)


def writer(word: str, family: tuple[str, ...], size: int) -> Font:
    """The first font that has every letter of the word; the family's own when none has."""
    name = _name_of_writer(frozenset(word), family)
    return _open((name,) if name else family, size)


@lru_cache(maxsize=4096)
def _name_of_writer(letters: frozenset[str], family: tuple[str, ...]) -> str:
    for name in (*family, *OTHERS):
        if name in installed_files() and _has(name, letters):
            return name
    scripts = (name for name in sorted(installed_files()) if name.startswith(OTHER_SCRIPTS) and "Regular" in name)
    return next((name for name in scripts if _has(name, letters)), "")


def _has(name: str, letters: frozenset[str]) -> bool:
    font = _open((name,), 20)
    missing = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(letter)) != missing for letter in letters)


@lru_cache(maxsize=256)
def _open(family: tuple[str, ...], size: int) -> Font:
    """The first of these fonts that is installed; Pillow's own where none is."""
    path = next((installed_files()[name] for name in family if name in installed_files()), None)
    return _own(size) if path is None else _load(path, size)


def _load(path: Path, size: int) -> Font:
    try:
        return ImageFont.truetype(path, size)
    except OSError:
        return _own(size)


def _own(size: int) -> Font:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow lacks FreeType")
    return font
