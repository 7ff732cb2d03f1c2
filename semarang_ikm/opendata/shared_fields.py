"""Fields that several datasets have: identity, provenance, contacts under consent, sources, certificates."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.fields import (
    NONE_RECORDED,
    NOT_CHECKED,
    NOT_CONSENTED,
    NOT_KNOWN,
    Field,
    Json,
    nested,
    of_item,
    own,
)
from semarang_ikm.opendata.kinds import (
    CHOICE,
    CODE,
    CODES,
    DAY,
    MOMENT,
    PARTIAL_DAY,
    PHONES,
    TEXT,
    TEXTS,
    URL,
    partial_date,
)
from sentra.choices import Confidence, ContactKind

CODE_FIELD = Field("code", CODE, _("Kode tetap, tidak pernah dipakai lagi untuk yang lain"), own("code"))
SLUG_FIELD = Field("slug", CODE, _("Bagian akhir alamat halamannya"), own("slug"))


def type_slugs(row: Any) -> list[str]:
    return [kind.slug for kind in row.record.product_types.all()]


TYPES = Field("types", CODES, _("Jenis produk, seperti pada kunci jenis"), type_slugs, empty=NONE_RECORDED)

RECORDED = (
    Field("published_at", MOMENT, _("Pertama kali terbit di sini"), own("published_at")),
    Field("updated_at", MOMENT, _("Catatannya terakhir diubah"), own("updated_at")),
)
PROVENANCE = (
    Field("checked_on", DAY, _("Terakhir diperiksa petugas"), own("checked_on"), empty=NOT_CHECKED),
    *RECORDED,
)


def contacts(kind: str):
    """The consented values of a kind, in a row whose disclosure asked for open data."""
    return lambda row: [contact.value for contact in row.disclosure.contacts if contact.kind == kind]


CONTACTS = (
    Field("owner_name", TEXT, _("Pemilik atau pengurus"), lambda row: row.disclosure.owner_name, empty=NOT_CONSENTED),
    Field("whatsapp", PHONES, _("Nomor WhatsApp"), contacts(ContactKind.WHATSAPP), empty=NOT_CONSENTED),
    Field("telephone", PHONES, _("Nomor telepon"), contacts(ContactKind.TELEPHONE), empty=NOT_CONSENTED),
    Field("email", TEXTS, _("Surel"), contacts(ContactKind.EMAIL), empty=NOT_CONSENTED),
    Field("contact_address", TEXTS, _("Alamat jalan"), contacts(ContactKind.ADDRESS), empty=NOT_CONSENTED),
    Field("website", TEXTS, _("Situs atau toko daring"), contacts(ContactKind.WEBSITE), empty=NOT_CONSENTED),
)


def _published_on(source: Any) -> str | None:
    return source.published_on and partial_date(source.published_on, source.date_precision)


def source_parts(of=of_item, prefix: str = "", *, in_path: str = "") -> tuple[Field, ...]:
    """Who said it, where and when. `in_path`: the relation that leads to the source."""

    def published(item: Any) -> str | None:
        source = of(in_path.rstrip("."))(item) if in_path else item
        return source and _published_on(source)

    return (
        Field(f"{prefix}publisher", TEXT, _("Penerbit sumber"), of(f"{in_path}publisher"), empty=NOT_KNOWN),
        Field(f"{prefix}title", TEXT, _("Judul sumber"), of(f"{in_path}title"), empty=NOT_KNOWN),
        Field(f"{prefix}url", URL, _("Alamat web sumber"), of(f"{in_path}url"), empty=_("tidak disimpan")),
        Field(
            f"{prefix}published_on", PARTIAL_DAY, _("Tanggal sumber"), published, empty=_("sumbernya tidak bertanggal")
        ),
        Field(
            f"{prefix}confidence",
            CHOICE,
            _("Tingkat kepercayaan sumber"),
            of(f"{in_path}confidence"),
            empty=NOT_KNOWN,
            choices=Confidence,
        ),
    )


def source_in_table(source: Mapping[str, Json]) -> str:
    year = f" {source['published_on'][:4]}" if source["published_on"] else ""
    return f"{source['publisher']}{year}: {source['title']}"


SOURCES = nested("sources", _("Sumber"), lambda row: row.record.sources.all(), source_parts(), source_in_table)
