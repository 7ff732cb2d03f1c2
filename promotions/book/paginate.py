"""From what a catalogue says to the pages of a book. The numbers of the pages are arithmetic, not the typesetter's."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from promotions.book import heights
from promotions.book.flow import Source, art_for, pack, rows_of, sheets_of
from promotions.book.heights import SLACK
from promotions.book.measure import FULL, HALF, PAGE, SMALL, STORY, Measure
from promotions.book.pages import Block, Book, ContentsLine, Opener, Page, Row, Sheet, Story
from promotions.catalogue.model import NOTHING, Catalogue, Chapter, Entry, Office

# Figures of a sentra that stay when its products need room.
FIGURES_KEPT = 2
# A ruled line for notes; and how many a page without a list has.
RULE = 9.0
LOOSE_HEAD = 46.0
SHEETS_TO_FOLD = 4


def book_of(catalogue: Catalogue, measure: Measure) -> Book:
    """The pages of this document on this paper, numbered from the cover."""
    chapters = _chapters(catalogue, measure)
    behind = _behind(catalogue, measure)
    # The contents take as many pages whatever their numbers are.
    before = _before(catalogue, measure, {}, chapters, behind)
    pages = _numbered([*before, *chapters, *behind], catalogue, measure)
    numbers = {anchor: page.number for page in pages for anchor in page.anchors}
    known = _before(catalogue, measure, numbers, chapters, behind)
    pages = _numbered([*known, *chapters, *behind], catalogue, measure)
    return Book(catalogue, measure, tuple(pages), numbers)


def _numbered(pages: Sequence[Page], catalogue: Catalogue, measure: Measure) -> list[Page]:
    """In their order; bound, a chapter of several pages opens on the right, after a page of its pattern."""
    placed: list[Page] = []
    for place, page in enumerate(pages):
        opens_wide = page.kind == "sentra" and pages[place + 1].kind in {"description", "products"}
        if measure.is_two_sided and opens_wide and len(placed) % 2 == 1:
            placed.append(Page("motif", art="tall", patterns=page.patterns, rises=page.rises))
        placed.append(page)
    if measure.is_two_sided:
        while (len(placed) + 1) % SHEETS_TO_FOLD:
            placed.append(_notes(catalogue, ()))
    placed.append(Page("back", patterns=catalogue.patterns, anchors=("belakang",)))
    return [replace(page, number=number) for number, page in enumerate(placed, 1)]


# -- before the products ------------------------------------------------------------------------------------------------


def _before(
    catalogue: Catalogue, measure: Measure, numbers: dict[str, int], chapters: Sequence[Page], behind: Sequence[Page]
) -> list[Page]:
    pages = [Page("cover", patterns=catalogue.patterns)]
    edition = catalogue.edition
    if edition:
        white = PAGE - heights.imprint_height(catalogue, measure)
        pages.append(Page("imprint", art=art_for(white), patterns=catalogue.patterns))
        if edition.foreword:
            pages.append(_foreword(catalogue, measure))
    lines = _contents(catalogue, numbers, chapters, behind)
    sources = [*_contents_sources(lines, catalogue, measure), *_usage_sources(catalogue, measure)]
    pages += [_list_page(stack, catalogue) for stack in pack(sources)]
    if catalogue.city:
        pages.append(_map(catalogue, measure))
    return pages


def _foreword(catalogue: Catalogue, measure: Measure) -> Page:
    text = catalogue.edition.foreword if catalogue.edition else NOTHING
    width = HALF if text.also else 120.0
    used = 60.0 + max(
        measure.height(words, width, STORY) + 4.0 * words.count("\n") for words in (text.words, text.also)
    )
    return Page("foreword", art=art_for(PAGE - used), patterns=catalogue.patterns, part="foreword")


def _contents(
    catalogue: Catalogue, numbers: dict[str, int], chapters: Sequence[Page], behind: Sequence[Page]
) -> list[ContentsLine]:
    """The parts of the book in their order, each sentra with its kelurahan."""

    def part(anchor: str, code: str, kind: str) -> ContentsLine:
        return ContentsLine(anchor, code, numbers.get(anchor, 0), kind)

    lines = [part("cara", "?", "usage")]
    if catalogue.city:
        lines.append(part("peta", "", "map"))
    for chapter in catalogue.sentra:
        place = chapter.places[0].kelurahan if chapter.places else ""
        lines.append(
            ContentsLine(chapter.code, chapter.code, numbers.get(chapter.code, 0), name=chapter.name, place=place)
        )
    if catalogue.loose:
        lines.append(part("luar-sentra", "P", "loose" if catalogue.sentra else "products"))
    codes = {"usaha": "U", "sertifikat": "", "indeks": "A–Z", "jenis": "A–Z", "acara": "+"}
    kinds = {
        "usaha": "businesses",
        "sertifikat": "certificates",
        "indeks": "index",
        "jenis": "types",
        "acara": "events",
    }
    there = [anchor for page in behind for anchor in page.anchors if anchor in kinds]
    return [*lines, *(part(anchor, codes[anchor], kinds[anchor]) for anchor in there)]


def _contents_sources(lines: Sequence[ContentsLine], catalogue: Catalogue, measure: Measure) -> list[Source]:
    """One column where it fits; else two, of which on every page the left one is read before the right one."""
    head = heights.heading_height("", measure, catalogue.is_bilingual)
    tall = [heights.contents_height(line.name, FULL - 70.0, measure) for line in lines]
    if head + sum(tall) <= PAGE:
        return [Source("contents", head, list(zip([(line,) for line in lines], tall, strict=True)), "airy")]
    tall = [heights.contents_height(line.name, HALF - 21.0, measure) for line in lines]
    sources: list[Source] = []
    start = 0
    for count in _even(tall, head):
        rows = _in_two(lines[start : start + count], tuple)
        heights_of_rows = _in_two(tall[start : start + count], max)
        pairs = list(zip(rows, heights_of_rows, strict=True))
        sources.append(Source("contents", 0.0 if sources else head, pairs, "halves", goes_on=bool(sources)))
        start += count
    return sources


def _even(tall: Sequence[float], head: float) -> list[int]:
    """How many of these lines stand on each page, in two columns: on as few pages as hold them, about as many on each."""
    pages = 1
    while True:
        size = -(-len(tall) // pages)
        parts = [tall[start : start + size] for start in range(0, len(tall), size)]
        if size <= 2 or all(sum(_in_two(part, max)) + head <= PAGE for part in parts):
            return [len(part) for part in parts]
        pages += 1


def _in_two(things: Sequence[Any], join: Callable[[Sequence[Any]], Any]) -> list[Any]:
    """The rows of two columns that are read downwards."""
    half = -(-len(things) // 2)
    return [join([*things[place : place + 1], *things[place + half : place + half + 1]]) for place in range(half)]


def _usage_sources(catalogue: Catalogue, measure: Measure) -> list[Source]:
    """How to use the book, then what each certificate promises, in two columns."""
    hint = heights.hint_height(measure, catalogue.is_bilingual)
    usage = heights.heading_height("", measure, catalogue.is_bilingual) + 3 * hint + measure.line(SMALL)
    sources = [Source("usage", usage, ())]
    if catalogue.kinds:
        pairs = _side_by_side(catalogue.kinds, 2, lambda kind: heights.kind_height(kind, measure))
        sources.append(Source("legend", heights.heading_height("", measure, catalogue.is_bilingual), pairs))
    return sources


def _map(catalogue: Catalogue, measure: Measure) -> Page:
    """The map across the page, what it is, and its kecamatan with their codes, three side by side."""
    city = catalogue.city
    rows = _side_by_side(city.lists if city else (), 3, lambda area: heights.map_list_height(area, measure))
    used = heights.heading_height("", measure, catalogue.is_bilingual) + 130.0 + 14.0 + SLACK
    used += sum(height for _row, height in rows)
    body = tuple(row for row, _height in rows)
    return Page("map", body, art_for(PAGE - used), catalogue.patterns, part="map", anchors=("peta",))


# -- products -----------------------------------------------------------------------------------------------------------


def _chapters(catalogue: Catalogue, measure: Measure) -> list[Page]:
    pages: list[Page] = []
    for place, chapter in enumerate(catalogue.sentra):
        pages += [replace(page, rises=place % 2 == 0) for page in _chapter(chapter, catalogue.office, measure)]
    return pages + _loose(catalogue, measure)


def _chapter(chapter: Chapter, office: Office, measure: Measure) -> list[Page]:
    """Products stand on the opening page when they all fit there, otherwise on sheets of their own.

    A single row would be lost on a sheet: it stands under the description, on the next page.
    """
    rows = tuple(rows_of(chapter.entries, measure))
    goods = heights.goods_height(rows, measure)
    opening = _fitted(chapter, office, measure, goods if len(rows) == 1 else 0.0)
    rest = PAGE - heights.opener_height(opening, office, measure)
    is_lonely = len(rows) == 1 and bool(chapter.description)
    if rest < 0 or (goods > rest and is_lonely):
        return _long_chapter(chapter, office, measure, rows)
    if goods <= rest:
        return [_opener(opening, rest - goods, rows)]
    return [_opener(opening, rest), *_sheets(chapter, measure, rows)]


def _opener(chapter: Chapter, white: float, rows: tuple[Row, ...] = ()) -> Page:
    body = Opener(chapter, heights.name_size(chapter.name.words), rows)
    anchors = (chapter.code, *(_codes(chapter.entries) if rows else ()))
    return Page("sentra", body, art_for(white), (chapter.pattern,), anchors=anchors)


def _long_chapter(chapter: Chapter, office: Office, measure: Measure, rows: tuple[Row, ...]) -> list[Page]:
    """The description on a second page, and under it the products where they fit."""
    opening = _fitted(replace(chapter, description=NOTHING), office, measure, 0.0)
    opener = _opener(opening, PAGE - heights.opener_height(opening, office, measure))
    sheets = sheets_of(rows, measure, heights.story_height(chapter, measure) + heights.goods_head(measure))
    # The first sheet holds a row in any case: where that is too much, the description has the page to itself.
    if not sheets or sheets[0][1] < 0:
        rest = PAGE - heights.story_height(chapter, measure)
        return [opener, _inner("description", chapter, Story(chapter), rest, ()), *_sheets(chapter, measure, rows)]
    (first, white), *further = sheets
    entries = [cell for row in first for cell in row.cells]
    story = _inner("description", chapter, Story(chapter, first), white, entries)
    return [opener, story, *(_sheet(chapter, part, rest) for part, rest in further)]


def _sheets(chapter: Chapter, measure: Measure, rows: Sequence[Row]) -> list[Page]:
    return [_sheet(chapter, part, white) for part, white in sheets_of(rows, measure)]


def _sheet(chapter: Chapter, rows: tuple[Row, ...], white: float) -> Page:
    return _inner("products", chapter, Sheet(rows, chapter), white, [cell for row in rows for cell in row.cells])


def _inner(kind: str, chapter: Chapter, body: Any, white: float, entries: Iterable[Entry]) -> Page:
    """A further page of a chapter, with these products."""
    patterns, anchors = (chapter.pattern,), _codes(entries)
    return Page(kind, body, art_for(white), patterns, chapter.code, chapter.name, anchors=anchors)


def _fitted(chapter: Chapter, office: Office, measure: Measure, goods: float) -> Chapter:
    """With as many of its figures as its page holds; the site has them all.

    `goods`: the height of a single row of products, which rather takes the place of figures than a sheet of its own.
    """
    shorter = chapter
    for room, least in ((PAGE - goods, FIGURES_KEPT if goods else 0), (PAGE, 0)):
        shorter = chapter
        while len(shorter.facts) > least and heights.opener_height(shorter, office, measure) > room:
            left_out = shorter.facts_left_out + 1
            shorter = replace(shorter, facts=shorter.facts[:-1], facts_left_out=left_out)
        if heights.opener_height(shorter, office, measure) <= room:
            break
    return shorter


def _loose(catalogue: Catalogue, measure: Measure) -> list[Page]:
    pages = []
    rows = rows_of(catalogue.loose, measure)
    for number, (part, white) in enumerate(sheets_of(rows, measure, LOOSE_HEAD) if rows else ()):
        anchors = ("luar-sentra",) * (number == 0) + _codes(cell for row in part for cell in row.cells)
        body = Sheet(part, is_first=number == 0)
        patterns = (part[0].cells[0].pattern,)
        pages.append(Page("products", body, art_for(white), patterns, part="loose", anchors=anchors))
    return pages


def _codes(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(entry.code for entry in entries)


# -- behind the products ------------------------------------------------------------------------------------------------


def _behind(catalogue: Catalogue, measure: Measure) -> list[Page]:
    pages = [_list_page(stack, catalogue) for stack in pack(_lists(catalogue, measure))]
    if catalogue.events or catalogue.edition:
        pages.append(_notes(catalogue, catalogue.events))
    return pages


def _lists(catalogue: Catalogue, measure: Measure) -> list[Source]:
    both = catalogue.is_bilingual
    # The names of the columns, each with its second language behind it.
    names = (2 if both else 1) * measure.line(SMALL) + 4.0
    plain = heights.heading_height("", measure, both)
    led = heights.heading_height("x" * (170 if not both else 330), measure, both) + names
    sources = []
    if catalogue.businesses:
        rows = [(line, heights.business_height(line, measure)) for line in catalogue.businesses]
        sources.append(Source("businesses", led, rows, head_again=names))
    lines = [(line, heights.certificate_height(line, measure, both)) for line in catalogue.certificates]
    sources.append(Source("certificates", led + (0.0 if lines else 2 * measure.line(STORY)), lines, head_again=names))
    if catalogue.areas:
        areas = _side_by_side(catalogue.areas, 3, lambda group: heights.area_height(group, measure))
        sources.append(Source("index", plain, areas))
    if catalogue.types:
        types = _side_by_side(catalogue.types, 3, lambda group: heights.type_height(group, measure))
        sources.append(Source("types", plain, types))
    return sources


def _side_by_side(things: Sequence[Any], columns: int, height: Any) -> list[tuple[tuple[Any, ...], float]]:
    """Rows of so many things, each as high as its highest."""
    rows = [tuple(things[start : start + columns]) for start in range(0, len(things), columns)]
    return [(row, max(height(thing) for thing in row)) for row in rows]


ANCHORS = {
    "contents": "isi-katalog",
    "usage": "cara",
    "businesses": "usaha",
    "certificates": "sertifikat",
    "index": "indeks",
    "types": "jenis",
}


def _list_page(stack: Any, catalogue: Catalogue) -> Page:
    anchors = [ANCHORS[block.kind] for block in stack.blocks if block.is_first and block.kind in ANCHORS]
    anchors += [line.code for block in stack.blocks if block.kind == "businesses" for line in block.items]
    art = art_for(stack.room - SLACK)
    return Page(
        "lists", tuple(stack.blocks), art, catalogue.patterns, part=stack.blocks[0].kind, anchors=tuple(anchors)
    )


def _notes(catalogue: Catalogue, events: Sequence[Any]) -> Page:
    """What is on, and lines to write on."""
    taken = 26.0 + 16.0 * len(events) if events else 0.0
    rules = int((PAGE - 34.0 - taken) // RULE)
    body = (Block("events", tuple(events)), range(rules))
    return Page("notes", body, part="notes", patterns=catalogue.patterns, anchors=("acara",) if events else ())
