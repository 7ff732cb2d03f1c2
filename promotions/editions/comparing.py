"""What is no longer as a published edition says: its frozen words beside those that it would have today.

What was withdrawn since is left out of both sides: an erratum must not print it once more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from products.models import Product
from promotions.catalogue import phrases
from promotions.catalogue.compose import compose
from promotions.catalogue.model import Badge, Catalogue, Fact, Place, Reach, Text
from promotions.catalogue.selection import gather_chosen
from promotions.editions.freezing import chosen, note_of
from promotions.editions.masking import lost, masked
from promotions.editions.plain import from_plain
from promotions.models import CatalogueEdition
from semarang_ikm.shared.time import today
from sentra.models import CodeRedirect, Ikm, Sentra

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PRODUCT: dict[str, "StrOrPromise"] = {
    "name": _("Nama"),
    "product_type": _("Jenis produk"),
    "maker": _("Pembuat"),
    "place": _("Tempat"),
    "summary": _("Ringkasan"),
    "details": _("Keterangan"),
    "price": _("Harga"),
    "badges": _("Sertifikat"),
}
SENTRA: dict[str, "StrOrPromise"] = {
    "name": _("Nama"),
    "types": _("Jenis produk"),
    "places": _("Tempat"),
    "summary": _("Ringkasan"),
    "description": _("Keterangan"),
    "activity": _("Keadaan"),
    "visits": _("Kunjungan"),
    "facts": _("Angka"),
    "reach": _("Kontak"),
}
BUSINESS: dict[str, "StrOrPromise"] = {
    "name": _("Nama"),
    "kind": _("Bentuk"),
    "place": _("Tempat"),
    "sentra": _("Sentra"),
    "reach": _("Kontak"),
}


@dataclass(frozen=True)
class Difference:
    """One statement: as it is printed, and as it is today; "" where there is none."""

    field: str
    label: "StrOrPromise"
    printed: str
    today: str


@dataclass(frozen=True)
class Altered:
    """What is said of one code. `is_gone`: the public no longer finds it; then there are no differences."""

    code: str
    name: str
    differences: tuple[Difference, ...] = ()
    is_gone: bool = False

    @property
    def keys(self) -> list[str]:
        """Names each line for the ticks of the officer who makes the erratum."""
        return [f"{self.code}|gone"] if self.is_gone else [f"{self.code}|{each.field}" for each in self.differences]


def alterations(edition: CatalogueEdition, language: str) -> list[Altered]:
    """In the order of the book: sentra, products, businesses. A constant number of queries."""
    content = edition.documents.get(language=language).content
    with translation.override(language):
        printed = from_plain(Catalogue, masked(content, lost([content])))
        now = _today(edition)
        public = _public(printed)
        return [
            *_compare(printed.sentra, now.sentra, SENTRA, public),
            *_compare(printed.entries, now.entries, PRODUCT, public),
            *_compare(printed.businesses, now.businesses, BUSINESS, public),
        ]


def picked(found: Iterable[Altered], keys: set[str]) -> list[Altered]:
    """Only the lines that an officer left ticked."""
    kept = []
    for each in found:
        if each.is_gone:
            kept += [each] if f"{each.code}|gone" in keys else []
        elif lines := tuple(line for line in each.differences if f"{each.code}|{line.field}" in keys):
            kept.append(Altered(each.code, each.name, lines))
    return kept


def _today(edition: CatalogueEdition) -> Catalogue:
    """The same plan with today's rows. A price counts as printed until another one is recorded."""
    day = max(edition.day, today())
    frozen = edition.frozen_on or today()
    material = gather_chosen(chosen(edition), day, frozen, shows_prices=edition.shows_prices)
    return compose(material, phrases.text_of(edition, "title"), settings.SITE_URL, note_of(edition), edition.theme)


def _public(printed: Catalogue) -> set[str]:
    """The codes of the book that still lead the public somewhere, if only to the record that theirs was merged into."""
    found: set[str] = set()
    for model, rows in ((Sentra, printed.sentra), (Product, printed.entries), (Ikm, printed.businesses)):
        codes = [row.code for row in rows]
        merged = dict(CodeRedirect.objects.filter(code__in=codes).values_list("code", "survivor_code"))
        shown = set(
            model.objects.published().filter(code__in=[*codes, *merged.values()]).values_list("code", flat=True)
        )
        found.update(code for code in codes if merged.get(code, code) in shown)
    return found


def _compare(
    printed: Iterable[Any], now: Iterable[Any], fields: dict[str, "StrOrPromise"], public: set[str]
) -> Iterator[Altered]:
    current = {row.code: row for row in now}
    for row in printed:
        name = words(row.name)
        if row.code not in public:
            yield Altered(row.code, name, is_gone=True)
        elif (other := current.get(row.code)) is not None:
            pairs = [
                (field, label, words(getattr(row, field)), words(getattr(other, field)))
                for field, label in fields.items()
            ]
            if lines := tuple(Difference(*pair) for pair in pairs if pair[2] != pair[3]):
                yield Altered(row.code, name, lines)


def words(value: Any) -> str:
    """A value of the document as one line."""
    if isinstance(value, tuple | list):
        return "; ".join(words(part) for part in value)
    if isinstance(value, Place):
        role = f"{value.role}: " if value.role else ""
        return role + ", ".join(part for part in (value.address, value.kelurahan, value.kecamatan) if part)
    if isinstance(value, Reach):
        return f"{value.label} {value.value}"
    if isinstance(value, Badge):
        return f"{value.name} ({value.until})" if value.until else value.name
    if isinstance(value, Fact):
        return f"{value.label}: {value.value}"
    return str(value) if isinstance(value, Text) else str(value or "")
