"""The catalogue as a document: plain values in the reader's language, ready to be set in type."""

from dataclasses import dataclass
from datetime import date

from semarang_ikm.shared.qr import Qr


@dataclass(frozen=True)
class Text:
    """Words, and their language where it differs from the document's ("" otherwise)."""

    words: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


NOTHING = Text("")


@dataclass(frozen=True)
class Fact:
    """A statement with what it counts, the day it held and who said it."""

    label: str
    value: str
    when: str
    source: str


@dataclass(frozen=True)
class Place:
    kelurahan: str
    kecamatan: str
    role: str = ""
    address: str = ""


@dataclass(frozen=True)
class Reach:
    """One way to reach somebody: "WhatsApp", "0812-0000-0000"."""

    label: str
    value: str


@dataclass(frozen=True)
class Picture:
    """A photo by its address on this site, with its pixel size."""

    url: str
    width: int
    height: int
    alt: Text
    credit: str


@dataclass(frozen=True)
class Badge:
    """A certificate that is valid today. `until`: "" when it has no fixed end."""

    kind: str
    name: str
    state: str
    until: str


@dataclass(frozen=True)
class Entry:
    """A product's cell."""

    code: str
    name: Text
    product_type: Text
    pattern: str
    maker: str = ""
    maker_code: str = ""
    place: str = ""
    summary: Text = NOTHING
    details: tuple[Text, ...] = ()
    price: str = ""
    price_date: str = ""
    badges: tuple[Badge, ...] = ()
    picture: Picture | None = None
    is_flagship: bool = False
    is_export_ready: bool = False
    address: str = ""


@dataclass(frozen=True)
class Row:
    """Cells side by side. One cell alone stands across the whole width."""

    cells: tuple[Entry, ...]
    pictured: bool

    @property
    def is_wide(self) -> bool:
        return len(self.cells) == 1


@dataclass(frozen=True)
class Sheet:
    """One page of cells. `art`: the arches that fill its foot ("small", "medium", "large"), or ""."""

    rows: tuple[Row, ...]
    art: str = ""


@dataclass(frozen=True)
class SentraPage:
    """The page that opens a sentra, and the sheets of its products that found no room there."""

    code: str
    name: Text
    name_size: str
    types: tuple[Text, ...]
    pattern: str
    places: tuple[Place, ...]
    summary: Text = NOTHING
    description: Text = NOTHING
    activity: str = ""
    visits: str = ""
    facts: tuple[Fact, ...] = ()
    facts_left_out: int = 0
    reach: tuple[Reach, ...] = ()
    consented_on: str = ""
    qr: Qr | None = None
    address: str = ""
    rows: tuple[Row, ...] = ()
    art: str = ""
    sheets: tuple[Sheet, ...] = ()
    product_count: int = 0
    picture: Picture | None = None

    @property
    def is_reached_through_office(self) -> bool:
        return not self.reach


@dataclass(frozen=True)
class Business:
    """A line of the table of businesses."""

    code: str
    name: str
    kind: str
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
    """A certificate valid today. `products` are codes; empty: it is the business's own."""

    kind: str
    kind_slug: str
    number: str
    state: str
    until: str
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
class MapPage:
    """The map of the edition's sentra, and the same in words. `lists`: rows of up to three kecamatan with their codes."""

    box: str
    source: Borders | None
    areas: tuple[MapArea, ...]
    lists: tuple[AreaCodes, ...]
    art: str = ""


@dataclass(frozen=True)
class ListPage:
    """Lists that share a page: "businesses", "certificates", "index". Without `art` they may run on."""

    blocks: tuple[str, ...]
    art: str


@dataclass(frozen=True)
class Office:
    """The office that keeps the directory; every field "" until an officer has filled it."""

    name: str
    address: str
    hours: str
    reach: tuple[Reach, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.name or self.reach)


@dataclass(frozen=True)
class Catalogue:
    """The whole document. `total` products were asked for; `product_count` of them stand in it."""

    sentence: str
    # Of the data; certificates are those valid on another day when the catalogue is made for an event.
    date: str
    iso_date: str
    valid_on: str
    office: Office
    sentra: tuple[SentraPage, ...]
    city: MapPage | None
    loose: tuple[Sheet, ...]
    loose_count: int
    businesses: tuple[Business, ...]
    kinds: tuple[CertificateKindNote, ...]
    certificates: tuple[CertificateLine, ...]
    # Rows of up to three kecamatan.
    index: tuple[tuple[AreaGroup, ...], ...]
    cover_patterns: tuple[str, ...]
    front: str
    front_art: str
    lists: tuple[ListPage, ...]
    product_count: int
    total: int
    has_prices: bool
    site_address: str
    home_qr: Qr | None

    @property
    def is_empty(self) -> bool:
        return self.product_count == 0

    @property
    def is_cut(self) -> bool:
        return self.total > self.product_count
