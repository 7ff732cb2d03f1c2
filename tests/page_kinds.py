"""Every kind of page of the public site, once: what crawl, axe, weights, Lighthouse and the other proofs walk over.

Whoever gives the site a page gives it a line here, in each state that looks different: full, empty, wrong. The rows
are those of the shipped content. `tests/test_contract.py` fails on an address of which nobody said what it is.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class PageKind:
    """One page of a kind, in one state. `weight` names its row in tests/weights.py."""

    url_name: str
    args: tuple[str, ...] = ()
    state: str = "full"
    query: str = ""
    status: int = 200
    indexable: bool = True
    weight: str = "article"
    # A page with a form that is sent: the only ones that set a cookie, against forged requests.
    sets_cookie: bool = False

    @property
    def name(self) -> str:
        return f"{self.url_name}-{self.state}"

    def path(self, language: str = "id") -> str:
        with translation.override(language):
            address = reverse(self.url_name, args=self.args)
        return f"{address}?{self.query}" if self.query else address


def page(url_name: str, *args: str, **more: str) -> PageKind:
    """A full page, open to search engines unless it answers a query."""
    return PageKind(url_name, args, **{"indexable": "query" not in more, **more})


def wrong(url_name: str, *args: str, state: str = "not-found", status: int = 404) -> PageKind:
    return PageKind(url_name, args, state=state, status=status, indexable=False)


PAGE_KINDS = (
    page("home", weight="home"),
    page("sentra_list", weight="list"),
    page("sentra_list", state="filtered", query="jenis=batik", weight="list"),
    page("sentra_list", state="empty", query="jenis=batik&kec=tugu", weight="list"),
    page("sentra_list", state="ignored", query="jenis=tidak-ada&warna=biru", weight="list"),
    page("sentra_list", state="near", query="dekat=krobokan", weight="list"),
    page("sentra_list", state="near-choice", query="dekat=purwosari", weight="list"),
    page("sentra_list", state="print", query="cetak=1", weight="print"),
    page("sentra", "batik-warna-alam-malon", weight="detail"),
    page("sentra", "jamu-wonolopo", state="sparse", weight="detail"),
    page("sentra", "batik-warna-alam-malon", state="print", query="cetak=1", weight="detail"),
    page("sentra", "logam-bugangan-tugu", state="long", query="semua=1", weight="detail"),
    wrong("sentra", "tidak-ada"),
    page("product_list", weight="list"),
    page("product_list", state="second", query="hal=2", indexable=True, weight="list"),
    page("product_list", state="filtered", query="q=tempe&kec=semarang-barat", weight="list"),
    page("product_list", state="empty", query="q=qqqqxxxx", weight="list"),
    page("product_list", state="print", query="cetak=1", weight="print"),
    page("product", "kain-batik-cap-warna-alam", weight="detail"),
    page("product", "dandang", state="sparse", weight="detail"),
    page("product", "dandang", state="print", query="cetak=1", weight="detail"),
    wrong("product", "tidak-ada"),
    page("ikm_list", weight="list"),
    page("ikm_list", state="empty", query="ekspor=1&jenis=tempe", weight="list"),
    page("ikm_list", state="print", query="cetak=1", weight="print"),
    page("ikm", "zie-batik", weight="detail"),
    page("ikm", "kelompok-batik-citra", state="sparse", weight="detail"),
    page("ikm", "zie-batik", state="print", query="cetak=1", weight="detail"),
    wrong("ikm", "tidak-ada"),
    page("area_list", weight="list"),
    page("area_list", state="choices", query="nama=krobo", weight="list"),
    page("area_list", state="empty", query="nama=qqqqxxxx", weight="list"),
    page("kecamatan", "semarang-barat", weight="detail"),
    page("kelurahan", "semarang-barat", "krobokan", weight="detail"),
    PageKind("kelurahan", ("mijen", "mijen"), state="empty", indexable=False, weight="detail"),
    wrong("kelurahan", "mijen", "tidak-ada"),
    page("map", weight="map"),
    page("map", state="filtered", query="jenis=batik", weight="map"),
    page("map", state="ignored", query="jenis=tidak-ada", weight="map"),
    page("product_type_list", weight="list"),
    page("product_type", "batik", weight="detail"),
    page("certificate_kind_list"),
    page("certificate_kind", "halal"),
    page("search", state="full", query="q=tempe", weight="list"),
    page("search", state="nothing", query="q=qqqqxxxx"),
    PageKind("search", state="unasked", indexable=False),
    # No event ships: full pages of events are looked at in tests/e2e/test_events.py.
    page("event_list", state="empty"),
    wrong("event", "2027", "tidak-ada"),
    # No edition ships: full pages of editions are read in tests/promotions/test_editions.py.
    page("edition_list", state="empty"),
    wrong("edition", "E-2026-999"),
    wrong("edition_print", "E-2026-999"),
    page("about"),
    # No case ships: full figures are read in tests/promotions/test_pages_obstacles.py.
    PageKind("obstacles", state="empty", indexable=False),
    page("privacy"),
    page("accessibility"),
    page("contact"),
    PageKind("report", state="general", indexable=False, sets_cookie=True),
    PageKind("report", query="kode=S-01", indexable=False, sets_cookie=True),
    PageKind("report", state="withdrawal", query="kode=U-01&perihal=tarik", indexable=False, sets_cookie=True),
    PageKind("report", state="ignored", query="kode=X-1", indexable=False, sets_cookie=True),
    page("data"),
    page("dataset", "produk"),
    page("dataset", "angka", state="filtered", query="jenis=batik"),
    page("dataset", "wilayah", state="ignored", query="warna=biru"),
    PageKind("catalogue_print", state="full", query="jenis=batik", indexable=False, weight="catalogue"),
    PageKind("catalogue_print", state="empty", query="q=qqqqxxxx", indexable=False, weight="catalogue"),
    wrong("permanent_code", "S-9999", state="never-issued"),
)

# Addresses that answer with something else than a page, and with what.
NOT_PAGES = {
    "healthz": "a word for a load balancer",
    "healthz_ready": "JSON for a monitor",
    "data_file": "a file",
    "api": "JSON",
    "api_description": "JSON",
    "api_list": "JSON",
    "api_record": "JSON",
    "area_points": "label points for the browser",
    "media": "a photo",
    "share_card": "a picture beside a shared link",
    "robots": "rules for crawlers",
    "sentra_feed": "Atom",
    "ikm_feed": "Atom",
    "product_feed": "Atom",
    "event_feed": "Atom",
    "sitemap": "XML for search engines",
    "sitemap_section": "XML for search engines",
    "favicon": "a redirect to the icon",
    "touch_icon": "a redirect to the icon",
    "set_language": "a redirect, inside the admin",
    "catalogue_pdf": "a PDF",
    "edition_pdf": "a PDF",
    "edition_photo": "a photo",
    "report_received": "a receipt for the moment after sending, walked by tests/e2e/test_reports.py",
    "event_ics": "a calendar file",
    "event_calendar": "a calendar file",
}


def named() -> set[str]:
    """The url names that have a page here."""
    return {kind.url_name for kind in PAGE_KINDS}
