"""Products and certificates as JSON-LD. Each page function takes the context of its page's template."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from products.badges import Badge
from products.choices import CertificateState
from products.matching import PRICE_FILTER_DAYS
from products.models import CertificateKind, Product
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.structured import Data, absolute, collection, document, filled, item_list, trail
from semarang_ikm.shared.time import today
from sentra.structured import images, organization, permanent_id

IN_FORCE = {CertificateState.VALID, CertificateState.ENDING}


def product_page(context: Mapping[str, Any]) -> Data:
    product: Product = context["product"]
    kind, name = product.product_type, in_language(product, "name")
    return document(
        filled(
            {
                "@type": "Product",
                "@id": permanent_id(product.code),
                "name": name,
                "url": absolute(product.get_absolute_url()),
                "sku": product.code,
                "category": in_language(kind, "name"),
                "description": in_language(product, "summary"),
                "image": images(product.photos.all()),
                "material": in_language(product, "materials"),
                "size": in_language(product, "size"),
                "manufacturer": _manufacturer(context),
                "offers": offer(product),
                "hasCertification": certifications(context["badges"]),
            }
        ),
        trail(
            (_("Produk"), reverse("product_list")),
            (in_language(kind, "name"), kind.get_absolute_url()),
            (name, ""),
        ),
    )


def offer(product: Product) -> Data | None:
    """A real price that is not older than twelve months, with its unit; None otherwise, and never a guess."""
    if product.price_min is None or product.price_on is None:
        return None
    if product.price_on < today() - timedelta(days=PRICE_FILTER_DAYS):
        return None
    unit = in_language(product, "price_unit")
    specification: Data = {"@type": "UnitPriceSpecification", "priceCurrency": "IDR", "unitText": unit}
    if product.price_max is None or product.price_max == product.price_min:
        price: Data = {"@type": "Offer", "price": product.price_min}
        specification["price"] = product.price_min
    else:
        price = {"@type": "AggregateOffer", "lowPrice": product.price_min, "highPrice": product.price_max}
        specification |= {"minPrice": product.price_min, "maxPrice": product.price_max}
    return {**price, "priceCurrency": "IDR", "priceSpecification": specification}


def certifications(badges: Iterable[Badge]) -> list[Data]:
    """What is in force today and was checked by an officer; expired and unchecked ones are nobody's claim."""
    return [_certification(badge) for badge in badges if badge.state in IN_FORCE]


def certificate_list_page(kinds: Iterable[CertificateKind]) -> Data:
    path, name = reverse("certificate_kind_list"), _("Sertifikasi")
    items = [(kind.name, kind.get_absolute_url()) for kind in kinds]
    return document(collection(name, path, parts=[item_list(items)]), trail((name, "")))


def certificate_page(context: Mapping[str, Any]) -> Data:
    return document(trail((_("Sertifikasi"), reverse("certificate_kind_list")), (context["kind"].name, "")))


def _certification(badge: Badge) -> Data:
    """Of the products it names, where it names some; otherwise of whoever holds it."""
    covered = getattr(badge.certification, "public_products", [])
    issued_on, expires_on = badge.certification.issued_on, badge.expires_on
    return filled(
        {
            "@type": "Certification",
            "name": badge.kind.name,
            "url": absolute(badge.kind.get_absolute_url()),
            "certificationIdentification": badge.certification.number,
            "validFrom": issued_on.isoformat() if issued_on else "",
            "expires": expires_on.isoformat() if expires_on else "",
            "about": [
                {"@type": "Product", "name": in_language(product, "name"), "url": absolute(product.get_absolute_url())}
                for product in covered
            ],
        }
    )


def _manufacturer(context: Mapping[str, Any]) -> Data | None:
    """The business by its public name, or the sentra where no single maker is named."""
    product, sentra = context["product"], context["sentra"]
    if product.ikm:
        return organization(context["disclosure"].name, product.ikm.get_absolute_url())
    return organization(in_language(sentra, "name"), sentra.get_absolute_url()) if sentra else None
