"""The page of one business."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Prefetch

from products.badges import Badge, badges
from products.models import Certification, Product
from products.structured import certifications
from promotions.ledger import history_of_ikm
from semarang_ikm.shared.addresses import Address, RecordView
from sentra.addresses import by_slug
from sentra.choices import PersonalField
from sentra.consent import screen_and_paper
from sentra.data_version import remember
from sentra.enquiries import about_business
from sentra.models import Ikm
from sentra.sharing import ikm_card
from sentra.structured import ikm_page

PRODUCTS_SHOWN = 24


class IkmView(RecordView):
    template_name = "sentra/ikm.html"

    def find(self, slug: str) -> Address:
        return by_slug(Ikm.objects.published().for_detail(), slug)

    def context(self, record: Ikm) -> dict[str, Any]:
        products = Product.objects.published().filter(ikm=record)
        disclosure, paper = screen_and_paper(record, self.printing)
        return {
            "ikm": record,
            "card": ikm_card(record, disclosure.name),
            "disclosure": disclosure,
            "paper": paper,
            "message": about_business(record, disclosure),
            "successor": successor_of(record),
            "products": products.for_list(self.channel).by_name()[: self.at_most(PRODUCTS_SHOWN)],
            "products_total": products.count(),
            "badges": certificates_of(record),
            "history": list(history_of_ikm(record)),
            "shows_holder": PersonalField.CERTIFICATE_HOLDER in disclosure.allowed,
            "prints_holder": PersonalField.CERTIFICATE_HOLDER in paper.allowed,
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        page = partial(ikm_page, context, certifications(context["badges"]))
        return remember(("structured", self.expanded, context["ikm"].code), page)


def successor_of(ikm: Ikm) -> Ikm | None:
    """The business that goes on with the work, while it is public; with its public name."""
    return Ikm.objects.published().with_public_name().filter(pk=ikm.successor_id).first()


def certificates_of(ikm: Ikm) -> list[Badge]:
    """The business's certificates with their rules and the public products they cover."""
    covered = Prefetch("products", queryset=Product.objects.published(), to_attr="public_products")
    certifications = Certification.objects.filter(ikm=ikm).select_related("kind")
    return badges(certifications.prefetch_related("kind__rules", covered))
