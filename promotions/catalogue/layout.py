"""How the document falls into pages: pure arithmetic on estimated heights, in millimetres.

Browsers and WeasyPrint set the same text a little differently, so every estimate is on the safe side, and the
arches at the foot of a page take up what is left.
"""

from collections.abc import Mapping, Sequence

from promotions.catalogue.model import (
    AreaCodes,
    AreaGroup,
    CertificateKindNote,
    Entry,
    Fact,
    ListPage,
    Row,
    SentraPage,
    Sheet,
)

# The text area of a composed page (A4 less the head margin and a foot that stays free).
PAGE = 262.0
# The least rest of a page that arches may fill, per size.
ART_LEAST = (("large", 118.0), ("medium", 62.0), ("small", 12.0))
# Between rows.
GAP = 6.0
SLACK = 6.0
# Characters in one line of an 84 mm cell and of the full width, at the sizes of catalogue.css.
CELL_LINE, WIDE_LINE = 54, 112
NAME_LINE, WIDE_NAME_LINE = 30, 62
# Sizes of a sentra's name: characters in a line, height of a line.
NAME_SIZES = (("large", 22, 15.6), ("medium", 28, 12.8), ("small", 37, 10.3))


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


def fact_height(fact: Fact) -> float:
    return (
        4.0
        + 3.8 * lines(fact.label, 30)
        + 5.4 * lines(fact.value, 19)
        + 3.4 * lines(f"{fact.when} · {fact.source}", 34)
    )


def opener_height(page: SentraPage) -> float:
    """A sentra's own words."""
    head = 15.0 + name_height(page.name.words) + (7.0 + 6.4 * lines(page.summary.words, 50)) * bool(page.summary)
    story = 4.0 + sum(4.7 + 4.7 * bool(place.address) for place in page.places)
    for paragraph in (page.description.words, page.visits, page.activity):
        story += (3.0 + 4.7 * lines(paragraph, 60)) * bool(paragraph)
    told = [fact_height(fact) for fact in page.facts]
    story += 2.0 + sum(max(told[start : start + 2]) for start in range(0, len(told), 2))
    story += 4.0 * bool(page.facts_left_out)
    beside = (38.0 if page.qr else 15.0) + 8.5 + 9.5 * max(1, len(page.reach)) + 8.0
    return head + max(story, beside) + SLACK


def goods_height(rows: Sequence[Row]) -> float:
    """Rows under their own small heading."""
    return 16.0 + sum(row_height(row) + GAP for row in rows)


def table_height(rows: int, row: float) -> float:
    """A titled list with a sentence and a table."""
    return 48.0 + row * rows


def legend_height(kinds: Sequence[CertificateKindNote]) -> float:
    """What each certificate means, in two columns."""
    words = [f"{kind.promise.words} {kind.how_to_check.words}" for kind in kinds]
    notes = sum(3.0 + 3.9 * lines(f"{kind.name} {kind.full_name.words}", 52) for kind in kinds)
    return 14.0 + (notes + 3.9 * sum(lines(text, 58) for text in words)) / 2 + 8.0


def index_rows(groups: Sequence[AreaGroup]) -> tuple[tuple[AreaGroup, ...], ...]:
    """Three kecamatan side by side."""
    return tuple(tuple(groups[start : start + 3]) for start in range(0, len(groups), 3))


def index_height(rows: Sequence[Sequence[AreaGroup]]) -> float:
    def height(group: AreaGroup) -> float:
        return 11.0 + sum(4.4 * lines(f"{area.area} {', '.join(area.codes)}", 34) for area in group.areas)

    return 30.0 + sum(max(height(group) for group in row) for row in rows) + 8.0


def map_height(lists: Sequence[AreaCodes]) -> float:
    """The map across the page, what it is, and its kecamatan with their codes, three side by side."""
    heights = [9.0 + 4.4 * lines(", ".join(area.codes), 34) for area in lists]
    return 24.0 + 132.0 + 14.0 + sum(max(heights[start : start + 3]) for start in range(0, len(heights), 3)) + SLACK


def art_for(rest: float) -> str:
    """The arches that suit what is left of a page, or "" when too little is."""
    return next((size for size, least in ART_LEAST if rest >= least), "")


def front(entry_count: int) -> tuple[str, str]:
    """How contents of `entry_count` lines are set, and the arches under the notes that follow them.

    "airy" and "halves" (two columns) share a page with the notes; after "long" contents, in two columns as well,
    the notes have a page of their own.
    """
    for setting, height in (("airy", 9.2 * entry_count), ("halves", 8.6 * -(-entry_count // 2))):
        if (rest := PAGE - 92.0 - height) >= 0:
            return setting, art_for(rest)
    return "long", "large"


def list_pages(heights: Mapping[str, float]) -> tuple[ListPage, ...]:
    """The lists in their order, as many to a page as fit. After one that is longer than a page the next runs on."""
    pages: list[list[str]] = []
    room = 0.0
    for block, height in heights.items():
        if not pages or 0 <= room < height:
            pages.append([])
            room = PAGE
        pages[-1].append(block)
        room -= height
    return tuple(ListPage(tuple(page), art_for(PAGE - sum(heights[block] for block in page))) for page in pages)


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
