"""The rows behind an edition: whether they are public, how old they are, and whether one maker fills the book."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from products.matching import PRICE_PRINT_DAYS
from promotions.catalogue.phrases import is_price_fresh
from promotions.preflight.findings import Finding, Level
from promotions.preflight.plan import Plan

# Days after which somebody should have looked at a row again.
FRESH_DAYS = 365
MOST_OF_A_MAKER = 4


def empty(plan: Plan) -> Iterator[Finding]:
    if not plan.material.products:
        yield Finding(
            "empty",
            Level.RED,
            "",
            says=_("Belum ada produk yang dapat dimuat."),
            do=_("Tambahkan produk yang sedang terbit."),
            mend=plan.edition,
        )


def dead_codes(plan: Plan) -> Iterator[Finding]:
    """A code that would lead nowhere, or stay out of the book although it is planned."""
    public = {product.code for product in plan.material.products}
    for entry in plan.entries:
        if entry.code in public:
            continue
        product = entry.product
        if product is None:
            says, do = _("Produknya sudah dihapus."), _("Keluarkan kode ini dari edisi.")
        elif not product.is_published:
            says = _("%(name)s tidak sedang terbit (%(status)s).") % {
                "name": product.name,
                "status": product.get_status_display(),
            }
            do = _("Terbitkan produknya, atau keluarkan dari edisi.")
        else:
            says = _("Pembuat %(name)s tidak sedang terbit.") % {"name": product.name}
            do = _("Terbitkan pembuatnya, atau keluarkan produknya dari edisi.")
        yield Finding("dead-codes", Level.RED, entry.code, says, do, mend=product or plan.edition)


def same_maker(plan: Plan) -> Iterator[Finding]:
    counts = Counter(product.ikm_id for product in plan.material.products)
    for maker in plan.makers:
        if (count := counts[maker.pk]) > MOST_OF_A_MAKER:
            name = plan.material.disclosures[maker].name
            yield Finding(
                "same-maker",
                Level.AMBER,
                maker.code,
                says=_("%(count)d produk dibuat %(name)s.") % {"count": count, "name": name},
                do=_("Sisakan paling banyak %(most)d, supaya lebih banyak usaha mendapat tempat.")
                % {"most": MOST_OF_A_MAKER},
                facts=(str(count),),
                mend=plan.edition,
            )


def stale_data(plan: Plan) -> Iterator[Finding]:
    """Products, makers and sentra that nobody has compared with reality for a year."""
    oldest = plan.data_day - timedelta(days=FRESH_DAYS)
    for record in _everything(plan):
        checked: date | None = record.checked_on
        if checked is not None and checked >= oldest:
            continue
        name = record.name if record not in plan.material.disclosures else plan.material.disclosures[record].name
        told = {"name": name, "date": date_format(checked, "j F Y") if checked else ""}
        says = _("%(name)s terakhir diperiksa %(date)s.") if checked else _("%(name)s belum pernah diperiksa petugas.")
        yield Finding(
            "stale-data",
            Level.AMBER,
            record.code,
            says=says % told,
            do=_("Cocokkan dengan keadaannya, lalu isi tanggal pemeriksaan."),
            facts=(str(checked),),
            mend=record,
        )


def stale_prices(plan: Plan) -> Iterator[Finding]:
    """Prices that paper does not carry, because they are older than 90 days."""
    if not plan.edition.shows_prices:
        return
    for product in plan.material.products:
        if product.price_min is None or product.price_on is None or is_price_fresh(product.price_on, plan.data_day):
            continue
        yield Finding(
            "stale-prices",
            Level.AMBER,
            product.code,
            says=_("Harga %(name)s dari %(date)s, jadi tidak akan dimuat.")
            % {"name": product.name, "date": date_format(product.price_on, "j F Y")},
            do=_("Tanyakan harganya lagi; yang tercetak paling lama %(days)d hari.") % {"days": PRICE_PRINT_DAYS},
            facts=(str(product.price_min), str(product.price_on)),
            mend=product,
        )


def foreword(plan: Plan) -> Iterator[Finding]:
    """A book of the office opens with a word of its own, and says whose it is."""
    edition = plan.edition
    if not edition.foreword.strip():
        says, do = _("Kata pengantar masih kosong."), _("Tulis kata pengantar; tanpa itu halamannya tidak dimuat.")
    elif not edition.signed_by.strip():
        says, do = _("Kata pengantar belum ditandatangani."), _("Isi nama dan jabatan penandatangannya.")
    else:
        return
    yield Finding("foreword", Level.AMBER, "", says, do, (str(bool(edition.foreword.strip())),), edition)


def _everything(plan: Plan) -> Iterable:
    return [*plan.sentra, *plan.makers, *plan.material.products]
