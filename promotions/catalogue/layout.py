"""How the document falls into pages: pure arithmetic on estimated heights, in millimetres.

Browsers and WeasyPrint set the same text a little differently, so every estimate is on the safe side, and the
arches at the foot of a page take up what is left.
"""

from collections.abc import Sequence

from promotions.catalogue.model import Entry, Row, Sheet

# The text area of a composed page (A4 less the head margin and a foot that stays free).
PAGE = 262.0
# The least rest of a page that arches may fill, per size.
ART_LEAST = (("large", 118.0), ("medium", 62.0), ("small", 12.0))
# Between rows.
GAP = 6.0
# Characters in one line of an 84 mm cell and of the full width, at the sizes of catalogue.css.
CELL_LINE, WIDE_LINE = 50, 106
NAME_LINE, WIDE_NAME_LINE = 30, 62
# Sizes of a sentra's name: characters in a line, height of a line.
NAME_SIZES = (("large", 20, 17.0), ("medium", 27, 13.5), ("small", 36, 10.5))


def lines(text: str, per_line: int) -> int:
    return -(-len(text) // per_line)


def name_size(name: str) -> str:
    """The largest size at which a sentra's name fills two lines at most."""
    fitting = [size for size, per_line, _height in NAME_SIZES if lines(name, per_line) <= 2]
    return fitting[0] if fitting else NAME_SIZES[-1][0]


def name_height(name: str) -> float:
    chosen = name_size(name)
    return next(lines(name, per_line) * height for size, per_line, height in NAME_SIZES if size == chosen)


def cell_height(entry: Entry, wide: bool = False) -> float:
    """The words of a cell. Under a photo the summary is left out: six products fill a page."""
    per_line = WIDE_LINE if wide else CELL_LINE
    height = 7.5 + 6.0 * lines(entry.name.words, WIDE_NAME_LINE if wide else NAME_LINE)
    height += 3.9 * bool(entry.maker or entry.place) * lines(f"{entry.maker}, {entry.place}", per_line)
    if wide or not entry.picture:
        height += 4.1 * lines(entry.summary.words, per_line)
    height += 4.0 * lines(" · ".join(detail.words for detail in entry.details), per_line)
    height += 5.0 * bool(entry.price)
    return height + 5.5 * -(-(len(entry.badges) + entry.is_flagship + entry.is_export_ready) // 2)


def row_height(row: Row) -> float:
    text = max(cell_height(cell, row.is_wide) for cell in row.cells)
    if not row.pictured:
        return text
    # A wide cell stands beside its picture, the others under theirs.
    return max(46.0, text) if row.is_wide else 46.0 + text


def rows_of(entries: Sequence[Entry]) -> list[Row]:
    """Two cells a row: those with a photo first, then the compact ones; an odd last cell takes the whole width."""
    pictured = [entry for entry in entries if entry.picture]
    plain = [entry for entry in entries if not entry.picture]
    return [
        Row(tuple(group[start : start + 2]), pictured=with_picture)
        for group, with_picture in ((pictured, True), (plain, False))
        for start in range(0, len(group), 2)
    ]


def fill(heights: Sequence[float], capacity: float) -> list[int]:
    """How many rows go on each page when every page is filled before the next is begun."""
    counts: list[int] = []
    room = 0.0
    for height in heights:
        if not counts or height > room:
            counts.append(0)
            room = capacity
        counts[-1] += 1
        room -= height
    return counts


def balance(heights: Sequence[float], capacity: float) -> list[int]:
    """Rows per page on as few pages as possible, each about as full as the others: no lonely last row."""
    pages = len(fill(heights, capacity))
    low, high = max(heights, default=0.0), capacity
    while high - low > 0.5:
        middle = (low + high) / 2
        if len(fill(heights, middle)) <= pages:
            high = middle
        else:
            low = middle
    return fill(heights, high)


def art_for(rest: float) -> str:
    """The arches that suit what is left of a page, or "" when too little is."""
    return next((size for size, least in ART_LEAST if rest >= least), "")


def front_art(entry_count: int) -> str:
    """The arches under the contents of `entry_count` lines and the notes below them."""
    return art_for(PAGE - 96.0 - 9.2 * entry_count)


def list_pages(business_count: int, certificate_count: int, kind_words: int, area_count: int) -> tuple[str, str]:
    """The arches under the tables (businesses, certificates) and under the index, where each fits one page.

    "" where there is no room; then the text simply runs on. `kind_words`: characters of the legend.
    """
    tables = 48.0 * bool(business_count) + 11.0 * business_count + 9.0 * certificate_count
    tables += 64.0 + 4.4 * kind_words / 90
    index = 36.0 + 9.0 * -(-area_count // 3)
    return art_for(PAGE - tables), art_for(PAGE - index)


def sheets_of(rows: Sequence[Row], head: float = 0.0) -> tuple[Sheet, ...]:
    """The pages of these rows; the first one also carries a heading `head` high."""
    heights = [row_height(row) + GAP for row in rows]
    sheets = []
    start = 0
    for count in balance(heights, PAGE - head):
        used = sum(heights[start : start + count]) + (head if start == 0 else 0.0)
        sheets.append(Sheet(tuple(rows[start : start + count]), art_for(PAGE - used)))
        start += count
    return tuple(sheets)
