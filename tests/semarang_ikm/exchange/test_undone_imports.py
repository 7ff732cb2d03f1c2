"""An import of any kind, undone: every row of every table is what it was before."""

from collections.abc import Callable

import pytest
from django.test import Client

from semarang_ikm.exchange.models import ImportProposal
from sentra.history.undoing import undo
from sentra.indexing import refresh_all
from sentra.models import Ikm
from tests import factories
from tests.semarang_ikm.exchange.files import approve, book, upload
from tests.semarang_ikm.exchange.test_other_kinds import CERTIFICATES, PRODUCTS, SENTRA
from tests.snapshots import differences, snapshot

pytestmark = pytest.mark.django_db

BUSINESSES = (
    "Kode",
    "Nama usaha",
    "Kelurahan",
    "Jenis produk",
    "NIB",
    "WhatsApp",
    "Jumlah pekerja",
    "Jumlah pekerja pada",
)


def businesses() -> tuple[str, bytes]:
    factories.kelurahan("Sumurrejo")
    old, _new = factories.product_type("Tahu"), factories.product_type("Tempe")
    known = factories.ikm("KUB Lama", types=[old], published=True, nib="0220001234560")
    bare = factories.ikm("KUB Tanpa Kontak", sentra=factories.sentra())
    factories.contact(value="+6281298765432", ikm=known)
    return "usaha", book(
        [
            [known.code, "KUB Baru", "Sumurrejo", "Tempe", "0220001234567", "", 7, "5 Januari 2026"],
            [bare.code, "", "", "Tempe", "", "081211112222", "", ""],
            ["", "KUB Satu", "Sumurrejo", "Tempe", "0220001234568", "081233334444", 3, "6 Januari 2026"],
            ["", "KUB Dua", "", "", "", "081255556666", "", ""],
        ],
        BUSINESSES,
    )


def products() -> tuple[str, bytes]:
    kind = factories.product_type("Tempe")
    maker = factories.ikm("KUB Satu", types=[kind], published=True)
    known = factories.product("Tempe Lama", ikm=maker, product_type=kind, price_min=4000, published=True)
    return "produk", book(
        [
            [known.code, "Tempe Baru", maker.code, "Tempe", "Rp 12.500", "bungkus", "Oktober 2026"],
            ["", "Tempe daun", maker.code, "Tempe", 5000, "bungkus", 2026],
        ],
        PRODUCTS,
    )


def certificates() -> tuple[str, bytes]:
    ikm = factories.ikm("KUB Satu")
    first, second = factories.product(ikm=ikm), factories.product(ikm=ikm)
    rule = factories.certification_rule(validity_months=60, has_fixed_end=True)
    known = factories.certification(kind=rule.kind, number="P-IRT 1", products=[first], checked=False)
    return "sertifikat", book(
        [
            [rule.kind.name, known.number, ikm.code, second.code, "", "5 Jan 2026"],
            [rule.kind.name, "P-IRT 2", ikm.code, f"{first.code}; {second.code}", "Sudah terbit", "5 Jan 2026"],
        ],
        CERTIFICATES,
    )


def sentra() -> tuple[str, bytes]:
    factories.kelurahan("Sumurrejo")
    old, _new = factories.product_type("Tahu"), factories.product_type("Tempe")
    known = factories.sentra("Sentra Lama", types=[old], kelurahan=[factories.kelurahan("Kandri")])
    factories.ikm("KUB di dalamnya", sentra=known)
    return "sentra", book(
        [
            [known.code, "Sentra Baru", "Tempe", "Sumurrejo", "Kampung Tempe", "0812-3456-7890"],
            ["", "Sentra Tempe Uji", "Tempe", "Sumurrejo", "", "0812-3456-7891"],
        ],
        SENTRA,
    )


@pytest.mark.parametrize("make", [businesses, products, certificates, sentra])
def test_an_undone_import_leaves_everything_as_it_was(
    make: Callable[[], tuple[str, bytes]], officer, officer_client: Client
) -> None:
    kind, data = make()
    refresh_all()
    proposal = upload(officer_client, data, kind)
    assert [cell["error"] for row in proposal.rows.all() for cell in row.cells if cell.get("error")] == []
    assert {row.state for row in proposal.rows.all()} == {"new", "changed"}
    # With the file itself, which goes in its own time.
    before = snapshot()
    approve(officer_client, proposal)
    assert len(differences(before, snapshot())) >= 2

    report = undo(ImportProposal.objects.get(pk=proposal.pk).change_set, by=officer)

    assert report.left == []
    assert differences(before, snapshot()) == {}


def test_new_rows_of_an_undone_import_come_again_with_other_codes(officer, officer_client: Client) -> None:
    factories.kelurahan("Sumurrejo")
    data = book([["", "KUB Satu", "Sumurrejo"]])
    first = upload(officer_client, data)
    approve(officer_client, first)
    code = Ikm.objects.get().code
    first.refresh_from_db()
    undo(first.change_set, by=officer)

    approve(officer_client, upload(officer_client, data))

    assert Ikm.objects.get().name == "KUB Satu"
    assert Ikm.objects.get().code != code
