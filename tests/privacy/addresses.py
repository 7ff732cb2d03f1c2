"""Every public address, read off the URL configuration: one that nobody said how to fill in fails a test."""

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from products.models import CertificateKind, Product
from promotions.models import CatalogueEdition, Promotion
from semarang_ikm.opendata.datasets import DATASETS, IN_API
from semarang_ikm.opendata.forms import FORMS
from semarang_ikm.shared.images import names_of
from semarang_ikm.sharing import find_card
from semarang_ikm.sitemaps import SECTIONS
from sentra.models import Ikm, Kelurahan, ProductType, Sentra
from tests.privacy.reading import text_of

Arguments = Iterable[tuple]
CODED = {"sentra": Sentra, "usaha": Ikm, "produk": Product}
# Words near what must not be found, so that neither a hit nor a suggestion repeats more than was asked.
WORDS = ("kerupuk", "wingko", "zubaida", "usaha+dra", "sentra+dra", "acara+dra", "qomariya", "0812", "kelinci")
LISTS = ("sentra_list", "ikm_list", "product_list")
ASKED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(LISTS, ("cetak=1", "cetak=1&urut=terbaru", "sertifikat=halal", *(f"q={word}" for word in WORDS))),
    "search": tuple(f"q={word}" for word in WORDS),
    "sentra": ("cetak=1", "semua=1"),
    "ikm": ("cetak=1",),
    "product": ("cetak=1",),
    "report": ("perihal=tarik", "kode=R-01", *(f"kode=U-0{n}" for n in range(1, 9))),
    "area_list": ("nama=krobo", "nama=kelinci"),
    "api_list": ("q=zubaida", "q=0812"),
    "data_file": ("q=0812",),
}
# Asked on paper: what leaves here leaves on the channel print.
PAPER = {"catalogue_print", "catalogue_pdf", "edition_print", "edition_pdf"}
# The shelf shows what an edition printed.
OF_EDITIONS = {"edition", "edition_photo"}


def _slugs(model: Any) -> Callable[[], Arguments]:
    return lambda: model._default_manager.values_list("slug")


def _events() -> Arguments:
    return [(f"{event.starts_on.year}", event.slug) for event in Promotion._default_manager.all()]


def _editions() -> Arguments:
    return [(edition.code,) for edition in CatalogueEdition.objects.all()]


def _cards() -> Iterator[tuple]:
    """Today's card, and one of yesterday, which leads to today's."""
    for kind, model in CODED.items():
        for code in model._default_manager.values_list("code", flat=True):
            card = find_card(kind, code)
            yield (kind, code, card.digest if card else "0a1b", card.ending if card else "png")
            yield (kind, code, "0a1b", "png")


def _photos() -> Iterator[tuple]:
    """Every picture that any row stores, its copies included, whether its record is public or not."""
    from django.apps import apps

    from semarang_ikm.shared.photos import Photo

    for model in apps.get_models():
        if issubclass(model, Photo):
            for row in model._base_manager.all():
                yield from ((name,) for name in names_of(row.image.name))


GIVEN: dict[str, Callable[[], Arguments]] = {
    "sentra": _slugs(Sentra),
    "ikm": _slugs(Ikm),
    "product": _slugs(Product),
    "product_type": _slugs(ProductType),
    "certificate_kind": _slugs(CertificateKind),
    "kecamatan": lambda: [(place.kecamatan.slug,) for place in Kelurahan.objects.all()],
    "kelurahan": lambda: [(place.kecamatan.slug, place.slug) for place in Kelurahan.objects.all()],
    "event": _events,
    "event_ics": _events,
    "edition": _editions,
    "edition_print": _editions,
    "edition_pdf": _editions,
    "edition_photo": lambda: [
        (each.code, photo.key) for each in CatalogueEdition.objects.all() for photo in each.photos.all()
    ],
    "permanent_code": lambda: [
        (row[0],) for model in (*CODED.values(), CatalogueEdition) for row in model._default_manager.values_list("code")
    ],
    "share_card": _cards,
    "media": _photos,
    "sitemap_section": lambda: [(section,) for section in SECTIONS],
    "dataset": lambda: [(name,) for name in DATASETS],
    "data_file": lambda: product(DATASETS, FORMS),
    "api_list": lambda: [(name,) for name in IN_API],
    "api_record": lambda: [
        (name, row[0])
        for name, model in (("sentra", Sentra), ("usaha", Ikm), ("produk", Product))
        for row in model._default_manager.values_list("code")
    ],
}
# Patterns without a name, and an address of each.
UNNAMED = {"k/<str:code>/": "/k/U-02/", "^api/(?P<rest>.*)$": "/api/v9/usaha/U-02/"}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every pattern outside the desk."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield each
        elif each.app_name != "admin":
            yield from patterns(each)


def unfilled() -> list[str]:
    """Patterns of which nobody said here how they are asked for."""
    found = [str(each.pattern) for each in patterns() if not each.name and str(each.pattern) not in UNNAMED]
    for name in {each.name for each in patterns() if each.name} - set(GIVEN):
        try:
            reverse(name)
        except NoReverseMatch:
            found.append(name)
    return found


def addresses(*, without: Iterable[str] = ()) -> list[str]:
    """Each public address in both languages, also those of rows that are not public."""
    names = {each.name for each in patterns() if each.name and each.name not in without}
    found = {*UNNAMED.values(), "/tidak-ada/", "/en/nothing/", "/kalender.vcf"}
    for language, name in product(("id", "en"), sorted(names)):
        with translation.override(language):
            for arguments in list(GIVEN.get(name, lambda: [()])()):
                address = reverse(name, args=arguments)
                found |= {address, *(f"{address}?{query}" for query in ASKED.get(name, ()))}
    return sorted(found)


def is_for_paper(address: str) -> bool:
    """Whether this is laid out for paper, and so asks for consent to print; cards and feeds are not."""
    return "cetak=1" in address or any(part in address for part in ("/cetak/", "/print/", "/pdf/", ".pdf"))


def answers(client: Client, asked: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What each address answers, as text. Pictures of shared links are told by what is drawn on them."""
    for address in asked:
        answer = client.get(address)
        assert answer.status_code in {200, 301, 302, 404, 405, 410}, (address, answer.status_code)
        yield address, text_of(answer)
    for kind, model in CODED.items():
        for code in model._default_manager.values_list("code", flat=True):
            if (card := find_card(kind, code)) is not None:
                yield card.url, repr(card)
