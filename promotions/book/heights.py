"""How high everything is, in steps (promotions.book.measure): estimates on the safe side.

Browsers and WeasyPrint set the same text a little differently, and fonts may be missing; arches take up what is left.
Each number here has its rule in static/css/book.css.
"""

from collections.abc import Sequence
from itertools import groupby

from promotions.book.measure import (
    ALSO,
    BADGES,
    DETAILS,
    ENTRY,
    FULL,
    HALF,
    HEAD,
    NAME,
    NOTE,
    QR_PRODUCT,
    QR_SENTRA,
    SMALL,
    STORY,
    TABLE,
    TEXT,
    THIRD,
    VALUE,
    Measure,
    wrapped,
)
from promotions.book.pages import Row
from promotions.catalogue.model import (
    AreaCodes,
    AreaGroup,
    Business,
    Catalogue,
    CertificateKindNote,
    CertificateLine,
    Chapter,
    Entry,
    Fact,
    Office,
    Reach,
    Text,
    TypeGroup,
)

# Between rows of cells; between lists; a margin of doubt on pages of running text.
GAP, BLOCK_GAP, SLACK = 5.0, 11.0, 4.0
# Of a sentra's page: the story, what stands beside it, a fact of two in a row.
STORY_WIDTH, BESIDE_WIDTH, FACT_WIDTH = 100.0, 50.0, 45.0
# Its photo and its map in the city.
PORTRAIT, MAP = 66.0, 41.0
# Sizes of a sentra's name: steps of a letter, of a line.
NAME_SIZES = {"large": (14.8, 15.6), "medium": (12.0, 12.8), "small": (9.2, 10.3)}
# The summary of a sentra, the heading of a list: steps of a letter, of a line.
SUMMARY = (4.6, 6.35)
HEADING, LEAD_WIDTH = 20.5, 150.0
# The imprint: its terms, in letters, beside their names.
IMPRINT_LETTERS, IMPRINT_WIDTH = (20, 30, 75, 20, 85, 95, 110), 106.0


# -- cells --------------------------------------------------------------------------------------------------------------


def in_line(text: Text) -> str:
    """Both languages one behind the other, as catalogue/_inline.html sets them."""
    return f"{text.words} / {text.also}" if text.also else text.words


def _label(entry: Entry) -> str:
    credit = f"Foto/Photo: {entry.picture.credit}" if entry.picture and entry.picture.credit else ""
    return f"{entry.code} {in_line(entry.product_type)} · {credit}"


def details_of(entry: Entry) -> Text:
    """The details in one line, as they are set."""
    also = " · ".join(detail.also or detail.words for detail in entry.details)
    return Text(" · ".join(detail.words for detail in entry.details), also=also if _differs(entry.details) else "")


def _differs(details: Sequence[Text]) -> bool:
    return any(detail.also for detail in details)


def shows_summary(entry: Entry, wide: bool, measure: Measure) -> bool:
    """Under a photo of the dense grid only where there is room: six products fill a page."""
    if not entry.summary or wide or not entry.picture or not measure.is_compact_sheet:
        return bool(entry.summary)
    room = measure.row_pitch(wide) - measure.photo_height(wide)
    return _words_height(entry, wide, measure, with_summary=True) <= room


def words_height(entry: Entry, wide: bool, measure: Measure) -> float:
    """The words of a cell, beside or under its picture; with the QR at their side where there is one."""
    return _words_height(entry, wide, measure, shows_summary(entry, wide, measure))


def _words_height(entry: Entry, wide: bool, measure: Measure, with_summary: bool) -> float:
    width = HALF if entry.picture or not wide else FULL
    qr = measure.steps(QR_PRODUCT) if measure.is_large and entry.address else 0.0
    narrow = width - qr
    # In a cell that has its row alone the QR stands beside everything, otherwise under the name.
    first = narrow if wide else width
    title = 3.0 + measure.height(_label(entry), first, SMALL) + measure.height(entry.name.words, first, NAME)
    title += measure.height(entry.name.also, first, TEXT)
    if entry.maker or entry.place:
        title += measure.height(f"{entry.maker}, {entry.place}", first)
    rest = measure.height(entry.summary, narrow) if with_summary else 0.0
    rest += measure.height(details_of(entry), narrow, DETAILS)
    rest += (0.6 + measure.height(f"{in_line(entry.price)} · {in_line(entry.price_date)}", narrow, TEXT)) * bool(
        entry.price
    )
    marks = [f"MM {badge.name} s.d. {badge.until.words} / until {badge.until.also}" for badge in entry.badges]
    marks += ["MM Unggulan / Flagship"] * entry.is_flagship + ["MM Siap ekspor / Export-ready"] * entry.is_export_ready
    rest += 0.8 * bool(marks) + sum(measure.height(mark, narrow, BADGES) for mark in marks)
    return max(title + rest, qr) if wide else title + max(rest, qr)


def row_height(row: Row, measure: Measure) -> float:
    words = max(words_height(cell, row.is_wide, measure) for cell in row.cells)
    if not row.pictured:
        return words
    # A wide cell stands beside its picture, the others under theirs.
    photo = measure.photo_height(row.is_wide)
    natural = max(photo, words) if row.is_wide else photo + words
    return max(measure.row_pitch(row.is_wide), natural)


# -- sentra -------------------------------------------------------------------------------------------------------------


def name_lines(name: str, size: str) -> int:
    return wrapped(name, FULL / (NAME_SIZES[size][0] * 0.96))


def name_size(name: str) -> str:
    """The largest size at which a sentra's name fills two lines at most."""
    return next((size for size in NAME_SIZES if name_lines(name, size) <= 2), "small")


def name_height(name: Text) -> float:
    size = name_size(name.words)
    also = SUMMARY[1] * wrapped(name.also, FULL / SUMMARY[0])
    return name_lines(name.words, size) * NAME_SIZES[size][1] + also


def summary_height(summary: Text) -> float:
    if not summary:
        return 0.0
    size, line = SUMMARY
    also = 0.8 * line * wrapped(summary.also, STORY_WIDTH / (0.8 * size))
    return 7.0 + line * wrapped(summary.words, STORY_WIDTH / size) + also


def facts_height(facts: Sequence[Fact], measure: Measure) -> float:
    """Two kinds side by side; statements of one kind stand under each other."""
    kinds = []
    for label, alike in groupby(facts, key=lambda fact: fact.label):
        told = [
            measure.height(fact.value, FACT_WIDTH, VALUE)
            + measure.height(f"{in_line(fact.when)} · {fact.source}", FACT_WIDTH, NOTE)
            for fact in alike
        ]
        kinds.append(4.0 + measure.height(label, FACT_WIDTH, SMALL) + sum(told) + len(told) - 1.0)
    return 2.0 + sum(max(kinds[start : start + 2]) for start in range(0, len(kinds), 2))


def office_height(office: Office, measure: Measure, is_bilingual: bool) -> float:
    if not office.is_known:
        return (4 if is_bilingual else 2) * measure.line(SMALL)
    lines: list[Text | str] = [office.name, office.address, office.hours]
    words = sum(1.4 + measure.height(line, BESIDE_WIDTH) for line in lines if line)
    return words + reach_height(office.reach, measure)


def reach_height(reach: Sequence[Reach], measure: Measure) -> float:
    return sum(1.4 + measure.line(SMALL) + measure.height(way.value, BESIDE_WIDTH) for way in reach)


def opener_height(chapter: Chapter, office: Office, measure: Measure) -> float:
    """A sentra's own words."""
    types = f"{chapter.code} · {' · '.join(map(in_line, chapter.types))}"
    head = 2.0 + measure.height(types, FULL, TEXT) + 8.0 + name_height(chapter.name)
    story = summary_height(chapter.summary) + (PORTRAIT + 5.0 + measure.line(SMALL)) * bool(chapter.picture) + 4.0
    for place in chapter.places:
        # The role is said only where there are several places.
        area, many = f"{place.kelurahan} ward, {place.kecamatan} district", len(chapter.places) > 1
        words, also = (f"{area} · {role}" if many else area for role in (place.role.words, place.role.also))
        told = Text(words, also=also if place.role.also else "")
        story += measure.height(told, STORY_WIDTH, STORY)
        story += measure.height(place.address, STORY_WIDTH, STORY)
    for paragraph in (chapter.description, chapter.visits, chapter.activity):
        story += (3.0 + measure.height(paragraph, STORY_WIDTH, STORY)) * bool(paragraph)
    story += facts_height(chapter.facts, measure)
    story += 2 * measure.line(SMALL) * bool(chapter.facts_left_out)
    both = any(place.role.also for place in chapter.places)
    beside = measure.steps(QR_SENTRA - 3.0) if chapter.address else 12.0
    beside += measure.height(chapter.address.partition("://")[2], BESIDE_WIDTH, SMALL) + 5.0
    beside += measure.line(HEAD) + 2.5
    beside += reach_height(chapter.reach, measure) if chapter.reach else office_height(office, measure, both)
    beside += 2 * measure.line(SMALL) * bool(chapter.consented_on)
    if chapter.spots:
        beside += MAP + 6.0 + (2 if both else 1) * measure.line(SMALL)
    return head + max(story, beside) + SLACK


def story_height(chapter: Chapter, measure: Measure) -> float:
    """The description on a page of its own: one language in a wide column, two side by side."""
    text = chapter.description
    width = HALF if text.also else LEAD_WIDTH
    return max(measure.height(words, width, STORY) for words in (text.words, text.also)) + SLACK


def goods_height(rows: Sequence[Row], measure: Measure) -> float:
    """Rows under their own small heading."""
    return goods_head(measure) - GAP + sum(row_height(row, measure) + GAP for row in rows)


def goods_head(measure: Measure) -> float:
    """The heading over products that stand under other words."""
    return 8.0 + measure.line(HEAD) + 2.5


# -- lists --------------------------------------------------------------------------------------------------------------


def heading_height(lead: Text | str, measure: Measure, is_bilingual: bool) -> float:
    """The title of a list with its sentence and, over tables, the names of the columns."""
    height = HEADING + 7.5 * is_bilingual
    return height + (measure.height(lead, LEAD_WIDTH, STORY) + 5.0) * bool(lead)


def imprint_height(catalogue: Catalogue, measure: Measure) -> float:
    """The terms of the imprint by about so many letters each, and the office."""
    both = catalogue.is_bilingual
    terms = [Text("kata " * (letters // 5), also="word " * (letters // 5) * both) for letters in IMPRINT_LETTERS]
    lines = [measure.height(term, IMPRINT_WIDTH) for term in terms] + [office_height(catalogue.office, measure, both)]
    least = 2 * measure.line() if both else measure.line()
    return heading_height("", measure, both) + sum(4.2 + max(least, height) for height in lines) + SLACK


def hint_height(measure: Measure, is_bilingual: bool) -> float:
    """One of the hints on how to use the book: about 150 letters, in one of two columns."""
    words = Text("kata " * 30, also="word " * 30 if is_bilingual else "")
    return 2.4 + measure.height(words, HALF)


def business_height(line: Business, measure: Measure) -> float:
    cells = (
        measure.height(line.name, 44.0, TABLE) + measure.height(line.kind, 44.0, SMALL),
        measure.height(line.place, 24.0, TABLE),
        measure.height(", ".join(line.products), 24.0, TABLE),
        # A long address is broken at its hyphens first.
        sum(measure.height(way.value.replace("-", "- "), 30.0, SMALL) for way in line.reach) or measure.line(TABLE),
    )
    return 3.2 + max(cells)


def certificate_height(line: CertificateLine, measure: Measure, is_bilingual: bool) -> float:
    cells = (
        # What is said where there are no products, or there is no end.
        measure.line(TABLE) * (1 + ALSO * is_bilingual),
        measure.height(line.kind, 14.0, TABLE),
        measure.height(line.holder, 33.0, TABLE),
        measure.height(line.number, 33.0, TABLE),
        measure.height(", ".join(line.products), 33.0, TABLE),
        measure.height(Text(line.until.words, also=line.until.also), 33.0, TABLE),
    )
    return 3.2 + max(cells)


def kind_height(kind: CertificateKindNote, measure: Measure) -> float:
    """What a certificate means, in one of two columns."""
    return (
        4.0
        + measure.height(f"MM {kind.name} {kind.full_name.words}", HALF, TEXT)
        + measure.height(kind.full_name.also, HALF, SMALL)
        + measure.height(kind.promise, HALF, SMALL)
        + measure.height(kind.how_to_check, HALF, SMALL)
    )


def codes_height(codes: Sequence[str], width: float, measure: Measure) -> float:
    """Codes with their pages."""
    return measure.height(", ".join(f"{code} 100" for code in codes), width)


def area_height(group: AreaGroup, measure: Measure) -> float:
    lines = sum(
        measure.height(f"{area.area} {', '.join(f'{code} 100' for code in area.codes)}", THIRD - 4.0)
        for area in group.areas
    )
    return 4.8 + measure.line(HEAD) + lines


def type_height(group: TypeGroup, measure: Measure) -> float:
    # Its second language stands behind it.
    return (
        4.8
        + measure.height(f"{group.name.words} {group.name.also}", THIRD, HEAD)
        + codes_height(group.codes, THIRD, measure)
    )


def map_list_height(area: AreaCodes, measure: Measure) -> float:
    return 4.8 + measure.line(HEAD) + measure.height(", ".join(area.codes), THIRD)


def contents_height(name: Text | None, width: float, measure: Measure) -> float:
    if name is None:
        return 2.7 + measure.line(ENTRY)
    return 2.7 + measure.height(name.words, width, ENTRY) + measure.height(name.also, width, SMALL)
