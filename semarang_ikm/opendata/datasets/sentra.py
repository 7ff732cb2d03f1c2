"""Sentra, and the figures that are told of them."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.addresses import pages
from semarang_ikm.opendata.dataset import Dataset, Row, in_order
from semarang_ikm.opendata.datasets import statements
from semarang_ikm.opendata.fields import (
    NOT_KNOWN,
    NOT_WRITTEN,
    Field,
    Json,
    bilingual,
    nested,
    of_item,
    own,
)
from semarang_ikm.opendata.finding import by_permanent_code, public_code
from semarang_ikm.opendata.kinds import CHOICE, CODE, LONG_TEXT, TEXT, WHOLE, YES_NO
from semarang_ikm.opendata.places import PLACE, POINT, PRECISION, Place, place_of
from semarang_ikm.opendata.shared_fields import CODE_FIELD, CONTACTS, PROVENANCE, SLUG_FIELD, SOURCES, TYPES
from semarang_ikm.shared.addresses import Address
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.list_request import Request
from semarang_ikm.shared.listing import Catalog
from sentra.choices import ActivityStatus, LocationRole, QuestionKind, Recognition
from sentra.consent import disclose
from sentra.filters import SentraCatalog
from sentra.models import Figure, Sentra


def _main_place(sentra: Sentra) -> Place:
    return place_of(next(iter(sentra.locations.all()), None))


LOCATION_PARTS = (
    Field("role", CHOICE, _("Peran tempat itu"), own("role"), choices=LocationRole),
    *PLACE,
    Field("address", TEXT, _("Jalan atau kampung"), own("address"), empty=NOT_KNOWN),
    *POINT,
    PRECISION,
    Field("used_from", WHOLE, _("Dipakai sejak tahun"), own("used_from"), empty=NOT_KNOWN),
    Field("used_until", WHOLE, _("Dipakai sampai tahun"), own("used_until"), empty=_("masih dipakai sejauh diketahui")),
    *bilingual("note", _("Catatan"), empty=NOT_WRITTEN),
)
QUESTION_PARTS = (
    Field("kind", CHOICE, _("Macamnya"), of_item("kind"), choices=QuestionKind),
    *bilingual("text", _("Yang belum jelas"), of=of_item),
)


def _locations(row: Row) -> list[Row]:
    return [Row(location, place=place_of(location)) for location in row.record.locations.all()]


def _location_in_table(location: Mapping[str, Json]) -> str:
    return f"{location['role']}: {location['kelurahan_name']}, {location['kecamatan_name']}"


def _open_questions(row: Row) -> list[Any]:
    return [question for question in row.record.open_questions.all() if question.settled_on is None]


class SentraDataset(Dataset):
    name = "sentra"
    title = _("Sentra")
    about = _("Tempat para perajin membuat barang sejenis, dengan lokasi, angka, dan sumbernya.")
    identity = "code"
    catalog_class = SentraCatalog
    list_name = "sentra_list"
    fields = (
        CODE_FIELD,
        SLUG_FIELD,
        *bilingual("name", _("Nama")),
        TYPES,
        *bilingual("summary", _("Ringkasan"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        *bilingual("description", _("Uraian"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        Field("recognised_by", CHOICE, _("Disebut sentra oleh"), own("recognised_by"), choices=Recognition),
        Field("activity", CHOICE, _("Keadaan"), own("activity"), choices=ActivityStatus),
        *bilingual("activity_note", _("Keterangan keadaan"), empty=NOT_WRITTEN),
        Field("businesses", WHOLE, _("Usaha yang tercatat di sini, bukan semua yang ada"), own("business_count")),
        *PLACE,
        *POINT,
        PRECISION,
        nested("locations", _("Semua lokasinya"), _locations, LOCATION_PARTS, _location_in_table),
        Field("welcomes_visitors", YES_NO, _("Menerima kunjungan"), own("welcomes_visitors"), empty=NOT_KNOWN),
        Field("bus_parking", YES_NO, _("Parkir bus"), own("bus_parking"), empty=NOT_KNOWN),
        *bilingual("visiting_hours", _("Hari dan jam kunjungan"), empty=NOT_KNOWN),
        *CONTACTS,
        nested(
            "figures",
            _("Angka dengan tanggal dan sumbernya"),
            lambda row: row.record.figures.all(),
            statements.figure_fields(of_item),
            statements.in_table,
        ),
        nested(
            "open_questions", _("Yang belum jelas"), _open_questions, QUESTION_PARTS, lambda item: str(item["text"])
        ),
        SOURCES,
        Field("successor", CODE, _("Pindah ke sentra"), public_code("successor"), empty=_("tidak pindah")),
        *PROVENANCE,
        *pages(),
    )

    def rows(self, keys: Sequence) -> list[Row]:
        sentra = Sentra.objects.published().for_detail().with_business_count().select_related("successor")
        records = in_order(sentra, keys)
        disclosed = disclose(records, Channel.OPEN_DATA)
        return [Row(record, disclosed[record], _main_place(record)) for record in records]

    def find(self, identity: str) -> Address:
        return by_permanent_code(Sentra.objects.published(), "S", identity)


class FigureDataset(Dataset):
    """The figures of the sentra that a selection leaves, one a row."""

    name = "angka"
    title = _("Angka")
    about = _("Setiap angka tentang sebuah sentra, dengan tanggal dan sumbernya, satu per baris.")
    identity = ""
    catalog_class = SentraCatalog
    list_name = "sentra_list"
    fields = (
        Field("sentra", CODE, _("Kode sentra"), own("sentra.code")),
        *bilingual("sentra_name", _("Nama sentra"), path="sentra.name"),
        *statements.figure_fields(own),
        *PLACE,
        *POINT,
        PRECISION,
        *pages(own("sentra")),
    )

    def matching(self, catalog: Catalog, asked: Request) -> QuerySet:
        return Figure.objects.filter(sentra__in=super().matching(catalog, asked))

    def keys(self, catalog: Catalog, asked: Request, window: slice) -> Sequence:
        ordered = self.matching(catalog, asked).order_by("sentra__sort_name", "sentra", "kind", "-as_of", "pk")
        return array("q", ordered.values_list("pk", flat=True)[window])

    def rows(self, keys: Sequence) -> list[Row]:
        figures = Figure.objects.filter(sentra__in=Sentra.objects.published()).select_related("sentra", "source")
        records = in_order(figures.prefetch_related("sentra__locations__kelurahan__kecamatan"), keys)
        return [Row(record, place=_main_place(record.sentra)) for record in records]
