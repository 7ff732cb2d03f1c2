"""Roles, areas and personal data at the door of imports and exports."""

import json
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from semarang_ikm.exchange.choices import RowState
from sentra.history.undoing import undo
from sentra.models import Contact, Ikm
from tests import factories, officers
from tests.semarang_ikm.exchange.files import approve, book, decide, opened, upload

pytestmark = pytest.mark.django_db

SECRET = "+6281298765432"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def export(client: Client, kind: str, form: str, **filters) -> bytes:
    answer = client.get(reverse("admin:exchange_export", args=[kind, form]), filters)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.fixture
def sumurrejo():
    return factories.kelurahan("Sumurrejo")


@pytest.mark.parametrize("name", ["Pelihat", "Petugas privasi", "Petugas fasilitasi", "Pengelola akun"])
def test_who_may_not_write_businesses_imports_none(name, sumurrejo) -> None:
    client = client_of(officers.officer(name))

    assert client.get(reverse("admin:exchange_importproposal_add")).status_code == 403
    assert client.get(reverse("admin:exchange_template", args=["usaha"])).status_code in {403, 404}


def test_an_editor_brings_new_contacts_and_reads_none(sumurrejo) -> None:
    known = factories.ikm("KUB Satu", kelurahan=sumurrejo)
    factories.contact("whatsapp", SECRET, ikm=known)
    client = client_of(officers.officer("Penyunting"))
    data = book(
        [[known.code, "KUB Satu", "Sumurrejo", "", "081200001111"], ["", "KUB Dua", "Sumurrejo", "", "081200002222"]]
    )

    proposal = upload(client, data)
    page = client.get(reverse("admin:exchange_importproposal_change", args=[proposal.pk])).content.decode()
    approve(client, proposal)

    assert "98765432" not in page
    assert Contact.objects.get(ikm=known).value == SECRET
    assert Contact.objects.get(ikm__name="KUB Dua").value == "+6281200002222"


def test_an_editor_cannot_try_out_whose_number_it_is(sumurrejo) -> None:
    factories.contact("whatsapp", SECRET, ikm=factories.ikm("KUB Lain", kelurahan=sumurrejo))
    proposal = upload(client_of(officers.officer("Penyunting")), book([["", "KUB Dua", "Sumurrejo", "", SECRET]]))

    assert [row.state for row in proposal.rows.all()] == [RowState.NEW]


def test_only_a_publisher_changes_what_is_published(sumurrejo) -> None:
    known = factories.ikm("KUB Satu", kelurahan=sumurrejo, published=True)
    data = book([[known.code, "KUB Baru"]], ["Kode", "Nama usaha"])

    assert upload(client_of(officers.officer("Penyunting")), data).rows.get().state == RowState.WRONG
    client = client_of(officers.officer("Penerbit"))
    approve(client, upload(client, data))

    known.refresh_from_db()
    assert (known.name, known.status) == ("KUB Baru", "published")


def test_an_officer_of_some_kecamatan_imports_there_only(sumurrejo) -> None:
    elsewhere = factories.kelurahan("Kandri")
    stranger = factories.ikm("KUB Asing", kelurahan=elsewhere)
    client = client_of(officers.officer("Penyunting", kecamatan=[sumurrejo.kecamatan]))
    proposal = upload(
        client,
        book([["", "KUB Satu", "Sumurrejo"], ["", "KUB Dua", "Kandri"], [stranger.code, "KUB Tiga", "Kandri"]]),
    )

    assert [row.state for row in proposal.rows.all()] == [RowState.NEW, RowState.WRONG, RowState.WRONG]


def test_a_value_that_is_shown_with_consent_is_not_replaced(officer_client, sumurrejo) -> None:
    ikm = factories.ikm("KUB Satu", kelurahan=sumurrejo, published=True)
    factories.contact("whatsapp", SECRET, ikm=ikm)
    factories.consent(ikm, "whatsapp")
    proposal = upload(officer_client, book([[ikm.code, "KUB Satu", "", "", "081200001111"]]))

    assert proposal.rows.get().state == RowState.WRONG
    assert Contact.objects.get().value == SECRET


def test_what_comes_in_is_hidden_from_the_public(officer_client, client, sumurrejo) -> None:
    ikm = factories.ikm("KUB Satu", kelurahan=sumurrejo, published=True)
    approve(officer_client, upload(officer_client, book([[ikm.code, "KUB Satu", "", "0220001234567", "081298765432"]])))

    page = client.get(ikm.get_absolute_url()).content.decode()
    assert Contact.objects.get().value == SECRET
    for sentinel in ("98765432", "9876-5432", "0220001234567"):
        assert sentinel not in page


def test_a_name_that_may_be_a_persons_counts_as_one(officer_client, sumurrejo) -> None:
    approve(officer_client, upload(officer_client, book([["", "Bu Siti Rahayu", "Sumurrejo"]])))

    ikm = Ikm.objects.get()
    assert ikm.name_is_personal
    assert ikm.slug == ikm.code.lower()
    assert "siti" not in ikm.search_text


def test_an_import_is_undone_as_a_whole_and_tells_what_was_edited_since(officer, officer_client, sumurrejo) -> None:
    known = factories.ikm("KUB Lama", kelurahan=sumurrejo)
    edited = factories.ikm("KUB Lain", kelurahan=sumurrejo)
    rows = [[known.code, "KUB Baru"], [edited.code, "KUB Ganti"], ["", "KUB Satu"]]
    proposal = upload(officer_client, book(rows, ["Kode", "Nama usaha"]))
    approve(officer_client, proposal)
    touched = Ikm.objects.get(pk=edited.pk)
    touched.name = "KUB Disunting"
    touched.save()

    report = undo(proposal.change_set, by=officer)

    assert set(Ikm.objects.values_list("name", flat=True)) == {"KUB Lama", "KUB Disunting"}
    assert len(report.left) == 1
    page = officer_client.get(reverse("admin:exchange_importproposal_change", args=[proposal.pk])).content.decode()
    assert reverse("admin:sentra_changeset_change", args=[proposal.change_set_id]) in page


# -- exports ----------------------------------------------------------------------------------------------------------


def test_an_export_is_exactly_the_filtered_list_and_comes_back_as_the_same(officer_client, sumurrejo) -> None:
    ikm = factories.ikm(
        "=KUB 'Satu'", kind="kub", kelurahan=sumurrejo, nib="0220001234567", monthly_capacity_min="12.50", workers=3,
        workers_as_of=factories.days_ago(9), types=[factories.product_type("Tempe")],
    )  # fmt: skip
    factories.contact("whatsapp", "+6281298765432", ikm=ikm)
    factories.ikm("CV Dua", kind="badan_usaha")
    for form, opens in (("xlsx", opened), ("csv", lambda data: None)):
        data = export(officer_client, "usaha", form, kind__exact="kub")
        proposal = upload(officer_client, data, name=f"data.{form}")
        assert [(row.state, row.code) for row in proposal.rows.all()] == [(RowState.SAME, ikm.code)], form
        assert opens(data) is None or len(opens(data)) == 2


def test_nothing_in_an_export_is_live_and_zeros_stay(officer_client) -> None:
    factories.ikm('=HYPERLINK("http://jahat")', nib="0220001234567")
    sheet = load_workbook(BytesIO(export(officer_client, "usaha", "xlsx"))).worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}

    assert not any(cell.data_type == "f" for cell in cells.values())
    assert cells["0220001234567"].data_type == "s"
    assert "'=HYPERLINK" in export(officer_client, "usaha", "csv").decode()


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_personal_columns_leave_only_for_who_may_see_them(form) -> None:
    ikm = factories.ikm(nib="0220001234567")
    factories.contact("whatsapp", SECRET, ikm=ikm)
    seeing = export(client_of(officers.officer("Pelihat", "Petugas privasi")), "usaha", form)
    blind = export(client_of(officers.officer("Pelihat")), "usaha", form)
    if form == "xlsx":
        seeing, blind = (json.dumps(opened(data)).encode() for data in (seeing, blind))

    assert b"0812-9876-5432" in seeing
    assert b"0220001234567" in seeing
    assert b"9876" not in blind
    assert b"0220001234567" not in blind


def test_ticked_rows_are_exported(officer_client) -> None:
    chosen, other = factories.ikm("KUB Satu"), factories.ikm("KUB Dua")
    answer = officer_client.post(
        reverse("admin:sentra_ikm_changelist"), {"action": "export_json", "_selected_action": [chosen.pk]}
    )
    names = [record["name"] for record in json.loads(b"".join(answer.streaming_content))]

    assert names == [chosen.name]
    assert other.name not in names


def test_every_kind_is_exported_and_comes_back(officer_client) -> None:
    factories.certification(products=[factories.product(price_min=1, price_unit="kg", price_on=factories.days_ago(3))])
    factories.sentra(types=[factories.product_type()], kelurahan=[factories.kelurahan()])
    for kind in ("produk", "sertifikat", "sentra"):
        proposal = upload(officer_client, export(officer_client, kind, "xlsx"), kind)
        told = [(row.state, row.cells) for row in proposal.rows.all()]
        assert {state for state, _cells in told} == {RowState.SAME}, (kind, told)


def test_the_pages_ask_as_often_for_many_rows_as_for_few(officer_client, sumurrejo, count_queries) -> None:
    def page(count: int) -> str:
        data = book([["", f"KUB {count} {n}", "Sumurrejo"] for n in range(count)])
        return reverse("admin:exchange_importproposal_change", args=[upload(officer_client, data).pk])

    few, many = page(2), page(40)
    officer_client.get(few)
    assert count_queries(lambda: officer_client.get(few)) == count_queries(lambda: officer_client.get(many))


def test_a_strange_decision_is_answered(officer_client, sumurrejo) -> None:
    proposal = upload(officer_client, book([["", "KUB Satu", "Sumurrejo"]]))
    for fields in ({}, {"tindakan": "xx", "tampil": ["a", "9" * 40]}, {"tindakan": "ingat", "tampil": "-1"}):
        assert decide(officer_client, proposal, **fields).status_code == 302
    assert not Ikm.objects.exists()
