"""Editions without a flaw, in which the tests of the pre-flight plant theirs."""

from products.models import Product, ProductPhoto
from promotions.actions import editions
from promotions.models import CatalogueEdition
from promotions.preflight.checks import examine
from promotions.preflight.findings import Finding
from tests import factories


def sound_product(name: str = "Kain nila", *, width: int = 1200, **fields) -> Product:
    """Nothing to be said about it: checked, with a photo, its maker too."""
    checked = {"checked_on": factories.days_ago(10), "checked_by": factories.user()}
    ikm = fields.pop("ikm", None) or factories.ikm(f"Kelompok {factories.number()}", published=True, **checked)
    product = factories.product(name, published=True, ikm=ikm, **checked, **fields)
    photo = factories.product_photo(product=product, alt_en="A coloured picture")
    ProductPhoto.objects.filter(pk=photo.pk).update(width=width, height=width * 3 // 4)
    return product


def plan(*products: Product, **fields) -> CatalogueEdition:
    words = {"foreword": "Selamat membaca.", "signed_by": "Kepala Dinas"}
    edition = factories.edition("Oleh-oleh", **(words | fields))
    editions.add_products(edition=edition, products=products or [sound_product()], by=None)
    return edition


def found(edition: CatalogueEdition) -> set[tuple[str, str, str]]:
    """Check, level and code of each finding; what depends on this machine's fonts and libraries left aside."""
    findings = examine(edition).findings
    return {(f.check, f.level.value, f.code) for f in findings if f.check not in {"typefaces", "not-measured"}}


def one(edition: CatalogueEdition, check: str) -> Finding:
    (finding,) = (finding for finding in examine(edition).findings if finding.check == check)
    return finding
