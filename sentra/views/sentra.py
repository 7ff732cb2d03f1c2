"""The page of one sentra."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from products.models import Certification, Product
from promotions.ledger import history_of_sentra
from semarang_ikm.shared.addresses import Address, RecordView
from sentra.addresses import by_slug
from sentra.consent import screen_and_paper
from sentra.data_version import remember
from sentra.enquiries import about_sentra
from sentra.map.city import PlaceMap, dot_at, place_map
from sentra.models import Ikm, Sentra
from sentra.sharing import sentra_card
from sentra.structured import sentra_page

PRODUCTS_SHOWN = 8
BUSINESSES_SHOWN = 20


class SentraView(RecordView):
    template_name = "sentra/sentra.html"

    def find(self, slug: str) -> Address:
        return by_slug(Sentra.objects.published().for_detail().select_related("successor"), slug)

    def context(self, record: Sentra) -> dict[str, Any]:
        made = Q(sentra=record) | Q(ikm__sentra=record)
        products = Product.objects.published().filter(made)
        businesses = Ikm.objects.published().filter(sentra=record)
        disclosure, paper = screen_and_paper(record, self.printing)
        return {
            "sentra": record,
            "card": sentra_card(record),
            "disclosure": disclosure,
            "paper": paper,
            "message": about_sentra(record, disclosure),
            "exportable_total": products.filter(is_export_ready=True).count(),
            "open_questions": [question for question in record.open_questions.all() if not question.settled_on],
            "products": products.for_list(self.channel).by_name()[: self.at_most(PRODUCTS_SHOWN)],
            "products_total": products.count(),
            "businesses": businesses.for_list(self.channel).by_name()[: self.at_most(BUSINESSES_SHOWN)],
            "businesses_total": businesses.count(),
            "certificates": certificates_of(record),
            "history": list(history_of_sentra(record)),
            "place_map": whereabouts(record),
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return remember(("structured", self.expanded, context["sentra"].code), lambda: sentra_page(context))


def certificates_of(sentra: Sentra) -> list[tuple[str, str, int]]:
    """Kinds of certificates valid today among the sentra's businesses: slug, name, businesses; most first."""
    valid = Certification.objects.valid_on().filter(ikm__in=Ikm.objects.published().filter(sentra=sentra))
    kinds = valid.order_by().values_list("kind__slug", "kind__name").annotate(n=Count("ikm", distinct=True))
    return list(kinds.order_by("-n", "kind__name"))


def whereabouts(sentra: Sentra) -> PlaceMap | None:
    """The map of the places in use, each named by its kelurahan."""
    places = [location for location in sentra.locations.all() if location.used_until is None]
    if not places:
        return None
    kecamatan = {location.kelurahan.kecamatan.code for location in places}
    return place_map(kecamatan, [dot_at(location, named=True) for location in places])
