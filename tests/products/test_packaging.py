"""Packaging before and after: what the public sees of it, what officers see, how a year is counted."""

import pytest
from django.test import Client

from products.models import PackagingPhoto, PackagingSupport, Product
from products.packaging import packaging_in, shown_on
from sentra.models import Ikm
from tests import factories, officers
from tests.admin_forms import admin_url, rows, submit
from tests.help_given import packaging_photo

pytestmark = pytest.mark.django_db

SECTION = "Kemasan sebelum dan sesudah"


def supported(product: Product, *, before: bool = True, after: bool = True, **fields) -> PackagingSupport:
    support = factories.packaging_support(ikm=product.ikm, **fields)
    support.products.add(product)
    packaging_photo("before", support=support, cleared=before)
    packaging_photo("after", support=support, cleared=after)
    return support


@pytest.fixture
def product() -> Product:
    return factories.product(published=True)


def page(client: Client, product: Product) -> str:
    return client.get(product.get_absolute_url()).content.decode()


def test_a_product_shows_the_pair_with_words_and_credit(client: Client, product: Product) -> None:
    supported(product)
    shown = page(client, product)
    assert SECTION in shown
    for told in ('alt="Kemasan before"', 'alt="Kemasan after"', "Pemotret Uji"):
        assert told in shown
    assert "Dibuat untuk pengujian" not in shown


@pytest.mark.parametrize("cleared", [(True, False), (False, True), (False, False)])
def test_nothing_is_shown_unless_both_are_cleared(client: Client, product: Product, cleared) -> None:
    support = supported(product, before=cleared[0], after=cleared[1])
    shown = page(client, product)
    assert SECTION not in shown
    assert not any(photo.image.url in shown for photo in support.photos.all())


def test_a_pair_stands_only_with_the_products_it_was_for(client: Client, product: Product) -> None:
    supported(product)
    other = factories.product(published=True, ikm=product.ikm)
    assert SECTION not in page(client, other)


def test_a_photo_taken_back_is_gone_with_the_next_request(client: Client, product: Product) -> None:
    support = supported(product)
    support.photos.filter(moment="after").update(is_cleared=False)
    assert SECTION not in page(client, product)


def test_more_pairs_cost_no_more_queries(product: Product, count_queries) -> None:
    supported(product)
    few = count_queries(lambda: shown_on(product))
    for day in range(3):
        supported(product, given_on=factories.days_ago(200 + day))
    assert len(shown_on(product)) == 4
    assert count_queries(lambda: shown_on(product)) == few == 1


def test_the_latest_help_comes_first(product: Product) -> None:
    old = supported(product, given_on=factories.days_ago(400))
    new = supported(product, given_on=factories.days_ago(2))
    assert [pair.support for pair in shown_on(product)] == [new, old]


# -- officers ---------------------------------------------------------------------------------------------------------


def test_photos_are_made_safe_and_cleared_only_with_credit_and_right(officer_client: Client) -> None:
    support = factories.packaging_support()
    photo = {"moment": "before", "image": factories.photo_file(), "alt": "Plastik polos"}
    wrong = submit(officer_client, PackagingSupport, rows("photos", photo | {"is_cleared": "on"}), support)
    assert wrong.status_code == 200
    assert not PackagingPhoto.objects.exists()
    photo["image"] = factories.photo_file()
    right = {"is_cleared": "on", "credit": "Petugas", "usage_right": "Izin pemilik, 3 Maret"}
    assert submit(officer_client, PackagingSupport, rows("photos", photo | right), support).status_code == 302
    stored = PackagingPhoto.objects.get()
    assert stored.image.name.startswith("foto/")
    assert (stored.width, stored.height) == (64, 48)


def test_the_page_of_a_support_shows_both_side_by_side(officer_client: Client, product: Product) -> None:
    support = supported(product, after=False)
    shown = officer_client.get(admin_url(PackagingSupport, "change", support.pk)).content.decode()
    assert shown.count('<figure class="before">') == shown.count('<figure class="after">') == 1
    assert "hanya untuk arsip" in shown


def test_a_business_and_a_product_tell_what_they_got(officer_client: Client, product: Product) -> None:
    support = supported(product, given_by="Rumah Kemasan Uji")
    for model, record in ((Ikm, product.ikm), (Product, product)):
        shown = officer_client.get(admin_url(model, "change", record.pk)).content.decode()
        assert "Rumah Kemasan Uji" in shown
        assert admin_url(PackagingSupport, "change", support.pk) in shown


def test_who_may_not_see_packaging_sees_none_of_it_on_a_product(product: Product) -> None:
    supported(product, given_by="Rumah Kemasan Uji")
    shown = officers.signed_in("Petugas fasilitasi").get(admin_url(Product, "change", product.pk))
    assert shown.status_code == 200
    assert "Rumah Kemasan Uji" not in shown.content.decode()


def test_a_year_is_counted_by_kind() -> None:
    first = factories.packaging_support(kind="design", given_on="2026-03-01")
    factories.packaging_support(ikm=first.ikm, kind="design", given_on="2026-09-01")
    factories.packaging_support(kind="tools", given_on="2026-12-31")
    factories.packaging_support(kind="tools", given_on="2027-01-01")
    assert packaging_in(2026) == {"design": (2, 1), "tools": (1, 1)}
    assert packaging_in(2025) == {}
