"""An edition of 60 products and one of 500, each with a photo, as files for readers and for the press: CPU seconds, MiB."""

import io
from typing import Any

from tests.benchmarks.inside import ask, peak, timed
from tests.benchmarks.table import markdown

SIZES = (60, 500)
# Different ones; making more would take longer than setting the books.
PHOTOS = 24
# What the project promises for a file of so many products: CPU seconds, MiB.
GOALS = {
    (60, "reading"): (4, None),
    (60, "press"): (4, None),
    (500, "reading"): (16, 400),
    (500, "press"): (12, 200),
}


def measure(database: str, rows_before: int, url: str, media: str) -> list[list[str]]:
    """One line for the table of each file. Editions with fewer products than asked for say so."""
    lines = []
    for file in ask(url, media, "books", 0):
        made = ask(url, media, "books", file["pk"])
        cpu, mib = GOALS[(file["size"], file["variant"])]
        goal = f"{cpu} s" + (f", {mib} MiB" if mib else "")
        cells = [f"{made['build_cpu']:.1f} s", f"{made['build']:.1f} s", f"{made['peak']:.0f} MiB", goal]
        size = f"{made['bytes'] / 2**20:.1f} MiB"
        lines.append([database, str(file["products"]), file["variant"], str(made["pages"]), size, *cells])
    return lines


def table(lines: list[list[str]]) -> str:
    head = ("database", "products", "file", "pages", "size", "CPU", "clock", "peak", "goal")
    return markdown(head, lines, words=1)


def main(pk: int) -> Any:
    """Without a key: makes the editions. With the key of a file: builds it."""
    return _built(pk) if pk else _prepared()


def _built(pk: int) -> dict[str, Any]:
    from promotions import tasks
    from promotions.models import EditionFile

    found: dict[str, Any] = {}
    with timed(found, "build"):
        tasks.build_edition_file.call(pk)
    made = EditionFile.objects.get(pk=pk)
    if not made.file:
        raise SystemExit(f"The book was not made: {made.work_state}")
    return {**found, "peak": peak(), "pages": made.pages, "bytes": made.size}


def _prepared() -> list[dict[str, Any]]:
    from django.contrib.auth.models import User

    from products.models import Product
    from promotions.actions import editions
    from promotions.choices import FileVariant, Paper
    from promotions.models import CatalogueEdition
    from semarang_ikm.shared.time import today

    # Synthetic products are not fit for print, and the pre-flight is not what is measured.
    editions.must_be_fit = lambda **_: None
    officer = User.objects.create_superuser("pembuku")
    files = []
    for size in SIZES:
        products = list(Product.objects.published().order_by("pk")[:size])
        _photograph(products)
        edition = CatalogueEdition.objects.create(title=f"Edisi {size}", day=today())
        editions.add_products(edition=edition, products=products, by=officer)
        editions.publish(edition=edition, by=officer)
        press, _is_new = editions.request_file(edition=edition, variant=FileVariant.PRESS, paper=Paper.A4, by=officer)
        for file in (edition.files.exclude(pk=press.pk).get(), press):
            files.append({"pk": file.pk, "size": size, "products": len(products), "variant": file.variant})
    return files


def _photograph(products: list[Any]) -> None:
    """A photo for each that has none, as large as a telephone's after the upload; some show the same."""
    from django.core.files.base import ContentFile
    from PIL import Image

    from products.models import ProductPhoto
    from semarang_ikm.shared.images import write_copies

    size, names = (1600, 1200), []
    bare = [product for product in products if not product.photos.exists()]
    words = {"alt": "Produk", "credit": "Pengukur", "usage_right": "Pengukuran"}
    for number, product in enumerate(bare):
        if number < PHOTOS:
            held = io.BytesIO()
            colour = Image.new("RGB", size, f"hsl({number * 37 % 360}, 45%, 55%)")
            grain = Image.effect_noise(size, 24).convert("RGB")
            Image.blend(colour, grain, 0.3).save(held, "JPEG", quality=82)
            image = ContentFile(held.getvalue(), f"{number}.jpg")
            photo = ProductPhoto.objects.create(product=product, image=image, **words)
            write_copies(photo.image.name)
            names.append(photo.image.name)
        else:
            image = names[number % PHOTOS]
            ProductPhoto.objects.create(product=product, image=image, width=size[0], height=size[1], **words)
