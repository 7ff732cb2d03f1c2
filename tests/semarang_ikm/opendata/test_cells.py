"""No text of a cell can run in a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from semarang_ikm.opendata.forms.cells import MAX_CELL, safe
from semarang_ikm.opendata.forms.delimited import written
from tests import factories

LIVE = tuple("=+-@\t\r\n＝＋－＠")
texts = st.text(max_size=60) | st.builds(str.__add__, st.sampled_from([*LIVE, " =", "  +"]), st.text(max_size=20))


@given(texts)
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not str(safe(text)).lstrip(" ").startswith(LIVE)


@given(texts)
def test_a_text_is_otherwise_what_it_was(text: str) -> None:
    kept = str(safe(text)).removeprefix("'") if not text.startswith("'") else str(safe(text))
    assert set(text) - set(kept) <= {chr(n) for n in range(32)} | {"\x7f", "\ufffe", "\uffff"} | {
        chr(n) for n in range(0xD800, 0xE000)
    }


@given(texts)
def test_a_row_of_csv_is_read_back_as_it_was_written(text: str) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerow([written(text), "akhir"])
    (row,) = csv.reader(io.StringIO(held.getvalue(), newline=""))
    assert row == [written(text), "akhir"]


@given(texts)
def test_a_workbook_takes_every_text_and_makes_no_formula(text: str) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([safe(text), WriteOnlyCell(sheet, value="akhir")])
    stored = io.BytesIO()
    book.save(stored)
    cell, last = load_workbook(stored).worksheets[0][1]
    assert cell.data_type != "f"
    assert last.value == "akhir"


def test_numbers_stay_numbers() -> None:
    assert (safe(-7), safe(-6.99), safe(True), safe(None)) == (-7, -6.99, True, None)
    assert (written(-7), written(-6.99), written(True), written(False), written(None)) == (
        "-7",
        "-6.99",
        "true",
        "false",
        "",
    )


def test_a_cell_holds_no_more_than_a_cell_can() -> None:
    assert len(str(safe("=" + "x" * 40_000))) <= MAX_CELL + 1


@pytest.mark.django_db
def test_names_that_would_run_do_not_run_in_any_file(client) -> None:
    factories.product('=HYPERLINK("https://x.example","klik")', published=True, summary="@SUM(1+1)*cmd|' /C calc'!A0")
    (row,) = csv.DictReader(io.StringIO(client.get("/data/produk.csv").getvalue().decode("utf-8-sig"), newline=""))
    sheet = load_workbook(io.BytesIO(client.get("/data/produk.xlsx").getvalue())).worksheets[0]

    assert row["name"].startswith("'=HYPERLINK")
    assert row["summary"].startswith("'@SUM")
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert "'=HYPERLINK" in str(sheet["C2"].value)
