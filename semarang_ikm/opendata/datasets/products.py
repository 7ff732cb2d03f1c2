"""Products, with their maker, price, capacity and the certificates that are valid today."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from products.catalog import ProductCatalog
from products.matching import PRICE_FILTER_DAYS
from products.models import Product
from semarang_ikm.opendata.addresses import pages
from semarang_ikm.opendata.dataset import Dataset, Row, in_order
from semarang_ikm.opendata.datasets import certificates
from semarang_ikm.opendata.datasets.businesses import CAPACITY, LEAD_TIME
from semarang_ikm.opendata.fields import (
    NOT_KNOWN,
    NOT_WRITTEN,
    Field,
    bilingual,
    nested,
    own,
    record_of,
)
from semarang_ikm.opendata.finding import by_permanent_code
from semarang_ikm.opendata.kinds import CODE, LONG_TEXT, PARTIAL_DAY, TEXT, URL, WHOLE, YES_NO, partial_date
from semarang_ikm.opendata.places import NOWHERE, PLACE, POINT, PRECISION, Place, place_of
from semarang_ikm.opendata.shared_fields import (
    CODE_FIELD,
    PROVENANCE,
    SLUG_FIELD,
    SOURCES,
    source_in_table,
    source_parts,
)
from semarang_ikm.shared.addresses import Address
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from sentra.consent import Disclosure, disclose

NO_PRICE = _("harga belum diketahui")


def _price_on(row: Row) -> str | None:
    product = row.record
    return product.price_on and partial_date(product.price_on, product.price_precision)


def _price_is_old(row: Row) -> bool | None:
    priced_on = row.record.price_on
    return None if priced_on is None else priced_on < today() - timedelta(days=PRICE_FILTER_DAYS)


def _price_source(row: Row) -> str | None:
    source = row.record.price_source
    return source and source_in_table(record_of(source_parts(), source))


def _sentra(attribute: str):
    """Of the sentra it comes from, while that is public."""

    def read(row: Row) -> str | None:
        sentra = row.record.group
        return getattr(sentra, attribute) if sentra is not None and sentra.is_published else None

    return read


def _place(product: Product, maker: Disclosure) -> Place:
    """Where its business stands, or its sentra where no single maker is named."""
    if product.ikm:
        return Place(product.ikm.kelurahan, maker.map_point)
    return place_of(next(iter(product.sentra.locations.all()), None)) if product.sentra else NOWHERE


PRICE = (
    Field("price_min", WHOLE, _("Harga, atau batas bawahnya"), own("price_min"), empty=NO_PRICE, unit=_("rupiah")),
    Field(
        "price_max",
        WHOLE,
        _("Harga, batas atas"),
        own("price_max"),
        empty=_("satu nilai, bukan rentang"),
        unit=_("rupiah"),
    ),
    *bilingual("price_unit", _("Harga itu per"), empty=NO_PRICE),
    Field("price_on", PARTIAL_DAY, _("Harga keadaan pada"), _price_on, empty=NO_PRICE),
    Field("price_is_old", YES_NO, _("Harga lebih tua dari dua belas bulan"), _price_is_old, empty=NO_PRICE),
    Field("price_source", TEXT, _("Sumber harga"), _price_source, empty=NOT_KNOWN),
    Field("price_source_url", URL, _("Alamat web sumber harga"), own("price_source.url"), empty=NOT_KNOWN),
)


class ProductDataset(Dataset):
    name = "produk"
    title = _("Produk")
    about = _("Yang dibuat di Semarang, dengan pembuat, harga bertanggal, dan sertifikat yang berlaku hari ini.")
    identity = "code"
    catalog_class = ProductCatalog
    list_name = "product_list"
    fields = (
        CODE_FIELD,
        SLUG_FIELD,
        *bilingual("name", _("Nama")),
        Field("type", CODE, _("Jenis produk, seperti pada kunci jenis"), own("product_type.slug")),
        Field("maker", CODE, _("Kode pembuatnya: usaha, atau sentra bila tidak ada satu pembuat"), own("maker.code")),
        Field(
            "maker_name",
            TEXT,
            _("Nama pembuatnya, atau kodenya bila namanya nama orang yang belum menyetujui"),
            lambda row: row.disclosure.name,
        ),
        Field("sentra", CODE, _("Kode sentra"), _sentra("code"), empty=_("tidak tergabung pada sentra yang tercatat")),
        Field(
            "sentra_name", TEXT, _("Nama sentra"), _sentra("name"), empty=_("tidak tergabung pada sentra yang tercatat")
        ),
        *PLACE,
        *POINT,
        PRECISION,
        *bilingual("summary", _("Ringkasan"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        *bilingual("materials", _("Bahan"), empty=NOT_KNOWN),
        *bilingual("size", _("Ukuran atau isi"), empty=NOT_KNOWN),
        *bilingual("storage", _("Penyimpanan"), empty=NOT_KNOWN),
        *PRICE,
        *bilingual("minimum_order", _("Pesanan minimum"), empty=NOT_KNOWN),
        *CAPACITY,
        LEAD_TIME,
        Field("shelf_life_days", WHOLE, _("Tahan simpan"), own("shelf_life_days"), empty=NOT_KNOWN, unit=_("hari")),
        Field("is_flagship", YES_NO, _("Produk unggulan kota"), own("is_flagship")),
        Field("is_export_ready", YES_NO, _("Siap ekspor menurut petugas"), own("is_export_ready")),
        Field("takes_custom_orders", YES_NO, _("Menerima pesanan khusus"), own("takes_custom_orders"), empty=NOT_KNOWN),
        Field("hs_code", CODE, _("Kode HS"), own("hs_code"), empty=_("belum dipastikan petugas")),
        nested(
            "certificates",
            certificates.LABEL,
            lambda row: certificates.open_certificates(row.record.valid_certificates, row.disclosure),
            certificates.PARTS,
            certificates.in_table,
        ),
        SOURCES,
        *PROVENANCE,
        *pages(),
    )

    def rows(self, keys: Sequence) -> list[Row]:
        products = (
            Product.objects.published()
            .select_related("product_type", "ikm__kelurahan__kecamatan", "ikm__sentra", "sentra", "price_source")
            .prefetch_related("sources", "sentra__locations__kelurahan__kecamatan", certificates.valid_certificates())
        )
        records = in_order(products, keys)
        makers = disclose({record.maker for record in records}, Channel.OPEN_DATA)
        return [Row(record, makers[record.maker], _place(record, makers[record.maker])) for record in records]

    def find(self, identity: str) -> Address:
        return by_permanent_code(Product.objects.published(), "P", identity)
