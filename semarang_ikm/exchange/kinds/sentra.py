"""Sentra: known by their code or their name; the place in the file is their main one."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.kinds.base import CodedKind, Given, Match, alike, status_column
from semarang_ikm.exchange.kinds.contacts import CONTACT_COLUMNS, contact_values, refuse_covered, write_contacts
from semarang_ikm.exchange.readers import Choice, Code, Text, YesNo
from semarang_ikm.exchange.references import KecamatanHint, KelurahanRef, TypeRefs
from semarang_ikm.exchange.world import World, tidy_code
from semarang_ikm.exchange.writing import follow, set_relations
from semarang_ikm.shared import bulk
from semarang_ikm.shared.text import squeeze
from sentra.choices import ActivityStatus, ContactKind, LocationRole, Recognition
from sentra.models import Sentra, SentraLocation
from sentra.scope import sentra_within

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SentraRows(CodedKind):
    name = KindName.SENTRA
    model = Sentra
    columns = (
        Column(
            "code", gettext_lazy("Kode"), Code(), "CONTOH", synonyms=("kode sentra",), can_be_cleared=False, width=10
        ),
        Column(
            "name",
            gettext_lazy("Nama sentra"),
            Text(120),
            "Sentra Contoh Sumurrejo",
            synonyms=("nama", "sentra"),
            required=True,
            can_be_cleared=False,
            width=32,
        ),
        Column(
            "product_types",
            gettext_lazy("Jenis produk"),
            TypeRefs(),
            told=gettext_lazy("Beberapa jenis dipisahkan titik koma."),
            synonyms=("jenis", "komoditas"),
            is_needed=True,
            can_be_cleared=False,
            width=28,
        ),
        Column(
            "kecamatan",
            gettext_lazy("Kecamatan"),
            KecamatanHint(),
            "Gunungpati",
            gettext_lazy("Hanya membantu mengenali kelurahan yang namanya kembar."),
            ("kec",),
            is_aside=True,
        ),
        Column(
            "kelurahan",
            gettext_lazy("Kelurahan"),
            KelurahanRef(),
            "Sumurrejo",
            gettext_lazy("Tempat utamanya."),
            ("kel",),
            is_needed=True,
            can_be_cleared=False,
        ),
        Column(
            "place",
            gettext_lazy("Jalan atau kampung"),
            Text(200),
            "Kampung Contoh, RT 03/RW 06",
            gettext_lazy("Tempat umum sentra, bukan alamat rumah seseorang."),
            ("alamat", "jalan"),
            width=30,
        ),
        *(column for column in CONTACT_COLUMNS if column.key != ContactKind.ADDRESS),
        Column("summary", gettext_lazy("Ringkasan"), Text(300), synonyms=("keterangan",), width=40),
        Column("description", gettext_lazy("Uraian"), Text(2000, lines=True), width=40),
        Column(
            "recognised_by", gettext_lazy("Disebut sentra oleh"), Choice(Recognition), can_be_cleared=False, width=24
        ),
        Column("activity", gettext_lazy("Keadaan"), Choice(ActivityStatus), "Aktif", width=16),
        Column("activity_note", gettext_lazy("Keterangan keadaan"), Text(300), width=28),
        Column("welcomes_visitors", gettext_lazy("Menerima kunjungan"), YesNo(), "ya", width=12),
        Column("bus_parking", gettext_lazy("Parkir bus"), YesNo(), width=12),
        Column("visiting_hours", gettext_lazy("Hari dan jam kunjungan"), Text(120), width=24),
        Column("name_en", gettext_lazy("Nama (Inggris)"), Text(120), width=28),
        Column("summary_en", gettext_lazy("Ringkasan (Inggris)"), Text(300), width=40),
        Column("description_en", gettext_lazy("Uraian (Inggris)"), Text(2000, lines=True), width=40),
        Column("activity_note_en", gettext_lazy("Keterangan keadaan (Inggris)"), Text(300), width=28),
        Column("visiting_hours_en", gettext_lazy("Hari dan jam kunjungan (Inggris)"), Text(120), width=24),
        status_column(),
    )
    fields = {
        name: name
        for name in (
            "name",
            "name_en",
            "summary",
            "summary_en",
            "description",
            "description_en",
            "recognised_by",
            "activity",
            "activity_note",
            "activity_note_en",
            "welcomes_visitors",
            "bus_parking",
            "visiting_hours",
            "visiting_hours_en",
        )
    }

    # -- what is there ------------------------------------------------------------------------------------------------

    def full(self) -> QuerySet:
        return Sentra.objects.prefetch_related(
            "product_types", "contacts", "consents__scopes", "locations__kelurahan__kecamatan"
        )

    def values_of(self, record: Sentra) -> Given:
        main = _main(record)
        contacts = contact_values(record)
        contacts.pop(ContactKind.ADDRESS.value)
        return {
            **{key: getattr(record, attribute) for key, attribute in self.fields.items()},
            **contacts,
            "code": record.code,
            "kecamatan": main.kelurahan.kecamatan.name if main else "",
            "kelurahan": main.kelurahan_id if main else None,
            "place": main.address if main else "",
            "product_types": tuple(kind.pk for kind in record.product_types.all()),
            "status": str(record.get_status_display()),
        }

    def known(self, world: World) -> Mapping[int, Sentra]:
        return world.sentra

    def within(self, areas: frozenset[int]) -> Q:
        return sentra_within(areas)

    # -- judging ------------------------------------------------------------------------------------------------------

    def match(self, given: Given, row: Mapping[str, str], world: World) -> Match:
        name = given.get("name", "")
        named = world.sentra_by_name.get(squeeze(name))
        if code := given.get("code"):
            known = next((sentra for sentra in world.sentra.values() if sentra.code == tidy_code(code)), None)
            if known is None:
                told = _("Tidak ada sentra dengan kode %(code)s. Kosongkan kode untuk sentra baru.")
                return Match(errors={"code": told % {"code": code[:20]}})
            if named is not None and named.pk != known.pk:
                told = _("Nama ini milik %(owner)s, bukan %(code)s. Periksa kode dan namanya.")
                return Match(errors={"name": told % {"owner": named.code, "code": known.code}})
            return Match(known.pk)
        if named is not None:
            return Match(named.pk)
        return alike(name, list(world.sentra.values()), _("nama mirip"))

    def new_mark(self, given: Given) -> Any:
        return squeeze(given.get("name", ""))

    def check(self, after: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        if after["place"] and after["kelurahan"] is None:
            yield "kelurahan", _("Wajib diisi.")

    def refuse(self, record: Sentra, before: Given, given: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        yield from refuse_covered(record, before, given)
        main, wanted = _main(record), given.get("kelurahan")
        for location in record.locations.all():
            if main and location.pk != main.pk and (location.kelurahan_id, location.role) == (wanted, main.role):
                yield (
                    "kelurahan",
                    _("Sentra ini sudah punya tempat di kelurahan itu. Ubah tempat utamanya di halamannya."),
                )

    # -- writing ------------------------------------------------------------------------------------------------------

    def create(self, rows: list[Given], world: World) -> list[Sentra]:
        records = self.store_new(rows, world)
        pairs = list(zip(records, rows, strict=True))
        bulk.create(_place_of(record, given) for record, given in pairs)
        set_relations(pairs, "product_types")
        write_contacts("sentra", pairs)
        follow(records, [])
        return records

    def update(self, rows: list[tuple[Sentra, Given]], world: World) -> None:
        before = {record.pk: self.values_of(record) for record, _given in rows}
        fields = self.set_many(rows)
        self.store([record for record, _given in rows], fields)
        self._move(rows)
        set_relations(rows, "product_types", before)
        write_contacts("sentra", rows, before)
        worded = {"name", "name_en", "kelurahan", "place", "product_types"}
        follow([record for record, _given in rows], [record for record, given in rows if worded & given.keys()])

    @staticmethod
    def _move(rows: list[tuple[Sentra, Given]]) -> None:
        moved = []
        for record, given in rows:
            if not {"kelurahan", "place"} & given.keys():
                continue
            if (main := _main(record)) is None:
                _place_of(record, given).save()
                continue
            main.kelurahan_id = given.get("kelurahan", main.kelurahan_id)
            main.address = given.get("place", main.address)
            moved.append(main)
        bulk.change(moved, ["kelurahan", "address"])


def _main(record: Sentra) -> SentraLocation | None:
    return next((location for location in record.locations.all() if location.is_main), None)


def _place_of(record: Sentra, given: Given) -> SentraLocation:
    return SentraLocation(
        sentra=record,
        kelurahan_id=given["kelurahan"],
        role=LocationRole.PRODUCTION,
        is_main=True,
        address=given.get("place", ""),
    )
