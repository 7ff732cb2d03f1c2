"""Synthetic businesses: most belong to no sentra, a third bear a person's name, a tenth are not public."""

from typing import Any

from products.indexing import business_words
from semarang_ikm.synthetic import marks, personal, words
from semarang_ikm.synthetic.centres import Centre
from semarang_ikm.synthetic.city import City, Kind, Weighted
from semarang_ikm.synthetic.makers import Maker, bilingual, in_type_order, words_of
from semarang_ikm.synthetic.shape import Shape
from sentra.choices import ActivityStatus, IkmKind
from sentra.codes import issue_codes
from sentra.indexing import ikm_words, set_texts
from sentra.models import Ikm, Kelurahan

FORMS = Weighted.by_weight(
    (
        IkmKind.INDIVIDUAL,
        IkmKind.GROUP,
        IkmKind.KUB,
        IkmKind.COMPANY,
        IkmKind.COOPERATIVE,
        IkmKind.ASSOCIATION,
        IkmKind.UNKNOWN,
    ),
    (62, 10, 6, 9, 2, 1, 10),
)
IN_A_SENTRA = 0.45


def make_businesses(city: City, shape: Shape, centres: list[Centre], count: int) -> list[Maker]:
    """Store `count` businesses with types, contacts and receipts; returns them as makers of products."""
    first = marks.next_number(Ikm)
    people: list[personal.Personal] = []
    types_of: list[tuple[Kind, ...]] = []
    rows: list[Ikm] = []
    for number, code in enumerate(issue_codes(Ikm.CODE_PREFIX, count), first):
        centre = shape.rng.choice(centres) if centres and shape.chance(IN_A_SENTRA) else None
        types = _types(city, shape, centre)
        ikm = _ikm(shape, number, code, centre, types, _kelurahan(city, shape, centre))
        rows.append(ikm)
        types_of.append(types)
        people.append(personal.draw(shape, ikm, number))
    names = [
        ikm.name if known.name_may_show or not ikm.name_is_personal else f"Usaha {ikm.code}"
        for ikm, known in zip(rows, people, strict=True)
    ]
    for ikm, name, types in zip(rows, names, types_of, strict=True):
        set_texts(ikm, name, ikm_words(ikm, words_of(types)))
    Ikm.objects.bulk_create(rows)
    link = Ikm.product_types.through
    link.objects.bulk_create(
        [
            link(ikm_id=ikm.pk, producttype_id=kind.pk)
            for ikm, types in zip(rows, types_of, strict=True)
            for kind in types
        ]
    )
    personal.store(zip(rows, people, strict=True))
    return [
        Maker(number, ikm.pk, None, types, business_words(ikm, name))
        for number, (ikm, name, types) in enumerate(zip(rows, names, types_of, strict=True), first)
    ]


def _types(city: City, shape: Shape, centre: Centre | None) -> tuple[Kind, ...]:
    """Who belongs to a sentra mostly makes what the sentra makes."""
    if centre and shape.chance(0.85):
        return centre.types
    return in_type_order(city.types.several(shape.rng, shape.rng.choice((1, 1, 1, 2, 3))))


def _kelurahan(city: City, shape: Shape, centre: Centre | None) -> Kelurahan | None:
    """Mostly where the sentra is; of a few nobody has asked."""
    if shape.chance(0.04):
        return None
    if centre and shape.chance(0.8):
        return centre.locations[0].kelurahan
    return city.kelurahan.pick(shape.rng)


def _ikm(
    shape: Shape, number: int, code: str, centre: Centre | None, types: tuple[Kind, ...], kelurahan: Kelurahan | None
) -> Ikm:
    rng = shape.rng
    kind = FORMS.pick(rng)
    translated = shape.chance(0.35)
    fields: dict[str, Any] = {}
    if shape.chance(0.4):
        fields |= {"workers": int(rng.paretovariate(1.3)) + 1, "workers_as_of": shape.days_ago(rng.randrange(900))}
    if shape.chance(0.3):
        capacity = 10 * rng.randint(1, 200)
        fields |= {
            "monthly_capacity_min": capacity,
            "monthly_capacity_max": 2 * capacity if shape.chance(0.5) else None,
            "capacity_unit": "buah",
            "capacity_unit_en": "pieces",
        }
    if shape.chance(0.3):
        fields |= bilingual(words.STORY, words.STORY_EN, "story", translated=translated)
    if shape.chance(0.3):
        fields["nib"] = f"000000{number:07d}"
    summary = types[0].name.lower()
    return Ikm(
        code=code,
        slug=f"{marks.SLUG_PREFIX[Ikm]}{number:05d}",
        name=f"{marks.NAME_PREFIX[Ikm]}{number:05d} {rng.choice(words.BUSINESS_WORDS)}",
        name_is_personal=kind == IkmKind.INDIVIDUAL and shape.chance(0.5),
        kind=kind,
        sentra=centre.sentra if centre else None,
        kelurahan=kelurahan,
        activity=ActivityStatus.ACTIVE if shape.chance(0.7) else ActivityStatus.UNKNOWN,
        founded=rng.randint(1970, shape.today.year) if shape.chance(0.5) else None,
        minimum_order="20 buah" if shape.chance(0.2) else "",
        lead_time_days=rng.randint(1, 30) if shape.chance(0.3) else None,
        **bilingual(
            f"Baris uji: usaha karangan yang membuat {summary}.",
            f"A test row: an invented business that makes {types[0].name_en.lower()}.",
            "summary",
            translated=translated,
        ),
        **fields,
        **shape.publication(0.88),
        **shape.checked(0.7),
    )
