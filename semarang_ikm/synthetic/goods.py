"""Synthetic products: a few businesses have very many, prices are skewed and some of them old."""

from itertools import accumulate
from typing import Any

from products.indexing import product_words
from products.models import Product
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.synthetic import marks, words
from semarang_ikm.synthetic.city import Kind, Weighted
from semarang_ikm.synthetic.makers import Maker, bilingual
from semarang_ikm.synthetic.shape import Shape
from sentra.codes import issue_codes
from sentra.indexing import set_texts

OF_A_SENTRA = 0.03
# Rupiah: the middle price and the spread (sigma of the logarithm) of food and of everything else.
FOOD_PRICE, CRAFT_PRICE = (22_000, 0.8), (110_000, 1.1)
# Days: most prices are recent, one in seven is too old for the price facet (a year), some are older still.
PRICE_AGES = Weighted.by_weight(((0, 90), (91, 365), (366, 1500)), (58, 28, 14))


def popularity(businesses: list[Maker], shape: Shape) -> Weighted[Maker]:
    """Most businesses have a few products, some more than fifty."""
    weights = [min(shape.rng.paretovariate(1.2), 60.0) for _ in businesses]
    return Weighted(businesses, list(accumulate(weights)))


def make_products(
    shape: Shape, businesses: Weighted[Maker], centres: list[Maker], count: int
) -> list[tuple[Product, Maker]]:
    """Store `count` products; returns them with their makers."""
    first = marks.next_number(Product)
    made = []
    for number, code in enumerate(issue_codes(Product.CODE_PREFIX, count), first):
        of_centre = not businesses.things or (centres and shape.chance(OF_A_SENTRA))
        maker = shape.rng.choice(centres) if of_centre else businesses.pick(shape.rng)
        made.append((_product(shape, number, code, maker), maker))
    Product.objects.bulk_create([product for product, _maker in made])
    return made


def _product(shape: Shape, number: int, code: str, maker: Maker) -> Product:
    rng = shape.rng
    kind = rng.choice(maker.types)
    quality, quality_en = rng.choice(words.QUALITIES)
    translated = shape.chance(0.4)
    summary, summary_en = rng.choice(words.SUMMARIES)
    fields: dict[str, Any] = {}
    if shape.chance(0.6):
        fields |= bilingual(*rng.choice(words.MATERIALS), "materials", translated=translated)
    if shape.chance(0.5):
        fields |= bilingual(*rng.choice(words.SIZES), "size", translated=translated)
    if kind.is_food and shape.chance(0.5):
        fields |= bilingual(*rng.choice(words.STORAGE), "storage", translated=translated)
        fields["shelf_life_days"] = rng.choice((3, 7, 30, 90, 180))
    if shape.chance(0.85):
        fields |= _price(shape, kind)
    if shape.chance(0.25):
        fields |= {
            "monthly_capacity_min": 10 * rng.randint(1, 300),
            "capacity_unit": "buah",
            "capacity_unit_en": "pieces",
        }
    product = Product(
        code=code,
        slug=f"{marks.SLUG_PREFIX[Product]}{number:06d}-{kind.slug}"[:120],
        name=f"{marks.NAME_PREFIX[Product]}{number:06d} {kind.name} {quality}"[:120],
        name_en=f"Test Product {number:06d} {kind.name_en}, {quality_en}"[:120] if translated else "",
        ikm_id=maker.ikm_id,
        sentra_id=maker.sentra_id,
        product_type_id=kind.pk,
        minimum_order=f"{rng.choice((5, 10, 20, 50))} buah" if shape.chance(0.2) else "",
        lead_time_days=rng.randint(1, 30) if shape.chance(0.3) else None,
        is_flagship=shape.chance(0.05),
        is_export_ready=shape.chance(0.08),
        takes_custom_orders=rng.choice((True, False, None, None)),
        composition_changed_on=shape.days_ago(rng.randrange(400)) if shape.chance(0.01) else None,
        **bilingual(
            summary.format(type=kind.name, quality=quality.lower())[:300],
            summary_en.format(type=kind.name_en, quality=quality_en)[:300],
            "summary",
            translated=translated,
        ),
        **fields,
        **shape.publication(0.9),
        **shape.checked(0.7),
    )
    set_texts(product, product.name, product_words(product, list(kind.words), maker.words))
    return product


def _price(shape: Shape, kind: Kind) -> dict[str, Any]:
    """Whole rupiah, rounded as people price: to 500 below 100,000 and to 5,000 above."""
    rng = shape.rng
    middle, spread = FOOD_PRICE if kind.is_food else CRAFT_PRICE
    price = max(500, middle * rng.lognormvariate(0, spread))
    step = 500 if price < 100_000 else 5_000
    lowest = max(500, round(price / step) * step)
    unit, unit_en = rng.choice(words.FOOD_UNITS if kind.is_food else words.CRAFT_UNITS)
    return {
        "price_min": lowest,
        "price_max": lowest + step * rng.randint(1, 20) if shape.chance(0.25) else None,
        "price_unit": unit,
        "price_unit_en": unit_en,
        "price_on": shape.days_ago(rng.randint(*PRICE_AGES.pick(rng))),
        "price_precision": DatePrecision.DAY,
        "price_source_id": shape.source.pk,
    }
