"""The search page: groups and their order, forgiveness, ways on, and who must be absent."""

import copy
import re
from html import unescape

import pytest
from django.test import Client

from semarang_ikm.search.groups import SHOWN
from semarang_ikm.shared.choices import PublicationStatus
from sentra.choices import PersonalField
from sentra.indexing import refresh
from sentra.models import Ikm, ProductType
from tests import factories

pytestmark = pytest.mark.django_db
SECRET_NAME = "Sumiyati"


@pytest.fixture
def city(standing_city, db) -> dict:
    """What stands below; what a test changes in it, it changes for itself."""
    return copy.deepcopy(standing_city)


@pytest.fixture(scope="module")
def standing_city(standing_db) -> dict:
    """Krobokan with kerupuk, Gunungpati with batik, and what must stay unseen."""
    factories.search_variant("kerupuk", "krupuk")
    factories.search_variant("bandeng presto", "duri lunak")
    barat, gunungpati = factories.kecamatan("Semarang Barat"), factories.kecamatan("Gunungpati")
    krobokan = factories.kelurahan("Krobokan", kecamatan=barat, slug="krobokan")
    malon = factories.kelurahan("Gunungpati", kecamatan=gunungpati, slug="gunungpati")
    kerupuk, batik = factories.product_type("Kerupuk"), factories.product_type("Batik", name_en="Batik cloth")
    fish = factories.product_type("Bandeng presto")
    sentra = factories.sentra("Kerupuk Krobokan", published=True, kelurahan=[krobokan], types=[kerupuk])
    studio = factories.ikm("Zie Batik", published=True, types=[batik], kelurahan=malon)
    return {
        "kerupuk": sentra,
        "studio": studio,
        "krobokan": krobokan,
        "fish": factories.product("Bandeng presto", published=True, sentra=sentra, product_type=fish),
        "cloth": factories.product("Selendang batik", published=True, ikm=studio, product_type=batik),
        "hidden": factories.ikm(
            SECRET_NAME, name_is_personal=True, published=True, types=[kerupuk], kelurahan=krobokan
        ),
    }


def page(client: Client, q: str, path: str = "/cari/") -> str:
    answer = client.get(path, {"q": q})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def groups(html: str) -> dict[str, list[str]]:
    """Kinds of things in their order, each with the codes or slugs it shows."""
    sections = re.findall(r'<section[^>]*data-group="(\w+)"(.*?)</section>', html, re.DOTALL)
    return {kind: re.findall(r'<li [^>]*data-(?:code|slug)="([^"]+)"', body) for kind, body in sections}


def suggested(html: str) -> list[str]:
    found = re.search(r'<p[^>]*id="saran".*?</p>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]*)</a>", found[0]) if found else []


def test_another_spelling_finds_the_sentra_first(client, city):
    found = groups(page(client, "krupuk krobokan"))
    assert next(iter(found.items())) == ("sentra", [city["kerupuk"].code])


def test_other_words_find_the_product_first(client, city):
    found = groups(page(client, "duri lunak"))
    assert next(iter(found)) == "produk"
    assert found["produk"][0] == city["fish"].code
    assert found["jenis"] == ["bandeng-presto"]


def test_the_group_with_the_exact_name_stands_first(client, city):
    assert next(iter(groups(page(client, "krobokan")))) == "wilayah"
    assert next(iter(groups(page(client, "kerupuk krobokan")))) == "sentra"
    assert next(iter(groups(page(client, "batik")))) == "jenis"
    assert next(iter(groups(page(client, "zie batik")))) == "usaha"


def test_a_place_name_finds_everything_in_it(client, city):
    found = groups(page(client, "gunung pati"))
    assert found["wilayah"] == [city["studio"].kelurahan.kecamatan.slug, "gunungpati"]
    assert found["usaha"] == [city["studio"].code]
    assert found["produk"] == [city["cloth"].code]


def test_wards_are_found_by_their_own_name_not_by_their_district(client, city):
    factories.kelurahan("Gisikdrono", kecamatan=city["krobokan"].kecamatan, slug="gisikdrono")
    assert groups(page(client, "semarang barat"))["wilayah"] == [city["krobokan"].kecamatan.slug]
    assert groups(page(client, "gisikdrono semarang barat"))["wilayah"] == ["gisikdrono"]


def test_a_code_finds_its_record_first_in_any_case(client, city):
    for record, kind in ((city["kerupuk"], "sentra"), (city["studio"], "usaha"), (city["cloth"], "produk")):
        for typed in (record.code.lower(), record.code.replace("-", ""), record.code.replace("-", " 0")):
            first, codes = next(iter(groups(page(client, typed)).items()))
            assert (first, codes[0]) == (kind, record.code)


def test_groups_show_five_and_the_way_to_all(client, city):
    for number in range(SHOWN + 2):
        factories.product(f"Kerupuk rasa {number}", published=True, sentra=city["kerupuk"])
    html = page(client, "kerupuk rasa")
    assert len(groups(html)["produk"]) == SHOWN
    assert f'href="/produk/?q=kerupuk+rasa">Lihat semua {SHOWN + 2} produk</a>' in html


@pytest.mark.parametrize(
    ("typed", "meant"), [("krupk", "krupuk"), ("gunungpaty", "gunungpati"), ("batk", "batik"), ("krobokn", "krobokan")]
)
def test_a_typing_error_shows_what_was_meant_and_says_so(client, city, typed: str, meant: str):
    html = page(client, typed)
    assert groups(html)
    assert suggested(html)[0] == meant
    assert "Menampilkan hasil untuk" in html
    assert f"“{typed}”" in suggested(html)[1]


def test_the_words_as_typed_can_be_insisted_on(client, city):
    html = page(client, '"krupk"')
    assert groups(html) == {}
    assert "Menampilkan hasil untuk" not in html


def test_the_rest_of_a_corrected_group_is_listed_with_the_corrected_words(client, city):
    for number in range(SHOWN + 1):
        factories.sentra(f"Selendang {number}", published=True)
    assert 'href="/sentra/?q=selendang"' in page(client, "selendanng")


def test_nothing_found_names_the_search_and_offers_ways_on(client, city):
    html = page(client, "xyzzy plugh")
    assert "Tidak ada yang cocok dengan “xyzzy plugh”" in html
    assert groups(html) == {}
    for address in ("/jenis/", "/wilayah/", "/sentra/", "/produk/"):
        assert f'href="{address}"' in html
    assert 'id="tanya"' in html


def test_words_that_never_meet_are_offered_one_by_one(client, city):
    assert suggested(page(client, "kerupuk gunungpati")) == ["kerupuk", "gunungpati"]


@pytest.mark.parametrize(
    ("q", "address", "label"),
    [
        ("kerupuk halal", "/produk/?q=kerupuk&sertifikat=halal", "Produk bersertifikat Halal: “kerupuk”"),
        ("PIRT", "/produk/?sertifikat=p-irt", "Produk bersertifikat P-IRT"),
        ("krupuk siap ekspor", "/produk/?q=krupuk+siap&ekspor=1", "Produk siap ekspor: “krupuk siap”"),
        ("sentra batik export di Semarang", "/produk/?q=batik&ekspor=1", "Produk siap ekspor: “batik”"),
    ],
)
def test_words_that_are_filters_lead_to_the_filtered_list(client, city, q: str, address: str, label: str):
    for slug, name in (("halal", "Halal"), ("p-irt", "P-IRT")):
        factories.certificate_kind(slug, name=name)
    assert f'href="{address}" rel="nofollow">{label}</a>' in page(client, q)
    assert "Lihat juga" not in page(client, "kerupuk")


def test_a_list_without_results_leads_to_the_search_that_forgives(client, city):
    html = unescape(client.get("/produk/", {"q": "krupk & co"}).content.decode())
    assert 'href="/cari/?q=krupk%20%26%20co"' in html


def test_words_that_are_true_of_everything_say_so(client, city):
    html = page(client, "produk umkm semarang")
    assert "berlaku untuk semua yang ada di sini" in html
    assert "Tidak ada yang cocok" not in html


def test_a_sentra_in_draft_is_never_suggested(client, city):
    city["studio"].sentra = factories.sentra("Sentra Rahasiawati")
    city["studio"].save()
    refresh(city["studio"])
    assert "rahasiawati" not in page(client, "rahasiawat1").replace("rahasiawat1", "").lower()


def test_the_words_stay_in_the_box_and_in_the_title(client, city):
    html = page(client, "Krupuk  Krobokan")
    assert re.search(r'<input[^>]*name="q"[^>]*value="Krupuk Krobokan"', html)
    assert "Krupuk Krobokan" in re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]


@pytest.mark.parametrize("q", ["", "   ", "k", "-", "%", "🍤", "é"])
def test_less_than_two_letters_gives_a_sentence_and_places_to_start(client, city, q: str):
    html = page(client, q)
    assert groups(html) == {}
    assert 'href="/sentra/"' in html
    assert ("Tulis nama produk" if not q.strip() else "Tulis sedikitnya dua huruf.") in html


def test_search_pages_stay_out_of_search_engines(client, city):
    assert 'content="noindex' in page(client, "batik")
    assert 'content="noindex' in page(client, "")


def test_drafts_are_absent(client, city):
    factories.sentra("Kerupuk Rahasia")
    factories.ikm("Kerupuk Draf")
    factories.product("Kerupuk Belum Terbit", ikm=city["studio"])
    orphan = factories.product("Kerupuk Yatim", published=True)
    Ikm.objects.filter(pk=orphan.ikm_id).update(status=PublicationStatus.DRAFT)
    html = page(client, "kerupuk")
    for name in ("Rahasia", "Draf", "Belum Terbit", "Yatim"):
        assert name not in html


@pytest.mark.parametrize("q", [SECRET_NAME, "kerupuk", "Sumiyat", "sumiyatti", "Sumiyati krobokan"])
def test_a_personal_name_without_a_receipt_is_nowhere(client, city, q: str):
    html = page(client, q)
    # What the visitor typed is repeated, in the text and in addresses; nothing beyond it.
    beyond = html.replace(q, "").replace(q.replace(" ", "+"), "") if SECRET_NAME in q else html
    assert SECRET_NAME.lower() not in beyond.lower()
    assert SECRET_NAME.lower() not in [word.lower() for word in suggested(html)]
    if q == "kerupuk":
        assert f"Usaha {city['hidden'].code}" in html


def test_a_personal_name_with_a_receipt_is_found_and_corrected_to(client, city):
    receipt = factories.consent(city["hidden"], PersonalField.NAME)
    refresh(city["hidden"])
    assert groups(page(client, SECRET_NAME))["usaha"] == [city["hidden"].code]
    assert suggested(page(client, "sumiyatti"))[0] == SECRET_NAME.lower()
    receipt.scopes.update(withdrawn_on=factories.today())
    refresh(city["hidden"])
    assert groups(page(client, SECRET_NAME)) == {}
    assert suggested(page(client, "sumiyatti")) == []


def test_an_unpublished_sentra_is_not_named_beside_its_business(client, city):
    secret = factories.sentra("Sentra Tersembunyi")
    city["studio"].sentra = secret
    city["studio"].save()
    assert "Tersembunyi" not in page(client, "zie batik")


@pytest.mark.parametrize(
    "q",
    [
        "'",
        '"',
        '"><script>alert(1)</script>',
        "%",
        "_%_",
        "\\",
        "' OR 1=1 --",
        "x" * 500,
        "🍤" * 50,
        "‮قهوة بطيخ",
        "{{ 7|add:7 }}",
        "a " * 300,
        "\t\n",
    ],
)
def test_hostile_words_are_answered_and_shown_as_text(client, city, q: str):
    answer = client.get("/cari/", {"q": q})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_unknown_keys_are_named_and_ignored(client, city):
    answer = client.get("/cari/?q=batik&warna=biru&jenis=%3Cb%3E")
    assert answer.status_code == 200
    note = re.search(r'data-note="ignored">(.*?)</p>', answer.content.decode(), re.DOTALL)
    assert note and "warna=biru" in note[1] and "<b>" not in note[1]


def test_only_reading_is_answered(client, city):
    assert client.post("/cari/", {"q": "batik"}).status_code == 405
    assert client.head("/cari/", {"q": "batik"}).status_code == 200


def test_one_row_costs_as_many_queries_as_many(client, city, count_queries):
    types = list(ProductType.objects.all())
    one = count_queries(lambda: page(client, "batik"))
    for number in range(8):
        place = factories.kelurahan(f"Batik {number}")
        sentra = factories.sentra(f"Batik {number}", published=True, kelurahan=[place], types=types)
        maker = factories.ikm(f"Batik Ibu {number}", published=True, sentra=sentra, kelurahan=place, types=types)
        factories.product(f"Batik {number}", published=True, ikm=maker)
        factories.product(f"Batik sentra {number}", published=True, sentra=sentra)
    # The first search found no sentra, so it had no places, types and photos of sentra to fetch.
    many = count_queries(lambda: page(client, "batik"))
    for number in range(30):
        factories.product(f"Batik lagi {number}", published=True, ikm=maker)
        factories.sentra(f"Batik lagi {number}", published=True, kelurahan=[place], types=types)
    assert count_queries(lambda: page(client, "batik")) == many
    assert many <= one + 10
    assert many <= 32


def test_events_are_found_by_name_place_and_partner(client, city):
    event = factories.promotion(
        "Pameran Pangan", published=True, place="Gedung Juang", partners=[factories.partner("Bea Cukai")]
    )
    for words in ("pameran", "gedung juang", "bea cukai", "pamerann"):
        assert groups(page(client, words))["acara"] == [event.slug], words
    assert next(iter(groups(page(client, "pameran pangan")))) == "acara"
    assert groups(page(client, "fair", "/en/search/")) == {}


def test_drafts_archived_events_and_catalogues_are_not_found(client, city):
    factories.promotion("Wiyaga satu")
    factories.promotion("Wiyaga dua", status=PublicationStatus.ARCHIVED)
    factories.promotion("Wiyaga tiga", published=True, kind="catalogue")
    html = page(client, "wiyaga")
    assert groups(html) == {}
    assert suggested(html) == []


def test_more_events_than_shown_lead_to_their_list(client, city):
    for number in range(SHOWN + 1):
        factories.promotion(f"Pameran {number}", published=True)
    html = page(client, "pameran")
    assert len(groups(html)["acara"]) == SHOWN
    assert 'href="/acara/">Lihat semua acara</a>' in html


def test_a_code_is_no_code_of_an_event(client, city):
    event = factories.promotion("Pameran S 7", published=True)
    assert groups(page(client, "s-07"))["acara"] == [event.slug]
