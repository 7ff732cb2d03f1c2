"""What a shared link to a product shows (sentra.sharing says the same of sentra and businesses)."""

from django.utils.translation import pgettext

from products.models import Product
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.cards import Card
from sentra.sharing import main_place, place_name


def product_card(product: Product) -> Card:
    """The maker's kelurahan, or the sentra's where no single maker is named. Needs `for_list`."""
    photo = next(iter(product.photos.all()), None)
    place = product.ikm.kelurahan if product.ikm else main_place(product.sentra) if product.sentra else None
    return Card(
        kind="produk",
        key=product.code,
        title=in_language(product, "name"),
        place=place_name(place),
        label=f"{pgettext('one, on a share card', 'Produk')} · {in_language(product.product_type, 'name')}",
        patterns=(product.product_type.pattern,),
        photo=photo.image.name if photo else "",
    )


def find_product(code: str) -> Card | None:
    record = Product.objects.published().for_list().filter(code=code).first()
    return product_card(record) if record else None
