"""Addresses: made once from the name, never regenerated, old ones remembered, no personal name in them."""

import pytest
from django.core.exceptions import ValidationError

from sentra.indexing import refresh
from sentra.models import PastSlug
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_clash_appends_the_maker_then_the_sentra_then_a_number() -> None:
    centre = factories.sentra("Sentra Krobokan")
    maker = factories.ikm("Bu Tini", sentra=centre)
    names = [factories.product("Kerupuk Udang", ikm=maker).slug for _time in range(5)]

    assert names == [
        "kerupuk-udang",
        "kerupuk-udang-bu-tini",
        "kerupuk-udang-bu-tini-sentra-krobokan",
        "kerupuk-udang-bu-tini-sentra-krobokan-2",
        "kerupuk-udang-bu-tini-sentra-krobokan-3",
    ]


def test_a_product_of_a_sentra_falls_back_on_the_sentra() -> None:
    centre = factories.sentra("Batik Malon")
    assert [factories.product("Kain", sentra=centre).slug for _time in range(3)] == [
        "kain",
        "kain-batik-malon",
        "kain-batik-malon-2",
    ]


def test_businesses_of_one_name_are_told_apart_by_their_sentra() -> None:
    centre = factories.sentra("Tahu Tandang")
    assert factories.ikm("Sari Rasa").slug == "sari-rasa"
    assert factories.ikm("Sari Rasa", sentra=centre).slug == "sari-rasa-tahu-tandang"
    assert factories.ikm("Sari Rasa").slug == "sari-rasa-2"


def test_renaming_leaves_the_address_alone() -> None:
    ikm = factories.ikm("Sari Rasa")
    ikm.name = "Sari Rasa Jaya"
    ikm.save()

    ikm.refresh_from_db()
    assert ikm.slug == "sari-rasa"
    assert not PastSlug.objects.exists()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (factories.sentra, "sentra"),
        (factories.ikm, "usaha"),
        (factories.product, "produk"),
        (factories.product_type, "jenis"),
        (factories.promotion, "acara"),
    ],
)
def test_a_changed_address_is_remembered_with_its_record(make, kind: str) -> None:
    record = make("Nama Lama")
    former = record.slug
    record = type(record).objects.get(pk=record.pk)
    record.slug = "nama-baru"
    record.save()

    past = PastSlug.objects.get(kind=kind)
    assert (past.slug, past.target_id) == (former, record.pk)


def test_every_former_address_is_remembered() -> None:
    ikm = factories.ikm("Satu")
    for slug in ("dua", "tiga"):
        ikm.slug = slug
        ikm.save()

    assert set(PastSlug.objects.values_list("slug", flat=True)) == {"satu", "dua"}


def test_going_back_to_a_former_address_forgets_it_as_former() -> None:
    ikm = factories.ikm("Satu")
    ikm.slug = "dua"
    ikm.save()
    ikm.slug = "satu"
    ikm.save()

    assert list(PastSlug.objects.values_list("slug", flat=True)) == ["dua"]


def test_a_new_record_never_takes_an_address_that_once_led_elsewhere() -> None:
    former = factories.ikm("Sari Rasa")
    former.slug = "sari-rasa-jaya"
    former.save()

    assert factories.ikm("Sari Rasa").slug == "sari-rasa-2"


def test_addresses_of_different_kinds_do_not_clash() -> None:
    assert factories.sentra("Kerupuk").slug == factories.ikm("Kerupuk").slug == factories.product("Kerupuk").slug


def test_a_personal_name_is_in_no_address_and_in_no_former_one() -> None:
    ikm = factories.ikm("Siti Rahayu", name_is_personal=True)
    first, second = factories.product("Wingko", ikm=ikm), factories.product("Wingko", ikm=ikm)

    assert ikm.slug == ikm.code.lower()
    assert second.slug == f"wingko-{ikm.code.lower()}"
    for record in (ikm, first, second):
        assert "siti" not in record.slug
        assert "rahayu" not in record.slug
    assert not PastSlug.objects.filter(slug__contains="siti").exists()


def test_a_name_that_turns_out_to_be_a_persons_leaves_every_address() -> None:
    ikm = factories.ikm("Siti Rahayu")
    factories.product("Wingko")
    product = factories.product("Wingko", ikm=ikm)
    assert (ikm.slug, product.slug) == ("siti-rahayu", "wingko-siti-rahayu")

    ikm.name_is_personal = True
    ikm.save()
    refresh(ikm)

    product.refresh_from_db()
    assert (ikm.slug, product.slug) == (ikm.code.lower(), f"wingko-{ikm.code.lower()}")
    # Whoever has the old address still arrives.
    assert PastSlug.objects.get(kind="usaha", slug="siti-rahayu").target_id == ikm.pk


def test_a_product_named_like_its_maker_keeps_its_address() -> None:
    ikm = factories.ikm("Ani", name_is_personal=True)
    product = factories.product("Kain tani", ikm=ikm)
    slug = product.slug
    product.save()

    assert product.slug == slug == "kain-tani"


def test_a_name_without_letters_still_gets_an_address() -> None:
    assert factories.ikm("!!!").slug == "usaha"
    assert factories.ikm("???").slug == "usaha-2"


def test_a_very_long_name_fits() -> None:
    slugs = {factories.ikm("kerupuk " * 15).slug for _time in range(3)}
    assert len(slugs) == 3
    assert all(len(slug) <= 120 and not slug.endswith("-") for slug in slugs)


def test_another_records_former_address_is_refused_with_a_sentence() -> None:
    first = factories.sentra("Batik Lama")
    first.slug = "batik-baru"
    first.save()
    second = factories.sentra("Batik Lain")
    second.slug = "batik-lama"
    with pytest.raises(ValidationError, match="pernah dipakai"):
        second.full_clean()


def test_a_record_may_take_its_own_former_address_back() -> None:
    sentra = factories.sentra("Batik Lama")
    sentra.slug = "batik-baru"
    sentra.save()
    sentra.slug = "batik-lama"
    sentra.full_clean()
