"""Certificates: known by their kind and number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.actions.certificate_steps import begin
from products.actions.certificates import default_expiry
from products.choices import CertificationStage
from products.models import Certification
from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.kinds.base import Given, Kind, Match
from semarang_ikm.exchange.readers import Choice, Day, Text
from semarang_ikm.exchange.references import CertificateKindRef, IkmRef, ProductRefs
from semarang_ikm.exchange.world import World
from semarang_ikm.exchange.writing import set_relations
from semarang_ikm.shared import bulk
from semarang_ikm.shared.text import squeeze
from sentra.choices import PersonalField
from sentra.models import ConsentScope
from sentra.scope import of_ikm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_STAGES = (("terbit", CertificationStage.ISSUED.value), ("proses", CertificationStage.FACILITATED.value))


class CertificateRows(Kind):
    name = KindName.CERTIFICATE
    model = Certification
    name_key = "number"
    columns = (
        Column(
            "kind",
            gettext_lazy("Jenis sertifikat"),
            CertificateKindRef(),
            "Halal",
            synonyms=("jenis", "sertifikat"),
            required=True,
            can_be_cleared=False,
        ),
        Column(
            "number",
            gettext_lazy("Nomor sertifikat"),
            Text(60),
            "ID33110000CONTOH",
            gettext_lazy("Bersama jenisnya, nomor ini yang dikenali. Kosong selama masih diajukan."),
            ("nomor", "no sertifikat"),
            can_be_cleared=False,
            width=26,
        ),
        Column(
            "ikm",
            gettext_lazy("Usaha"),
            IkmRef(),
            "U-230",
            gettext_lazy("Kode usaha, NIB, atau nama yang hanya dimiliki satu usaha."),
            ("nama usaha", "ikm", "pemilik"),
            is_needed=True,
            can_be_cleared=False,
            width=30,
        ),
        Column(
            "products",
            gettext_lazy("Produk yang dicakup"),
            ProductRefs(),
            "P-112; P-113",
            gettext_lazy("Kode produk, dipisahkan titik koma. Kosong: untuk usahanya."),
            ("produk",),
            width=28,
        ),
        Column(
            "stage",
            gettext_lazy("Tahap"),
            Choice(CertificationStage, _STAGES),
            "Sudah terbit",
            gettext_lazy("Untuk sertifikat baru. Yang sudah tercatat berpindah tahap di halamannya."),
            ("status",),
            can_be_cleared=False,
        ),
        Column(
            "issued_on", gettext_lazy("Diterbitkan pada"), Day(is_past=True), "2026-01-05", synonyms=("tanggal terbit",)
        ),
        Column("expires_on", gettext_lazy("Berlaku sampai"), Day(), synonyms=("masa berlaku", "tanggal berakhir")),
        Column("legal_basis", gettext_lazy("Dasar hukum masa berlaku"), Text(200), width=28),
        Column(
            "holder_name",
            gettext_lazy("Nama pemegang"),
            Text(120),
            synonyms=("pemegang",),
            personal=PersonalField.CERTIFICATE_HOLDER,
            width=26,
        ),
    )
    fields = {
        "kind": "kind_id",
        "number": "number",
        "ikm": "ikm_id",
        "stage": "stage",
        "issued_on": "issued_on",
        "expires_on": "expires_on",
        "legal_basis": "legal_basis",
        "holder_name": "holder_name",
    }

    # -- what is there ------------------------------------------------------------------------------------------------

    def full(self) -> QuerySet:
        return Certification.objects.select_related("kind").prefetch_related("products", "ikm__consents__scopes")

    def values_of(self, record: Certification) -> Given:
        return {
            **{key: getattr(record, attribute) for key, attribute in self.fields.items()},
            "products": tuple(product.pk for product in record.products.all()),
        }

    def identity(self, record: Certification) -> str:
        return f"{record.kind.name} {record.number}".strip()

    def identity_of(self, pk: int, world: World) -> str:
        return f"#{pk}"

    def title_of(self, pk: int, world: World) -> str:
        return str(self._known(world)[pk])

    @staticmethod
    def _known(world: World) -> dict[int, Certification]:
        def read() -> dict[int, Certification]:
            chosen = Certification.objects.only("pk", "kind_id", "number", "ikm_id").order_by("pk")
            found = {row.pk: row for row in chosen}
            for row in found.values():
                row.kind = world.certificate_kinds[row.kind_id]
            return found

        return world.kept("certificates", read)

    def within(self, areas: frozenset[int]) -> Q:
        return of_ikm(areas)

    # -- judging ------------------------------------------------------------------------------------------------------

    def match(self, given: Given, row: Mapping[str, str], world: World) -> Match:
        def by_number() -> dict[tuple[int, str], int]:
            return {(c.kind_id, squeeze(c.number)): c.pk for c in self._known(world).values() if c.number}

        def without() -> dict[tuple[int, int], list[int]]:
            found: dict[tuple[int, int], list[int]] = defaultdict(list)
            for c in self._known(world).values():
                if not c.number:
                    found[c.kind_id, c.ikm_id].append(c.pk)
            return found

        kind, number = given.get("kind", 0), squeeze(given.get("number", ""))
        if number:
            known = world.kept("certificates by number", by_number).get((kind, number))
            if known is not None:
                return Match(known)
        waiting = world.kept("certificates without number", without).get((kind, given.get("ikm", 0)), [])
        if not number and len(waiting) == 1:
            return Match(waiting[0])
        return Match(candidates=[(pk, _("diajukan, belum bernomor")) for pk in waiting[:5]])

    def new_mark(self, given: Given) -> Any:
        if number := squeeze(given.get("number", "")):
            return given.get("kind"), number
        return given.get("kind"), given.get("ikm"), ""

    def complete(self, given: Given, row: Mapping[str, str], world: World) -> dict[str, str]:
        notes = {}
        given.setdefault("stage", CertificationStage.ISSUED if given.get("number") else CertificationStage.REQUESTED)
        if given["stage"] == CertificationStage.ISSUED and given.get("issued_on") and given.get("kind"):
            kind = world.certificate_kinds[given["kind"]]
            rule = kind.rule_on(given["issued_on"])
            if not given.get("expires_on") and (day := default_expiry(kind=kind, issued_on=given["issued_on"])):
                given["expires_on"] = day
                notes["expires_on"] = _("Menurut aturan yang berlaku pada tanggal terbit.")
            if rule is not None and rule.legal_basis:
                given.setdefault("legal_basis", rule.legal_basis)
        if given.get("holder_name") and given.get("ikm") in world.kept("holders", _covered):
            del given["holder_name"]
        return notes

    def check(self, after: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        if after["stage"] == CertificationStage.ISSUED and not after["number"]:
            yield "number", self.rule("products_certification_issued_has_number")
        if after["expires_on"] and after["issued_on"] and after["expires_on"] < after["issued_on"]:
            yield "expires_on", self.rule("products_certification_dates_in_order")

    def refuse(self, record: Certification, before: Given, given: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        if given.get("stage", record.stage) != record.stage:
            yield "stage", _("Tahapnya berpindah lewat halaman sertifikat ini, dengan tanggalnya.")
        if given.get("ikm", record.ikm_id) != record.ikm_id:
            yield "ikm", _("Nomor ini tercatat untuk usaha lain. Periksa nomornya.")
        covered = {s.field for c in record.ikm.consents.all() for s in c.scopes.all() if not s.withdrawn_on}
        holder = given.get("holder_name", record.holder_name)
        if holder and holder != record.holder_name and PersonalField.CERTIFICATE_HOLDER in covered:
            yield "holder_name", _("Nama yang tampil dengan persetujuan hanya diganti di halaman sertifikatnya.")

    # -- writing ------------------------------------------------------------------------------------------------------

    def create(self, rows: list[Given], world: World) -> list[Certification]:
        records = []
        for given in rows:
            record = Certification()
            self.set_fields(record, given)
            record.kind = world.certificate_kinds[record.kind_id]
            records.append(record)
        bulk.create(records)
        set_relations(list(zip(records, rows, strict=True)), "products")
        begin(certifications=records, by=world.by)
        return records

    def update(self, rows: list[tuple[Certification, Given]], world: World) -> None:
        before = {record.pk: self.values_of(record) for record, _given in rows}
        fields: set[str] = set()
        for record, given in rows:
            fields |= {self.fields[key] for key in self.set_fields(record, given)}
        self.store([record for record, _given in rows], fields)
        set_relations(rows, "products", before)


def _covered() -> set[int]:
    """Businesses whose receipt lets the holder's name out: a new one would be public at once."""
    chosen = ConsentScope.objects.filter(field=PersonalField.CERTIFICATE_HOLDER, withdrawn_on__isnull=True)
    return set(chosen.values_list("consent__ikm", flat=True))
