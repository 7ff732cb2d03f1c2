"""Synthetic occasions with their lines in the ledger: some to come, one going on, most over, one cancelled."""

import datetime
from collections.abc import Mapping
from typing import Any

from promotions.choices import PromotionKind
from promotions.indexing import promotion_words
from promotions.models import Appearance, Promotion
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.synthetic import marks, words
from semarang_ikm.synthetic.centres import Centre
from semarang_ikm.synthetic.city import City
from semarang_ikm.synthetic.makers import Maker, bilingual
from semarang_ikm.synthetic.shape import Shape
from sentra.indexing import set_texts, store_texts

KINDS = [*PromotionKind.values, PromotionKind.EXHIBITION.value, PromotionKind.EXHIBITION.value]
# Businesses of one occasion, and products of one business there.
MOST_BUSINESSES, MOST_PRODUCTS = 48, 3
# Of ten occasions the first five are now or to come: days from today, days long.
COMING = ((-1, 3), (9, 1), (24, 4), (40, 1), (75, 2))
CANCELLED = 3


def event_count(ikm: int) -> int:
    return min(120, max(10, ikm // 40))


def make_events(
    city: City, shape: Shape, centres: list[Centre], businesses: list[Maker], products: Mapping[int, list[int]]
) -> int:
    """Store occasions and who was there; returns how many occasions."""
    first, count = marks.next_number(Promotion), event_count(len(businesses))
    made = [_event(city, shape, number) for number in range(first, first + count)]
    Promotion.objects.bulk_create(made)
    for event in made:
        _attend(shape, event, centres, businesses, products)
    for event in made:
        set_texts(event, event.name, promotion_words(event))
    store_texts(Promotion, made)
    return count


def _event(city: City, shape: Shape, number: int) -> Promotion:
    rng, place_in_ten = shape.rng, (number - 1) % 10
    title, title_en = rng.choice(words.EVENTS)
    translated = shape.chance(0.6)
    fields: dict[str, Any] = {"kind": PromotionKind.EXHIBITION.value, **shape.publication(1)}
    if place_in_ten < len(COMING):
        begins, length = COMING[place_in_ten]
        begins += number // 10 * 7 if begins > 0 else 0
        fields |= {
            "starts_on": shape.days_ago(-begins),
            "ends_on": shape.days_ago(-begins - length + 1) if length > 1 else None,
            "starts_at": datetime.time(9),
            "ends_at": datetime.time(16, 30) if shape.chance(0.7) else None,
            "cancelled_on": shape.today if place_in_ten == CANCELLED else None,
        }
    else:
        begins = rng.randint(3, 1500)
        fields |= {"kind": rng.choice(KINDS), "starts_on": shape.days_ago(begins)} | shape.publication(0.85)
        if shape.chance(0.3):
            fields["starts_on"], fields["date_precision"] = fields["starts_on"].replace(day=1), DatePrecision.MONTH
        fields |= bilingual(*words.EVENT_RESULTS, "results", translated=translated)
    return Promotion(
        slug=f"{marks.SLUG_PREFIX[Promotion]}{number:04d}",
        name=f"{marks.NAME_PREFIX[Promotion]}{number:04d} {title}"[:160],
        name_en=f"Test Event {number:04d} {title_en}"[:160] if translated else "",
        place=rng.choice(words.EVENT_PLACES),
        kelurahan=city.kelurahan.pick(rng),
        **bilingual(words.EVENT_STORY, words.EVENT_STORY_EN, "description", translated=translated),
        **fields,
    )


def _attend(
    shape: Shape, event: Promotion, centres: list[Centre], businesses: list[Maker], products: Mapping[int, list[int]]
) -> None:
    rng = shape.rng
    event.sentra.set([centre.sentra for centre in rng.sample(centres, min(len(centres), rng.randint(0, 3)))])
    there = rng.sample(businesses, min(len(businesses), rng.randint(1, MOST_BUSINESSES)))
    lines = [
        Appearance(promotion=event, ikm_id=maker.ikm_id, appeared_on=event.starts_on)
        for maker in there
        if maker.ikm_id is not None
    ]
    Appearance.objects.bulk_create(lines)
    link = Appearance.products.through
    link._default_manager.bulk_create(
        [
            link(appearance_id=line.pk, product_id=product)
            for line in lines
            for product in products.get(line.ikm_id, [])[: rng.randint(0, MOST_PRODUCTS)]
        ]
    )
