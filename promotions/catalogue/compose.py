"""From rows to what a catalogue says. Asks nothing of the database: everything comes with the material."""

from collections.abc import Iterable
from itertools import chain, cycle, islice

from django.utils.translation import get_language

from promotions.catalogue import phrases
from promotions.catalogue.city import city_map, spots_of
from promotions.catalogue.entries import entry_of, picture_of, portrait_of
from promotions.catalogue.lists import (
    area_index,
    business_lines,
    certificate_lines,
    event_lines,
    kind_notes,
    office_of,
    reach_of,
    type_index,
)
from promotions.catalogue.model import NOTHING, Catalogue, Chapter, EditionNote, Entry, Fact, Place, Text
from promotions.catalogue.selection import Material, home_of
from semarang_ikm.shared.qr import lasting_site, permanent_address
from sentra.choices import ActivityStatus, FigureKind, Pattern
from sentra.map.drawing import short_name
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
ARCHES = 5
# Where a sentra closed or went is told on its page; it has no place in what promotes it.
TOLD_ACTIVITY = {ActivityStatus.PARTLY_MOVED, ActivityStatus.MOVED, ActivityStatus.QUIET, ActivityStatus.CLOSED}


def compose(
    material: Material, title: Text, site_url: str, edition: EditionNote | None = None, theme: str = ""
) -> Catalogue:
    """The catalogue of this material in the active language.

    `title` names the edition or the selection; `site_url` is the public address, if any; `theme` is the pattern of the
    cover, "" for the most frequent one.
    """
    site = lasting_site(site_url)
    entries = {product.pk: entry_of(product, material, site) for product in material.products}
    groups: dict[int | None, list[Entry]] = {}
    for product in material.products:
        home = home_of(product)
        groups.setdefault(home if home in material.sentra_by_pk else None, []).append(entries[product.pk])
    return Catalogue(
        language=get_language() or "id",
        title=title,
        edition=edition,
        date=Text(phrases.full_date(material.data_day)),
        iso_date=material.data_day.isoformat(),
        valid_on=Text(phrases.full_date(material.day)),
        office=office_of(material.office),
        sentra=tuple(_chapter(row, tuple(groups.get(row.pk, ())), material, site) for row in material.sentra),
        city=city_map(material.sentra, material.kecamatan, *material.borders),
        loose=tuple(groups.get(None, ())),
        businesses=business_lines(material, site),
        kinds=kind_notes(material),
        certificates=certificate_lines(material),
        areas=area_index(material),
        types=type_index(material),
        events=event_lines(material),
        patterns=_patterns(entries.values(), theme),
        product_count=len(entries),
        total=material.total,
        shows_prices=material.shows_prices,
        site_address=site.partition("://")[2],
        home_address=_home(site, edition),
        licence=material.office.data_licence,
    )


def _home(site: str, edition: EditionNote | None) -> str:
    """An edition's own page by its permanent code, else the site's front page in this language."""
    if edition or not site:
        return permanent_address(site, edition.code) if edition else ""
    return f"{site}/en/" if get_language() == "en" else f"{site}/"


def _patterns(entries: Iterable[Entry], theme: str) -> tuple[str, ...]:
    """The theme, then the patterns of what is inside, most frequent first, repeated until every arch has one."""
    tally: dict[str, int] = {}
    for entry in entries:
        tally[entry.pattern] = tally.get(entry.pattern, 0) + 1
    frequent = list(dict.fromkeys([theme] * bool(theme) + sorted(tally, key=lambda pattern: -tally[pattern])))
    # One pattern alone would be a wall; the city's leaf stands between.
    chosen = frequent if len(frequent) > 2 else list(dict.fromkeys([*frequent, Pattern.ASEM, Pattern.BATIK]))
    return tuple(str(pattern) for pattern in islice(cycle(chosen), ARCHES))


def _chapter(sentra: Sentra, entries: tuple[Entry, ...], material: Material, site: str) -> Chapter:
    disclosure = material.disclosures[sentra]
    told, left_out = _facts(sentra.figures.all(), material)
    places = [location for location in sentra.locations.all() if location.used_until is None]
    return Chapter(
        code=sentra.code,
        name=phrases.text_of(sentra, "name"),
        types=tuple(phrases.text_of(kind, "name") for kind in sentra.product_types.all()),
        pattern=_pattern(sentra, entries),
        places=tuple(_place(location) for location in places),
        summary=phrases.prose_of(sentra, "summary"),
        description=phrases.prose_of(sentra, "description"),
        activity=_activity(sentra),
        visits=phrases.text_of(sentra, "visiting_hours"),
        facts=told,
        facts_left_out=left_out,
        reach=reach_of(disclosure),
        consented_on=Text(phrases.full_date(disclosure.consented_on) if disclosure.consented_on else ""),
        address=permanent_address(site, sentra.code),
        entries=entries,
        picture=picture_of(portrait_of(sentra, material)),
        spots=spots_of(places),
        areas=tuple(sorted({short_name(location.kelurahan.kecamatan.name) for location in places})),
    )


def _facts(figures: Iterable[Figure], material: Material) -> tuple[tuple[Fact, ...], int]:
    """The statements paper may carry, newest first within a kind, and how many of them found no room."""
    fit = [
        figure
        for figure in figures
        if figure.kind in FACT_ORDER and (figure.kind != FigureKind.PRICE or _may_print_price(figure, material))
    ]
    fit.sort(key=lambda figure: (FACT_ORDER.index(figure.kind), -figure.as_of.toordinal(), figure.pk))
    of_kind: dict[str, list[Figure]] = {}
    for figure in fit:
        of_kind.setdefault(figure.kind, []).append(figure)
    shown = list(chain.from_iterable(group[:FACTS_OF_A_KIND] for group in of_kind.values()))[:FACTS_SHOWN]
    return tuple(_fact(figure) for figure in shown), len(fit) - len(shown)


def _may_print_price(figure: Figure, material: Material) -> bool:
    return material.shows_prices and phrases.is_price_fresh(figure.as_of, material.data_day)


def _fact(figure: Figure) -> Fact:
    kind, label = str(figure.get_kind_display()), phrases.text_of(figure, "label")
    return Fact(
        label=Text(f"{kind}: {label.words}" if label else kind),
        value=Text(phrases.value_of(figure)),
        when=Text(phrases.dated(figure.as_of, figure.as_of_precision)),
        source=figure.source.publisher,
    )


def _place(location: SentraLocation) -> Place:
    return Place(
        kelurahan=location.kelurahan.name,
        kecamatan=location.kelurahan.kecamatan.name,
        role=Text(location.get_role_display()),
        address=location.address,
    )


def _activity(sentra: Sentra) -> Text:
    if sentra.activity not in TOLD_ACTIVITY:
        return NOTHING
    note = phrases.text_of(sentra, "activity_note")
    return Text(f"{sentra.get_activity_display()}. {note.words}".strip())


def _pattern(sentra: Sentra, entries: tuple[Entry, ...]) -> str:
    types = list(sentra.product_types.all())
    return types[0].pattern if types else entries[0].pattern
