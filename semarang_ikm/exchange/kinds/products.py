"""Products: known by their code, or by their name at their maker."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.actions.publishing import share_type_with_makers
from products.models import Product
from products.scope import product_within
from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.kinds.base import CodedKind, Given, Match, alike, check_range, status_column
from semarang_ikm.exchange.readers import Code, Number, PartialDay, Text, Whole, YesNo
from semarang_ikm.exchange.references import IkmRef, SentraRef, TypeRef
from semarang_ikm.exchange.world import World, tidy_code
from semarang_ikm.exchange.writing import follow
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.text import squeeze

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_RUPIAH = 100_000_000_000
_MAKER = gettext_lazy("Kode usaha, NIB, atau nama yang hanya dimiliki satu usaha.")
_SENTRA = gettext_lazy("Hanya bila tidak ada satu pembuat yang disebut.")


class ProductRows(CodedKind):
    name = KindName.PRODUCT
    model = Product
    columns = (
        Column(
            "code", gettext_lazy("Kode"), Code(), "CONTOH", synonyms=("kode produk",), can_be_cleared=False, width=10
        ),
        Column(
            "name",
            gettext_lazy("Nama produk"),
            Text(120),
            "Bandeng presto contoh",
            synonyms=("nama", "produk"),
            required=True,
            can_be_cleared=False,
            width=32,
        ),
        Column("ikm", gettext_lazy("Usaha pembuat"), IkmRef(), "U-230", _MAKER, ("usaha", "pembuat", "ikm"), width=30),
        Column("sentra", gettext_lazy("Sentra pembuat"), SentraRef(), told=_SENTRA, synonyms=("sentra",), width=28),
        Column(
            "product_type",
            gettext_lazy("Jenis produk"),
            TypeRef(),
            "Bandeng presto",
            synonyms=("jenis",),
            is_needed=True,
            can_be_cleared=False,
            width=24,
        ),
        Column("price_min", gettext_lazy("Harga (Rp)"), Whole(MOST_RUPIAH), "15000", synonyms=("harga",), width=12),
        Column(
            "price_max",
            gettext_lazy("Harga sampai (Rp)"),
            Whole(MOST_RUPIAH),
            "20000",
            synonyms=("harga sampai",),
            width=12,
        ),
        Column("price_unit", gettext_lazy("Harga per"), Text(40), "bungkus isi 2", synonyms=("satuan harga", "satuan")),
        Column(
            "price_on",
            gettext_lazy("Harga keadaan pada"),
            PartialDay(),
            "2026-01-05",
            gettext_lazy("Tanggal, bulan (Oktober 2026), atau tahun saja."),
            ("tanggal harga",),
        ),
        Column("summary", gettext_lazy("Ringkasan"), Text(300), synonyms=("keterangan",), width=40),
        Column("materials", gettext_lazy("Bahan"), Text(200), "bandeng, garam, kunyit", width=28),
        Column("size", gettext_lazy("Ukuran atau isi"), Text(120), "250 g", synonyms=("ukuran", "isi")),
        Column("storage", gettext_lazy("Penyimpanan"), Text(120)),
        Column("shelf_life_days", gettext_lazy("Tahan simpan (hari)"), Whole(3650), synonyms=("tahan simpan",)),
        Column("minimum_order", gettext_lazy("Pesanan minimum"), Text(80), "10 bungkus"),
        Column("lead_time_days", gettext_lazy("Lama pembuatan (hari)"), Whole(3650)),
        Column("monthly_capacity_min", gettext_lazy("Kapasitas per bulan"), Number(), synonyms=("kapasitas",)),
        Column("monthly_capacity_max", gettext_lazy("Kapasitas sampai"), Number()),
        Column("capacity_unit", gettext_lazy("Satuan kapasitas"), Text(40)),
        Column("is_flagship", gettext_lazy("Produk unggulan"), YesNo(False), synonyms=("unggulan",), width=12),
        Column("is_export_ready", gettext_lazy("Siap ekspor"), YesNo(False), width=12),
        Column("takes_custom_orders", gettext_lazy("Menerima pesanan khusus"), YesNo(), width=12),
        Column("name_en", gettext_lazy("Nama (Inggris)"), Text(120), width=28),
        Column("summary_en", gettext_lazy("Ringkasan (Inggris)"), Text(300), width=40),
        Column("materials_en", gettext_lazy("Bahan (Inggris)"), Text(200), width=28),
        Column("size_en", gettext_lazy("Ukuran atau isi (Inggris)"), Text(120)),
        Column("price_unit_en", gettext_lazy("Harga per (Inggris)"), Text(40)),
        status_column(),
    )
    fields = {
        key: {"ikm": "ikm_id", "sentra": "sentra_id", "product_type": "product_type_id"}.get(key, key)
        for key in (column.key for column in columns)
        if key not in {"code", "price_on", "status"}
    }

    # -- what is there ------------------------------------------------------------------------------------------------

    def full(self) -> QuerySet:
        return Product.objects.all()

    def values_of(self, record: Product) -> Given:
        return {
            **{key: getattr(record, attribute) for key, attribute in self.fields.items()},
            "code": record.code,
            "price_on": (record.price_on, record.price_precision),
            "status": str(record.get_status_display()),
        }

    def known(self, world: World) -> Mapping[int, Product]:
        return world.products

    def within(self, areas: frozenset[int]) -> Q:
        return product_within(areas)

    # -- judging ------------------------------------------------------------------------------------------------------

    def match(self, given: Given, row: Mapping[str, str], world: World) -> Match:
        if code := given.get("code"):
            known = world.products_by_code.get(tidy_code(code))
            if known is None:
                told = _("Tidak ada produk dengan kode %(code)s. Kosongkan kode untuk produk baru.")
                return Match(errors={"code": told % {"code": code[:20]}})
            return Match(known.pk)
        made = world.products_by_maker.get((given.get("ikm"), given.get("sentra")), [])
        name = given.get("name", "")
        same = [product for product in made if squeeze(product.name) == squeeze(name)]
        if len(same) == 1:
            return Match(same[0].pk)
        if same:
            return Match(candidates=[(product.pk, _("nama dan pembuat sama")) for product in same[:5]])
        return alike(name, made, _("nama mirip, pembuat sama"))

    def new_mark(self, given: Given) -> Any:
        return squeeze(given.get("name", "")), given.get("ikm"), given.get("sentra")

    def check(self, after: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        if (after["ikm"] is None) == (after["sentra"] is None):
            yield "ikm", self.rule("products_product_one_maker")
        day, _precision = after["price_on"]
        if after["price_min"] is None:
            if day is not None:
                yield "price_min", self.rule("products_product_price_with_unit_and_date")
        elif day is None or not after["price_unit"]:
            empty = "price_on" if day is None else "price_unit"
            yield empty, self.rule("products_product_price_with_unit_and_date")
        yield from check_range(after, "price_min", "price_max", self.rule("products_product_price_in_order"))
        in_order = self.rule("products_product_capacity_in_order")
        yield from check_range(after, "monthly_capacity_min", "monthly_capacity_max", in_order)

    # -- writing ------------------------------------------------------------------------------------------------------

    def set_fields(self, record: Any, given: Given) -> list[str]:
        names = super().set_fields(record, given)
        if "price_on" in given:
            record.price_on, precision = given["price_on"]
            record.price_precision = precision or DatePrecision.DAY
            names.append("price_on")
        return names

    def make(self, given: Given, world: World) -> Product:
        record = super().make(given, world)
        record.ikm = world.ikm.get(record.ikm_id or 0)
        record.sentra = world.sentra.get(record.sentra_id or 0)
        if record.ikm is not None:
            record.ikm.sentra = world.sentra.get(record.ikm.sentra_id or 0)
        return record

    def create(self, rows: list[Given], world: World) -> list[Product]:
        records = self.store_new(rows, world)
        follow(records, [])
        return records

    def update(self, rows: list[tuple[Product, Given]], world: World) -> None:
        fields = self.set_many(rows)
        if "price_on" in fields:
            fields.add("price_precision")
        self.store([record for record, _given in rows], fields)
        follow([record for record, _given in rows], [])
        for record, given in rows:
            if "product_type" in given and record.is_published:
                share_type_with_makers(Product.objects.get(pk=record.pk))
