"""Findings on the laid-out pages, from the last time they were measured (promotions.preflight.measuring)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.choices import Paper
from promotions.preflight.findings import Finding, Level
from promotions.preflight.plan import Plan


def not_measured(plan: Plan) -> Iterator[Finding]:
    """Nobody knows yet how the pages fall that would be printed now."""
    if plan.material.products and not plan.is_measured:
        yield Finding(
            "not-measured",
            Level.RED if plan.can_measure else Level.AMBER,
            "",
            says=_("Tata letak belum diukur untuk isi yang sekarang.")
            if plan.can_measure
            else _("Tata letak tidak dapat diukur di komputer ini."),
            do=_("Tekan “Ukur tata letak”; hasilnya tampil di halaman ini.")
            if plan.can_measure
            else _("Minta pengelola server memasang pustaka PDF, atau periksa setiap halaman dengan mata."),
        )


def laid_out_pages(plan: Plan) -> Iterator[Finding]:
    """Text that is cut blocks the A4 book, which is always made; the rest wants a look and a reason."""
    records = {product.code: product for product in plan.material.products}
    owners = {row.code: row for row in (*plan.sentra, *plan.makers)}
    for flaw in plan.flaws:
        told = {"page": flaw["page"], "paper": Paper(flaw["paper"]).label, "words": flaw["words"][:80]}
        is_cut = flaw["kind"] == "cut"
        yield Finding(
            "laid-out-pages",
            Level.RED if is_cut and flaw["paper"] == Paper.A4 else Level.AMBER,
            flaw["code"],
            says=_says(flaw["kind"]) % told,
            do=_("Perpendek teksnya, atau lihat halamannya dan tulis alasannya."),
            facts=(flaw["kind"], flaw["paper"], flaw["words"]),
            mend=records.get(flaw["code"]) or owners.get(flaw["code"]) or plan.edition,
        )


def _says(kind: str) -> str:
    return {
        "cut": _("Buku %(paper)s, halaman %(page)d: teks tidak muat: “%(words)s”."),
        "on-art": _("Buku %(paper)s, halaman %(page)d: teks menimpa hiasan: “%(words)s”."),
        "on-text": _("Buku %(paper)s, halaman %(page)d: teks bertumpuk: “%(words)s”."),
        "lonely": _("Buku %(paper)s, halaman %(page)d: hampir kosong, hanya “%(words)s”."),
    }[kind]
