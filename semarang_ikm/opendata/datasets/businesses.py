"""Businesses. What belongs to a person leaves only with consent for open data."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from products.models import Product
from semarang_ikm.opendata.addresses import pages
from semarang_ikm.opendata.dataset import Dataset, Row, in_order
from semarang_ikm.opendata.datasets import certificates
from semarang_ikm.opendata.fields import (
    NONE_RECORDED,
    NOT_CONSENTED,
    NOT_KNOWN,
    NOT_WRITTEN,
    Field,
    bilingual,
    nested,
    own,
)
from semarang_ikm.opendata.finding import by_permanent_code, public_code
from semarang_ikm.opendata.kinds import CHOICE, CODE, DAY, LONG_TEXT, NUMBER, TEXT, WHOLE
from semarang_ikm.opendata.places import PLACE, POINT, PRECISION, Place
from semarang_ikm.opendata.shared_fields import CODE_FIELD, CONTACTS, PROVENANCE, SLUG_FIELD, SOURCES, TYPES
from semarang_ikm.shared.addresses import Address
from semarang_ikm.shared.choices import Channel
from sentra.choices import ActivityStatus, IkmKind
from sentra.consent import disclose
from sentra.filters import IkmCatalog
from sentra.models import Ikm
from sentra.tallies import tally

CAPACITY = (
    Field("monthly_capacity_min", NUMBER, _("Kapasitas per bulan"), own("monthly_capacity_min"), empty=NOT_KNOWN),
    Field(
        "monthly_capacity_max",
        NUMBER,
        _("Kapasitas per bulan, batas atas"),
        own("monthly_capacity_max"),
        empty=_("satu nilai, bukan rentang"),
    ),
    *bilingual("capacity_unit", _("Satuan kapasitas"), empty=NOT_KNOWN),
)
LEAD_TIME = Field("lead_time_days", WHOLE, _("Lama pembuatan"), own("lead_time_days"), empty=NOT_KNOWN, unit=_("hari"))


class BusinessDataset(Dataset):
    name = "usaha"
    title = _("Usaha")
    about = _("Usaha dan kelompok perajin. Nama, kontak, dan titik orang hanya ada dengan persetujuannya.")
    identity = "code"
    catalog_class = IkmCatalog
    list_name = "ikm_list"
    fields = (
        CODE_FIELD,
        SLUG_FIELD,
        Field(
            "name",
            TEXT,
            _("Nama, atau kodenya bila namanya nama orang yang belum menyetujui"),
            lambda row: row.disclosure.name,
        ),
        Field("kind", CHOICE, _("Bentuk"), own("kind"), choices=IkmKind),
        Field(
            "sentra",
            CODE,
            _("Kode sentra"),
            public_code("sentra"),
            empty=_("tidak tergabung pada sentra yang tercatat"),
        ),
        TYPES,
        *bilingual("summary", _("Ringkasan"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        *bilingual("story", _("Cerita"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        Field("activity", CHOICE, _("Keadaan"), own("activity"), choices=ActivityStatus),
        Field("founded", WHOLE, _("Berdiri tahun"), own("founded"), empty=NOT_KNOWN),
        Field("products", WHOLE, _("Produk yang tercatat di sini, bukan semua yang ada"), lambda row: row.extra),
        *PLACE,
        *POINT,
        PRECISION,
        *CONTACTS,
        Field("nib", CODE, _("Nomor induk berusaha"), lambda row: row.disclosure.nib, empty=NOT_CONSENTED),
        Field("workers", WHOLE, _("Jumlah pekerja"), own("workers"), empty=NOT_KNOWN, unit=_("orang")),
        Field("workers_as_of", DAY, _("Jumlah pekerja, keadaan pada"), own("workers_as_of"), empty=NOT_KNOWN),
        *CAPACITY,
        *bilingual("minimum_order", _("Pesanan minimum"), empty=NOT_KNOWN),
        LEAD_TIME,
        nested(
            "certificates",
            certificates.LABEL,
            lambda row: certificates.open_certificates(row.record.valid_certificates, row.disclosure),
            certificates.PARTS,
            certificates.in_table,
        ),
        SOURCES,
        Field("successor", CODE, _("Dilanjutkan oleh usaha"), public_code("successor"), empty=NONE_RECORDED),
        *PROVENANCE,
        *pages(),
    )

    def rows(self, keys: Sequence) -> list[Row]:
        businesses = Ikm.objects.published().for_detail(Channel.OPEN_DATA).select_related("successor")
        records = in_order(businesses.prefetch_related(certificates.valid_certificates()), keys)
        disclosed = disclose(records, Channel.OPEN_DATA)
        products = tally(Product.objects.published().filter(ikm__in=records), "ikm__code")
        return [
            Row(
                record,
                disclosed[record],
                Place(record.kelurahan, disclosed[record].map_point),
                products.get(record.code, 0),
            )
            for record in records
        ]

    def find(self, identity: str) -> Address:
        return by_permanent_code(Ikm.objects.published(), "U", identity)
