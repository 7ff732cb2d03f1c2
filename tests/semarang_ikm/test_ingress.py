"""Hostile and broken requests: 400 at the door where the contract says so, and never an error of the server."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from semarang_ikm.middleware import is_readable
from semarang_ikm.shared.list_request import KEYS
from tests.semarang_ikm import pages

pytestmark = pytest.mark.django_db

LISTS = ["/", "/sentra/", "/usaha/", "/produk/", "/cari/", "/wilayah/", "/jenis/", "/sertifikasi/", "/tentang/"]
FILTERED = ["/sentra/", "/usaha/", "/produk/", "/en/centres/", "/en/businesses/", "/en/products/"]
SEARCHES = ["/cari/", "/en/search/"]


@pytest.fixture(scope="module")
def standing_pages(standing_db) -> None:
    pages.build()


@pytest.fixture
def site(standing_pages, db) -> Client:
    return Client(raise_request_exception=True)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "q=%ff",
        "q=%C3%28",
        "%80=1",
        "q=%00",
        "q=a%00b",
        "kec=%ED%A0%80",  # a lone surrogate
        "q=" + "a" * 9000,
        "&".join(f"jenis={number}" for number in range(150)),
        "&" * 120,
    ],
)
def test_what_no_page_of_ours_can_have_asked_is_refused(client: Client, address: str, query: str) -> None:
    answer = client.get(address, QUERY_STRING=query)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/produk/%ff/", "/%00", "/sentra/a%00b/", "/k/S-%ff", "/%C3%28"])
def test_an_unreadable_path_is_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/produk/b%C3%A9/", "/k/%E4%B8%AD", "/wilayah/%F0%9F%90%9F/"])
def test_a_readable_path_that_leads_nowhere_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_limits_themselves_are_allowed(site: Client) -> None:
    hundred = "&".join(["jenis=kerupuk"] * 100)
    assert site.get("/produk/", QUERY_STRING=hundred).status_code == 200
    assert site.get("/produk/", QUERY_STRING="q=" + "a" * 8000).status_code == 200


def test_a_foreign_host_is_refused(client: Client) -> None:
    for address in ("/", "/produk/", "/healthz", "/admin/"):
        assert client.get(address, HTTP_HOST="evil.example").status_code == 400, address


@pytest.mark.parametrize("address", [*LISTS, "/en/", "/katalog/cetak/", "/k/S-01"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_pages_are_for_reading(site: Client, address: str, method: str) -> None:
    assert getattr(site, method)(address).status_code == 405


@pytest.mark.parametrize("address", FILTERED)
@pytest.mark.parametrize("page", ["0", "-1", "999999", "abc", "1.5", "²", "٣", "", "9" * 40, "1e3", "hal", "+1"])
def test_a_page_that_is_none_leads_to_the_first_with_the_other_keys(site: Client, address: str, page: str) -> None:
    answer = site.get(address, {"q": "kerupuk", "jenis": "kerupuk", "hal": page})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{address}?q=kerupuk&jenis=kerupuk"


@pytest.mark.parametrize("address", FILTERED)
def test_unknown_keys_and_values_are_set_aside_with_a_note(site: Client, address: str) -> None:
    answer = site.get(address, {"jenis": ["kerupuk", "tidak-ada"], "utm_source": "wa", "urut": "harga", "ekspor": "ya"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert 'data-note="ignored"' in page
    assert 'data-total="1"' in page


@pytest.mark.parametrize("address", FILTERED)
def test_a_clean_address_carries_no_note(site: Client, address: str) -> None:
    assert b'data-note="ignored"' not in site.get(address, {"jenis": "kerupuk"}).content


@pytest.mark.parametrize("address", [*FILTERED, *SEARCHES])
@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; DROP TABLE x;--", "%", "_", "\\", "{{7*7}}"],
)
def test_words_are_shown_as_words(site: Client, address: str, words: str) -> None:
    page = site.get(address, {"q": words}).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert ">49<" not in page


def test_wildcards_of_the_database_are_ordinary_signs(site: Client) -> None:
    for words in ("%", "_", "%%%", "k_rupuk"):
        assert site.get("/produk/", {"q": words}).status_code == 200


text = st.text(max_size=60)
value = st.one_of(text, st.sampled_from(["1", "0", "-1", "kerupuk", "krobokan", "halal", "0-25000", "nama", "relevan"]))
parameters = st.lists(st.tuples(st.one_of(st.sampled_from(KEYS), text), value), max_size=12)
sequence = st.sampled_from([*FILTERED, *SEARCHES, "/katalog/cetak/"])


@settings(max_examples=40)
@given(address=sequence, asked=parameters)
@example(address="/produk/", asked=[("urut", "jarak")])
@example(address="/produk/", asked=[("urut", "relevan"), ("q", " ")])
@example(address="/produk/", asked=[("kel", "krobokan"), ("urut", "jarak"), ("cetak", "1")])
@example(address="/sentra/", asked=[("q", "-"), ("hal", "1"), ("hal", "x")])
def test_no_parameter_is_an_error_of_the_server(db, address: str, asked: list) -> None:
    if not _built():
        pages.build()
    readable = [(key, value) for key, value in asked if _utf8(key) and _utf8(value)]
    query = "&".join(f"{quote(key)}={quote(value)}" for key, value in readable)

    answer = Client().get(address, QUERY_STRING=query)

    assert answer.status_code in ({200, 302} if is_readable(query) else {400}), query


@settings(max_examples=40)
@given(query=st.binary(max_size=80))
def test_no_bytes_are_an_error_of_the_server(db, query: bytes) -> None:
    raw = query.decode("latin-1")
    answer = Client().get("/produk/", QUERY_STRING=raw.replace("#", ""))

    assert answer.status_code in {200, 302, 400}


PREFIXES = ["/", "/produk/", "/wilayah/", "/k/", "/en/", "/media/", "/admin/"]


@settings(max_examples=40)
@given(prefix=st.sampled_from(PREFIXES), path=st.text(max_size=40).filter(lambda path: _utf8(path)))
def test_no_path_is_an_error_of_the_server(db, prefix: str, path: str) -> None:
    assert Client().get(prefix + quote(path)).status_code < 500


def _utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _built() -> bool:
    from sentra.models import Sentra

    return Sentra.objects.exists()
