"""What every page shares, home, the codes on paper, and the pages that say no."""

import copy
import gzip

import pytest
from django.test import Client, RequestFactory

from semarang_ikm.views import errors
from sentra.codes import issue_codes
from sentra.models import CodeRedirect, OfficeProfile
from tests import factories
from tests.pages import parse, read

pytestmark = pytest.mark.django_db
# ux.md: transfer budgets, bytes after gzip.
CSS_BUDGET, HOME_BUDGET, LIST_BUDGET, DETAIL_BUDGET = 9_000, 16_000, 8_000, 18_000


@pytest.fixture
def city(standing_city, db):
    """What stands below; what a test changes in it, it changes for itself."""
    return copy.deepcopy(standing_city)


@pytest.fixture(scope="module")
def standing_city(standing_db):
    """A row of every kind."""
    barat = factories.kecamatan("Semarang Barat", slug="barat")
    krobokan = factories.kelurahan("Krobokan", slug="krobokan", kecamatan=barat)
    factories.kelurahan("Cabean", slug="cabean", kecamatan=barat)
    kind = factories.product_type("Kerupuk", slug="kerupuk")
    sentra = factories.sentra("Kerupuk Krobokan", published=True, types=[kind], kelurahan=[krobokan])
    ikm = factories.ikm("Kelompok Gurih", published=True, types=[kind], kelurahan=krobokan, sentra=sentra)
    product = factories.product("Kerupuk terung", published=True, ikm=ikm, product_type=kind)
    factories.certification(products=[product], kind=factories.certificate_kind("halal"))
    event = factories.promotion(
        "Pameran Uji", slug="pameran-uji", published=True, starts_on="2031-03-14", sentra=[sentra]
    )
    factories.appearance(promotion=event, ikm=ikm, products=[product])
    return {"sentra": sentra, "ikm": ikm, "product": product}


PAGES = [
    "/",
    "/sentra/",
    "/usaha/",
    "/produk/",
    "/wilayah/",
    "/jenis/",
    "/sertifikasi/",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
    "/kontak/",
    "/acara/",
    "/acara/2031/pameran-uji/",
    "/sentra/kerupuk-krobokan/",
    "/usaha/kelompok-gurih/",
    "/produk/kerupuk-terung/",
    "/wilayah/barat/",
    "/wilayah/barat/krobokan/",
    "/wilayah/barat/cabean/",
    "/jenis/kerupuk/",
    "/sertifikasi/halal/",
    "/sentra/?cetak=1",
    "/usaha/?cetak=1",
    "/produk/?cetak=1",
    "/produk/?q=tidakada",
]


@pytest.mark.parametrize("path", [*PAGES, "/halaman-yang-tidak-ada/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_has_the_frame(client: Client, city, path, prefix):
    answer = client.get(prefix + path)
    html = answer.content.decode()
    page = parse(html)
    assert page.one("html").get("lang") == ("en" if prefix else "id")
    assert page.all("a")[0].get("href") == "#isi"
    assert page.one("main").get("id") == "isi"
    assert page.one("h1").text
    assert page.one("title").text.endswith("– Sentra Semarang")
    assert " style=" not in html
    # What runs comes from a file of ours: the policy of contents allows nothing else.
    run = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
    assert all(str(script.get("src")).startswith("/static/js/") for script in run)
    assert "{#" not in html
    assert "{%" not in html
    assert not answer.cookies
    assert "font-src 'self'" in answer["Content-Security-Policy"]
    identifiers = [element.get("id") for element in page.all(id=True)]
    assert len(identifiers) == len(set(identifiers))
    for field in page.all("label"):
        assert field.get("for") in identifiers
    for element in page.all(aria_labelledby=True):
        assert element.get("aria-labelledby") in identifiers


def test_every_link_inside_the_site_leads_somewhere(client: Client, city):
    links: set[str] = set()
    for path in PAGES:
        page = read(client, path)
        found = {str(a.get("href")) for a in page.all("a")}
        assert all(page.all(id=link[1:]) for link in found if link.startswith("#")), path
        links |= {link for link in found if link.startswith("/") and not link.startswith("/katalog/")}
    for link in sorted(links):
        address, _hash, target = link.partition("#")
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, link
        assert not target or f'id="{target}"' in answer.content.decode(), link


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_its_twin_and_back(client: Client, city, path):
    there = read(client, path).one("a", hreflang="en")
    back = read(client, str(there.get("href"))).one("a", hreflang="id")
    assert back.get("href") == path


def test_home_shows_the_whole_breadth_with_true_counts(client: Client, city):
    factories.sentra("Draf")
    page = read(client, "/")
    assert "1 sentra" in page.one("p", **{"class": "counts"}).text
    door = page.one("li", **{"class": "door"})
    assert door.one("a").get("href") == "/jenis/kerupuk/"
    assert "1 sentra · 1 produk" in door.text
    assert page.all("a", href="/wilayah/barat/")
    assert page.one("form", role="search").get("action") == "/cari/"


def test_the_footer_says_what_the_office_has_not_given(client: Client, city):
    assert "belum tersedia" in read(client, "/tentang/").one("footer").text
    OfficeProfile.objects.create(pk=1, name="Dinas Uji", telephone="(024) 8312345")
    foot = read(client, "/tentang/").one("footer")
    assert foot.one("a", href="tel:+62248312345").text == "Telepon (024) 8312345"
    assert not [a for a in foot.all("a") if "wa.me" in str(a.get("href"))]


def test_pages_of_a_known_site_carry_full_addresses(client: Client, city, settings):
    settings.SITE_URL = "https://sentra.example"
    page = read(client, "/sentra/?jenis=kerupuk&kec=&urut=nama&jenis=kerupuk")
    assert page.one("link", rel="canonical").get("href") == "https://sentra.example/sentra/?jenis=kerupuk&urut=nama"
    assert str(page.one("link", rel="alternate", hreflang="en").get("href")).startswith("https://sentra.example/en/")


def test_combinations_stay_out_of_search_engines(client: Client, city):
    assert read(client, "/sentra/?jenis=kerupuk").one("meta", name="robots").get("content") == "noindex, follow"
    assert not read(client, "/sentra/").all("meta", name="robots")


# -- codes -----------------------------------------------------------------------------------------------------------


def test_a_printed_code_leads_to_the_page_in_any_case(client: Client, city):
    code = city["sentra"].code
    for typed in (code, code.lower(), code.replace("-0", "-"), f"{code}/"):
        answer = client.get(f"/k/{typed}")
        assert (answer.status_code, answer["Location"]) == (302, "/sentra/kerupuk-krobokan/")


def test_a_merged_code_leads_to_the_survivor(client: Client, city):
    (merged,) = issue_codes("U")
    CodeRedirect.objects.create(code=merged, survivor_code=city["ikm"].code)
    assert client.get(f"/k/{merged}")["Location"] == "/usaha/kelompok-gurih/"


def test_codes_in_a_circle_end(client: Client, city):
    first, second = issue_codes("U", 2)
    CodeRedirect.objects.create(code=first, survivor_code=second)
    CodeRedirect.objects.create(code=second, survivor_code=first)
    assert client.get(f"/k/{first}").status_code == 410


def test_a_deleted_code_is_gone_and_an_unissued_one_was_never(client: Client, city):
    (deleted,) = issue_codes("P")
    assert client.get(f"/k/{deleted}").status_code == 410
    for typed in ("P-99999", "X-1", "S-", "S-0", "S-９", "E-2026-2", "%20", "S-" + "9" * 50):
        assert client.get(f"/k/{typed}").status_code == 404, typed


# -- pages that say no -----------------------------------------------------------------------------------------------


def test_not_found_helps_and_is_not_indexed(client: Client):
    page = read(client, "/tidak/ada/di/sini/", 404)
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert page.one("main").all("a", href="/sentra/")


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: errors.bad_request(request, ValueError()), 400),
        (lambda request: errors.forbidden(request, PermissionError()), 403),
        (errors.server_error, 500),
    ],
)
def test_static_answers_need_no_database_and_speak_both_languages(view, status, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = view(RequestFactory().get("/"))
    page = parse(answer.content.decode())
    assert answer.status_code == status
    assert page.one("h1").text
    assert page.all("div", lang="en")


def test_a_foreign_host_is_refused(client: Client):
    assert client.get("/", HTTP_HOST="jahat.example").status_code == 400


# -- weight ----------------------------------------------------------------------------------------------------------


def test_the_style_sheet_stays_in_its_budget(settings):
    sheet = (settings.BASE_DIR / "static/css/site.css").read_bytes()
    assert len(gzip.compress(sheet)) <= CSS_BUDGET


@pytest.mark.parametrize(
    ("path", "budget"), [("/", HOME_BUDGET), ("/produk/", LIST_BUDGET), ("/sentra/kerupuk-krobokan/", DETAIL_BUDGET)]
)
def test_pages_stay_in_their_budget(client: Client, city, path, budget):
    for n in range(160):
        factories.kelurahan(f"Kelurahan Nomor {n}")
    for n in range(24):
        kind = factories.product_type(f"Jenis ke-{n}")
        ikm = factories.ikm(
            f"Kelompok ke-{n}", published=True, sentra=city["sentra"], types=[kind], kelurahan=factories.kelurahan()
        )
        factories.product(f"Kerupuk rasa {n}", published=True, ikm=ikm, product_type=kind, price_min=10_000 + n)
    assert len(gzip.compress(client.get(path).content)) <= budget


def test_every_pattern_has_its_drawing(settings):
    from sentra.choices import Pattern

    sheet = (settings.BASE_DIR / "static/css/site.css").read_text()
    for pattern in Pattern.values:
        assert (settings.BASE_DIR / f"static/patterns/{pattern}.svg").stat().st_size < 2_000
        assert f"patterns/{pattern}.svg" in sheet
