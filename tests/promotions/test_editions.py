"""An edition: a plan, then a document that nothing changes, masked for its readers when consent is withdrawn."""

import json
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from products.models import Product
from promotions.actions import editions
from promotions.book.measure import Measure
from promotions.choices import EditionLanguage, EditionStatus, PromotionKind
from promotions.editions.freezing import freeze
from promotions.models import Appearance, CatalogueEdition, EditionDocument, EditionMask
from sentra.actions.consent import withdraw_consent
from sentra.history import recording
from tests import factories
from tests.promotions.waiving import waive_all

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "+6281215550123"
TYPED = "0812-1555-0123"


@pytest.fixture(autouse=True)
def no_setting_in_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is any bytes: how it is set has tests of its own."""
    from promotions.editions import making
    from promotions.editions.reading import Made

    monkeypatch.setattr(
        making, "make_pdf", lambda contents, photo, measure: Made(b"%PDF-1.7 " + str(measure).encode(), 8, {})
    )


def product_of(name: str = "Batik tulis", **fields) -> Product:
    ikm = fields.pop("ikm", None) or factories.ikm(f"Kelompok {factories.number()}", published=True)
    return factories.product(name, published=True, ikm=ikm, **fields)


def plan(*products: Product, **fields) -> CatalogueEdition:
    edition = factories.edition("Oleh-oleh Semarang", **fields)
    editions.add_products(edition=edition, products=products or [product_of()], by=None)
    return edition


def publish(edition: CatalogueEdition) -> CatalogueEdition:
    waive_all(edition)
    editions.publish(edition=edition, by=None)
    return edition


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_products_are_added_once_at_the_end_in_their_order() -> None:
    first, second = product_of(), product_of()
    edition = plan(first)
    assert editions.add_products(edition=edition, products=[second, first], by=None) == 1
    assert list(edition.entries.values_list("code", flat=True)) == [first.code, second.code]


def test_the_ledger_of_the_occasion_gives_its_products() -> None:
    named, unnamed = product_of("Disebut"), product_of("Tidak disebut")
    other = product_of("Produk lain", ikm=named.ikm)
    promotion = factories.promotion(published=True)
    factories.appearance(promotion=promotion, ikm=named.ikm).products.add(named)
    factories.appearance(promotion=promotion, ikm=unnamed.ikm)
    found = editions.products_of_participants(factories.edition(promotion=promotion))
    assert set(found) == {named, unnamed}
    assert other not in found


def test_publishing_freezes_each_language_and_stores_a_file_with_its_hash() -> None:
    batik = factories.product_type(name_en="Batik")
    product = product_of(name_en="Hand-drawn batik", product_type=batik)
    edition = publish(plan(product, language=EditionLanguage.BOTH, title_en="Gifts"))
    assert edition.status == EditionStatus.PUBLISHED
    assert {row.language for row in edition.documents.all()} == {"id", "en"}
    (file,) = edition.files.all()
    assert file.language == "both"
    for row in [file]:
        assert row.work_state == "done" and row.pages == 8
        with row.file.open() as stored:
            assert sha256(stored.read()).hexdigest() == row.sha256


def test_a_second_press_publishes_nothing_more() -> None:
    edition = publish(plan())
    assert editions.publish(edition=edition, by=None) is False
    assert edition.documents.count() == edition.files.count() == 1


def test_what_was_published_does_not_follow_the_rows(client: Client) -> None:
    product = product_of("Kain nila")
    edition = publish(plan(product))
    before = edition.documents.get().sha256
    Product.objects.filter(pk=product.pk).update(name="Nama baru")
    page = text(client, edition.get_absolute_url())
    assert "Kain nila" in page and "Nama baru" not in page
    assert EditionDocument.objects.get(edition=edition).sha256 == before


@pytest.mark.parametrize("status", [EditionStatus.READY, EditionStatus.PUBLISHED, EditionStatus.ARCHIVED])
def test_only_a_draft_takes_products(status: str) -> None:
    edition = publish(plan()) if status != EditionStatus.READY else plan()
    CatalogueEdition.objects.filter(pk=edition.pk).update(status=status)
    with pytest.raises(ValidationError):
        editions.add_products(edition=edition, products=[product_of()], by=None)


def test_without_a_public_product_nothing_is_published() -> None:
    edition = plan(factories.product())
    with pytest.raises(ValidationError):
        editions.publish(edition=edition, by=None)
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT and not edition.documents.exists()


def test_a_draft_product_stays_out_of_the_document() -> None:
    hidden = product_of("Rahasia dapur")
    edition = plan(product_of("Tampak"), hidden)
    # The pre-flight refuses such a plan; what is frozen does not rely on it.
    Product.objects.filter(pk=hidden.pk).update(status="draft")
    (content,) = freeze(edition).documents.values()
    assert "Tampak" in json.dumps(content)
    assert "Rahasia dapur" not in json.dumps(content)


def test_a_correction_is_a_further_printing_with_its_own_code() -> None:
    edition = publish(plan())
    reprint = editions.second_printing(edition=edition, by=None)
    assert (reprint.printing, reprint.reprint_of, reprint.status) == (2, edition, EditionStatus.DRAFT)
    assert reprint.code != edition.code
    assert list(reprint.entries.values_list("code")) == list(edition.entries.values_list("code"))
    assert editions.second_printing(edition=edition, by=None) == reprint


def test_a_catalogue_enters_the_ledger_and_an_exhibition_does_not() -> None:
    for kind, lines in ((PromotionKind.CATALOGUE, 1), (PromotionKind.EXHIBITION, 0)):
        product = product_of()
        publish(plan(product, promotion=factories.promotion(published=True, kind=kind)))
        assert Appearance.objects.filter(ikm=product.ikm).count() == lines


# -- the shelf ----------------------------------------------------------------------------------------------------------


def test_the_shelf_shows_what_is_published_and_nothing_else(client: Client) -> None:
    shown, draft = publish(plan()), plan()
    CatalogueEdition.objects.filter(pk=draft.pk).update(title="Masih rahasia")
    page = text(client, "/katalog/")
    assert shown.code in page
    assert "Masih rahasia" not in page
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(f"/k/{shown.code.lower()}")["Location"] == shown.get_absolute_url()


def test_an_empty_shelf_says_so_and_leads_on(client: Client) -> None:
    page = text(client, "/katalog/")
    assert "Belum ada katalog terbit." in page
    assert 'href="/produk/"' in page


def test_an_archived_edition_is_gone_everywhere(client: Client) -> None:
    edition = publish(plan())
    editions.archive(edition=edition, by=None)
    for name in ("edition", "edition_print", "edition_pdf"):
        assert client.get(reverse(name, args=[edition.code])).status_code == 410
    assert edition.code not in text(client, "/katalog/")


def test_a_code_is_found_within_the_edition(client: Client) -> None:
    wanted, other = product_of("Kain dicari"), product_of("Kain lain")
    address = publish(plan(wanted, other)).get_absolute_url()
    page = text(client, f"{address}?kode={wanted.code.lower()}")
    assert "Kain dicari" in page and "Kain lain" not in page
    assert "tidak ada dalam katalog ini" in text(client, f"{address}?kode=P-99999")
    assert client.get(f"{address}?kode=%3Cscript%3E").status_code == 200


def test_the_stored_file_is_given_out(client: Client) -> None:
    edition = publish(plan())
    answer = client.get(reverse("edition_pdf", args=[edition.code]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert edition.files.get().sha256 in answer["ETag"]


def test_each_paper_has_a_file_of_its_own_and_the_larger_one_is_given_by_default(client: Client) -> None:
    edition = publish(plan())
    small = edition.files.create(language="id", paper="a5")
    editions.queue(file=small)
    page = text(client, edition.get_absolute_url())
    address = reverse("edition_pdf", args=[edition.code])
    assert f'href="{address}"' in page and f'href="{address}?kertas=a5"' in page
    tags = {asked: client.get(address + asked)["ETag"] for asked in ("", "?kertas=a5", "?kertas=zzz")}
    assert tags["?kertas=a5"] == f'"{edition.files.get(paper="a5").sha256}"' != tags[""] == tags["?kertas=zzz"]


def test_the_page_for_paper_is_the_frozen_document(client: Client) -> None:
    edition = publish(plan(product_of("Kain nila")))
    assert "Kain nila" in text(client, reverse("edition_print", args=[edition.code]))


# -- withdrawal ---------------------------------------------------------------------------------------------------------


def with_number() -> tuple[CatalogueEdition, object]:
    product = product_of()
    factories.contact(ikm=product.ikm, kind="whatsapp", value=NUMBER)
    consent = factories.consent(product.ikm, "whatsapp", channels=["web", "print"])
    return publish(plan(product)), consent


def test_a_withdrawn_number_leaves_the_web_edition_at_once_and_closes_the_file(client: Client) -> None:
    edition, consent = with_number()
    addresses = [reverse(name, args=[edition.code]) for name in ("edition", "edition_print")]
    assert all(TYPED in text(client, address) for address in addresses)
    withdraw_consent(consent=consent, by=None)
    assert not any(TYPED in text(client, address) for address in addresses)
    assert client.get(reverse("edition_pdf", args=[edition.code])).status_code == 410
    assert edition.files.get().restricted_on is not None
    assert EditionMask.objects.get(edition=edition).fields == ["whatsapp"]


def test_consent_for_paper_alone_is_none_for_the_web_edition(client: Client) -> None:
    product = product_of()
    factories.contact(ikm=product.ikm, kind="whatsapp", value=NUMBER)
    factories.consent(product.ikm, "whatsapp", channels=["print"])
    edition = publish(plan(product))
    assert TYPED not in text(client, edition.get_absolute_url())
    assert TYPED in text(client, reverse("edition_print", args=[edition.code]))


def test_without_a_receipt_the_document_never_held_the_number() -> None:
    product = product_of()
    factories.contact(ikm=product.ikm, kind="whatsapp", value=NUMBER)
    content = json.dumps(publish(plan(product)).documents.get().content)
    assert NUMBER not in content and TYPED not in content


# -- officers -----------------------------------------------------------------------------------------------------------


def step(client: Client, edition: CatalogueEdition, name: str):
    return client.post(reverse("admin:promotions_edition_step", args=[edition.pk, name]), follow=True)


def test_an_officer_plans_publishes_and_makes_a_further_printing(officer_client: Client) -> None:
    product = product_of("Kain nila")
    add = reverse("admin:promotions_catalogueedition_add")
    given = {"title": "Pameran 2027", "language": "id", "density": "compact", "day": "2027-03-14"}
    given |= {"add_products": [product.pk]}
    officer_client.post(add, given)
    edition = CatalogueEdition.objects.get()
    assert list(edition.entries.values_list("code", flat=True)) == [product.code]
    question = officer_client.get(reverse("admin:promotions_edition_step", args=[edition.pk, "terbitkan"]))
    assert "1 produk akan dimuat" in question.content.decode()
    assert "harus diperbaiki" in step(officer_client, edition, "terbitkan").content.decode()
    waive_all(edition)
    step(officer_client, edition, "terbitkan")
    edition.refresh_from_db()
    assert edition.status == EditionStatus.PUBLISHED and edition.published_by.username == "petugas"
    change = reverse("admin:promotions_catalogueedition_change", args=[edition.pk])
    page = officer_client.get(change).content.decode()
    assert 'name="title"' not in page and "Buat cetakan berikutnya" in page
    officer_client.post(change, {"title": "Diubah", "copies_printed": "500 eksemplar"})
    edition.refresh_from_db()
    assert edition.title == "Pameran 2027"
    assert "Ini draf cetakan berikutnya" in step(officer_client, edition, "cetakan").content.decode()


def test_an_edition_changed_after_the_question_is_asked_about_again(officer_client: Client) -> None:
    edition = plan(product_of())
    waive_all(edition)
    address = reverse("admin:promotions_edition_step", args=[edition.pk, "terbitkan"])
    seen = officer_client.get(address).context["version"]
    with recording(kind="edit", by=factories.user(first_name="Dewi")):
        edition.foreword = "Belum dibaca"
        edition.save()
    again = officer_client.post(address, {seen["name"]: seen["value"]})
    assert "Dewi mengubahnya sesudah Anda melihatnya" in again.content.decode()
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT
    waive_all(edition)
    officer_client.post(address, {seen["name"]: again.context["version"]["value"]})
    edition.refresh_from_db()
    assert edition.status == EditionStatus.PUBLISHED


def test_the_look_and_the_foreword_are_chosen_in_the_admin_and_frozen(officer_client: Client) -> None:
    add = reverse("admin:promotions_catalogueedition_add")
    look = {"theme": "batik", "density": "large", "foreword": "Selamat datang.", "signed_by": "Kepala Dinas"}
    given = {"title": "Pameran 2027", "language": "id", "day": "2027-03-14", "add_products": [product_of().pk]}
    officer_client.post(add, given | look)
    edition = CatalogueEdition.objects.get()
    assert (edition.density, edition.shows_prices) == ("large", False)
    content = publish(edition).documents.get().content["catalogue"]
    assert content["patterns"][0] == "batik" and content["shows_prices"] is False
    assert content["edition"]["foreword"]["words"] == "Selamat datang."
    page = text(Client(), reverse("edition_print", args=[edition.code]))
    assert "Selamat datang." in page and "Kepala Dinas" in page and 'class="a4 large office"' in page


def test_a_document_holds_words_and_no_page() -> None:
    content = publish(plan()).documents.get().content
    assert content["format"] == 2
    assert not {"sheets", "rows", "art", "front", "lists"} & set(content["catalogue"])


def test_steps_need_the_right_to_change_and_exist(officer_client: Client) -> None:
    edition = plan()
    visitor = Client()
    assert visitor.post(reverse("admin:promotions_edition_step", args=[edition.pk, "terbitkan"])).status_code == 302
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT
    assert officer_client.post(reverse("admin:promotions_edition_step", args=[edition.pk, "hapus"])).status_code == 404


def test_a_refused_step_says_why_and_changes_nothing(officer_client: Client) -> None:
    edition = factories.edition()
    page = step(officer_client, edition, "terbitkan").content.decode()
    assert "Belum ada produk yang dapat dimuat" in page
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT


@pytest.mark.pdf
def test_a_stored_document_gives_the_same_file_again() -> None:
    from promotions.editions.reading import make_pdf

    content = publish(plan(product_of("Kain nila"))).documents.get().content
    first, second = (make_pdf([content], {}.__getitem__, Measure()) for _time in range(2))
    assert first.pdf.startswith(b"%PDF") and first.pages >= 4
    assert first.pdf == second.pdf
    assert first.made_with["WeasyPrint"]


def test_the_data_have_the_day_of_freezing_and_certificates_that_of_the_event() -> None:
    event = factories.days_ago(-200)
    content = publish(plan(product_of(), day=event)).documents.get().content["catalogue"]
    assert content["iso_date"] == factories.days_ago(0).isoformat()
    assert str(event.year) in content["valid_on"]["words"] and content["valid_on"] != content["date"]


def test_a_price_is_as_old_as_it_is_on_the_day_of_freezing() -> None:
    product = product_of(price_min=50_000, price_unit="helai", price_on=factories.days_ago(10))
    content = publish(plan(product, day=factories.days_ago(-200))).documents.get().content
    assert "50.000" in json.dumps(content)
