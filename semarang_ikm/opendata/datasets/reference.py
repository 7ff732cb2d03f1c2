"""What the others refer to: areas and product types."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from products.matching import kelurahan_chosen, types_below
from products.tallies import products_by_type
from semarang_ikm.opendata.addresses import pages
from semarang_ikm.opendata.catalogs import PlainCatalog
from semarang_ikm.opendata.dataset import Dataset, Row, in_order
from semarang_ikm.opendata.fields import NONE_RECORDED, NOT_WRITTEN, Field, bilingual, own
from semarang_ikm.opendata.kinds import CHOICE, CODE, LONG_TEXT, TEXT, TEXTS, WHOLE, YES_NO
from semarang_ikm.opendata.places import POINT, Place
from semarang_ikm.opendata.shared_fields import SLUG_FIELD
from semarang_ikm.shared.addresses import Address
from semarang_ikm.shared.list_request import Request, Selection
from semarang_ikm.shared.listing import Catalog
from semarang_ikm.shared.text import join_search_text
from sentra.addresses import by_slug
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra
from sentra.tallies import sentra_by_type, tally

Area = Kecamatan | Kelurahan


class Level(TextChoices):
    KECAMATAN = "kecamatan", _("kecamatan")
    KELURAHAN = "kelurahan", _("kelurahan")


class _ReferenceCatalog(PlainCatalog):
    """Few rows in one order, found by their names."""

    sorts: Mapping[str, tuple] = {"nama": ()}
    name_field: str

    def names(self) -> Iterable[tuple[str, str]]:
        """The identity of each row and the words by which it is found."""
        raise LookupError("a catalog names its rows")

    def text_condition(self, q: str) -> Q:
        query = self._query(q)
        found = [identity for identity, words in self.names() if query.matches(words)]
        return Q(**{f"{self.name_field}__in": found})


class AreaCatalog(_ReferenceCatalog):
    """Kecamatan and kelurahan together, by their codes, in whose order a kecamatan stands before its kelurahan."""

    kind = "wilayah"
    facet_keys = ("kec", "kel")
    name_field = "code"

    def rows(self) -> QuerySet:
        return Kelurahan.objects.order_by()

    def names(self) -> Iterable[tuple[str, str]]:
        for area in (*Kecamatan.objects.all(), *Kelurahan.objects.select_related("kecamatan")):
            around = area.kecamatan.name if isinstance(area, Kelurahan) else ""
            yield area.code, join_search_text(area.name, around)

    def narrow(self, selection: Selection, q: str = "") -> QuerySet:
        """The codes that are left, of both levels."""
        chosen = kelurahan_chosen(selection)
        wards = self.rows() if chosen is None else chosen
        districts = Kecamatan.objects.order_by()
        if "kel" in selection:
            districts = districts.none()
        elif "kec" in selection:
            districts = districts.filter(slug__in=selection["kec"])
        named = self.text_condition(q) if q else Q()
        return districts.filter(named).values_list("code").union(wards.filter(named).values_list("code"))


class TypeCatalog(_ReferenceCatalog):
    kind = "jenis"
    facet_keys = ("jenis",)
    name_field = "slug"
    sorts = {"nama": ("position", "name", "pk")}

    def rows(self) -> QuerySet:
        return ProductType.objects.order_by()

    def condition(self, selection: Selection) -> Q:
        return Q(pk__in=types_below(selection["jenis"])) if "jenis" in selection else Q()

    def names(self) -> Iterable[tuple[str, str]]:
        for kind in ProductType.objects.all():
            yield kind.slug, join_search_text(kind.name, kind.name_en)


def _district(row: Row) -> str:
    """A kecamatan names itself, so that one filter finds it with its kelurahan."""
    area = row.record
    return area.kecamatan.slug if isinstance(area, Kelurahan) else area.slug


class AreaDataset(Dataset):
    name = "wilayah"
    title = _("Wilayah")
    about = _("Kecamatan dan kelurahan Kota Semarang dengan kode Kemendagri dan titik tengahnya.")
    identity = "code"
    catalog_class = AreaCatalog
    list_name = "area_list"
    fields = (
        Field("code", CODE, _("Kode Kemendagri"), own("code")),
        SLUG_FIELD,
        Field("level", CHOICE, _("Tingkat"), lambda row: _level(row.record), choices=Level),
        Field("name", TEXT, _("Nama"), own("name")),
        Field("kecamatan", CODE, _("Kecamatan, seperti pada kunci kec"), _district),
        Field("other_names", TEXTS, _("Ejaan dan nama lain"), lambda row: _aliases(row.record), empty=NONE_RECORDED),
        Field(
            "postal_code",
            CODE,
            _("Kode pos"),
            lambda row: getattr(row.record, "postal_code", None),
            empty=_("sumber-sumber tidak sepakat, atau kecamatan"),
        ),
        *POINT,
        Field("sentra", WHOLE, _("Sentra yang tercatat di sini"), lambda row: row.extra[0]),
        Field("businesses", WHOLE, _("Usaha yang tercatat di sini, bukan semua yang ada"), lambda row: row.extra[1]),
        *pages(),
    )

    def keys(self, catalog: Catalog, asked: Request, window: slice) -> Sequence:
        return [code for (code,) in self.matching(catalog, asked).order_by("code")[window]]

    def rows(self, keys: Sequence) -> list[Row]:
        chosen = {"code__in": list(keys)}
        areas: list[Area] = [
            *Kecamatan.objects.filter(**chosen).prefetch_related("aliases"),
            *Kelurahan.objects.filter(**chosen).select_related("kecamatan").prefetch_related("aliases"),
        ]
        found = {area.code: area for area in areas}
        sentra = _by_area(Sentra.objects.published(), "locations__kelurahan")
        businesses = _by_area(Ikm.objects.published(), "kelurahan")
        return [
            Row(
                area,
                place=Place(own_point=(area.latitude, area.longitude)),
                extra=(sentra.get(code, 0), businesses.get(code, 0)),
            )
            for code in keys
            if (area := found.get(code))
        ]

    def key_of(self, record: Area) -> str:
        return record.code

    def find(self, identity: str) -> Address:
        record = Kecamatan.objects.filter(code=identity).first() or Kelurahan.objects.filter(code=identity).first()
        return Address(record=record)

    def updated(self) -> datetime | None:
        return None


class TypeDataset(Dataset):
    name = "jenis"
    title = _("Jenis produk")
    about = _("Apa saja yang dibuat, sebagai pohon kecil, dengan kode KBLI dan edisinya.")
    identity = "slug"
    catalog_class = TypeCatalog
    list_name = "product_type_list"
    fields = (
        SLUG_FIELD,
        *bilingual("name", _("Nama")),
        Field("parent", CODE, _("Bagian dari jenis"), own("parent.slug"), empty=_("jenis utama")),
        *bilingual("description", _("Penjelasan"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        Field("is_food", YES_NO, _("Pangan"), own("is_food")),
        Field("kbli_code", CODE, _("Kode KBLI"), own("kbli_code"), empty=_("belum ada kode yang menyebutnya")),
        Field(
            "kbli_edition",
            WHOLE,
            _("Edisi KBLI; tanpa itu kodenya tidak berarti"),
            own("kbli_edition"),
            empty=_("tanpa kode KBLI"),
        ),
        Field("sentra", WHOLE, _("Sentra yang tercatat di sini"), lambda row: row.extra[0]),
        Field("products", WHOLE, _("Produk yang tercatat di sini, bukan semua yang ada"), lambda row: row.extra[1]),
        *pages(),
    )

    def rows(self, keys: Sequence) -> list[Row]:
        sentra, products = sentra_by_type(), products_by_type()
        return [
            Row(kind, extra=(sentra.get(kind.slug, 0), products.get(kind.slug, 0)))
            for kind in in_order(ProductType.objects.with_lineage(), keys)
        ]

    def find(self, identity: str) -> Address:
        return by_slug(ProductType.objects.all(), identity)

    def updated(self) -> datetime | None:
        return None


def _level(area: Area) -> str:
    return Level.KELURAHAN if isinstance(area, Kelurahan) else Level.KECAMATAN


def _aliases(area: Area) -> list[str]:
    return [alias.name for alias in area.aliases.all()]


def _by_area(rows: QuerySet, place: str) -> dict[str, int]:
    """Rows by the code of each kelurahan and kecamatan."""
    return tally(rows, f"{place}__code") | tally(rows, f"{place}__kecamatan__code")
