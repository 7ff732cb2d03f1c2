"""Wrong rows come back in the officer's own file, marked: what else was in it stays, and nothing in it is live."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from semarang_ikm.exchange import returned
from semarang_ikm.exchange.choices import RowState, Stage
from semarang_ikm.exchange.models import ImportProposal
from sentra.models import Ikm
from tests import factories
from tests.semarang_ikm.exchange.files import approve, book, saved, upload

pytestmark = pytest.mark.django_db

HEADS = ["No", "Nama usaha", "Kelurahan", "NIB", "WhatsApp"]
YELLOW = PatternFill("solid", fgColor="FFFF00")


@pytest.fixture(autouse=True)
def sumurrejo():
    return factories.kelurahan("Sumurrejo")


def own_book(rows: list[list[Any]]) -> Workbook:
    """As offices have them: a title, an own look, notes, a second sheet, a formula or two."""
    made = Workbook()
    sheet = made.active
    sheet.title = "Data 2026"
    sheet["A1"] = "DAFTAR USAHA GUNUNGPATI"
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(HEADS)
    for row in rows:
        sheet.append(row)
    sheet["B3"].font, sheet["B4"].fill = Font(bold=True, size=15), YELLOW
    sheet["B4"].comment = Comment("Ditelepon 3 Mei", "Sri")
    sheet.column_dimensions["B"].width = 41
    sheet.row_dimensions[4].height = 33
    sheet.freeze_panes = "C4"
    other = made.create_sheet("Catatan")
    other["A1"], other["B1"] = "Rapat 5 Mei", "=1+1"
    return made


def numbered(count: int, faulty: int = 0) -> list[list[Any]]:
    """Rows of which every `faulty`-th has a number that is too short."""
    return [
        [n, f"KUB Uji {n:03d}", "Sumurrejo", "912" if faulty and not n % faulty else f"{9120000000000 + n}", ""]
        for n in range(1, count + 1)
    ]


def taken(client: Client, proposal: ImportProposal) -> bytes:
    answer = client.get(reverse("admin:exchange_wrong_rows", args=[proposal.pk]))
    assert answer.status_code == 200
    return answer.content


def states(proposal: ImportProposal) -> dict[str, int]:
    found = list(proposal.rows.values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def test_three_hundred_rows_with_one_in_twenty_faulty_are_mended_in_the_file_that_comes_back(officer_client) -> None:
    proposal = upload(officer_client, saved(own_book(numbered(300, faulty=20))))
    assert states(proposal) == {RowState.NEW: 285, RowState.WRONG: 15}
    approve(officer_client, proposal)
    assert Ikm.objects.count() == 285

    given = load_workbook(BytesIO(taken(officer_client, proposal)))
    sheet = given["Data 2026"]
    told = {row[0].row: row[5].value for row in sheet.iter_rows(min_row=4) if row[5].value}
    assert len(told) == 15
    assert told[23].startswith("Baris 23. NIB:")
    for number in told:
        sheet.cell(number, 4).value = f"{9130000000000 + number}"
    again = upload(officer_client, saved(given))

    assert states(again) == {RowState.NEW: 15, RowState.SAME: 285}
    approve(officer_client, again)
    assert Ikm.objects.count() == 300
    assert states(upload(officer_client, saved(given), name="lagi.xlsx")) == {RowState.SAME: 300}


def test_what_else_was_in_the_workbook_is_still_there(officer_client) -> None:
    proposal = upload(officer_client, saved(own_book(numbered(3, faulty=2))))
    given = load_workbook(BytesIO(taken(officer_client, proposal)))

    sheet = given["Data 2026"]
    assert given.sheetnames == ["Data 2026", "Catatan"]
    assert given["Catatan"]["A1"].value == "Rapat 5 Mei"
    assert sheet["A1"].value == "DAFTAR USAHA GUNUNGPATI"
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:E1"]
    assert (sheet["B3"].font.b, sheet["B3"].font.sz, sheet.freeze_panes) == (True, 15, "C4")
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[4].height) == (41, 33)
    assert (sheet["B4"].fill.fgColor.rgb, sheet["B4"].comment.text) == ("00FFFF00", "Ditelepon 3 Mei")
    assert [cell.value for cell in sheet[3]] == [*HEADS, "Yang salah"]


def test_the_wrong_cell_is_coloured_and_says_why(officer_client) -> None:
    proposal = upload(officer_client, saved(own_book(numbered(3, faulty=2))))
    sheet = load_workbook(BytesIO(taken(officer_client, proposal)))["Data 2026"]

    wrong, right = sheet["D5"], sheet["D4"]
    assert wrong.fill.fgColor.rgb == "00FBE6E2"
    assert "13 angka" in wrong.comment.text
    assert (right.fill.fill_type, right.comment) == (None, None)


def test_a_file_that_comes_back_twice_is_marked_for_what_is_wrong_now(officer_client) -> None:
    first = taken(officer_client, upload(officer_client, saved(own_book(numbered(4, faulty=2)))))
    given = load_workbook(BytesIO(first))
    given["Data 2026"]["D5"] = "9130000000005"
    proposal = upload(officer_client, saved(given))
    sheet = load_workbook(BytesIO(taken(officer_client, proposal)))["Data 2026"]

    assert [cell.value for cell in sheet[3]] == [*HEADS, "Yang salah"]
    assert [bool(sheet.cell(number, 6).value) for number in range(4, 8)] == [False, False, False, True]
    assert (sheet["D5"].comment, sheet["D5"].fill.fill_type) == (None, None)
    assert sheet["D7"].comment


def test_nothing_in_it_is_live(officer_client) -> None:
    made = own_book(numbered(2, faulty=2))
    sheet = made.active
    sheet["C4"].hyperlink = "https://example.test/lacak"
    sheet["E4"].value, sheet["E4"].data_type = "=HYPERLINK(1)", "s"
    made.defined_names["daftar"] = DefinedName("daftar", attr_text="'Data 2026'!$C$4:$C$5")
    made.defined_names["luar"] = DefinedName("luar", attr_text="[1]Lembar!$A$1")
    made.defined_names["dde"] = DefinedName("dde", attr_text="cmd|'/c calc'!A0")
    for formula in ('"a,b"', "daftar", "[1]Lembar!$A$1"):
        rule = DataValidation("list", formula1=formula)
        rule.add("C4")
        sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("C4:C9", FormulaRule(["[1]L!$A$1=1"], fill=YELLOW))
    sheet.conditional_formatting.add("D4:D9", FormulaRule(["$A4=1"], fill=YELLOW))

    data = with_parts(saved(made), **{"xl/vbaProject.bin": b"MACRO", "xl/externalLinks/externalLink1.xml": b"<a/>"})
    content = taken(officer_client, upload(officer_client, data))

    parts = zipfile.ZipFile(BytesIO(content)).namelist()
    assert not [name for name in parts if "vba" in name or "externalLink" in name or "ctrlProp" in name]
    given = load_workbook(BytesIO(content))
    assert all(cell.data_type != "f" for each in given.worksheets for row in each.iter_rows() for cell in row)
    assert not any(cell.hyperlink for row in given["Data 2026"].iter_rows() for cell in row)
    assert set(given.defined_names) == {"daftar"}
    rules = given["Data 2026"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {'"a,b"', "daftar"}
    assert [str(each.sqref) for each in given["Data 2026"].conditional_formatting] == ["D4:D9"]
    assert given["Data 2026"]["E4"].quotePrefix


def with_parts(data: bytes, **parts: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item.filename))
        for name, content in parts.items():
            new.writestr(name, content)
    return held.getvalue()


def test_a_csv_comes_back_as_a_csv_with_a_column_more(officer_client) -> None:
    text = 'Daftar;;\r\nNama usaha;Kelurahan;NIB\r\n"KUB; Satu";Sumurrejo;912\r\n\r\nKUB Dua;Sumurrejo;\r\n'
    proposal = upload(officer_client, text.encode("cp1252"), name="data.csv")
    content = taken(officer_client, proposal)

    lines = content.decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Daftar;;;", "Nama usaha;Kelurahan;NIB;Yang salah"]
    assert lines[2].startswith('"KUB; Satu";Sumurrejo;912;')
    assert "13 angka" in lines[2]
    assert (lines[3], lines[4]) == ("", "KUB Dua;Sumurrejo;;")
    mended = content.replace(b";912;", b";9120000000001;")
    assert states(upload(officer_client, mended, name="data.csv")) == {RowState.NEW: 2}


def test_a_csv_that_comes_back_runs_nothing(officer_client) -> None:
    text = "Nama usaha;Kelurahan;NIB;Ringkasan\r\nKUB Satu;Sumurrejo;912;=cmd|' /C calc'!A0\r\n"
    lines = taken(officer_client, upload(officer_client, text.encode(), name="data.csv")).decode("utf-8-sig")
    assert ";'=cmd|" in lines


def test_a_file_without_wrong_rows_is_not_kept(officer_client, django_capture_on_commit_callbacks, media) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        fine = upload(officer_client, book([["", "KUB Satu", "Sumurrejo"]]))
    assert not fine.file
    assert [path for path in (media / "private").rglob("*") if path.is_file()] == []


def test_what_is_too_large_or_gone_comes_back_as_a_table_of_the_wrong_rows(officer_client, monkeypatch) -> None:
    monkeypatch.setattr(returned, "MOST_CELLS", 5)
    proposal = upload(officer_client, saved(own_book(numbered(3, faulty=2))))
    assert not proposal.marked
    page = officer_client.get(reverse("admin:exchange_importproposal_change", args=[proposal.pk])).content.decode()
    assert "Unduh 1 baris salah" in page
    rows = list(load_workbook(BytesIO(taken(officer_client, proposal))).worksheets[0].iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["Nama usaha", "KUB Uji 002"]


def test_a_workbook_that_cannot_be_written_again_is_told_no_error(officer_client, monkeypatch) -> None:
    def breaks(*_args: Any) -> bytes:
        raise KeyError("drawing1.xml")

    monkeypatch.setattr(returned, "_marked_book", breaks)
    proposal = upload(officer_client, saved(own_book(numbered(3, faulty=2))))
    assert (proposal.stage, bool(proposal.marked)) == (Stage.READY, False)
    assert b"PK" in taken(officer_client, proposal)[:4]


def test_discarding_takes_both_files(officer_client, django_capture_on_commit_callbacks, media) -> None:
    proposal = upload(officer_client, saved(own_book(numbered(3, faulty=2))))
    assert proposal.marked
    with django_capture_on_commit_callbacks(execute=True):
        officer_client.post(reverse("admin:exchange_decide", args=[proposal.pk]), {"tindakan": "batal"})
    proposal.refresh_from_db()
    assert (proposal.file.name, proposal.marked.name) == ("", "")
    assert [path for path in (media / "private").rglob("*") if path.is_file()] == []


def test_an_answer_that_makes_a_row_wrong_is_marked_in_the_file(
    officer_client, sumurrejo, django_capture_on_commit_callbacks
) -> None:
    known = factories.ikm("KUB Makmur Jaya", kelurahan=sumurrejo, nib="9990000000001", workers=None)
    rows = [[1, "KUB Makmur Jayaa", "Sumurrejo", "", ""], [2, "KUB Lain", "Sumurrejo", "912", ""]]
    proposal = upload(officer_client, saved(own_book(rows)))
    asked = proposal.rows.get(number=4)
    assert asked.state == RowState.ASK
    Ikm.objects.filter(pk=known.pk).update(status="archived")
    taken_by_other = proposal.rows.get(number=4).candidates[0]["code"]
    with django_capture_on_commit_callbacks(execute=True):
        officer_client.post(
            reverse("admin:exchange_decide", args=[proposal.pk]),
            {"tindakan": "ingat", "tampil": [asked.pk], f"jawab-{asked.pk}": taken_by_other},
        )
    proposal.refresh_from_db()
    sheet = load_workbook(BytesIO(taken(officer_client, proposal)))["Data 2026"]
    wrong = set(proposal.rows.filter(state=RowState.WRONG).values_list("number", flat=True))
    assert {number for number in (4, 5) if sheet.cell(number, 6).value} == wrong
