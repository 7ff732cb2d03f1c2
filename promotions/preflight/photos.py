"""The photo that would be printed of each product: whether there is one, how fine it is, whose it is, what it says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from products.models import Product, ProductPhoto
from promotions.book.measure import Measure
from promotions.catalogue.entries import photo_of
from promotions.preflight.findings import Finding, Level
from promotions.preflight.plan import Plan

# Of a photo on an A4 page, millimetres.
WIDTH = 80.0
MILLIMETRES_PER_INCH = 25.4
# Dots per inch: what a print shop asks for, and below what a photo looks torn.
FINE, ROUGH = 300, 200


def resolution(photo: ProductPhoto, density: str) -> int:
    """Dots per inch at the printed size: the photo covers its frame and is cut at two sides."""
    height = Measure(density=density).photo_height(is_wide=False)
    return int(min(photo.width / WIDTH, photo.height / height) * MILLIMETRES_PER_INCH)


def missing_photos(plan: Plan) -> Iterator[Finding]:
    for product, photo in _printed(plan):
        if photo is None:
            yield Finding(
                "missing-photos",
                Level.AMBER,
                product.code,
                says=_("%(name)s tidak punya foto yang dapat dicetak.") % {"name": product.name},
                do=_("Unggah foto selebar 1.000 piksel atau lebih; tanpa foto ia tercetak sebagai teks."),
                facts=tuple(str(row.pk) for row in product.photos.all()),
                mend=product,
            )


def coarse_photos(plan: Plan) -> Iterator[Finding]:
    for product, photo in _printed(plan):
        if photo is None or (dpi := resolution(photo, plan.edition.density)) >= FINE:
            continue
        yield Finding(
            "coarse-photos",
            Level.RED if dpi < ROUGH else Level.AMBER,
            product.code,
            says=_("Foto %(name)s tercetak dengan %(dpi)d dpi (%(width)d × %(height)d piksel).")
            % {"name": product.name, "dpi": dpi, "width": photo.width, "height": photo.height},
            do=_("Ganti dengan foto yang lebih besar: percetakan minta %(fine)d dpi.") % {"fine": FINE},
            facts=(photo.image.name, str(dpi)),
            mend=product,
        )


def photo_words(plan: Plan) -> Iterator[Finding]:
    """Who took it stands in print; what it shows is read out by the tagged PDF."""
    for product, photo in _printed(plan):
        if photo is None:
            continue
        words = {"alt": (photo.alt, _("teks pengganti")), "credit": (photo.credit, _("nama pemotret"))}
        lacking = {field: label for field, (text, label) in words.items() if not text.strip()}
        if lacking:
            yield Finding(
                "photo-words",
                Level.RED,
                product.code,
                says=_("Foto %(name)s belum punya %(lacking)s.")
                % {"name": product.name, "lacking": _(" dan ").join(lacking.values())},
                do=_("Isi di bagian foto produknya."),
                facts=tuple(lacking),
                mend=product,
            )


def _printed(plan: Plan) -> Iterator[tuple[Product, ProductPhoto | None]]:
    for product in plan.material.products:
        yield product, photo_of(product, plan.material)
