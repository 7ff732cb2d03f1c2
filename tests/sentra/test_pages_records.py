"""The pages of one sentra and of one business: what stands there, what must not, and how addresses answer."""

import pytest
from django.test import Client
from django.utils import timezone

from semarang_ikm.shared.choices import PublicationStatus
from sentra.choices import ActivityStatus, PageKind, PersonalField, QuestionKind
from sentra.models import OfficeProfile, PastSlug
from tests import factories
from tests.pages import read

pytestmark = pytest.mark.django_db
NUMBER = "0812-1555-0123"


@pytest.fixture
def sentra():
    kind = factories.product_type("Kulit lumpia")
    return factories.sentra(
        "Kulit Lumpia Kranggan", published=True, types=[kind], kelurahan=[factories.kelurahan("Kranggan")]
    )


@pytest.fixture
def ikm(sentra):
    return factories.ikm("Kelompok Kranggan", published=True, sentra=sentra, kelurahan=factories.kelurahan("Jagalan"))


def test_every_figure_stands_with_its_date_and_source(client: Client, sentra):
    source = factories.source(publisher="Harian Kota")
    factories.figure(sentra=sentra, source=source, value_min=250, value_max=300, unit="Rp per lembar", kind="price")
    page = read(client, sentra.get_absolute_url())
    figure = page.one(data_source_date="2017-01-01")
    assert "2017" in figure.text
    assert "Harian Kota" in figure.text
    assert "Rp250–Rp300 per lembar" in page.text


def test_open_questions_are_shown_until_they_are_settled(client: Client, sentra):
    factories.open_question(sentra=sentra, kind=QuestionKind.CONTRADICTION, text="36 atau 60 perajin?")
    factories.open_question(sentra=sentra, text="Sudah terjawab", settled_on=timezone.now().date())
    text = read(client, sentra.get_absolute_url()).text
    assert "36 atau 60 perajin?" in text
    assert "Sudah terjawab" not in text


def test_unknown_is_not_no(client: Client, sentra):
    assert "Menerima kunjungan belum diketahui" in " ".join(read(client, sentra.get_absolute_url()).text.split())


def test_businesses_and_products_of_the_sentra_are_there_and_drafts_are_not(client: Client, sentra, ikm):
    shown = factories.product("Kulit lumpia kecil", published=True, ikm=ikm)
    factories.product("Kulit Draf", ikm=ikm)
    factories.product("Kulit Orang Lain", published=True)
    page = read(client, sentra.get_absolute_url()).one("main")
    assert [card.get("data-code") for card in page.all("li", data_code=True)] == [shown.code, ikm.code]


@pytest.mark.parametrize("activity", [ActivityStatus.CLOSED, ActivityStatus.MOVED, ActivityStatus.QUIET])
def test_a_closed_or_moved_sentra_stays_with_a_notice_and_a_way_on(client: Client, sentra, activity):
    sentra.successor = factories.sentra("Sentra Baru", published=True)
    sentra.activity, sentra.activity_note = activity, "Sejak 2019."
    sentra.save()
    page = read(client, sentra.get_absolute_url()).one("main")
    assert "Sejak 2019." in page.text
    assert page.all("a", href=sentra.successor.get_absolute_url())


def test_a_successor_in_draft_is_not_named(client: Client, sentra):
    sentra.successor = factories.sentra("Sentra Rahasia")
    sentra.activity = ActivityStatus.MOVED
    sentra.save()
    assert "Sentra Rahasia" not in read(client, sentra.get_absolute_url()).text


def test_without_consent_no_number_stands_anywhere(client: Client, ikm):
    factories.contact(ikm=ikm)
    factories.contact("owner_name", "Bu Rahasia", ikm=ikm)
    factories.contact("address", "Jalan Rahasia 7", ikm=ikm)
    html = client.get(ikm.get_absolute_url()).content.decode()
    for secret in (NUMBER, "81215550123", "Rahasia"):
        assert secret not in html
    assert 'data-action="whatsapp"' not in html


def test_with_consent_whatsapp_opens_with_a_message_that_names_the_code(client: Client, ikm):
    factories.contact(ikm=ikm)
    factories.contact("telephone", "+62248312345", ikm=ikm)
    factories.consent(ikm, PersonalField.WHATSAPP, PersonalField.TELEPHONE)
    block = read(client, ikm.get_absolute_url()).one(id="kontak")
    link = block.one("a", data_action="whatsapp")
    assert str(link.get("href")).startswith("https://wa.me/6281215550123?text=Halo")
    assert ikm.code in str(link.get("href"))
    assert [a.get("href") for a in block.all("a", data_action="telephone")] == [
        "tel:+6281215550123",
        "tel:+62248312345",
    ]
    assert "Ditampilkan dengan persetujuan pemilik" in block.text


def test_a_landline_has_no_whatsapp_button(client: Client, ikm):
    factories.contact("telephone", "+62248312345", ikm=ikm)
    factories.consent(ikm, PersonalField.TELEPHONE)
    assert not read(client, ikm.get_absolute_url()).all("a", data_action="whatsapp")


def test_the_office_takes_the_place_of_a_number_that_is_not_shown(client: Client, ikm):
    OfficeProfile.objects.create(pk=1, name="Dinas Uji", whatsapp="0813-0000-0000")
    block = read(client, ikm.get_absolute_url()).one(id="kontak")
    assert str(block.one("a", data_action="whatsapp").get("href")).startswith("https://wa.me/6281300000000?text=")


def test_an_empty_office_is_said_and_has_no_button(client: Client, ikm):
    page = read(client, ikm.get_absolute_url())
    assert "belum tersedia" in page.one("footer", **{"class": "foot"}).text
    assert not page.all("a", data_action="whatsapp")


def test_a_business_hides_its_sentra_while_that_is_a_draft(client: Client):
    hidden = factories.sentra("Sentra Rahasia")
    ikm = factories.ikm("Usaha Terbuka", published=True, sentra=hidden)
    assert "Sentra Rahasia" not in client.get(ikm.get_absolute_url()).content.decode()
    assert "Sentra Rahasia" not in client.get("/usaha/").content.decode()


def test_certificates_show_their_state_and_requested_ones_are_nobodys_business(client: Client, ikm):
    kind = factories.certificate_kind("p-irt", name="P-IRT")
    factories.certification(ikm=ikm, kind=kind, expires_on=factories.days_ago(3))
    factories.certification(ikm=ikm, kind=factories.certificate_kind("halal"), stage="requested", number="")
    factories.certification(ikm=ikm, kind=factories.certificate_kind("sni"), holder_name="Bu Pemegang")
    page = read(client, ikm.get_absolute_url())
    states = {badge.get("data-cert"): badge.get("data-state") for badge in page.all(data_cert=True)}
    assert states == {"p-irt": "expired", "sni": "valid"}
    assert "Bu Pemegang" not in page.text


def test_an_old_address_leads_to_the_new_one(client: Client, sentra):
    old = sentra.get_absolute_url()
    sentra.slug = "lumpia-kranggan"
    sentra.save()
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/sentra/lumpia-kranggan/")


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (PublicationStatus.DRAFT, 404),
        (PublicationStatus.IN_REVIEW, 404),
        (PublicationStatus.ARCHIVED, 410),
    ],
)
@pytest.mark.parametrize("make", ["sentra", "ikm", "product"])
def test_what_is_not_public_answers_by_its_status_and_says_nothing(client: Client, make, status, answer):
    record = getattr(factories, make)("Nama Rahasia Sekali", published=True)
    new_address = record.get_absolute_url()
    record.slug, record.status = "alamat-baru", status
    record.save()
    for address in (new_address, record.get_absolute_url(), f"/k/{record.code}"):
        response = client.get(address)
        assert response.status_code == answer, address
        assert "Rahasia" not in response.content.decode()


@pytest.mark.parametrize("kind", [PageKind.SENTRA, PageKind.IKM, PageKind.PRODUCT, PageKind.PRODUCT_TYPE])
def test_a_former_address_of_a_deleted_record_is_gone(client: Client, kind):
    PastSlug.objects.create(kind=kind, slug="dahulu-ada", target_id=None)
    assert client.get(f"/{kind}/dahulu-ada/").status_code == 410
    assert client.get(f"/{kind}/tidak-pernah-ada/").status_code == 404


def test_a_product_goes_with_its_archived_maker(client: Client, ikm):
    product = factories.product("Kulit", published=True, ikm=ikm)
    ikm.status = PublicationStatus.ARCHIVED
    ikm.save()
    assert client.get(product.get_absolute_url()).status_code == 410


def test_the_page_of_a_sentra_costs_the_same_whatever_it_holds(client: Client, count_queries, sentra):
    def add(number: int) -> None:
        for n in range(number):
            kind = factories.product_type()
            sentra.product_types.add(kind)
            factories.location(sentra=sentra, kelurahan=factories.kelurahan())
            factories.figure(sentra=sentra)
            question = factories.open_question(sentra=sentra)
            question.sources.add(factories.source())
            sentra.sources.add(factories.source())
            ikm = factories.ikm(
                f"Usaha {number} {n}", published=True, sentra=sentra, types=[kind], kelurahan=factories.kelurahan()
            )
            product = factories.product(published=True, ikm=ikm, price_min=1000)
            factories.product_photo(product=product)
            factories.certification(products=[product])
            factories.product(published=True, sentra=sentra)

    add(1)
    one = count_queries(lambda: client.get(sentra.get_absolute_url()))
    add(3)
    assert count_queries(lambda: client.get(sentra.get_absolute_url())) == one


def test_the_page_of_a_business_costs_the_same_whatever_it_holds(client: Client, count_queries, ikm):
    def add(number: int) -> None:
        for _n in range(number):
            ikm.product_types.add(factories.product_type())
            ikm.sources.add(factories.source())
            product = factories.product(published=True, ikm=ikm)
            factories.product_photo(product=product)
            kind = factories.certificate_kind()
            factories.certification_rule(kind=kind)
            factories.certification(products=[product], kind=kind)
            factories.contact(ikm=ikm, value=f"+62812155501{factories.number() % 90 + 10}")

    add(1)
    one = count_queries(lambda: client.get(ikm.get_absolute_url()))
    add(4)
    assert count_queries(lambda: client.get(ikm.get_absolute_url())) == one
