"""From rows to the document. Asks nothing of the database: everything comes with the material."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, cycle, islice

from django.utils.translation import get_language

from promotions.catalogue import layout, phrases
from promotions.catalogue.city import map_page
from promotions.catalogue.entries import entry_of
from promotions.catalogue.lists import area_index, business_lines, certificate_lines, kind_notes, office_of, reach_of
from promotions.catalogue.model import Catalogue, Entry, Fact, Place, SentraPage
from promotions.catalogue.selection import Material, home_of
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.qr import lasting_site, permanent_address, qr_of
from sentra.choices import ActivityStatus, FigureKind, Pattern
from sentra.models import Figure, Sentra, SentraLocation

FACTS_SHOWN = 6
FACTS_OF_A_KIND = 2
# What a reader of a promotional catalogue asks first.
FACT_ORDER: list[str] = [
    FigureKind.MAKERS,
    FigureKind.SINCE,
    FigureKind.OUTPUT,
    FigureKind.PRICE,
    FigureKind.MEMBERS,
    FigureKind.UNITS,
    FigureKind.OCCUPANCY,
    FigureKind.TURNOVER,
    FigureKind.OTHER,
]
COVER_ARCHES = 5
LOOSE_HEAD = 52.0
# Where a sentra closed or went is told on its page; it has no place in what promotes it.
TOLD_ACTIVITY = {ActivityStatus.PARTLY_MOVED, ActivityStatus.MOVED, ActivityStatus.QUIET, ActivityStatus.CLOSED}


def compose(material: Material, sentence: str, site_url: str) -> Catalogue:
    """The catalogue of this material. `sentence` names the selection; `site_url` is the public address, if any."""
    site = lasting_site(site_url)
    entries = {product.pk: entry_of(product, material, site) for product in material.products}
    groups: dict[int | None, list[Entry]] = {}
    for product in material.products:
        home = home_of(product)
        groups.setdefault(home if home in material.sentra_by_pk else None, []).append(entries[product.pk])
    loose = groups.get(None, [])
    businesses, certificates = business_lines(material, site), certificate_lines(material)
    kinds, index = kind_notes(material), layout.index_rows(area_index(material))
    blocks = {"businesses": layout.table_height(len(businesses), 11.0)} if businesses else {}
    blocks["certificates"] = layout.table_height(len(certificates), 8.0) + layout.legend_height(kinds)
    if index:
        blocks["index"] = layout.index_height(index)
    pages = tuple(_sentra_page(row, groups.get(row.pk, []), material, site) for row in material.sentra)
    city = map_page(material.sentra, material.kecamatan, *material.borders)
    front, front_art = layout.front(bool(city) + len(pages) + bool(loose) + bool(businesses) + 1 + bool(index))
    return Catalogue(
        sentence=sentence,
        date=phrases.full_date(material.data_day),
        iso_date=material.data_day.isoformat(),
        valid_on=phrases.full_date(material.day),
        office=office_of(material.office),
        sentra=pages,
        city=city and replace(city, art=layout.art_for(layout.PAGE - layout.map_height(city.lists))),
        loose=layout.sheets_of(layout.rows_of(loose), LOOSE_HEAD) if loose else (),
        loose_count=len(loose),
        businesses=businesses,
        kinds=kinds,
        certificates=certificates,
        index=index,
        cover_patterns=_cover_patterns(entries.values()),
        front=front,
        front_art=front_art,
        lists=layout.list_pages(blocks),
        product_count=len(entries),
        total=material.total,
        has_prices=any(entry.price for entry in entries.values()),
        site_address=site.partition("://")[2],
        home_qr=qr_of(f"{site}/en/" if site and get_language() == "en" else site and f"{site}/"),
    )


def _cover_patterns(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The patterns of what is inside, most frequent first, repeated until every arch has one."""
    tally: dict[str, int] = {}
    for entry in entries:
        tally[entry.pattern] = tally.get(entry.pattern, 0) + 1
    frequent = sorted(tally, key=lambda pattern: -tally[pattern])
    # One pattern alone would be a wall; the city's leaf stands between.
    chosen = frequent if len(frequent) > 2 else list(dict.fromkeys([*frequent, Pattern.ASEM, Pattern.BATIK]))
    return tuple(islice(cycle(chosen), COVER_ARCHES))


def _sentra_page(sentra: Sentra, entries: list[Entry], material: Material, site: str) -> SentraPage:
    disclosure = material.disclosures[sentra]
    told, left_out = _facts(sentra.figures.all(), material)
    address = permanent_address(site, sentra.code)
    page = SentraPage(
        code=sentra.code,
        name=phrases.text_of(sentra, "name"),
        name_size=layout.name_size(in_language(sentra, "name")),
        types=tuple(phrases.text_of(kind, "name") for kind in sentra.product_types.all()),
        pattern=_pattern(sentra, entries),
        places=tuple(_place(location) for location in sentra.locations.all() if location.used_until is None),
        summary=phrases.prose_of(sentra, "summary"),
        description=phrases.prose_of(sentra, "description"),
        activity=_activity(sentra),
        visits=in_language(sentra, "visiting_hours"),
        facts=told,
        facts_left_out=left_out,
        reach=reach_of(disclosure),
        consented_on=phrases.full_date(disclosure.consented_on) if disclosure.consented_on else "",
        qr=qr_of(address),
        address=address,
        product_count=len(entries),
    )
    return _paginated(page, entries)


def _paginated(page: SentraPage, entries: list[Entry]) -> SentraPage:
    """Products stand on the opening page when they all fit there, otherwise on sheets of their own."""
    rows = layout.rows_of(entries)
    rest = layout.PAGE - layout.opener_height(page)
    needed = layout.goods_height(rows)
    values = {**page.__dict__}
    if needed <= rest:
        values.update(rows=tuple(rows), art=layout.art_for(rest - needed))
    else:
        values.update(art=layout.art_for(rest), sheets=layout.sheets_of(rows))
    return SentraPage(**values)


def _facts(figures: Iterable[Figure], material: Material) -> tuple[tuple[Fact, ...], int]:
    """The statements paper may carry, newest first within a kind, and how many of them found no room."""
    fit = [
        figure
        for figure in figures
        if figure.kind in FACT_ORDER
        and (figure.kind != FigureKind.PRICE or phrases.is_price_fresh(figure.as_of, material.data_day))
    ]
    fit.sort(key=lambda figure: (FACT_ORDER.index(figure.kind), -figure.as_of.toordinal(), figure.pk))
    of_kind: dict[str, list[Figure]] = {}
    for figure in fit:
        of_kind.setdefault(figure.kind, []).append(figure)
    shown = list(chain.from_iterable(group[:FACTS_OF_A_KIND] for group in of_kind.values()))[:FACTS_SHOWN]
    return tuple(_fact(figure) for figure in shown), len(fit) - len(shown)


def _fact(figure: Figure) -> Fact:
    kind_only = str(figure.get_kind_display())
    return Fact(
        label=f"{figure.get_kind_display()}: {label}" if (label := in_language(figure, "label")) else kind_only,
        value=phrases.value_of(figure),
        when=phrases.dated(figure.as_of, figure.as_of_precision),
        source=figure.source.publisher,
    )


def _place(location: SentraLocation) -> Place:
    return Place(
        kelurahan=location.kelurahan.name,
        kecamatan=location.kelurahan.kecamatan.name,
        role=location.get_role_display(),
        address=location.address,
    )


def _activity(sentra: Sentra) -> str:
    if sentra.activity not in TOLD_ACTIVITY:
        return ""
    note = in_language(sentra, "activity_note")
    return f"{sentra.get_activity_display()}. {note}".strip()


def _pattern(sentra: Sentra, entries: list[Entry]) -> str:
    types = list(sentra.product_types.all())
    return types[0].pattern if types else entries[0].pattern
