"""Certificates that are valid today, as nested records. Whose name stands on one passes the consent gate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from products.models import Certification, Product
from semarang_ikm.opendata.fields import NOT_CONSENTED, NOT_KNOWN, Field, Json, of_item
from semarang_ikm.opendata.kinds import CODE, CODES, DAY, TEXT
from sentra.choices import PersonalField
from sentra.consent import Disclosure

LABEL = _("Sertifikat yang terbit, sudah diperiksa petugas, dan berlaku hari ini")


@dataclass(frozen=True)
class Certificate:
    """What may leave of a certificate. `products`: codes of the public products it covers, none for the business."""

    kind: str
    number: str
    issuer: str
    issued_on: date | None
    expires_on: date | None
    holder: str
    products: tuple[str, ...] = ()


def valid_certificates() -> Prefetch:
    """To `valid_certificates` of a product or business; two further queries."""
    covered = Prefetch("products", queryset=Product.objects.published(), to_attr="public_products")
    valid = Certification.objects.valid_on().select_related("kind").prefetch_related(covered)
    return Prefetch("certifications", queryset=valid.order_by("kind__position", "pk"), to_attr="valid_certificates")


def open_certificates(certifications: Iterable[Any], disclosure: Disclosure) -> list[Certificate]:
    shows_holder = PersonalField.CERTIFICATE_HOLDER in disclosure.allowed
    return [
        Certificate(
            kind=certification.kind.slug,
            number=certification.number,
            issuer=certification.kind.issuer,
            issued_on=certification.issued_on,
            expires_on=certification.expires_on,
            holder=certification.holder_name if shows_holder else "",
            products=tuple(sorted(product.code for product in certification.public_products)),
        )
        for certification in certifications
    ]


def _codes(certificate: Certificate) -> list[str]:
    return list(certificate.products)


PARTS = (
    Field("kind", CODE, _("Jenis sertifikat, seperti pada kunci sertifikat"), of_item("kind")),
    Field("number", CODE, _("Nomor"), of_item("number")),
    Field("issuer", TEXT, _("Penerbit"), of_item("issuer")),
    Field("issued_on", DAY, _("Diterbitkan pada"), of_item("issued_on"), empty=NOT_KNOWN),
    Field("expires_on", DAY, _("Berlaku sampai"), of_item("expires_on"), empty=_("tidak punya tanggal akhir")),
    Field("holder", TEXT, _("Nama pemegang"), of_item("holder"), empty=NOT_CONSENTED),
    Field("products", CODES, _("Kode produk yang dicakup"), _codes, empty=_("berlaku untuk usahanya")),
)


def in_table(certificate: Mapping[str, Json]) -> str:
    return f"{certificate['kind']} {certificate['number']}"
