"""Products, certificates and sentra on their way in."""

import pytest

from products.models import Certification, CertificationStep, Product
from semarang_ikm.exchange.choices import RowState
from sentra.models import Sentra
from tests import factories
from tests.semarang_ikm.exchange.files import approve, book, upload

pytestmark = pytest.mark.django_db

PRODUCTS = ("Kode", "Nama produk", "Usaha pembuat", "Jenis produk", "Harga (Rp)", "Harga per", "Harga keadaan pada")
CERTIFICATES = ("Jenis sertifikat", "Nomor sertifikat", "Usaha", "Produk yang dicakup", "Tahap", "Diterbitkan pada")
SENTRA = ("Kode", "Nama sentra", "Jenis produk", "Kelurahan", "Jalan atau kampung", "WhatsApp")


def states(proposal) -> list[str]:
    return list(proposal.rows.values_list("state", flat=True))


def errors(proposal) -> dict[str, str]:
    return {c["key"]: c["error"] for row in proposal.rows.all() for c in row.cells if c.get("error")}


def test_products_come_in_and_again_are_the_same(officer_client) -> None:
    ikm = factories.ikm("KUB Satu")
    factories.product_type("Tempe")
    data = book(
        [
            ["", "Tempe daun", ikm.code, "tempe", "Rp 12.500,-", "bungkus", "Oktober 2026"],
            ["", "Tempe plastik", "kub satu", "Tempe", 5000, "bungkus", 2026],
        ],
        PRODUCTS,
    )
    approve(officer_client, upload(officer_client, data, "produk"))

    leaf, plastic = Product.objects.order_by("name")
    assert (leaf.ikm, leaf.price_min, leaf.price_on.isoformat(), leaf.price_precision) == (
        ikm,
        12500,
        "2026-10-01",
        "month",
    )
    assert (plastic.price_precision, plastic.status) == ("year", "draft")
    assert states(upload(officer_client, data, "produk")) == [RowState.SAME, RowState.SAME]


def test_a_product_needs_one_maker_a_type_and_a_whole_price(officer_client) -> None:
    proposal = upload(officer_client, book([["", "Tempe", "", "", 12.5, "", ""]], PRODUCTS), "produk")

    assert states(proposal) == [RowState.WRONG]
    assert "Maksud Anda 12500?" in errors(proposal)["price_min"]
    assert errors(proposal)["product_type"] == "Wajib diisi."
    assert "Pilih usaha pembuat" in errors(proposal)["ikm"]


def test_certificates_come_in_with_their_first_step_and_the_end_by_rule(officer_client) -> None:
    ikm = factories.ikm("KUB Satu")
    product = factories.product(ikm=ikm)
    rule = factories.certification_rule(validity_months=60, has_fixed_end=True)
    data = book([[rule.kind.name, "P-IRT 123", ikm.code, product.code, "Sudah terbit", "5 Jan 2026"]], CERTIFICATES)
    approve(officer_client, upload(officer_client, data, "sertifikat"))

    certificate = Certification.objects.get()
    assert (certificate.stage, certificate.expires_on.isoformat()) == ("issued", "2031-01-05")
    assert list(certificate.products.all()) == [product]
    assert certificate.checked_on is None
    assert CertificationStep.objects.filter(certification=certificate).count() == 1
    assert states(upload(officer_client, data, "sertifikat")) == [RowState.SAME]


def test_a_certificate_does_not_change_its_stage_or_its_business_by_import(officer_client) -> None:
    certificate = factories.certification(number="ABC 1", stage="issued")
    other = factories.ikm()
    row = [certificate.kind.name, "abc1", other.code, "", "Dicabut", ""]
    proposal = upload(officer_client, book([row], CERTIFICATES), "sertifikat")

    assert {"stage", "ikm"} <= errors(proposal).keys()


def test_a_certificate_covers_products_of_its_own_business(officer_client) -> None:
    ikm, foreign = factories.ikm("KUB Satu"), factories.product()
    kind = factories.certificate_kind()
    proposal = upload(officer_client, book([[kind.name, "1", ikm.code, foreign.code]], CERTIFICATES[:4]), "sertifikat")

    assert errors(proposal)["products"] == f"Bukan produk usaha ini: {foreign.code}."


def test_sentra_come_in_with_their_main_place(officer_client) -> None:
    place, other = factories.kelurahan("Sumurrejo"), factories.kelurahan("Kandri")
    kind = factories.product_type("Tempe")
    data = book([["", "Sentra Tempe Uji", "Tempe", "Sumurrejo", "Kampung Tempe", "0812-3456-7890"]], SENTRA)
    approve(officer_client, upload(officer_client, data, "sentra"))

    sentra = Sentra.objects.get()
    location = sentra.locations.get()
    assert (location.kelurahan, location.is_main, location.address) == (place, True, "Kampung Tempe")
    assert list(sentra.product_types.all()) == [kind]
    assert "sumurrejo" in sentra.search_text
    assert states(upload(officer_client, data, "sentra")) == [RowState.SAME]

    moved = book([[sentra.code, "Sentra Tempe Uji", "Kandri"]], ["Kode", "Nama sentra", "Kelurahan"])
    approve(officer_client, upload(officer_client, moved, "sentra"))
    location.refresh_from_db()
    assert location.kelurahan == other
