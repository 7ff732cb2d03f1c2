"""The first message about a product (sentra.enquiries)."""

from django.utils.translation import gettext as _

from products.models import Product
from semarang_ikm.shared.bilingual import in_language
from sentra.consent import Disclosure
from sentra.enquiries import enquiry, to_office


def about_product(product: Product, disclosure: Disclosure) -> str:
    def write() -> str:
        name = in_language(product, "name")
        if not disclosure.is_reachable:
            return to_office(name, product.code)
        return _("Halo %(maker)s, saya melihat %(name)s (%(code)s) di Sentra Semarang. Apakah masih ada?") % {
            "maker": disclosure.name,
            "name": name,
            "code": product.code,
        }

    return enquiry(write)
