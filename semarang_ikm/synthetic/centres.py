"""Synthetic sentra with their locations and dated figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from products.indexing import sentra_place_words
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.synthetic import marks, words
from semarang_ikm.synthetic.city import City, Kind
from semarang_ikm.synthetic.makers import Maker, bilingual, in_type_order, words_of
from semarang_ikm.synthetic.shape import Shape
from sentra.choices import ActivityStatus, FigureKind, FigureQualifier, LocationRole, Recognition
from sentra.codes import issue_codes
from sentra.indexing import location_words, sentra_words, set_texts
from sentra.models import Figure, Sentra, SentraLocation


@dataclass(slots=True)
class Centre:
    """A synthetic sentra, and what belongs to it."""

    sentra: Sentra
    types: tuple[Kind, ...]
    locations: list[SentraLocation]

    def as_maker(self) -> Maker:
        return Maker(0, None, self.sentra.pk, self.types, sentra_place_words(self.sentra, self.locations))


def centre_count(ikm: int) -> int:
    """One for forty businesses: the city knows of about thirty sentra."""
    return min(200, max(3, ikm // 40))


def make_centres(city: City, shape: Shape, count: int) -> list[Centre]:
    """Store `count` sentra with everything that they own."""
    first = marks.next_number(Sentra)
    centres = [
        _centre(city, shape, number, code) for number, code in enumerate(issue_codes(Sentra.CODE_PREFIX, count), first)
    ]
    Sentra.objects.bulk_create([centre.sentra for centre in centres])
    for centre in centres:
        for location in centre.locations:
            location.sentra_id = centre.sentra.pk
    SentraLocation.objects.bulk_create([location for centre in centres for location in centre.locations])
    link = Sentra.product_types.through
    link.objects.bulk_create(
        [link(sentra_id=centre.sentra.pk, producttype_id=kind.pk) for centre in centres for kind in centre.types]
    )
    Figure.objects.bulk_create([figure for centre in centres for figure in _figures(centre.sentra, shape)])
    return centres


def _centre(city: City, shape: Shape, number: int, code: str) -> Centre:
    rng = shape.rng
    types = in_type_order(city.types.several(rng, rng.choice((1, 1, 2))))
    main, translated = types[0], shape.chance(0.6)
    sentra = Sentra(
        code=code,
        slug=f"{marks.SLUG_PREFIX[Sentra]}{number:03d}-{main.slug}"[:120],
        name=f"{marks.NAME_PREFIX[Sentra]}{number:03d} {main.name}"[:120],
        name_en=f"Test Centre {number:03d} {main.name_en}"[:120] if translated else "",
        recognised_by=rng.choice(Recognition.values),
        activity=rng.choice((ActivityStatus.ACTIVE, ActivityStatus.ACTIVE, ActivityStatus.UNKNOWN)),
        welcomes_visitors=rng.choice((True, None, None)),
        **bilingual(
            f"Baris uji: sentra karangan untuk {main.name.lower()}.",
            f"A test row: an invented centre of {main.name_en.lower()}.",
            "summary",
            translated=translated,
        ),
        **bilingual(words.STORY, words.STORY_EN, "description", translated=translated),
        **shape.publication(0.9),
        **shape.checked(0.8),
    )
    locations = [
        SentraLocation(
            kelurahan=kelurahan,
            role=LocationRole.SHOWROOM if index else LocationRole.PRODUCTION,
            is_main=index == 0,
            address=f"Kampung Uji {number}",
        )
        for index, kelurahan in enumerate(city.kelurahan.several(rng, rng.choice((1, 1, 1, 2))))
    ]
    set_texts(sentra, sentra.name, sentra_words(sentra, words_of(types), location_words(locations)))
    return Centre(sentra, types, locations)


def _figures(sentra: Sentra, shape: Shape) -> Iterator[Figure]:
    common = {"sentra_id": sentra.pk, "source": shape.source, "as_of_precision": DatePrecision.YEAR}
    makers = shape.rng.randint(5, 90)
    yield Figure(
        kind=FigureKind.MAKERS,
        qualifier=FigureQualifier.ABOUT,
        value_min=Decimal(makers),
        unit="perajin",
        unit_en="makers",
        as_of=shape.days_ago(365 * shape.rng.randint(0, 9)),
        **common,
    )
    yield Figure(
        kind=FigureKind.OUTPUT,
        value_min=Decimal(makers * 10),
        value_max=Decimal(makers * 25),
        unit="buah per hari",
        unit_en="pieces a day",
        as_of=shape.days_ago(365 * shape.rng.randint(0, 9)),
        **common,
    )
