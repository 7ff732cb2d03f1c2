"""Pages whose pieces are kept: few queries, however many rows; the same bytes; never older than the data."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from products.models import Product
from sentra.models import Ikm, OfficeProfile, Sentra
from tests import factories
from tests.pages import codes, read

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city() -> None:
    """Three of everything, with a type, a place and a certificate."""
    kind, place = factories.product_type("Kerupuk"), factories.kelurahan("Krobokan", slug="krobokan")
    paper = factories.certificate_kind("halal")
    for number in range(3):
        centre = factories.sentra(f"Sentra {number}", published=True, types=[kind], kelurahan=[place])
        maker = factories.ikm(f"Usaha {number}", published=True, sentra=centre, kelurahan=place, types=[kind])
        product = factories.product(f"Kerupuk {number}", published=True, ikm=maker, product_type=kind, price_min=9_000)
        factories.certification(kind=paper, products=[product])


def queries(client: Client, address: str) -> list[str]:
    """What a warm process asks for this page."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("address", ["/produk/", "/usaha/", "/sentra/", "/produk/?kel=krobokan", "/produk/?q=kerupuk"])
def test_a_warm_list_reads_nothing_but_the_version_of_the_data(client: Client, city: None, address: str) -> None:
    """Which is read past Django's cursor, and so not counted here."""
    assert queries(client, address) == []
    for _more in range(3):
        factories.product(published=True, ikm=Ikm.objects.first())
    assert queries(client, address) == []


def test_another_page_of_a_list_reads_only_the_cards_it_lacks(client: Client, city: None) -> None:
    client.get("/produk/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/produk/?urut=terbaru")
    assert len(captured) == 1


@pytest.mark.parametrize("model", [Product, Ikm, Sentra])
def test_a_record_asks_as_much_beside_many_as_beside_few(client: Client, city: None, model: type) -> None:
    address = model.objects.first().get_absolute_url()
    few = len(queries(client, address))
    for _more in range(3):
        factories.product(published=True, ikm=Ikm.objects.first(), product_type=Product.objects.first().product_type)
    assert len(queries(client, address)) == few
    assert few <= 24


def test_kept_pieces_and_new_ones_make_the_same_page(client: Client, city: None) -> None:
    for address in ("/produk/", "/en/products/", "/usaha/", "/sentra/", "/produk/?dekat=krobokan"):
        assert client.get(address).content == client.get(address).content


def test_a_card_follows_everything_it_shows(client: Client, city: None) -> None:
    client.get("/produk/")
    product = Product.objects.get(name="Kerupuk 0")
    for change, shown in (
        (lambda: Product.objects.filter(pk=product.pk).update(name="Nama Baru"), "Nama Baru"),
        (lambda: Ikm.objects.filter(pk=product.ikm_id).update(name="Pembuat Baru"), "Pembuat Baru"),
        (lambda: Product.objects.filter(pk=product.pk).update(price_min=77_000, price_max=None), "Rp77.000"),
        (lambda: product.certifications.all().delete(), ""),
    ):
        change()
        card = read(client, "/produk/").one("li", data_code=product.code)
        assert shown in card.text
    assert not card.all(data_cert=True)


def test_a_withdrawn_name_leaves_cards_facets_and_footer_at_the_next_request(client: Client, city: None) -> None:
    maker = Ikm.objects.get(name="Usaha 0")
    assert "Usaha 0" in client.get("/usaha/").content.decode()
    maker.name_is_personal = True
    maker.save()
    assert "Usaha 0" not in client.get("/usaha/").content.decode()


def test_paper_gets_no_card_of_the_screen(client: Client, city: None) -> None:
    product = Product.objects.get(name="Kerupuk 0")
    other = factories.product("Kerupuk Lain", published=True, ikm=product.ikm, product_type=product.product_type)
    product.ikm.name_is_personal = True
    product.ikm.save()
    factories.consent(product.ikm, "name", channels=["web"])

    for _time in range(2):
        assert "Usaha 0" in client.get(other.get_absolute_url()).content.decode()
        assert "Usaha 0" not in client.get(f"{other.get_absolute_url()}?cetak=1").content.decode()


def test_what_is_taken_back_is_gone_from_counts_and_cards(client: Client, city: None) -> None:
    before = read(client, "/sentra/")
    assert before.one(id="hasil").get("data-total") == "3"
    Sentra.objects.filter(name="Sentra 0").update(status="archived")
    after = read(client, "/sentra/")
    assert after.one(id="hasil").get("data-total") == "2"
    assert len(codes(after)) == 2


def test_the_office_in_the_footer_is_todays(client: Client, city: None) -> None:
    client.get("/")
    office = OfficeProfile.load()
    office.name = "Dinas Baru"
    office.save()
    assert "Dinas Baru" in client.get("/").content.decode()
    assert "Dinas Baru" in client.get("/tidak-ada/").content.decode()


def test_languages_have_pieces_of_their_own(client: Client, city: None) -> None:
    for _time in range(2):
        assert "Tanya Dinas" in client.get("/produk/").content.decode()
        assert "Tanya Dinas" not in client.get("/en/products/").content.decode()


def test_what_was_typed_as_a_place_stays_with_him_who_typed_it(client: Client, city: None) -> None:
    first = read(client, "/produk/?dekat=antah").one("input", id="dekat")
    second = read(client, "/produk/?dekat=berantah").one("input", id="dekat")
    assert (first.get("value"), second.get("value")) == ("antah", "berantah")


def test_lists_by_distance_show_the_distance_from_the_place_asked_for(client: Client, city: None) -> None:
    factories.kelurahan("Jauh", slug="jauh", latitude="-7.100000")
    near, far = (client.get(f"/produk/?dekat={slug}").content for slug in ("krobokan", "jauh"))
    assert near != far
    assert client.get("/produk/").content.count(b'<li class="card"') == 3


@pytest.mark.parametrize("query", ["", "?urut=terbaru", "?dekat=krobokan"])
def test_the_first_picture_of_a_list_comes_at_once_and_the_others_when_they_are_near(
    client: Client, city: None, query: str
) -> None:
    for product in Product.objects.filter(name__in=["Kerupuk 1", "Kerupuk 2"]):
        factories.product_photo(product=product)
    for _warm in range(2):
        first, second = read(client, f"/produk/{query}").one("ul", id="daftar").all("img")
        assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
        assert (second.get("fetchpriority"), second.get("loading")) == (None, "lazy")
