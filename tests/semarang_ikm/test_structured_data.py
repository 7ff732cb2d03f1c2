"""JSON-LD: valid, the same facts as the page and no others; nothing expired, hidden, invented or personal."""

import datetime

import pytest
from django.test import Client

from products.choices import CertificationStage
from sentra.choices import ActivityStatus, ContactKind, PersonalField
from tests import factories
from tests.pages import read
from tests.semarang_ikm import pages
from tests.structured_data import documents, mistakes, node, nodes

pytestmark = pytest.mark.django_db

SITE = "https://sentra.example"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def city() -> dict:
    kind = factories.product_type("Kerupuk", slug="kerupuk")
    place = factories.kelurahan(
        "Krobokan", slug="krobokan", kecamatan=factories.kecamatan("Semarang Barat", slug="barat")
    )
    centre = factories.sentra("Kerupuk Krobokan", published=True, types=[kind], kelurahan=[place], summary="Tempatnya.")
    maker = factories.ikm("Sari Rasa", published=True, sentra=centre, kelurahan=place, types=[kind])
    product = factories.product("Kerupuk Udang", published=True, ikm=maker, product_type=kind)
    return {"kind": kind, "place": place, "sentra": centre, "ikm": maker, "product": product}


def rich(city: dict) -> None:
    """Everything that the data may say, said."""
    maker, product, centre = city["ikm"], city["product"], city["sentra"]
    for kind, value in (
        (ContactKind.WHATSAPP, "+6281298765432"),
        (ContactKind.TELEPHONE, "+62243571113"),
        (ContactKind.EMAIL, "sari@rasa.example"),
        (ContactKind.ADDRESS, "Jalan Kerupuk 7"),
        (ContactKind.WEBSITE, "https://sari-rasa.example"),
    ):
        factories.contact(kind, value, ikm=maker)
    factories.contact(ContactKind.MAP_POINT, ikm=maker, latitude="-6.987654", longitude="110.434343")
    factories.consent(maker, *PersonalField)
    type(maker).objects.filter(pk=maker.pk).update(
        founded=1980, workers=7, workers_as_of=datetime.date(2026, 1, 1), summary="Sejak 1980."
    )
    type(product).objects.filter(pk=product.pk).update(
        price_min=15_000,
        price_max=20_000,
        price_unit="bungkus",
        price_on=factories.days_ago(10),
        materials="udang, tapioka",
        size="isi 10",
        summary="Renyah.",
    )
    factories.certification(kind=factories.certificate_kind("halal"), products=[product], ikm=maker)
    factories.certification(kind=factories.certificate_kind("p-irt"), ikm=maker)
    factories.product_photo(product=product)
    factories.sentra_photo(sentra=centre)
    location = centre.locations.get()
    location.address, location.latitude, location.longitude = "Jalan Krobokan", "-6.98", "110.39"
    location.save()
    type(centre).objects.filter(pk=centre.pk).update(welcomes_visitors=True)


# -- valid ------------------------------------------------------------------------------------------------------------


def test_every_page_in_both_languages_is_understood_by_schema_org(client: Client) -> None:
    found, without = [], set()
    for name, address in pages.build().items():
        on_page = documents(read(client, address))
        found += on_page
        if not on_page:
            without.add(name.partition(" ")[2])
    assert mistakes(found) == []
    assert without == {"about", "accessibility", "contact", "privacy", "search", "catalogue_print"}


def test_pages_that_say_all_they_can_are_valid_too(client: Client, city) -> None:
    rich(city)
    found = [
        doc for key in ("sentra", "ikm", "product") for doc in documents(read(client, city[key].get_absolute_url()))
    ]
    assert mistakes(found) == []


def test_the_validator_sees_mistakes() -> None:
    def wrong(**changes: object) -> list[str]:
        return mistakes([{"@context": "https://schema.org", "@graph": [{"@type": "Product", "name": "x", **changes}]}])

    assert wrong() == []
    assert wrong(**{"@type": "Produk"})
    assert wrong(telephone="+62")
    assert wrong(offers="murah")


def test_without_a_site_address_links_are_paths_of_the_page(client: Client, city, settings) -> None:
    settings.SITE_URL = ""
    page = read(client, city["ikm"].get_absolute_url())
    assert node(page, "LocalBusiness")["url"] == "/usaha/sari-rasa/"
    assert mistakes(documents(page)) == []


# -- what the page shows ----------------------------------------------------------------------------------------------


def test_a_list_says_its_rows_at_their_places(client: Client, city) -> None:
    for n in range(30):
        factories.product(f"Produk {n:02}", published=True, ikm=city["ikm"], product_type=city["kind"])
    page = read(client, "/produk/?hal=2")
    listed = node(page, "ItemList")
    shown = [row.one("h3").text for row in page.one(id="hasil").all("li", data_code=True)]
    assert [item["name"] for item in listed["itemListElement"]] == shown
    assert [item["position"] for item in listed["itemListElement"]] == list(range(25, 32))
    assert listed["numberOfItems"] == 31
    assert listed["itemListElement"][0]["url"].startswith(f"{SITE}/produk/")
    assert node(page, "CollectionPage")["url"] == f"{SITE}/produk/?hal=2"


def test_an_empty_list_claims_no_list(client: Client) -> None:
    page = read(client, "/produk/")
    assert node(page, "CollectionPage")
    assert nodes(page, "ItemList") == []


def test_breadcrumbs_are_those_of_the_page(client: Client, city) -> None:
    for address in (
        city["product"].get_absolute_url(),
        city["place"].get_absolute_url(),
        city["kind"].get_absolute_url(),
        "/en/centres/kerupuk-krobokan/",
    ):
        page = read(client, address)
        steps = node(page, "BreadcrumbList")["itemListElement"]
        seen = [link.text for link in page.one("nav", **{"class": "trail wrap"}).all("a")]
        assert [step["name"] for step in steps[:-1]] == seen
        assert steps[-1]["name"] == page.one("h1").text
        assert "item" not in steps[-1]


def test_home_names_the_search(client: Client) -> None:
    for address, search in (("/", "/cari/"), ("/en/", "/en/search/")):
        action = node(read(client, address), "SearchAction")
        assert action["target"]["urlTemplate"] == f"{SITE}{search}?q={{search_term_string}}"


def test_a_business_says_what_its_page_says(client: Client, city) -> None:
    rich(city)
    data = node(read(client, "/usaha/sari-rasa/"), "LocalBusiness")
    assert data["name"] == "Sari Rasa"
    assert data["address"]["streetAddress"] == "Jalan Kerupuk 7"
    assert data["address"]["addressLocality"] == "Krobokan, Semarang Barat"
    assert len(data["telephone"]) == 2
    assert data["geo"]["latitude"] == -6.987654
    assert len(data["hasCertification"]) == 2
    assert data["@id"] == node(read(client, "/en/businesses/sari-rasa/"), "LocalBusiness")["@id"]


def test_a_sentra_is_a_business_only_where_people_may_come(client: Client, city) -> None:
    assert node(read(client, "/sentra/kerupuk-krobokan/"), "Organization")
    rich(city)
    data = node(read(client, "/sentra/kerupuk-krobokan/"), "LocalBusiness")
    assert data["address"]["streetAddress"] == "Jalan Krobokan"


@pytest.mark.parametrize("activity", [ActivityStatus.CLOSED, ActivityStatus.MOVED])
def test_what_is_closed_or_gone_is_no_local_business(client: Client, city, activity: str) -> None:
    rich(city)
    for record in (city["ikm"], city["sentra"]):
        type(record).objects.filter(pk=record.pk).update(activity=activity)
        page = read(client, record.get_absolute_url())
        assert nodes(page, "LocalBusiness") == []
        assert nodes(page, "Organization")


# -- prices -----------------------------------------------------------------------------------------------------------


def price(client: Client, city: dict, **fields: object) -> object:
    type(city["product"]).objects.filter(pk=city["product"].pk).update(price_unit="kg", **fields)
    return node(read(client, city["product"].get_absolute_url()), "Product").get("offers")


def test_a_price_is_offered_while_it_is_real_and_fresh(client: Client, city) -> None:
    offered = price(client, city, price_min=15_000, price_on=factories.days_ago(20))
    assert (offered["@type"], offered["price"], offered["priceCurrency"]) == ("Offer", 15_000, "IDR")
    assert offered["priceSpecification"]["unitText"] == "kg"
    offered = price(client, city, price_min=15_000, price_max=20_000, price_on=factories.days_ago(20))
    assert (offered["@type"], offered["lowPrice"], offered["highPrice"]) == ("AggregateOffer", 15_000, 20_000)


def test_no_price_and_an_old_price_are_no_offer(client: Client, city) -> None:
    assert price(client, city) is None
    assert price(client, city, price_min=15_000, price_on=factories.days_ago(400)) is None


# -- certificates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_on": factories.days_ago(1), "issued_on": factories.days_ago(400)},
        {"stage": CertificationStage.REVOKED},
        {"stage": CertificationStage.REQUESTED},
        {"checked_on": None, "checked_by": None},
        {"issued_on": factories.days_ago(-5)},
    ],
    ids=["expired", "revoked", "requested", "unchecked", "not yet"],
)
def test_only_certificates_in_force_and_checked_are_claimed(client: Client, city, fields: dict) -> None:
    kind = factories.certificate_kind("halal")
    paper = factories.certification(kind=kind, products=[city["product"]], ikm=city["ikm"])
    addresses = [city[key].get_absolute_url() for key in ("product", "ikm")]
    for address in addresses:
        claimed = node(read(client, address), "Certification")
        assert claimed["certificationIdentification"] == paper.number
    type(paper).objects.filter(pk=paper.pk).update(**fields)
    for address in addresses:
        assert nodes(read(client, address), "Certification") == []


# -- never ------------------------------------------------------------------------------------------------------------


def test_a_personal_business_stays_a_code(client: Client, city) -> None:
    owner = factories.ikm(
        "Zubaidah", name_is_personal=True, published=True, sentra=city["sentra"], kelurahan=city["place"]
    )
    product = factories.product("Wingko", published=True, ikm=owner, product_type=city["kind"])
    factories.contact(ContactKind.TELEPHONE, "+62243571113", ikm=owner)
    for address in (
        owner.get_absolute_url(),
        product.get_absolute_url(),
        city["sentra"].get_absolute_url(),
        city["place"].get_absolute_url(),
        "/usaha/",
    ):
        written = str(documents(read(client, address)))
        assert f"Usaha {owner.code}" in written, address
        assert "Zubaidah" not in written
        assert "3571113" not in written


def test_nothing_is_rated(client: Client, city) -> None:
    rich(city)
    for key in ("sentra", "ikm", "product"):
        written = str(documents(read(client, city[key].get_absolute_url())))
        assert "ating" not in written
        assert "eview" not in written


def test_a_name_cannot_leave_its_script(client: Client, city) -> None:
    nasty = '</script><script>alert(1)</script>&"\u2028<!--'
    product = factories.product(nasty, published=True, ikm=city["ikm"], product_type=city["kind"])
    html = client.get(product.get_absolute_url()).content.decode()
    inside = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not {"<", ">", "&", "\u2028"} & set(inside)
    assert node(read(client, product.get_absolute_url()), "Product")["name"] == nasty


# -- events -----------------------------------------------------------------------------------------------------------


def an_event(city: dict, **fields: object):
    fields = {"starts_on": datetime.date(2027, 3, 14), "place": "Balai Kota", "kelurahan": city["place"]} | fields
    event = factories.promotion("Pameran Kerupuk", published=True, sentra=[city["sentra"]], **fields)
    factories.appearance(promotion=event, ikm=city["ikm"])
    return event


def test_an_event_has_its_days_hours_and_place(client: Client, city) -> None:
    event = an_event(city, ends_on=datetime.date(2027, 3, 16), starts_at=datetime.time(9), ends_at=datetime.time(16))
    page = read(client, event.get_absolute_url())
    data = node(page, "Event")
    assert (data["startDate"], data["endDate"]) == ("2027-03-14T09:00:00+07:00", "2027-03-16T16:00:00+07:00")
    assert data["eventStatus"].endswith("EventScheduled")
    assert data["location"]["name"] == "Balai Kota"
    assert data["location"]["address"]["addressLocality"] == "Krobokan, Semarang Barat"
    assert "Sari Rasa" in str(nodes(page, "ItemList"))
    assert mistakes([*documents(page), *documents(read(client, "/acara/"))]) == []


def test_a_cancelled_event_says_so(client: Client, city) -> None:
    event = an_event(city, cancelled_on=factories.days_ago(1))
    assert node(read(client, event.get_absolute_url()), "Event")["eventStatus"].endswith("EventCancelled")


def test_an_event_without_known_days_claims_none(client: Client, city) -> None:
    event = an_event(city, date_precision="month", starts_on=datetime.date(2027, 3, 1))
    page = read(client, event.get_absolute_url())
    assert nodes(page, "Event") == []
    assert node(page, "BreadcrumbList")


def test_an_online_event_is_nowhere_in_the_city(client: Client, city) -> None:
    event = an_event(city, kind="online", place="", kelurahan=None)
    data = node(read(client, event.get_absolute_url()), "Event")
    assert data["location"]["@type"] == "VirtualLocation"
    assert data["startDate"] == "2027-03-14"
