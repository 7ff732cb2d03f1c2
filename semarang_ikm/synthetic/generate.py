"""From numbers to rows, in chunks that each commit on their own: a running site is never locked out for long."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.core.management import call_command
from django.db import transaction

from products.models import Product
from semarang_ikm.shared.time import today
from semarang_ikm.shared.tracing import unrecorded
from semarang_ikm.synthetic import marks
from semarang_ikm.synthetic.businesses import make_businesses
from semarang_ikm.synthetic.centres import Centre, centre_count, make_centres
from semarang_ikm.synthetic.certificates import make_certificates
from semarang_ikm.synthetic.city import City
from semarang_ikm.synthetic.events import make_events
from semarang_ikm.synthetic.goods import make_products, popularity
from semarang_ikm.synthetic.makers import Maker
from semarang_ikm.synthetic.shape import Shape
from sentra.models import Ikm, Kelurahan, ProductType

# Rows of one transaction.
CHUNK = 2000

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """How many rows were added."""

    sentra: int
    ikm: int
    products: int
    certificates: int
    events: int


class NothingToStandOn(LookupError):
    """There are no areas or no product types, and the shipped content brought none."""


def generate(
    *, ikm: int, products: int, seed: int, at: date | None = None, progress: Progress = lambda _text: None
) -> Made:
    """Add that many synthetic businesses and products, with events at which they were shown. The same seed, day and starting point give the same rows.

    They leave no trail of changes. Raises NothingToStandOn.
    """
    with unrecorded():
        return _generate(ikm, products, seed, at, progress)


def _generate(ikm: int, products: int, seed: int, at: date | None, progress: Progress) -> Made:
    _require_reference_rows()
    # The number of rows that are there already is part of the seed: a second run adds others.
    rng = Random(f"{seed}/{marks.next_number(Ikm)}/{marks.next_number(Product)}")  # noqa: S311 nothing here is secret
    shape = Shape(rng, at or today(), marks.officer(), marks.source())
    city = City(rng)
    with transaction.atomic():
        centres = make_centres(city, shape, centre_count(ikm))
    businesses = _businesses(city, shape, centres, ikm, progress)
    by_business = _products(shape, centres, businesses, products, progress)
    certificates = 0
    for start in range(0, len(businesses), CHUNK):
        with transaction.atomic():
            certificates += make_certificates(city, shape, businesses[start : start + CHUNK], by_business)
    with transaction.atomic():
        events = make_events(city, shape, centres, businesses, by_business)
    return Made(len(centres), len(businesses), products, certificates, events)


def _require_reference_rows() -> None:
    if not (Kelurahan.objects.exists() and ProductType.objects.exists()):
        call_command("seed", verbosity=0)
    if not (Kelurahan.objects.exists() and ProductType.objects.exists()):
        raise NothingToStandOn


def _businesses(city: City, shape: Shape, centres: list[Centre], count: int, progress: Progress) -> list[Maker]:
    made: list[Maker] = []
    while len(made) < count:
        with transaction.atomic():
            made += make_businesses(city, shape, centres, min(CHUNK, count - len(made)))
        progress(f"{len(made)} / {count} IKM")
    return made


def _products(
    shape: Shape, centres: list[Centre], businesses: list[Maker], count: int, progress: Progress
) -> dict[int, list[int]]:
    """Primary keys of the products by business."""
    found: dict[int, list[int]] = defaultdict(list)
    weighted, places = popularity(businesses, shape), [centre.as_maker() for centre in centres]
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        with transaction.atomic():
            for product, maker in make_products(shape, weighted, places, size):
                if maker.ikm_id is not None:
                    found[maker.ikm_id].append(product.pk)
        progress(f"{start + size} / {count} produk")
    return found
