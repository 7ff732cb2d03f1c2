"""Staff task A2: 300 businesses from a spreadsheet, one in twenty faulty: five clicks, nothing typed.

The wrong fifteen are mended in the file that came back, and that file is taken: three clicks more.
"""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.server import ROOT
from tests.e2e.test_officer import log_in
from tests.semarang_ikm.exchange.files import book

pytestmark = pytest.mark.e2e

ROWS = 300
HEADINGS = ("Kode", "Nama usaha", "Bentuk", "Kelurahan", "NIB", "WhatsApp", "Jumlah pekerja", "Jumlah pekerja pada")


def places() -> list[str]:
    """Kelurahan whose name occurs once."""
    with (ROOT / "fixtures" / "areas.csv").open(encoding="utf-8") as file:
        names = Counter(line["name"] for line in csv.DictReader(file) if line["level"] == "kelurahan")
    return [name for name, count in names.items() if count == 1]


def rows(prefix: str, first_number: int, *, faulty: bool = True) -> list[list]:
    known = places()
    made = []
    for number in range(ROWS):
        row = [
            "",
            f"{prefix} {number:03d}",
            "KUB",
            known[number % len(known)],
            "",
            f"0812{first_number + number}",
            7,
            "5/1/2026",
        ]
        faults = {3: (3, row[3][:-1] + "x"), 23: (4, "912"), 43: (7, "31/2/2026"), 63: (6, "tujuh"), 83: (5, "12")}
        if faulty and (fault := faults.get(number % 100)):
            row[fault[0]] = fault[1]
        made.append(row)
    return made


def counting_changes(page: Page) -> Callable[[], int]:
    """How often a field was typed into, ticked or chosen from now on; the choice of a file is none of these."""
    told: list[str] = []
    page.expose_function("diubah", lambda name: told.append(name))
    page.add_init_script(
        "addEventListener('input', e => { if (e.target.type !== 'file') diubah(e.target.name) }, true)"
    )
    return lambda: len(told)


@pytest.mark.parametrize(("width", "prefix"), [(1280, "KUB Uji Lebar"), (390, "Koperasi Uji Sempit")])
def test_three_hundred_businesses_come_in_with_five_clicks(page: Page, tmp_path: Path, width: int, prefix: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page)
    changes = counting_changes(page)
    page.goto("/admin/sentra/ikm/")
    clicks = 0

    def click(locator) -> None:
        nonlocal clicks
        clicks += 1
        locator.click()

    click(page.locator(".object-tools a", has_text="Impor"))
    with page.expect_download() as template:
        click(page.get_by_role("link", name="Usaha (IKM) (.xlsx)"))
    template.value.save_as(tmp_path / "templat.xlsx")
    heads = [cell.value for cell in next(load_workbook(tmp_path / "templat.xlsx").worksheets[0].iter_rows())]
    assert set(HEADINGS) <= set(heads)
    filled = {
        "name": "isian.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": book(rows(prefix, 34560000 + width), HEADINGS),
    }
    page.set_input_files("#id_file", filled)
    click(page.get_by_role("button", name="Unggah dan periksa"))
    save = page.get_by_role("button", name="Simpan 285 baris yang dicentang").first
    expect(save).to_be_visible(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    click(save)
    expect(page.locator(".hasil")).to_contain_text("285 baris disimpan.", timeout=30_000)
    with page.expect_download() as wrong:
        click(page.get_by_role("link", name="Unduh berkas Anda, 15 baris salah ditandai").first)

    assert clicks == 5
    wrong.value.save_as(tmp_path / "salah.xlsx")
    sheet = load_workbook(tmp_path / "salah.xlsx").worksheets[0]
    told = [row[-1].value for row in sheet.iter_rows(min_row=2) if row[-1].value]
    assert sheet.max_row == 301
    assert len(told) == 15
    assert all(line.startswith("Baris ") for line in told)

    mended = tmp_path / "betul.xlsx"
    mend(tmp_path / "salah.xlsx", mended, rows(prefix, 34560000 + width, faulty=False))
    page.goto("/admin/sentra/ikm/")
    click(page.locator(".object-tools a", has_text="Impor"))
    page.set_input_files("#id_file", mended)
    click(page.get_by_role("button", name="Unggah dan periksa"))
    rest = page.get_by_role("button", name="Simpan 15 baris yang dicentang").first
    expect(rest).to_be_visible(timeout=30_000)
    click(rest)
    expect(page.locator(".hasil")).to_contain_text("15 baris disimpan.", timeout=30_000)
    expect(page.get_by_role("link", name="baris salah ditandai")).to_have_count(0)

    assert clicks == 8
    assert changes() == 0
    page.goto(f"/admin/sentra/ikm/?q={prefix.replace(' ', '+')}")
    expect(page.locator(".paginator")).to_contain_text("300")


def mend(marked: Path, as_file: Path, right: list[list]) -> None:
    """Give every row its right values in the officer's own columns; the column of messages stays as it came."""
    workbook = load_workbook(marked)
    sheet = workbook.worksheets[0]
    for line, values in enumerate(right, start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(line, column).value = value
    workbook.save(as_file)
