"""All checks in the order in which an officer reads them, and whether an edition may be published."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from promotions.models import CatalogueEdition, EditionWaiver
from promotions.preflight import certificates, layout, people, photos, records, server, words
from promotions.preflight.findings import Finding
from promotions.preflight.plan import Plan, read

Check = Callable[[Plan], Iterator[Finding]]
# By the name that its findings carry.
TITLES = {
    "empty": gettext_lazy("Isi edisi"),
    "dead-codes": gettext_lazy("Kode yang tidak sedang terbit"),
    "not-measured": gettext_lazy("Tata letak"),
    "personal-data-in-texts": gettext_lazy("Data pribadi di dalam teks"),
    "certificates-that-fit": gettext_lazy("Sertifikat yang tidak cocok dengan jenis produk"),
    "both-languages": gettext_lazy("Teks yang belum diterjemahkan"),
    "area-names": gettext_lazy("Ejaan wilayah"),
    "photo-words": gettext_lazy("Keterangan foto"),
    "coarse-photos": gettext_lazy("Foto yang terlalu kecil"),
    "laid-out-pages": gettext_lazy("Halaman yang perlu dilihat"),
    "certificates-on-the-day": gettext_lazy("Sertifikat yang tidak dimuat"),
    "print-consent": gettext_lazy("Persetujuan untuk cetak"),
    "stale-data": gettext_lazy("Data lebih tua dari dua belas bulan"),
    "stale-prices": gettext_lazy("Harga lebih tua dari 90 hari"),
    "missing-photos": gettext_lazy("Produk tanpa foto"),
    "same-maker": gettext_lazy("Pembuat dengan banyak produk"),
    "foreword": gettext_lazy("Kata pengantar"),
    "lasting-address": gettext_lazy("Alamat situs"),
    "typefaces": gettext_lazy("Huruf"),
}
CHECKS: tuple[Check, ...] = (
    records.empty,
    records.dead_codes,
    layout.not_measured,
    people.personal_data_in_texts,
    certificates.certificates_that_fit,
    words.both_languages,
    words.area_names,
    photos.photo_words,
    photos.coarse_photos,
    layout.laid_out_pages,
    certificates.certificates_on_the_day,
    people.print_consent,
    records.stale_data,
    records.stale_prices,
    photos.missing_photos,
    records.same_maker,
    records.foreword,
    server.lasting_address,
    server.typefaces,
)


@dataclass(frozen=True)
class Report:
    """What was found, with the reasons given so far by the key of their finding."""

    findings: tuple[Finding, ...]
    waivers: Mapping[str, EditionWaiver]

    def is_waived(self, finding: Finding) -> bool:
        return not finding.is_red and finding.key in self.waivers

    @property
    def red(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_red]

    @property
    def amber(self) -> list[Finding]:
        """Those that still want a reason."""
        return [finding for finding in self.findings if not finding.is_red and not self.is_waived(finding)]

    @property
    def waived(self) -> list[Finding]:
        return [finding for finding in self.findings if self.is_waived(finding)]

    @property
    def is_fit(self) -> bool:
        return not self.red and not self.amber


def look_at(plan: Plan, checks: Iterable[Check] = CHECKS) -> tuple[Finding, ...]:
    return tuple(finding for check in checks for finding in check(plan))


def examine(edition: CatalogueEdition) -> Report:
    """Look at everything as it is now. A constant number of queries."""
    findings = look_at(read(edition))
    return Report(findings, {waiver.finding: waiver for waiver in edition.waivers.select_related("given_by")})
