"""Events that can be attended, with those who take part by their codes."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from products.matching import kelurahan_chosen
from promotions.choices import PromotionKind
from promotions.models import Appearance, Promotion
from semarang_ikm.opendata.addresses import pages
from semarang_ikm.opendata.catalogs import PlainCatalog
from semarang_ikm.opendata.dataset import Dataset, Row, in_order
from semarang_ikm.opendata.fields import NONE_RECORDED, NOT_KNOWN, NOT_WRITTEN, Field, bilingual, own
from semarang_ikm.opendata.kinds import CHOICE, CODES, DAY, LONG_TEXT, PARTIAL_DAY, TEXT, TEXTS, TIME, URL, partial_date
from semarang_ikm.opendata.places import PLACE, POINT, PRECISION, Place
from semarang_ikm.opendata.shared_fields import RECORDED, SLUG_FIELD, SOURCES
from semarang_ikm.shared.addresses import Address
from semarang_ikm.shared.list_request import Selection
from semarang_ikm.shared.structured import absolute
from sentra.addresses import by_slug
from sentra.models import Ikm, Sentra


class EventCatalog(PlainCatalog):
    kind = "acara"
    facet_keys = ("kec", "kel")
    sorts = {"terbaru": ("-starts_on", "-pk")}
    default_sort = "terbaru"

    def rows(self) -> QuerySet:
        return Promotion.objects.published().events()

    def condition(self, selection: Selection) -> Q:
        chosen = kelurahan_chosen(selection)
        return Q() if chosen is None else Q(kelurahan__in=chosen)

    def text_condition(self, q: str) -> Q:
        return self._query(q).without_code.condition()


def _starts_on(row: Row) -> str:
    return partial_date(row.record.starts_on, row.record.date_precision)


def _calendar(row: Row) -> str | None:
    return absolute(row.record.get_calendar_url()) if row.record.has_known_days else None


def _partners(row: Row) -> list[str]:
    return [partner.name for partner in row.record.partners.all()]


class EventDataset(Dataset):
    name = "acara"
    title = _("Acara")
    about = _("Pameran dan kunjungan yang dapat didatangi, dengan tempat, waktu, dan siapa yang tampil.")
    identity = "slug"
    catalog_class = EventCatalog
    list_name = "event_list"
    fields = (
        SLUG_FIELD,
        *bilingual("name", _("Nama")),
        Field("kind", CHOICE, _("Macamnya"), own("kind"), choices=PromotionKind),
        Field("starts_on", PARTIAL_DAY, _("Mulai"), _starts_on),
        Field("ends_on", DAY, _("Selesai"), own("ends_on"), empty=_("satu hari saja")),
        Field("starts_at", TIME, _("Mulai pukul"), own("starts_at"), empty=_("jamnya tidak disebut")),
        Field("ends_at", TIME, _("Sampai pukul"), own("ends_at"), empty=_("jamnya tidak disebut")),
        Field("cancelled_on", DAY, _("Dibatalkan pada"), own("cancelled_on"), empty=_("tidak dibatalkan")),
        Field("venue", TEXT, _("Tempat"), own("place"), empty=NOT_KNOWN),
        *PLACE,
        *POINT,
        PRECISION,
        *bilingual("description", _("Uraian"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        *bilingual("results", _("Hasilnya"), kind=LONG_TEXT, empty=NOT_WRITTEN),
        Field("sentra", CODES, _("Kode sentra yang tampil"), lambda row: row.extra[0], empty=NONE_RECORDED),
        Field("businesses", CODES, _("Kode usaha yang tampil"), lambda row: row.extra[1], empty=NONE_RECORDED),
        Field("partners", TEXTS, _("Mitra"), _partners, empty=NONE_RECORDED),
        SOURCES,
        *RECORDED,
        *pages(),
        Field("calendar", URL, _("Berkas kalendernya"), _calendar, empty=_("harinya belum diketahui")),
    )

    def rows(self, keys: Sequence) -> list[Row]:
        records = in_order(Promotion.objects.published().events().for_detail(), keys)
        shown = Promotion.sentra.through.objects.filter(promotion__in=records, sentra__in=Sentra.objects.published())
        centres = _codes(shown.values_list("promotion", "sentra__code"))
        named = Appearance.objects.filter(promotion__in=records, ikm__in=Ikm.objects.published())
        businesses = _codes(named.values_list("promotion", "ikm__code"))
        return [
            Row(
                record, place=Place(record.kelurahan), extra=(centres.get(record.pk, []), businesses.get(record.pk, []))
            )
            for record in records
        ]

    def find(self, identity: str) -> Address:
        return by_slug(Promotion.objects.published().events(), identity)


def _codes(pairs: QuerySet) -> dict[Any, list[str]]:
    """The codes of each owner, each once and in order."""
    found: dict[Any, set[str]] = {}
    for owner, code in pairs:
        found.setdefault(owner, set()).add(code)
    return {owner: sorted(codes) for owner, codes in found.items()}
