"""Businesses: known by their code, their NIB, or their name in their kelurahan."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.kinds.base import CodedKind, Given, Match, check_range, status_column
from semarang_ikm.exchange.kinds.contacts import CONTACT_COLUMNS, KINDS, contact_values, refuse_covered, write_contacts
from semarang_ikm.exchange.readers import Choice, Code, Day, Nib, Number, Text, Whole, YesNo
from semarang_ikm.exchange.references import KecamatanHint, KelurahanRef, SentraRef, TypeRefs
from semarang_ikm.exchange.world import World, tidy_code
from semarang_ikm.exchange.writing import follow, set_relations
from semarang_ikm.shared.text import normalise, squeeze
from sentra import choices
from sentra.choices import ActivityStatus, PersonalField
from sentra.duplicates import Known, Reason, Traits, telling
from sentra.models import Ikm
from sentra.scope import ikm_within

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A name that begins with one of these is that of a group or a company, not of a person.
_NOT_PERSONS = {"kub", "cv", "pt", "ud", "kelompok", "paguyuban", "koperasi", "klaster", "kwt", "pkk", "bumdes", "pd"}
_FORMS_OF_PERSONS = {choices.IkmKind.INDIVIDUAL, choices.IkmKind.UNKNOWN}
_FORMS = (
    ("individu", choices.IkmKind.INDIVIDUAL.value),
    ("perorangan", choices.IkmKind.INDIVIDUAL.value),
    ("kelompok", choices.IkmKind.GROUP.value),
    ("kub", choices.IkmKind.KUB.value),
    ("cv", choices.IkmKind.COMPANY.value),
    ("pt", choices.IkmKind.COMPANY.value),
    ("ud", choices.IkmKind.COMPANY.value),
    ("badanusaha", choices.IkmKind.COMPANY.value),
)
_CODE = gettext_lazy("Kosongkan untuk usaha baru. Diisi oleh situs; jangan diubah.")


class IkmRows(CodedKind):
    name = KindName.IKM
    model = Ikm
    columns = (
        Column("code", gettext_lazy("Kode"), Code(), "CONTOH", _CODE, ("kode usaha",), can_be_cleared=False, width=10),
        Column(
            "name",
            gettext_lazy("Nama usaha"),
            Text(120),
            "KUB Contoh Makmur",
            synonyms=("nama", "nama ikm", "nama usaha atau kelompok", "nama umkm"),
            required=True,
            can_be_cleared=False,
            width=32,
        ),
        Column(
            "name_is_personal",
            gettext_lazy("Nama orang"),
            YesNo(False),
            "tidak",
            gettext_lazy("Ya bila nama usaha adalah nama orang. Nama seperti itu hanya tampil dengan persetujuan."),
            ("nama usaha adalah nama orang",),
            width=12,
        ),
        Column(
            "kind", gettext_lazy("Bentuk"), Choice(choices.IkmKind, _FORMS), "KUB", synonyms=("bentuk usaha",), width=26
        ),
        Column("sentra", gettext_lazy("Sentra"), SentraRef(), synonyms=("nama sentra",), width=28),
        Column(
            "kecamatan",
            gettext_lazy("Kecamatan"),
            KecamatanHint(),
            "Gunungpati",
            gettext_lazy("Hanya membantu mengenali kelurahan yang namanya kembar."),
            ("kec",),
            is_aside=True,
        ),
        Column("kelurahan", gettext_lazy("Kelurahan"), KelurahanRef(), "Sumurrejo", synonyms=("kel", "desa")),
        Column(
            "product_types",
            gettext_lazy("Jenis produk"),
            TypeRefs(),
            told=gettext_lazy("Beberapa jenis dipisahkan titik koma."),
            synonyms=("jenis", "jenis usaha", "komoditas"),
            width=28,
        ),
        Column(
            "nib",
            gettext_lazy("NIB"),
            Nib(),
            "0220001234567",
            synonyms=("nomor induk berusaha", "no nib"),
            personal=PersonalField.NIB,
            width=16,
        ),
        *CONTACT_COLUMNS,
        Column("activity", gettext_lazy("Keadaan"), Choice(ActivityStatus), "Aktif", width=16),
        Column(
            "founded", gettext_lazy("Berdiri tahun"), Whole(2100, 1800), "2015", synonyms=("tahun berdiri",), width=12
        ),
        Column(
            "workers",
            gettext_lazy("Jumlah pekerja"),
            Whole(100_000),
            "7",
            synonyms=("pekerja", "tenaga kerja", "jumlah tenaga kerja"),
            width=12,
        ),
        Column(
            "workers_as_of",
            gettext_lazy("Jumlah pekerja pada"),
            Day(is_past=True),
            "2026-01-05",
            synonyms=("jumlah pekerja, keadaan pada",),
            width=14,
        ),
        Column(
            "monthly_capacity_min",
            gettext_lazy("Kapasitas per bulan"),
            Number(),
            "200",
            synonyms=("kapasitas", "kapasitas produksi"),
            width=14,
        ),
        Column("monthly_capacity_max", gettext_lazy("Kapasitas sampai"), Number(), "250", width=14),
        Column("capacity_unit", gettext_lazy("Satuan kapasitas"), Text(40), "kg", synonyms=("satuan",), width=12),
        Column("minimum_order", gettext_lazy("Pesanan minimum"), Text(80), "20 lembar", synonyms=("minimum order",)),
        Column(
            "lead_time_days",
            gettext_lazy("Lama pembuatan (hari)"),
            Whole(3650),
            "7",
            synonyms=("lama pembuatan",),
            width=12,
        ),
        Column("summary", gettext_lazy("Ringkasan"), Text(300), synonyms=("keterangan", "deskripsi singkat"), width=40),
        Column("story", gettext_lazy("Cerita"), Text(2000, lines=True, words=80), width=40),
        Column("summary_en", gettext_lazy("Ringkasan (Inggris)"), Text(300), width=40),
        Column("story_en", gettext_lazy("Cerita (Inggris)"), Text(2000, lines=True, words=80), width=40),
        status_column(),
    )
    fields = {
        "name": "name",
        "name_is_personal": "name_is_personal",
        "kind": "kind",
        "sentra": "sentra_id",
        "kelurahan": "kelurahan_id",
        "nib": "nib",
        "activity": "activity",
        "founded": "founded",
        "workers": "workers",
        "workers_as_of": "workers_as_of",
        "monthly_capacity_min": "monthly_capacity_min",
        "monthly_capacity_max": "monthly_capacity_max",
        "capacity_unit": "capacity_unit",
        "minimum_order": "minimum_order",
        "lead_time_days": "lead_time_days",
        "summary": "summary",
        "story": "story",
        "summary_en": "summary_en",
        "story_en": "story_en",
    }

    # -- what is there ------------------------------------------------------------------------------------------------

    def full(self) -> QuerySet:
        return Ikm.objects.select_related("kelurahan__kecamatan").prefetch_related(
            "product_types", "contacts", "consents__scopes"
        )

    def values_of(self, record: Ikm) -> Given:
        return {
            **{key: getattr(record, attribute) for key, attribute in self.fields.items()},
            **contact_values(record),
            "code": record.code,
            "kecamatan": record.kelurahan.kecamatan.name if record.kelurahan else "",
            "product_types": tuple(kind.pk for kind in record.product_types.all()),
            "status": str(record.get_status_display()),
        }

    def known(self, world: World) -> Mapping[int, Ikm]:
        return world.ikm

    def title_of(self, pk: int, world: World) -> str:
        area = world.ikm[pk].kelurahan_id
        return super().title_of(pk, world) + (f", {world.kelurahan[area]}" if area else "")

    def within(self, areas: frozenset[int]) -> Q:
        return ikm_within(areas)

    # -- judging ------------------------------------------------------------------------------------------------------

    def match(self, given: Given, row: Mapping[str, str], world: World) -> Match:
        owner = world.ikm_by_nib.get(given.get("nib", ""))
        if code := given.get("code"):
            known = world.ikm_by_code.get(tidy_code(code))
            if known is None:
                told = _("Tidak ada usaha dengan kode %(code)s. Kosongkan kode untuk usaha baru.")
                return Match(errors={"code": told % {"code": code[:20]}})
            if owner is not None and owner.pk != known.pk:
                told = _("NIB ini milik %(owner)s, bukan %(code)s. Periksa kode dan NIB-nya.")
                return Match(errors={"nib": told % {"owner": owner.code, "code": known.code}})
            return Match(known.pk)
        if owner is not None:
            return Match(owner.pk)
        return self._by_name(given, world)

    def _by_name(self, given: Given, world: World) -> Match:
        """One of the same name in the same kelurahan is it; whatever else it may be, the officer is asked."""
        name, place = given.get("name", ""), given.get("kelurahan")
        if not name:
            return Match()
        told = frozenset(_contacts(given)) if world.sees_personal else frozenset()
        likely = world.kept("duplicates", Known.load).like(Traits(name, place, contacts=told))
        # Two that have a NIB each are two.
        likely = [match for match in likely if not (given.get("nib") and world.ikm[match.pk].nib)]
        same = [
            match.pk
            for match in likely
            if Reason.NAME in match.reasons and squeeze(world.ikm[match.pk].name) == squeeze(name)
        ]
        if len(same) == 1:
            return Match(same[0])
        return Match(candidates=[(match.pk, "; ".join(match.told)) for match in likely[:5]])

    def new_mark(self, given: Given) -> Any:
        if given.get("nib"):
            return ("nib", given["nib"])
        return ("name", squeeze(given.get("name", "")), given["kelurahan"]) if given.get("kelurahan") else None

    def complete(self, given: Given, row: Mapping[str, str], world: World) -> dict[str, str]:
        """A name that may be a person's counts as one until an officer says otherwise."""
        if "name_is_personal" in given:
            return {}
        first = normalise(given.get("name", "")).split(" ")[0]
        is_personal = first not in _NOT_PERSONS and given.get("kind", choices.IkmKind.UNKNOWN) in _FORMS_OF_PERSONS
        given["name_is_personal"] = is_personal
        if not is_personal:
            return {}
        return {"name_is_personal": _("Dianggap nama orang, jadi belum tampil di situs. Isi “tidak” bila bukan.")}

    def check(self, after: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        if (after["workers"] is None) != (after["workers_as_of"] is None):
            empty = "workers" if after["workers"] is None else "workers_as_of"
            yield empty, self.rule("sentra_ikm_workers_with_date")
        yield from check_range(
            after, "monthly_capacity_min", "monthly_capacity_max", self.rule("sentra_ikm_capacity_in_order")
        )

    def refuse(self, record: Ikm, before: Given, given: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        yield from refuse_covered(record, before, given)
        covered = {s.field for consent in record.consents.all() for s in consent.scopes.all() if not s.withdrawn_on}
        if PersonalField.NIB in covered and given.get("nib") and given["nib"] != record.nib:
            yield "nib", _("NIB yang sedang tampil dengan persetujuan hanya diganti di halaman usahanya.")
        if record.name_is_personal and record.was_ever_public:
            if given.get("name_is_personal") is False:
                yield "name_is_personal", _("Nama ini tercatat sebagai nama orang. Ubah di halaman usahanya.")
            if PersonalField.NAME in covered and given.get("name", record.name) != record.name:
                yield "name", _("Nama yang tampil dengan persetujuan hanya diganti di halaman usahanya.")

    # -- writing ------------------------------------------------------------------------------------------------------

    def make(self, given: Given, world: World) -> Ikm:
        record = super().make(given, world)
        record.sentra = world.sentra.get(record.sentra_id or 0)
        return record

    def create(self, rows: list[Given], world: World) -> list[Ikm]:
        records = self.store_new(rows, world)
        pairs = list(zip(records, rows, strict=True))
        set_relations(pairs, "product_types")
        write_contacts("ikm", pairs)
        follow(records, [])
        return records

    def update(self, rows: list[tuple[Ikm, Given]], world: World) -> None:
        before = {record.pk: self.values_of(record) for record, _given in rows}
        fields = self.set_many(rows)
        self.store([record for record, _given in rows], fields)
        set_relations(rows, "product_types", before)
        write_contacts("ikm", rows, before)
        worded = {"name", "name_is_personal", "kelurahan", "sentra", "product_types"}
        follow([record for record, _given in rows], [record for record, given in rows if worded & given.keys()])


def _contacts(given: Given) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        for stored, _typed in given.get(kind, ()):
            yield telling(kind, stored)
