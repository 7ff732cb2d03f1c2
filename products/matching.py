"""What a selection of filters means for products, and for those who make them.

The rule that two people could build differently (docs/contract.md): several product facets on a list of sentra or
businesses must be met by one and the same product.
"""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from products.models import Certification, Product
from semarang_ikm.shared.list_request import Selection
from semarang_ikm.shared.time import today
from sentra.models import Ikm, Kelurahan, ProductType, SentraLocation

# Rupiah: value in addresses -> lowest and highest price_min; None is open.
PRICE_BANDS: dict[str, tuple[int, int | None]] = {
    "0-25000": (0, 25_000),
    "25000-100000": (25_001, 100_000),
    "100000-": (100_001, None),
}
# Older prices leave the facet, older still the printed catalogue.
PRICE_FILTER_DAYS = 365
PRICE_PRINT_DAYS = 90


def types_below(slugs: tuple[str, ...]) -> QuerySet:
    """The chosen types and everything below them."""
    return ProductType.objects.filter(ancestors__slug__in=slugs)


def kelurahan_chosen(selection: Selection) -> QuerySet | None:
    """The kelurahan that `kec` and `kel` leave, or None when neither is chosen."""
    if "kec" not in selection and "kel" not in selection:
        return None
    chosen = Kelurahan.objects.order_by()
    if "kec" in selection:
        chosen = chosen.filter(kecamatan__slug__in=selection["kec"])
    if "kel" in selection:
        chosen = chosen.filter(slug__in=selection["kel"])
    return chosen


def price_condition(bands: tuple[str, ...], at: date | None = None) -> Q:
    """Products whose price falls into one of the bands and is not older than twelve months."""
    chosen = Q(pk__in=[])
    for band in bands:
        low, high = PRICE_BANDS[band]
        chosen |= Q(price_min__gte=low) & (Q() if high is None else Q(price_min__lte=high))
    return chosen & Q(price_on__gte=(at or today()) - timedelta(days=PRICE_FILTER_DAYS))


def product_condition(selection: Selection, *, maker_certificates: bool = False) -> Q:
    """A product that meets every product facet and stands at the chosen place.

    `maker_certificates`: a certificate of the business itself counts too (lists of makers, not of products:
    halal is shown for a certified product, never for everything a business makes).
    """
    condition = Q()
    if "jenis" in selection:
        condition &= Q(product_type__in=types_below(selection["jenis"]))
    if "ekspor" in selection:
        condition &= Q(is_export_ready=True)
    if "harga" in selection:
        condition &= price_condition(selection["harga"])
    if "sertifikat" in selection:
        valid = Certification.objects.valid_on().filter(kind__slug__in=selection["sertifikat"])
        certified = Q(pk__in=valid.filter(products__isnull=False).values("products"))
        if maker_certificates:
            certified |= Q(ikm__in=valid.filter(products__isnull=True).values("ikm"))
        condition &= certified
    kelurahan = kelurahan_chosen(selection)
    if kelurahan is not None:
        condition &= Q(ikm__kelurahan__in=kelurahan) | Q(
            sentra__in=SentraLocation.objects.filter(kelurahan__in=kelurahan).values("sentra")
        )
    return condition


PRODUCT_FACETS = ("jenis", "sertifikat", "harga", "ekspor")


def product_part(selection: Selection) -> dict[str, tuple[str, ...]]:
    """The product facets of a selection, without its place."""
    return {key: values for key, values in selection.items() if key in PRODUCT_FACETS}


def products_of_makers(selection: Selection) -> QuerySet:
    """Published products that meet the product facets as a maker's list means them."""
    return Product.objects.published().filter(product_condition(product_part(selection), maker_certificates=True))


def certificates_of_makers(selection: Selection) -> QuerySet:
    """Valid certificates of published businesses themselves, of the chosen kinds."""
    return Certification.objects.valid_on().filter(
        kind__slug__in=selection["sertifikat"], products__isnull=True, ikm__in=Ikm.objects.published()
    )
