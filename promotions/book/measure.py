"""On what a book is set: paper, density and use, and how much room words take there.

The unit of every length is a step: 1/210 of the page's width, so a millimetre on A4 and 0.705 mm on A5. The style sheet
calls it rem. Both papers share one drawing; only the body text, and with it how many words fit a line, differs in steps.
"""

from dataclasses import dataclass
from typing import NamedTuple

from promotions.catalogue.model import Text
from promotions.choices import Density, FileVariant, Paper

# From the browser: no art near the edge, which office printers leave white.
OFFICE = "office"
WIDTH, HEIGHT = 210.0, 297.0
# Of the text: from the top of the page, how high, how wide; and two or three columns with a gap between them.
TOP, PAGE, FULL, HALF, THIRD = 24.0, 262.0, 170.0, 80.0, 50.6
# Millimetres to a step.
SCALE: dict[str, float] = {Paper.A4: 1.0, Paper.A5: 148 / 210}
POINT = 0.3528
# Points of the body text.
BODY: dict[str, float] = {Paper.A4: 8.6, Paper.A5: 7.6}
# A QR code with its quiet zone of four modules a side, in millimetres: its dark square is 20 mm or more.
QR_PRODUCT, QR_SENTRA, QR_BACK = 27.0, 33.0, 41.0


class Type(NamedTuple):
    """A kind of text: its size in body texts, its line in sizes, and the width of its average letter in sizes."""

    size: float
    leading: float
    letter: float = 1.0


TEXT = Type(1.0, 1.42)
STORY = Type(1.07, 1.42)
SMALL = Type(0.88, 1.42)
DETAILS = Type(0.95, 1.42)
BADGES = Type(0.93, 1.42, 1.07)
NAME = Type(1.63, 1.21, 1.02)
VALUE = Type(1.45, 1.2, 1.02)
NOTE = Type(0.84, 1.3)
HEAD = Type(1.51, 1.23, 1.02)
ENTRY = Type(1.45, 1.22, 0.98)
TABLE = Type(0.95, 1.42, 1.04)
# The head of a page, on one line beside its number.
RUNNING, RUNNING_WIDTH = Type(0.87, 1.42), 154.0
# Words in the second language stand under the first, a little smaller.
ALSO = 0.94

# Widths of letters in the designed fonts, in sizes; other letters count 0.56.
_WIDTHS = {
    letter: width
    for letters, width in (
        ("ijlI!,.:;'|()-/[] ", 0.30),
        ('ftrsJ"', 0.40),
        ("czvyk?_LFE", 0.51),
        ("bdghnopquPKRVXABCTYZS#", 0.62),
        ("DGHNUOQ&w", 0.77),
        ("mMW@%—", 0.94),
    )
    for letter in letters
}


@dataclass(frozen=True)
class Measure:
    """What decides how one document falls into pages."""

    paper: str = Paper.A4
    density: str = Density.COMPACT
    variant: str = FileVariant.READING

    @property
    def is_two_sided(self) -> bool:
        """Whether it is bound: the inner margin changes sides, and chapters open on the right."""
        return self.variant in {FileVariant.PRESS, FileVariant.BOOKLET}

    @property
    def is_large(self) -> bool:
        return self.density == Density.LARGE

    @property
    def is_small_paper(self) -> bool:
        return self.paper == Paper.A5

    @property
    def body(self) -> float:
        """The size of the body text, in steps."""
        return BODY[self.paper] * POINT / SCALE[self.paper]

    def steps(self, millimetres: float) -> float:
        return millimetres / SCALE[self.paper]

    @property
    def is_compact_sheet(self) -> bool:
        """Three rows of photos on a page; otherwise two."""
        return not self.is_large and not self.is_small_paper

    def photo_height(self, is_wide: bool) -> float:
        """Of the photo in a cell, 80 steps wide; a cell alone in its row has it at its side."""
        return 46.0 if self.is_compact_sheet or (is_wide and self.row_cells > 1) else 60.0

    def row_pitch(self, is_wide: bool) -> float:
        """The least height of a row with photos, so that full pages share one grid."""
        if is_wide and self.row_cells > 1:
            return 0.0
        return 82.0 if self.is_compact_sheet else 126.0

    @property
    def row_cells(self) -> int:
        """Cells side by side: on the small paper large ones take the whole width."""
        return 1 if self.is_large and self.is_small_paper else 2

    def lines(self, words: str, width: float, kind: Type = TEXT) -> int:
        return wrapped(words, width / (self.body * kind.size * kind.letter))

    def height(self, text: Text | str, width: float, kind: Type = TEXT) -> float:
        """Of a paragraph, with its second language under it; nothing for no words."""
        words, also = (text.words, text.also) if isinstance(text, Text) else (text, "")
        line = self.body * kind.size * kind.leading
        return line * (self.lines(words, width, kind) + ALSO * self.lines(also, width / ALSO, kind))

    def line(self, kind: Type = TEXT) -> float:
        return self.body * kind.size * kind.leading


def wrapped(words: str, width: float) -> int:
    """Lines of a text in a column `width` sizes wide, word by word; 0 for no text. A little on the safe side."""
    lines, room = 0, 0.0
    for word in words.split():
        needed = 1.03 * sum(_WIDTHS.get(letter, 0.56) for letter in word)
        if lines and needed <= room:
            room -= needed + 0.27
            continue
        # A word longer than a line is broken.
        extra = int(needed // width)
        lines += 1 + extra
        room = width * (extra + 1) - needed - 0.27
    return lines
