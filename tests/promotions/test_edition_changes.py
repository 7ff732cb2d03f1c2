"""What changed since an edition was published, and the slip that says so; what was withdrawn is not printed again."""

import pytest
from django.urls import reverse

from products.models import Product
from promotions.editions.comparing import alterations
from promotions.editions.masking import lost
from promotions.models import CatalogueEdition
from semarang_ikm.shared.time import today
from sentra.actions.consent import withdraw_consent
from sentra.actions.merging import merge
from sentra.choices import ContactKind
from sentra.models import Contact, Ikm, Sentra
from tests import factories, officers
from tests.promotions.test_editions import no_setting_in_type, plan, product_of, publish  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER, TYPED = "+6281215550123", "0812-1555-0123"
NEW_NUMBER, NEW_TYPED = "+6281298765432", "0812-9876-5432"


@pytest.fixture
def place():
    return factories.kelurahan("Tandang")


@pytest.fixture
def edition(place) -> CatalogueEdition:
    """A sentra with two makers of one product each, published with a number that may be printed."""
    sentra = factories.sentra(
        "Sentra Tahu Tandang", types=[factories.product_type()], kelurahan=[place], published=True
    )
    maker = factories.ikm("Tahu Maju", sentra=sentra, kelurahan=place, published=True)
    factories.contact(ContactKind.WHATSAPP, NUMBER, ikm=maker)
    factories.consent(maker, "whatsapp", channels=["web", "print"])
    first = product_of("Tahu putih", ikm=maker, price_min=5000, price_on=today())
    second = product_of("Tahu pong", ikm=factories.ikm("Tahu Eko", sentra=sentra, published=True))
    return publish(plan(first, second))


def found(edition: CatalogueEdition, language: str = "id") -> dict[str, dict[str, tuple[str, str]]]:
    return {
        each.name: {line.field: (line.printed, line.today) for line in each.differences}
        for each in alterations(edition, language)
    }


def test_an_edition_that_is_still_right_has_no_changes(edition):
    assert alterations(edition, "id") == []


def test_a_name_a_price_and_a_new_certificate_are_told_beside_what_is_printed(edition):
    product = Product.objects.get(name="Tahu putih")
    product.name, product.price_min, product.price_max = "Tahu putih super", 6000, None
    product.save()
    kind = factories.certificate_kind("halal", name="Halal")
    factories.certification(kind=kind, ikm=product.ikm, products=[product])
    lines = found(edition)["Tahu putih"]
    assert lines.keys() == {"name", "price", "badges"}
    assert lines["name"] == ("Tahu putih", "Tahu putih super")
    assert "5.000" in lines["price"][0] and "6.000" in lines["price"][1]
    assert lines["badges"][0] == "" and "Halal" in lines["badges"][1]
    assert "Tahu pong" not in found(edition)


def test_a_new_number_is_told_and_nothing_of_the_other_maker(edition):
    Contact.objects.filter(value=NUMBER).update(value=NEW_NUMBER)
    lines = found(edition)
    assert set(lines) == {"Tahu Maju"}
    printed, now = lines["Tahu Maju"]["reach"]
    # The number that is printed no longer belongs to anybody; the receipt still covers the field.
    assert TYPED in printed and NEW_TYPED in now


def test_a_withdrawn_number_is_on_neither_side(edition):
    maker = Ikm.objects.get(name="Tahu Maju")
    withdraw_consent(consent=maker.consents.get(), by=None)
    assert TYPED not in str(alterations(edition, "id"))


@pytest.mark.parametrize(
    ("model", "name"), [(Product, "Tahu pong"), (Ikm, "Tahu Eko"), (Sentra, "Sentra Tahu Tandang")]
)
def test_what_is_archived_is_told_as_gone(edition, model, name):
    model.objects.filter(name=name).update(status="archived")
    gone = {each.name for each in alterations(edition, "id") if each.is_gone}
    assert name in gone
    assert "Tahu Maju" not in gone


def test_a_business_that_came_later_is_no_mistake_of_the_edition(edition):
    factories.ikm("Tahu Baru", sentra=Sentra.objects.get(), published=True)
    assert found(edition) == {}


def test_ten_products_cost_as_many_queries_as_two(edition, django_assert_max_num_queries, place):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as two:
        alterations(edition, "id")
    sentra = Sentra.objects.get()
    many = [
        product_of(f"Tahu {n}", ikm=factories.ikm(f"Perajin {n}", sentra=sentra, published=True)) for n in range(10)
    ]
    bigger = publish(plan(*many))
    with django_assert_max_num_queries(len(two)):
        alterations(bigger, "id")


def test_a_business_that_was_merged_is_neither_gone_nor_masked(edition):
    gone = Ikm.objects.get(name="Tahu Maju")
    kept = factories.ikm("Tahu Maju Jaya", published=True)
    merge(kept=kept, gone=gone, take=[], by=officers.officer("Penerbit"), why="")
    assert not [each for each in alterations(edition, "id") if each.is_gone]
    assert lost([edition.documents.get().content]) == {}


# -- the pages --------------------------------------------------------------------------------------------------------


def address(edition: CatalogueEdition, page: str = "changes") -> str:
    return reverse(f"admin:promotions_edition_{page}", args=[edition.pk])


@pytest.fixture
def changed(edition) -> CatalogueEdition:
    Product.objects.filter(name="Tahu putih").update(name="Tahu putih super")
    Product.objects.filter(name="Tahu pong").update(status="archived")
    return edition


def test_the_officer_sees_both_sides_and_prints_the_slip(changed):
    client = officers.signed_in("Penerbit")
    page = client.get(address(changed)).content.decode()
    assert "Tahu putih super" in page
    assert "Tidak lagi terbit" in page
    slip = client.get(address(changed, "erratum")).content.decode()
    assert "Ralat" in slip and changed.code in slip
    assert "Tahu putih super" in slip and "Tidak lagi tersedia" in slip


def test_a_line_that_was_unticked_is_not_on_the_slip(changed):
    client = officers.signed_in("Penerbit")
    code = Product.objects.get(name="Tahu pong").code
    slip = client.get(address(changed, "erratum"), {"bahasa": "id", "baris": f"{code}|gone"}).content.decode()
    assert "Tidak lagi tersedia" in slip
    assert "Tahu putih super" not in slip


def test_the_slip_is_set_as_a_pdf_with_the_same_words(changed):
    pypdf = pytest.importorskip("pypdf")
    import io

    answer = officers.signed_in("Penerbit").get(address(changed, "erratum_pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    words = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Ralat" in words and "Tahu putih super" in words


def test_an_english_document_has_an_english_slip(place):
    maker = factories.ikm("Tahu Maju", kelurahan=place, published=True)
    kind = factories.product_type("Tahu", name_en="Tofu")
    product = product_of("Tahu putih", name_en="White tofu", ikm=maker, product_type=kind)
    edition = publish(plan(product, language="both", title_en="Gifts"))
    Product.objects.filter(pk=product.pk).update(name_en="Soft white tofu")
    slip = officers.signed_in("Penerbit").get(address(edition, "erratum"), {"bahasa": "en"}).content.decode()
    assert 'lang="en"' in slip
    assert "Soft white tofu" in slip


def test_a_draft_has_no_such_pages_and_a_stranger_sees_none(client):
    draft = factories.edition()
    officer = officers.signed_in("Penerbit")
    for page in ("changes", "erratum", "erratum_pdf"):
        assert officer.get(address(draft, page)).status_code == 404
        assert client.get(address(draft, page)).status_code == 302


def test_an_edition_that_nothing_was_frozen_of_has_no_such_pages():
    empty = factories.edition(published=True)
    officer = officers.signed_in("Penerbit")
    for page in ("changes", "erratum", "erratum_pdf"):
        assert officer.get(address(empty, page)).status_code == 404
