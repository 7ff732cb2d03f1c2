"""What a catalogue says, as plain values: no page, no size, no font. How it falls into pages is promotions.book.

Every word that depends on the language is a Text. A document in one language holds its words; a book in both is the
Indonesian document with the English words beside them (promotions.catalogue.bilingual).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language


@dataclass(frozen=True)
class Text:
    """Words; their language where it differs from the document's ("" otherwise); in a book of both, the English."""

    words: str
    lang: str = ""
    also: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        """What stands in a sentence of the active language."""
        return self.also if self.also and get_language() == "en" else self.words


NOTHING = Text("")


@dataclass(frozen=True)
class Fact:
    """A statement with what it counts, the day it held and who said it."""

    label: Text
    value: Text
    when: Text
    source: str


@dataclass(frozen=True)
class Place:
    kelurahan: str
    kecamatan: str
    role: Text = NOTHING
    address: str = ""


@dataclass(frozen=True)
class Reach:
    """One way to reach somebody: "WhatsApp", "0812-0000-0000"."""

    label: Text
    value: str


@dataclass(frozen=True)
class Picture:
    """A photo by its address on this site (in a frozen document: its key), with its pixel size."""

    url: str
    width: int
    height: int
    alt: Text
    credit: str


@dataclass(frozen=True)
class Badge:
    """A certificate that is valid on the catalogue's day. `until`: empty when it has no fixed end."""

    kind: str
    name: str
    state: str
    until: Text


@dataclass(frozen=True)
class Entry:
    """A product."""

    code: str
    name: Text
    product_type: Text
    pattern: str
    maker: str = ""
    maker_code: str = ""
    place: str = ""
    summary: Text = NOTHING
    details: tuple[Text, ...] = ()
    price: Text = NOTHING
    price_date: Text = NOTHING
    badges: tuple[Badge, ...] = ()
    picture: Picture | None = None
    is_flagship: bool = False
    is_export_ready: bool = False
    # Where its permanent code leads; "" without a lasting address.
    address: str = ""


@dataclass(frozen=True)
class Chapter:
    """A sentra and its products."""

    code: str
    name: Text
    types: tuple[Text, ...]
    pattern: str
    places: tuple[Place, ...]
    summary: Text = NOTHING
    description: Text = NOTHING
    activity: Text = NOTHING
    visits: Text = NOTHING
    facts: tuple[Fact, ...] = ()
    facts_left_out: int = 0
    reach: tuple[Reach, ...] = ()
    consented_on: Text = NOTHING
    address: str = ""
    entries: tuple[Entry, ...] = ()
    picture: Picture | None = None
    # On the city's map: the points of its places in units of the drawing, and the areas they are in, by MapArea's name.
    spots: tuple[tuple[int, int], ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def is_reached_through_office(self) -> bool:
        return not self.reach


@dataclass(frozen=True)
class Business:
    """A line of the table of businesses."""

    code: str
    name: str
    kind: Text
    place: str
    sentra: str
    reach: tuple[Reach, ...]
    products: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True)
class CertificateKindNote:
    """A kind of certificate in plain words."""

    slug: str
    name: str
    full_name: Text
    promise: Text
    how_to_check: Text


@dataclass(frozen=True)
class CertificateLine:
    """A certificate valid on the catalogue's day. `products` are codes; empty: it is the business's own."""

    kind: str
    kind_slug: str
    number: str
    state: str
    until: Text
    holder: str
    products: tuple[str, ...]


@dataclass(frozen=True)
class AreaCodes:
    """The codes found in an area."""

    area: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class AreaGroup:
    kecamatan: str
    areas: tuple[AreaCodes, ...]


@dataclass(frozen=True)
class TypeGroup:
    """A product type and the codes of its products."""

    name: Text
    codes: tuple[str, ...]


@dataclass(frozen=True)
class MapArea:
    """A kecamatan on the map, in units of the drawing. `lines`: what stands under its name, each with its height."""

    name: str
    path: str
    x: int
    y: int
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Borders:
    """Where imported borders come from."""

    source: str
    is_official: bool
    dated_on: date | None


@dataclass(frozen=True)
class CityMap:
    """The map of the edition's sentra, and the same in words: kecamatan with their codes."""

    box: str
    source: Borders | None
    areas: tuple[MapArea, ...]
    lists: tuple[AreaCodes, ...]


@dataclass(frozen=True)
class EventLine:
    """What a reader can still come to."""

    name: Text
    when: Text
    place: str


@dataclass(frozen=True)
class Office:
    """The office that keeps the directory; every field empty until an officer has filled it."""

    name: Text
    address: str
    hours: Text
    reach: tuple[Reach, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.name or self.reach)


@dataclass(frozen=True)
class EditionNote:
    """What a numbered edition says of itself; a catalogue of a mere selection has none."""

    code: str
    printing: int
    # The occasion; empty when it was made for none.
    event: Text = NOTHING
    event_days: Text = NOTHING
    event_place: str = ""
    # Paragraphs with an empty line between them, and who signs; without a foreword there is no such page.
    foreword: Text = NOTHING
    signed_by: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The whole document. `total` products were asked for; `product_count` of them stand in it."""

    # "id", "en" or "both".
    language: str
    # The edition's, or the words of the selection; empty: everything.
    title: Text
    edition: EditionNote | None
    # Of the data; certificates are those valid on another day when the catalogue is made for an event.
    date: Text
    iso_date: str
    valid_on: Text
    office: Office
    sentra: tuple[Chapter, ...]
    city: CityMap | None
    # Products whose makers belong to no sentra of the catalogue.
    loose: tuple[Entry, ...]
    businesses: tuple[Business, ...]
    kinds: tuple[CertificateKindNote, ...]
    certificates: tuple[CertificateLine, ...]
    areas: tuple[AreaGroup, ...]
    types: tuple[TypeGroup, ...]
    events: tuple[EventLine, ...]
    # For the arches, the cover's theme first.
    patterns: tuple[str, ...]
    product_count: int
    total: int
    # False: an edition that prints no prices at all.
    shows_prices: bool
    site_address: str
    # Where the back cover's QR leads; "" without a lasting address.
    home_address: str
    # Under which the words and data stand; "" when the office has granted none.
    licence: str = ""

    @property
    def is_empty(self) -> bool:
        return self.product_count == 0

    @property
    def is_cut(self) -> bool:
        return self.total > self.product_count

    @property
    def is_bilingual(self) -> bool:
        return self.language == "both"

    @property
    def has_prices(self) -> bool:
        return any(entry.price for entry in self.entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every product in the order of the book."""
        return (*(entry for chapter in self.sentra for entry in chapter.entries), *self.loose)
