"""The XML sitemap: every page that may be indexed, in both languages, with the day on which its content last changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from products.models import CertificateKind, Certification, Product
from promotions.cases.figures import figures
from promotions.models import CatalogueEdition, Promotion
from semarang_ikm.opendata.dataset import Dataset
from semarang_ikm.opendata.datasets import DATASETS
from semarang_ikm.shared.choices import Channel
from sentra.areas import filled_kelurahan
from sentra.models import Consent, ConsentScope, Ikm, Kecamatan, ProductType, Sentra, SentraLocation

# Addresses in one file, both languages counted.
LIMIT = 2000
# Pages without a record of their own.
LISTS = {"sentra_list": "sentra", "ikm_list": "businesses", "product_list": "products", "event_list": "events"}
STANDING = (
    "home",
    *LISTS,
    "area_list",
    "map",
    "product_type_list",
    "certificate_kind_list",
    "edition_list",
    "data",
    "about",
    "privacy",
    "accessibility",
    "contact",
)

Days = Mapping[int, date]


class Changes:
    """When the content of each page last changed, by primary key: its own row and what its page shows of others.

    What was public and is no more counts too, because its going changed the page. The same few queries however many rows.
    """

    @cached_property
    def businesses(self) -> Days:
        certificates = _newest(Certification.objects.valid_on(), "ikm")
        given = _newest(Consent.objects.filter(scopes__channel=Channel.WEB), "ikm", "created_at")
        withdrawn = _newest(ConsentScope.objects.filter(channel=Channel.WEB), "consent__ikm", "withdrawn_on")
        own = _newest(Ikm.objects.published(), "pk")
        of_products = _both(Product, "ikm")
        return {pk: _latest(each.get(pk) for each in (own, of_products, certificates, given, withdrawn)) for pk in own}

    @cached_property
    def sentra(self) -> Days:
        given = _newest(Consent.objects.filter(scopes__channel=Channel.WEB), "sentra", "created_at")
        withdrawn = _newest(ConsentScope.objects.filter(channel=Channel.WEB), "consent__sentra", "withdrawn_on")
        own = _newest(Sentra.objects.published(), "pk")
        of_members = _grouped(Ikm.objects.published().values_list("sentra", "pk"), self.businesses)
        others = (_both(Product, "sentra"), _newest(Ikm.objects.archived(), "sentra"), of_members, given, withdrawn)
        return {pk: _latest(each.get(pk) for each in (own, *others)) for pk in own}

    @cached_property
    def products(self) -> Days:
        """A product's page shows its maker: the name, the contacts, the place."""
        own = _newest(Product.objects.published(), "pk")
        makers = Product.objects.published().values_list("pk", "ikm", "sentra")
        return {
            pk: _latest((own.get(pk), self.businesses.get(ikm), self.sentra.get(sentra))) for pk, ikm, sentra in makers
        }

    @cached_property
    def events(self) -> Days:
        return _newest(Promotion.objects.published().events(), "pk")

    @cached_property
    def kelurahan(self) -> Days:
        located = SentraLocation.objects.filter(sentra__in=Sentra.objects.published())
        of_sentra = _grouped(located.values_list("kelurahan", "sentra"), self.sentra)
        of_businesses = _grouped(Ikm.objects.published().values_list("kelurahan", "pk"), self.businesses)
        return {pk: _latest((of_sentra.get(pk), of_businesses.get(pk))) for pk in {*of_sentra, *of_businesses}}

    @cached_property
    def types(self) -> Days:
        """A type's page shows everything below it too."""
        sentra = Sentra.objects.published().values_list("product_types__ancestors", "pk")
        products = Product.objects.published().values_list("product_type__ancestors", "pk")
        of_sentra, of_products = _grouped(sentra, self.sentra), _grouped(products, self.products)
        return {pk: _latest((of_sentra.get(pk), of_products.get(pk))) for pk in {*of_sentra, *of_products}}


def _newest(rows: QuerySet, owner: str, moment: str = "updated_at") -> dict[Any, date]:
    """The newest moment of the rows of each owner, as a day in WIB."""
    found = rows.order_by().values_list(owner).annotate(newest=Max(moment)).values_list(owner, "newest")
    return {pk: _day(newest) for pk, newest in found if newest is not None}


def _both(model: Any, owner: str) -> dict[Any, date]:
    """Of the rows that are public and of those that were."""
    public, former = (_newest(rows, owner) for rows in (model.objects.published(), model.objects.archived()))
    return {pk: _latest((public.get(pk), former.get(pk))) for pk in {*public, *former}}


def _grouped(pairs: Iterable[tuple[Any, Any]], days: Days) -> dict[Any, date]:
    """The newest day of the members of each owner."""
    found: dict[Any, date] = {}
    for owner, member in pairs:
        if owner is not None and member in days:
            found[owner] = max(found.get(owner, days[member]), days[member])
    return found


def _latest(days: Iterable[date | None]) -> date:
    return max(day for day in days if day is not None)


def _day(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


class SiteSitemap(Sitemap):
    """Addresses begin with SITE_URL, whatever host was asked."""

    i18n = alternates = x_default = True
    limit = LIMIT

    def __init__(self, changes: Changes) -> None:
        self.changes = changes

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def lastmod(self, item: Any) -> date | None:
        """The day on which the content last changed; None where nobody recorded it."""
        return None

    def get_latest_lastmod(self) -> None:
        """No header from days: the page cache knows better when the answer changed."""

    def newest_day(self) -> date | None:
        return max(filter(None, (self.lastmod(item) for item in self.items())), default=None)


class PageSitemap(SiteSitemap):
    def items(self) -> list[str]:
        """The figures of obstacles have a page that is worth finding once there are any to tell."""
        return [*STANDING, "obstacles"] if figures() else list(STANDING)

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, item: str) -> date | None:
        """A list changes with its rows, the home page with all of them."""
        shown = [getattr(self.changes, LISTS[item])] if item in LISTS else []
        if item == "home":
            shown = [getattr(self.changes, name) for name in LISTS.values()]
        return max((day for days in shown for day in days.values()), default=None)


class RecordSitemap(SiteSitemap):
    """Pages of records whose changes are known."""

    kind: ClassVar[str]

    def lastmod(self, item: Any) -> date | None:
        days: Days = getattr(self.changes, self.kind)
        return days.get(item.pk)


class SentraSitemap(RecordSitemap):
    kind = "sentra"

    def items(self) -> QuerySet:
        return Sentra.objects.published().order_by("pk")


class IkmSitemap(RecordSitemap):
    kind = "businesses"

    def items(self) -> QuerySet:
        return Ikm.objects.published().order_by("pk")


class ProductSitemap(RecordSitemap):
    kind = "products"

    def items(self) -> QuerySet:
        return Product.objects.published().order_by("pk")


class TypeSitemap(RecordSitemap):
    """Types of which something is made; the page of an empty one says so and stays out of search engines."""

    kind = "types"

    def items(self) -> QuerySet:
        return ProductType.objects.filter(pk__in=self.changes.types)


class KelurahanSitemap(RecordSitemap):
    """Kelurahan where something is recorded."""

    kind = "kelurahan"

    def items(self) -> QuerySet:
        return filled_kelurahan()


class KecamatanSitemap(SiteSitemap):
    def items(self) -> QuerySet:
        return Kecamatan.objects.prefetch_related("kelurahan")

    def lastmod(self, item: Kecamatan) -> date | None:
        days = (self.changes.kelurahan.get(area.pk) for area in item.kelurahan.all())
        return max(filter(None, days), default=None)


class EventSitemap(RecordSitemap):
    kind = "events"

    def items(self) -> QuerySet:
        return Promotion.objects.published().events().order_by("pk")


class EditionSitemap(SiteSitemap):
    def items(self) -> QuerySet:
        return CatalogueEdition.objects.published().order_by("pk")

    def lastmod(self, item: CatalogueEdition) -> date | None:
        """Frozen: only masking changes it, and of that nobody is told."""
        return item.frozen_on


class CertificateKindSitemap(SiteSitemap):
    def items(self) -> QuerySet:
        return CertificateKind.objects.all()


class DatasetSitemap(SiteSitemap):
    def items(self) -> list[Dataset]:
        return list(DATASETS.values())

    def location(self, item: Dataset) -> str:
        return reverse("dataset", args=[item])


SECTIONS: dict[str, type[SiteSitemap]] = {
    "pages": PageSitemap,
    "sentra": SentraSitemap,
    "businesses": IkmSitemap,
    "products": ProductSitemap,
    "types": TypeSitemap,
    "kecamatan": KecamatanSitemap,
    "kelurahan": KelurahanSitemap,
    "certificates": CertificateKindSitemap,
    "events": EventSitemap,
    "editions": EditionSitemap,
    "data": DatasetSitemap,
}


def sections() -> dict[str, Any]:
    """Every section, with one look at what changed."""
    changes = Changes()
    return {name: section(changes) for name, section in SECTIONS.items()}
