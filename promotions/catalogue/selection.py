"""What a catalogue of a selection is made of: the only file here that asks the database.

The number of queries does not depend on how many rows are found.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from django.db.models import Q

from products.models import CertificateKind, Certification, Product
from products.querysets import ProductQuerySet
from promotions.models import Promotion
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.listing import Listing
from semarang_ikm.shared.time import today
from sentra.consent import Disclosure, Subject, disclose
from sentra.map.city import drawing_in_use
from sentra.map.drawing import Drawing
from sentra.models import BoundarySet, Ikm, Kecamatan, OfficeProfile, Sentra

# More would be a telephone book: minutes to make, and nobody prints it.
PRODUCT_LIMIT = 500
BUSINESS_LIMIT = 500
EVENT_LIMIT = 12


@dataclass(frozen=True)
class Material:
    """The rows behind a catalogue, as the public may see them in print.

    `day`: on which certificates must be valid, the event's. `data_day`: of the rows themselves, and so of the prices.
    """

    day: date
    data_day: date
    total: int
    products: list[Product]
    sentra: list[Sentra]
    businesses: list[Ikm]
    disclosures: dict[Subject, Disclosure]
    own_certificates: list[Certification]
    kinds: list[CertificateKind]
    office: OfficeProfile
    kecamatan: list[Kecamatan]
    # Which a reader can still come to, the nearest first.
    events: list[Promotion]
    # The drawing of the city, and where its borders come from (None: schematic).
    borders: tuple[Drawing, BoundarySet | None]
    shows_prices: bool = True
    # Sentra that may be shown, by primary key.
    sentra_by_pk: dict[int, Sentra] = field(default_factory=dict)


def home_of(product: Product) -> int | None:
    """The primary key of the sentra a product belongs to, its own or its maker's; published or not."""
    return product.sentra_id or (product.ikm.sentra_id if product.ikm else None)


def gather(listing: Listing, limit: int = PRODUCT_LIMIT, at: date | None = None) -> Material:
    """The first `limit` products of a list in its order, and everything a catalogue says around them."""
    day = at or today()
    rows = cast(ProductQuerySet, listing.matching).for_list(Channel.PRINT)
    products = list(listing.catalog.order(rows, listing.request)[:limit])
    return gather_chosen(products, day, day, total=len(products) if len(products) < limit else listing.total)


def gather_chosen(
    products: list[Product], day: date, data_day: date, *, total: int | None = None, shows_prices: bool = True
) -> Material:
    """Everything a catalogue says around these products (`for_list` of the print channel), in their order.

    The days are those of Material. Consent is asked today, whatever they are.
    """
    homes = {pk for product in products if (pk := home_of(product))}
    sentra = list(Sentra.objects.published().filter(pk__in=homes).for_detail().order_by("sort_name", "pk"))
    makers = {product.ikm_id for product in products if product.ikm_id}
    businesses = list(
        Ikm.objects.published()
        .filter(Q(pk__in=makers) | Q(sentra__in=[row.pk for row in sentra]))
        .for_list(Channel.PRINT)
        .order_by("sort_name", "pk")[:BUSINESS_LIMIT]
    )
    own = Certification.objects.valid_on(day).filter(ikm__in=[row.pk for row in businesses], products__isnull=True)
    return Material(
        day=day,
        data_day=data_day,
        total=len(products) if total is None else total,
        products=products,
        sentra=sentra,
        businesses=businesses,
        disclosures=disclose([*sentra, *businesses], Channel.PRINT),
        own_certificates=list(own.select_related("kind")),
        kinds=list(CertificateKind.objects.all()),
        office=OfficeProfile.load(),
        kecamatan=list(Kecamatan.objects.all()),
        events=list(
            Promotion.objects.published()
            .events()
            .planned()
            .upcoming(data_day)
            .select_related("kelurahan")[:EVENT_LIMIT]
        ),
        borders=drawing_in_use(),
        shows_prices=shows_prices,
        sentra_by_pk={row.pk: row for row in sentra},
    )
