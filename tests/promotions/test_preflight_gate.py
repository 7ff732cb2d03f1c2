"""Publishing waits until every finding is mended or has a reason; the page on which officers do it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, TestCase
from django.urls import reverse

from products.models import Product
from promotions.actions import editions
from promotions.actions.preflight import NotFit, must_be_fit, take_back, waive
from promotions.choices import EditionStatus
from promotions.models import CatalogueEdition, EditionWaiver
from promotions.preflight.checks import examine
from tests import factories
from tests.promotions.preflight_rows import one, plan, sound_product
from tests.promotions.waiving import measured, waive_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lasting_site(settings) -> None:
    settings.SITE_URL = "https://sentra.example.org"


def amber_plan() -> tuple[CatalogueEdition, Product]:
    product = sound_product()
    product.photos.all().delete()
    edition = plan(product)
    return edition, product


def test_red_blocks_and_no_reason_opens_it() -> None:
    product = sound_product(width=300)
    edition = plan(product)
    keys = [finding.key for finding in examine(edition).findings]
    assert waive(edition=edition, keys=keys, reason="Tidak apa-apa", by=factories.user()) == len(
        examine(edition).waived
    )
    waive_all(edition)
    with pytest.raises(NotFit):
        editions.publish(edition=edition, by=None)
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT and not edition.documents.exists()


def test_amber_wants_a_reason_that_is_kept() -> None:
    edition, _product = amber_plan()
    measured(edition)
    with pytest.raises(NotFit, match="tidak punya foto"):
        must_be_fit(edition=edition)
    by = factories.user()
    key = one(edition, "missing-photos").key
    with pytest.raises(ValidationError):
        waive(edition=edition, keys=[key], reason="  ", by=by)
    waive(edition=edition, keys=[key], reason="Fotonya menyusul pada cetakan kedua", by=by)
    kept = EditionWaiver.objects.get(finding=key)
    assert (kept.reason, kept.given_by) == ("Fotonya menyusul pada cetakan kedua", by)
    assert one(edition, "missing-photos") in examine(edition).waived


def test_a_reason_is_void_when_the_facts_change() -> None:
    product = sound_product(width=800)
    edition = plan(product)
    waive_all(edition)
    assert examine(edition).amber == []
    product.photos.update(width=700)
    assert "coarse-photos" in [finding.check for finding in examine(edition).amber]


def test_a_reason_is_taken_back() -> None:
    edition, _product = amber_plan()
    waive_all(edition)
    keys = [finding.key for finding in examine(edition).waived]
    assert take_back(edition=edition, keys=keys, by=factories.user()) == len(keys)
    assert examine(edition).waived == []


# -- officers ----------------------------------------------------------------------------------------------------------


def page_of(client: Client, edition: CatalogueEdition, **posted) -> str:
    address = reverse("admin:promotions_edition_preflight", args=[edition.pk])
    answer = client.post(address, posted, follow=True) if posted else client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_leads_to_what_mends_each_finding(officer_client: Client) -> None:
    edition, product = amber_plan()
    page = page_of(officer_client, edition)
    assert reverse("admin:products_product_change", args=[product.pk]) in page
    assert "Produk tanpa foto" in page
    assert "Ejaan wilayah" not in page


def test_a_reason_is_given_on_the_page_and_shown_with_its_officer(officer_client: Client) -> None:
    edition, _product = amber_plan()
    key = one(edition, "missing-photos").key
    page = page_of(officer_client, edition, finding=[key, "karangan:P-1:0"], reason="Menyusul")
    assert "Alasan disimpan untuk 1 temuan." in page
    assert "“Menyusul”" in page and "petugas" in page
    page = page_of(officer_client, edition, finding=[key], take_back="1")
    assert "1 alasan dicabut." in page and "“Menyusul”" not in page


def test_a_viewer_looks_and_gives_no_reason(client: Client) -> None:
    from django.contrib.auth.models import Permission

    edition, _product = amber_plan()
    viewer = factories.user(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_catalogueedition"))
    client.force_login(viewer)
    key = one(edition, "missing-photos").key
    page = page_of(client, edition, finding=[key], reason="Menyusul")
    assert "Produk tanpa foto" in page and 'name="reason"' not in page
    assert not EditionWaiver.objects.exists()


def test_without_the_right_to_see_editions_there_is_no_page(client: Client) -> None:
    edition, _product = amber_plan()
    client.force_login(factories.user(is_staff=True))
    assert client.get(reverse("admin:promotions_edition_preflight", args=[edition.pk])).status_code in {403, 404}


def test_a_refused_publishing_leads_to_the_page(officer_client: Client) -> None:
    edition, _product = amber_plan()
    answer = officer_client.post(reverse("admin:promotions_edition_step", args=[edition.pk, "terbitkan"]))
    assert answer["Location"] == reverse("admin:promotions_edition_preflight", args=[edition.pk])


def test_the_question_before_publishing_offers_it_only_when_fit(officer_client: Client) -> None:
    edition, _product = amber_plan()
    address = reverse("admin:promotions_edition_step", args=[edition.pk, "terbitkan"])
    assert 'type="submit" value="Terbitkan"' not in officer_client.get(address).content.decode()
    waive_all(edition)
    assert 'type="submit" value="Terbitkan"' in officer_client.get(address).content.decode()


def test_reasons_of_a_published_edition_stay(officer_client: Client) -> None:
    edition, _product = amber_plan()
    waive_all(edition)
    editions.publish(edition=edition, by=None)
    with pytest.raises(ValidationError):
        take_back(edition=edition, keys=[w.finding for w in edition.waivers.all()], by=factories.user())
    assert 'name="take_back"' not in page_of(officer_client, edition)


def test_an_officer_has_the_pages_measured(officer_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from promotions.preflight import measuring

    edition, product = amber_plan()
    flaw = {"kind": "on-art", "page": 4, "code": product.code, "words": "Kain nila"}
    monkeypatch.setattr(measuring, "measure", lambda edition, material, paper: [{"paper": paper, **flaw}])
    assert "Ukur tata letak" in page_of(officer_client, edition)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page_of(officer_client, edition, measure="1")
    page = page_of(officer_client, edition)
    assert "Buku A4, halaman 4: teks menimpa hiasan" in page
    assert "belum diukur" not in page
