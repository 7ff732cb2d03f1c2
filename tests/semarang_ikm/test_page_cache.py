"""Kept pages: taken only while the data stand, and never for another visitor, host, language or encoding."""

import datetime
import time
from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client

from products.models import Product
from semarang_ikm import page_cache
from sentra import triggers
from sentra.data_version import read_version
from sentra.models import Kelurahan
from tests import factories
from tests.semarang_ikm import pages
from tests.wsgi_asking import Site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site() -> Site:
    return Site(WSGIHandler())


@pytest.fixture
def product() -> Product:
    return factories.product("Kerupuk Udang", published=True, price_min=15_000)


@pytest.fixture
def settled() -> Iterator[None]:
    """An hour later: the last write is long enough ago for a Last-Modified."""
    with mock.patch.object(page_cache.time, "time", lambda: time.time_ns() / 1e9 + 3600):
        yield


def test_the_second_request_is_answered_without_django(site: Site, product: Product) -> None:
    first, second = site.ask("/produk/"), site.ask("/produk/")

    assert site.made == 1
    assert first == second
    assert "Kerupuk Udang" in first.text


def test_every_public_page_is_kept(site: Site) -> None:
    for name, address in pages.build().items():
        site.made = 0
        first = site.ask(address)
        assert (site.ask(address), site.made) == (first, 1), name
        assert first.headers["cache-control"] == "public, no-cache", name
        assert first.headers["etag"], name


def test_a_kept_page_carries_every_header_of_a_new_one(site: Site, product: Product) -> None:
    site.ask("/produk/")
    kept = site.ask("/produk/").headers
    plain = Client().get("/produk/", headers={"host": "localhost"}).headers

    assert {name.lower(): value for name, value in plain.items()} == kept


@pytest.mark.parametrize("write", ["save", "bulk", "raw", "delete"])
def test_an_edit_is_in_the_next_answer(site: Site, product: Product, write: str) -> None:
    assert "Kerupuk Udang" in site.ask("/produk/").text
    if write == "save":
        product.name = "Kerupuk Baru"
        product.save()
    elif write == "bulk":
        Product.objects.update(name="Kerupuk Baru")
    elif write == "raw":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE products_product SET name = 'Kerupuk Baru'")
    else:
        product.delete()

    after = site.ask("/produk/").text

    assert "Kerupuk Udang" not in after
    assert ("Kerupuk Baru" in after) == (write != "delete")


def test_an_edit_taken_back_leaves_the_page_kept(site: Site, product: Product) -> None:
    site.ask("/produk/")
    with pytest.raises(RuntimeError), transaction.atomic():
        Product.objects.update(name="Kerupuk Baru")
        raise RuntimeError("taken back")

    assert "Kerupuk Udang" in site.ask("/produk/").text
    assert site.made == 1


def test_an_answer_made_while_somebody_wrote_is_not_kept(product: Product) -> None:
    def writing(environ: dict, start_response):
        answer = WSGIHandler()(environ, start_response)
        Product.objects.update(name="Kerupuk Baru")
        return answer

    site = Site(writing)
    site.ask("/produk/")
    site.ask("/produk/")
    assert site.made == 2


def test_an_edit_elsewhere_leaves_a_page_its_etag(site: Site, product: Product) -> None:
    etag = site.ask("/tentang/").headers["etag"]
    factories.area_alias("Kampung Baru")

    assert site.ask("/tentang/", if_none_match=etag).status == 304


def test_without_all_triggers_nothing_is_kept(site: Site, product: Product, monkeypatch) -> None:
    monkeypatch.setattr("sentra.data_version.LOOK_AFTER", 1e-9)
    site.ask("/produk/")
    triggers.remove(connection)
    try:
        Product.objects.update(name="Kerupuk Baru")
        assert "Kerupuk Baru" in site.ask("/produk/").text
        site.ask("/produk/")
        assert site.made == 3
    finally:
        triggers.install()
    assert "Kerupuk Baru" in site.ask("/produk/").text


def test_a_database_that_is_away_is_djangos_to_report() -> None:
    site = Site(WSGIHandler(), read=lambda: None)
    site.ask("/tentang/")
    site.ask("/tentang/")
    assert site.made == 2


# -- what is never mixed ----------------------------------------------------------------------------------------------


def test_languages_hosts_schemes_and_queries_have_pages_of_their_own(site: Site, product: Product) -> None:
    assert 'lang="id"' in site.ask("/produk/").text
    assert 'lang="en"' in site.ask("/en/products/").text
    site.ask("/produk/", host="127.0.0.1")
    site.ask("/produk/", scheme="https")
    site.ask("/produk/", x_forwarded_proto="https")
    assert "hal=2" not in site.ask("/produk/?urut=terbaru").text
    assert site.ask("/produk/?q=tidakada").text != site.ask("/produk/?q=kerupuk").text
    assert site.made == 8


def test_a_foreign_host_is_refused_each_time(site: Site) -> None:
    for _time in range(2):
        assert site.ask("/produk/", host="evil.example").status == 400
    assert site.made == 2


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br, GZIP;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.0, br", None),
        ("gzip;q=0.01", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_encodings_are_never_mixed(site: Site, product: Product, accepted: str, encoding: str | None) -> None:
    for other in ("gzip", "identity"):
        site.ask("/produk/", accept_encoding=other)

    answer = site.ask("/produk/", accept_encoding=accepted)

    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "Kerupuk Udang" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert site.made == 2


def test_head_and_get_share_a_page_and_head_has_no_body(site: Site, product: Product) -> None:
    head = site.ask("/produk/", "HEAD")
    get = site.ask("/produk/")

    assert site.made == 1
    assert head.body == b""
    assert head.headers == get.headers
    assert int(head.headers["content-length"]) == len(get.body)
    assert site.ask("/tidak-ada/", "HEAD").body == b""


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "sessionid=x"},
        {"cookie": "a=1; csrftoken=x"},
        {"cookie": "django_language=en"},
        {"cookie": "messages=x"},
        {"authorization": "Bearer x"},
        {"range": "bytes=0-9"},
        {"hx_request": "true"},
    ],
)
def test_who_asks_for_something_of_his_own_passes_by(site: Site, product: Product, headers: dict[str, str]) -> None:
    site.ask("/produk/")
    for _time in range(2):
        assert site.ask("/produk/", **headers).status == 200
    assert site.made == 3


def test_an_officers_own_answer_is_made_of_pieces_of_one_version(product: Product) -> None:
    reads: list[int] = []

    def read() -> page_cache.Version | None:
        reads.append(1)
        return read_version()

    site = Site(WSGIHandler(), read=read)
    site.ask("/produk/", cookie="sessionid=x")
    with mock.patch("sentra.data_version.read_version", side_effect=AssertionError("read twice")):
        site.ask("/produk/", cookie="sessionid=x")
    site.ask("/produk/", cookie="sessionid=x")
    Product.objects.update(name="Kerupuk Baru")
    assert "Kerupuk Baru" in site.ask("/produk/", cookie="sessionid=x").text
    assert len(reads) == 4


def test_cookies_of_others_play_no_part_and_are_not_shown_to_the_view(product: Product) -> None:
    seen: list[dict] = []

    def application(environ: dict, start_response):
        seen.append(environ)
        return WSGIHandler()(environ, start_response)

    site = Site(application)
    site.ask("/produk/", cookie="_ga=1", user_agent="Mozilla", accept_language="en", referer="http://x.example/")
    site.ask("/produk/", cookie="mysessionid=2")

    assert site.made == 1
    shown = {name for name in seen[0] if name.startswith("HTTP_")}
    assert shown == {"HTTP_HOST", "HTTP_ACCEPT_ENCODING"}


@pytest.mark.parametrize("address", ["/admin/login/", "/healthz", "/healthz/ready", "/tidak-ada/", "/produk?hal=0"])
def test_other_answers_are_not_kept(site: Site, address: str) -> None:
    for _time in range(2):
        site.ask(address)
    assert site.made == 2


def test_a_redirect_and_a_page_that_is_gone_are_not_kept(site: Site, product: Product) -> None:
    address, slug = product.get_absolute_url(), product.slug
    product.slug = "nama-lain"
    product.save()
    assert [site.ask(address).status for _time in range(2)] == [301, 301]
    product.delete()
    assert [site.ask(f"/produk/{slug}/").status for _time in range(2)] == [410, 410]
    assert site.made == 4


def test_writing_methods_pass_by(site: Site) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert site.ask("/produk/", method).status >= 400 or method == "OPTIONS"
    assert site.made == 4
    assert site.cache.store.bytes == 0


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=1"),
        ("Vary", "Cookie"),
        ("Vary", "Accept-Encoding, Accept"),
        ("Vary", "*"),
        ("Cache-Control", "private, no-cache"),
        ("Cache-Control", "no-store"),
    ],
)
def test_an_answer_that_is_not_for_everybody_is_not_kept(header: tuple[str, str]) -> None:
    from django.http import HttpResponse

    def application(environ: dict, start_response):
        answer = HttpResponse("isi")
        headers = {"Cache-Control": "public, no-cache"} | dict([header])
        start_response("200 OK", list(headers.items()))
        return answer

    site = Site(application)
    assert [site.ask("/produk/").text for _time in range(2)] == ["isi", "isi"]
    assert site.made == 2


def test_a_drafts_page_stays_the_officers_own(site: Site, officer_client: Client) -> None:
    draft = factories.product("Masih Rahasia")
    cookie = f"sessionid={officer_client.cookies['sessionid'].value}"

    site.ask(draft.get_absolute_url(), cookie=cookie)

    assert site.ask(draft.get_absolute_url()).status == 404


# -- time, memory, conditions -----------------------------------------------------------------------------------------


def test_a_new_day_in_jakarta_makes_new_pages(product: Product) -> None:
    day = [datetime.date(2026, 11, 24)]
    site = Site(WSGIHandler(), today=lambda: day[0])
    site.ask("/produk/")
    site.ask("/produk/")
    assert site.made == 1
    day[0] += datetime.timedelta(days=1)
    site.ask("/produk/")
    assert site.made == 2


def test_memory_is_bounded_and_the_page_unused_for_longest_goes(product: Product) -> None:
    size = len(Site(WSGIHandler()).ask("/tentang/").body) + page_cache.OVERHEAD
    site = Site(WSGIHandler(), limit=int(size * 2.5))

    for address in ("/tentang/?a=1", "/tentang/?a=2", "/tentang/?a=1", "/tentang/?a=3", "/tentang/?a=1"):
        site.ask(address)
    assert site.made == 3
    site.ask("/tentang/?a=2")
    assert site.made == 4
    assert 0 < site.cache.store.bytes <= site.cache.store.limit


def test_a_known_page_is_answered_in_a_few_bytes(site: Site, product: Product) -> None:
    for accepted in ("", "gzip"):
        etag = site.ask("/produk/", accept_encoding=accepted).headers["etag"]
        for given in (etag, f'"x", {etag}', "*"):
            answer = site.ask("/produk/", if_none_match=given, accept_encoding=accepted)
            assert (answer.status, answer.body) == (304, b"")
            assert answer.headers["etag"] == etag
            assert answer.headers["cache-control"] == "public, no-cache"
    assert site.ask("/produk/", if_none_match='"x"').status == 200
    Product.objects.update(name="Kerupuk Baru")
    assert site.ask("/produk/", if_none_match=etag).status == 200


def test_a_page_keeps_its_etag_through_every_encoding_and_process(product: Product) -> None:
    tags = [
        Site(WSGIHandler()).ask("/produk/", accept_encoding=accepted).headers["etag"].removeprefix("W/")
        for accepted in ("", "gzip", "gzip")
    ]
    assert len(set(tags)) == 1


def test_no_date_is_given_while_it_could_mean_two_states(site: Site, product: Product) -> None:
    assert "last-modified" not in site.ask("/produk/").headers


def test_a_date_counts_only_when_it_is_the_same(site: Site, product: Product, settled: None) -> None:
    given = site.ask("/produk/").headers["last-modified"]

    assert site.ask("/produk/", if_modified_since=given).status == 304
    assert site.ask("/produk/", if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT").status == 200
    assert site.ask("/produk/", if_modified_since=given, if_none_match='"x"').status == 200


def test_the_date_moves_with_a_write(settled: None) -> None:
    changed = [page_cache._STARTED + 100]
    site = Site(WSGIHandler(), read=lambda: page_cache.Version("t", changed[0]))
    first = site.ask("/tentang/").headers["last-modified"]
    changed[0] += 100
    assert site.ask("/tentang/").headers["last-modified"] != first


def test_public_answers_say_no_cache_and_others_private(client: Client, officer_client: Client) -> None:
    Kelurahan.objects.all().delete()
    assert client.get("/produk/").headers["Cache-Control"] == "public, no-cache"
    assert client.get("/tidak-ada/").headers["Cache-Control"] == "private, no-cache"
    assert "private" in officer_client.get("/admin/").headers["Cache-Control"]
    assert "no-store" in client.get("/admin/login/").headers["Cache-Control"]
