"""The numbers of the desk. Each is counted by the condition by which its list is filtered, over the rows an officer may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from products.choices import CertificateConcern
from products.models import Certification, Product
from promotions.models import CatalogueEdition, FacilitationCase, LedgerBusiness
from semarang_ikm.exchange.models import ImportProposal
from semarang_ikm.shared.admin.questions import Question, questions_of
from sentra.models import DataReport, Ikm, Review, Sentra


@dataclass(frozen=True)
class Number:
    """`label`: "" where the tile's title says it already."""

    label: Any
    count: int
    address: str


@dataclass(frozen=True)
class Tile:
    title: Any
    numbers: list[Number]


# Title -> what is counted: model, key of its question, label beside the number.
TILES: tuple[tuple[Any, tuple[tuple[type[Model], str, Any], ...]], ...] = (
    (_("Laporan dari masyarakat"), ((DataReport, "terbuka", ""),)),
    (_("Menunggu pemeriksaan penerbit"), ((Review, "menunggu", ""),)),
    (_("Belum pernah dipromosikan"), ((LedgerBusiness, "belum", pgettext_lazy("jumlah", "usaha")),)),
    (
        _("Sertifikat"),
        (
            (Certification, CertificateConcern.ENDING, _("segera habis")),
            (Certification, CertificateConcern.ENDED, _("sudah habis, belum diperpanjang")),
            (Certification, CertificateConcern.RECHECK, _("perlu ditanyakan lagi")),
            (Certification, CertificateConcern.WAITING, _("lama diajukan")),
        ),
    ),
    (
        _("Belum diperiksa setahun"),
        (
            (Sentra, "lama", pgettext_lazy("jumlah", "sentra")),
            (Ikm, "lama", pgettext_lazy("jumlah", "usaha")),
            (Product, "lama", pgettext_lazy("jumlah", "produk")),
        ),
    ),
    (
        _("Tanpa foto"),
        (
            (Sentra, "tanpa-foto", pgettext_lazy("jumlah", "sentra")),
            (Product, "tanpa-foto", pgettext_lazy("jumlah", "produk")),
        ),
    ),
    (_("Fasilitasi lewat tenggat"), ((FacilitationCase, "lewat", pgettext_lazy("jumlah", "perkara")),)),
    (_("Katalog yang belum terbit"), ((CatalogueEdition, "draf", pgettext_lazy("jumlah", "draf")),)),
)

# What is begun most often: its words, the model that one must be allowed to add to, and the page.
BUTTONS: tuple[tuple[Any, type[Model], str], ...] = (
    (_("Tambah sentra"), Sentra, "admin:sentra_sentra_add"),
    (_("Tambah usaha"), Ikm, "admin:sentra_ikm_add"),
    (_("Impor"), ImportProposal, "admin:exchange_importproposal_add"),
    (_("Katalog baru"), CatalogueEdition, "admin:promotions_catalogueedition_add"),
)


def page_of(site: AdminSite, model: type[Model], request: HttpRequest) -> ModelAdmin | None:
    """The admin page of a model, where this officer may read it."""
    page = site._registry.get(model)
    return page if page is not None and page.has_view_permission(request) else None


def rows_of(page: ModelAdmin, question: Question, request: HttpRequest) -> QuerySet[Any]:
    """Exactly the rows that the question's address shows to this officer."""
    return page.get_queryset(request).filter(question.condition())


def tiles(site: AdminSite, request: HttpRequest) -> list[Tile]:
    found = [Tile(title, list(_numbers(site, request, asked))) for title, asked in TILES]
    return [tile for tile in found if tile.numbers]


def _numbers(site: AdminSite, request: HttpRequest, asked: tuple) -> Iterator[Number]:
    for model, key, label in asked:
        question = questions_of(model)[key]
        if page := page_of(site, model, request):
            yield Number(label, rows_of(page, question, request).count(), question.address())


def buttons(site: AdminSite, request: HttpRequest) -> list[tuple[Any, str]]:
    """What this officer may begin: words and address."""
    found = []
    for words, model, name in BUTTONS:
        page = site._registry.get(model)
        if page is not None and page.has_add_permission(request):
            found.append((words, reverse(name)))
    return found
