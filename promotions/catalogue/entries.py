"""A product: what paper may say of it today."""

from typing import Any, cast

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.choices import CertificateState
from products.models import Certification, Product, ProductPhoto
from promotions.catalogue import phrases
from promotions.catalogue.model import Badge, Entry, Picture, Text
from promotions.catalogue.selection import Material
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.qr import permanent_address
from sentra.choices import PersonalField
from sentra.consent import Subject
from sentra.models import Sentra, SentraPhoto

# Pixels: 80 mm at 300 dpi.
PICTURE_WIDTH = 960
# What the photo of a sentra needs to be fine on paper: 250 dpi in its frame of 100 x 66 mm.
PORTRAIT_LEAST = (1000, 660)
SHOWN_STATES = {CertificateState.VALID, CertificateState.ENDING}


def valid_certificates(product: Product, material: Material) -> list[Certification]:
    """Certificates that name this product, checked and valid on the catalogue's day."""
    return [row for row in product.certifications.all() if row.state_on(material.day) in SHOWN_STATES]


def entry_of(product: Product, material: Material, site: str) -> Entry:
    price = phrases.price_of(product, material.data_day) if material.shows_prices else ""
    return Entry(
        code=product.code,
        name=phrases.text_of(product, "name"),
        product_type=phrases.text_of(product.product_type, "name"),
        pattern=product.product_type.pattern,
        # Added by ProductQuerySet.for_list, for this channel.
        maker=cast(Any, product).maker_name,
        maker_code=product.ikm.code if product.ikm else "",
        place=product.ikm.kelurahan.name if product.ikm and product.ikm.kelurahan else "",
        summary=phrases.prose_of(product, "summary"),
        details=_details(product),
        price=Text(price),
        price_date=Text(phrases.dated(product.price_on, product.price_precision) if price and product.price_on else ""),
        badges=tuple(_badge(row, material) for row in valid_certificates(product, material)),
        picture=picture_of(photo_of(product, material)),
        is_flagship=product.is_flagship,
        is_export_ready=product.is_export_ready,
        address=permanent_address(site, product.code),
    )


def photo_of(product: Product, material: Material) -> ProductPhoto | None:
    """The first photo that paper may show."""
    owner = product.ikm or product.sentra
    return next((photo for photo in product.photos.all() if _may_print(photo, owner, material)), None)


def portrait_of(sentra: Sentra, material: Material) -> SentraPhoto | None:
    """The first photo of a sentra that paper may show and that is fine enough for its opening page."""
    width, height = PORTRAIT_LEAST
    fine = (photo for photo in sentra.photos.all() if photo.width >= width and photo.height >= height)
    return next((photo for photo in fine if _may_print(photo, sentra, material)), None)


def _may_print(photo: Photo, subject: Subject | None, material: Material) -> bool:
    """A recognisable face needs the receipt of whom the photo is for, for portraits in print."""
    disclosure = material.disclosures.get(subject) if subject else None
    return not photo.shows_people or (disclosure is not None and PersonalField.PORTRAIT in disclosure.allowed)


def _details(product: Product) -> tuple[Text, ...]:
    """The facts a buyer asks for, one line each, where they are known."""
    found = [phrases.text_of(product, field) for field in ("materials", "size", "storage")]
    if product.shelf_life_days:
        days = product.shelf_life_days
        found.append(Text(ngettext("Tahan %(days)d hari", "Tahan %(days)d hari", days) % {"days": days}))
    if order := in_language(product, "minimum_order"):
        found.append(Text(_("Pesan mulai %(order)s") % {"order": order}))
    return tuple(text for text in found if text)


def _badge(row: Certification, material: Material) -> Badge:
    return Badge(
        kind=row.kind.slug,
        name=row.kind.name,
        state=str(row.state_on(material.day)),
        until=Text(phrases.full_date(row.expires_on) if row.expires_on else ""),
    )


def picture_of(photo: Photo | None) -> Picture | None:
    """The copy that is just wide enough; a narrower master has none and is taken itself."""
    if photo is None:
        return None
    has_copy = photo.width > PICTURE_WIDTH
    width = PICTURE_WIDTH if has_copy else photo.width
    return Picture(
        url=default_storage.url(photo.copy_name(width) if has_copy else photo.image.name),
        width=width,
        height=max(1, round(photo.height * width / max(photo.width, 1))),
        alt=phrases.text_of(photo, "alt"),
        credit=photo.credit,
    )
