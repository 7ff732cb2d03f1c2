"""The address decides the language, and nothing else does."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.pages import parse, read
from tests.semarang_ikm import pages

pytestmark = pytest.mark.django_db

# Indonesian path, English path: names that other people's links rely on (docs/contract.md).
TWINS = {
    "home": ("/", "/en/"),
    "sentra_list": ("/sentra/", "/en/centres/"),
    "ikm_list": ("/usaha/", "/en/businesses/"),
    "product_list": ("/produk/", "/en/products/"),
    "area_list": ("/wilayah/", "/en/areas/"),
    "product_type_list": ("/jenis/", "/en/types/"),
    "certificate_kind_list": ("/sertifikasi/", "/en/certification/"),
    "search": ("/cari/", "/en/search/"),
    "catalogue_print": ("/katalog/cetak/", "/en/catalogue/print/"),
    "catalogue_pdf": ("/katalog/pdf/", "/en/catalogue/pdf/"),
    "about": ("/tentang/", "/en/about/"),
    "privacy": ("/privasi/", "/en/privacy/"),
    "accessibility": ("/aksesibilitas/", "/en/accessibility/"),
    "contact": ("/kontak/", "/en/contact/"),
    "report": ("/perbaiki/", "/en/correct/"),
    "report_received": ("/perbaiki/terkirim/", "/en/correct/sent/"),
}


@pytest.mark.parametrize("name", TWINS)
def test_addresses_are_those_of_the_contract(name: str) -> None:
    for language, expected in zip(("id", "en"), TWINS[name], strict=True):
        with translation.override(language):
            assert reverse(name) == expected


def test_every_page_says_its_language_and_keeps_its_slug(client: Client) -> None:
    for name, address in pages.build().items():
        language = name.split()[0]
        answer = client.get(address)

        assert answer.status_code == 200, (name, address)
        assert answer.headers["Content-Language"] == language, name
        assert f'<html lang="{language}"' in answer.content.decode(), name
    assert client.get("/en/products/kerupuk-udang/").status_code == 200


@pytest.mark.parametrize("header", ["en", "en-GB,en;q=0.9", "jv", "x" * 500, "*", "\x00"])
def test_the_browsers_wish_changes_nothing(client: Client, header: str) -> None:
    answer = client.get("/", HTTP_ACCEPT_LANGUAGE=header)

    assert answer.headers["Content-Language"] == "id"
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_a_language_cookie_changes_the_admin_and_no_page(client: Client, settings) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert client.get("/").headers["Content-Language"] == "id"
    assert client.get("/admin/login/").headers["Content-Language"] == "en"

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "../../etc"
    assert client.get("/admin/login/").headers["Content-Language"] == "id"


@pytest.mark.parametrize("address", ["/centres/", "/en/sentra/", "/en/produk/"])
def test_words_of_the_other_language_are_no_addresses(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_english_error_page_is_english(client: Client) -> None:
    answer = client.get("/en/products/tidak-ada/")

    assert answer.status_code == 404
    assert '<html lang="en"' in answer.content.decode()


def test_the_language_never_leaks_into_the_next_request(client: Client) -> None:
    client.get("/en/")
    assert translation.get_language() == "id"
    assert '<html lang="id"' in client.get("/").content.decode()


@pytest.mark.parametrize("about", [{"kode": "S-999"}, {"kel": "malon"}, {"perihal": "tarik"}, {}])
def test_a_refused_report_leads_to_the_same_subject_in_english_and_carries_no_words_there(
    client: Client, about: dict[str, str]
) -> None:
    factories.kelurahan("Malon", slug="malon")
    answer = client.post("/perbaiki/", {"wrong": "", "right": "Siti, 0812-1555-0123", **about})
    assert answer.status_code == 200
    link = parse(answer.content.decode()).one("a", hreflang="en").get("href") or ""
    assert parse_qs(urlsplit(link).query) == {key: [value] for key, value in about.items()}
    assert urlsplit(link).path == "/en/correct/"
    assert read(client, link).one("a", hreflang="id").get("href") == link.replace("/en/correct/", "/perbaiki/")
