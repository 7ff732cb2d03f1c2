"""Twenty and more spreadsheets that offices and attackers send: never an error page, always a sentence in the officer's
language that says what to do, and nothing stored of what was refused."""

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from semarang_ikm.exchange.choices import RowState
from semarang_ikm.exchange.models import ImportProposal
from tests import factories
from tests.semarang_ikm.exchange.files import book, saved, send, upload
from tests.semarang_ikm.exchange.test_broken_files import ENTITIES, HEADS, ROW, repacked
from tests.snapshots import differences, snapshot

pytestmark = pytest.mark.django_db


def zipped(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


def nested_bomb() -> bytes:
    """A workbook whose sheet is ten million spaces, a hundred times over."""
    inner = b"<worksheet><sheetData>" + b" " * (130 * 1024 * 1024) + b"</sheetData></worksheet>"
    return repacked(book([ROW], HEADS), sheet=inner)


def lying_sizes() -> bytes:
    """The directory says that the parts are small."""
    data = bytearray(nested_bomb())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        name_length = struct.unpack_from("<H", data, at + 28)[0]
        if b"sheet1" in data[at + 46 : at + 46 + name_length]:
            struct.pack_into("<I", data, at + 24, 100)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def encrypted_part() -> bytes:
    data = bytearray(book([ROW], HEADS))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def wide(columns: int) -> bytes:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Usaha")
    sheet.append([*HEADS, *(f"Lain {n}" for n in range(columns))])
    sheet.append([*ROW, *["x"] * columns])
    return saved(made)


def macros() -> bytes:
    held = BytesIO(book([["", "KUB Tanpa Kolom"]], ["Kode", "Nama orang tua"]))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"MACRO" * 99)
    return held.getvalue()


def sheet_of(cells: bytes) -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return b'<?xml version="1.0"?><worksheet ' + space + b"><sheetData>" + cells + b"</sheetData></worksheet>"


REFUSED: dict[str, Callable[[], bytes]] = {
    "a bomb in the sheet": nested_bomb,
    "a bomb that lies about its size": lying_sizes,
    "a million parts": lambda: zipped(("xl/workbook.xml", b"<a/>"), *((f"xl/media/{n}", b"") for n in range(400))),
    "an encrypted part": encrypted_part,
    "a zip in a zip": lambda: zipped(("data.xlsx", book([ROW], HEADS))),
    "a Word file": lambda: zipped(("word/document.xml", b"<a/>"), ("[Content_Types].xml", b"<a/>")),
    "an OpenDocument": lambda: zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")),
    "an unknown compression": lambda: book([ROW], HEADS).replace(b"\x08\x00", b"\x63\x00"),
    "a workbook without sheets": lambda: zipped(("xl/workbook.xml", b"<workbook/>"), ("[Content_Types].xml", b"<a/>")),
    "a path out of the folder": lambda: zipped(("../../xl/workbook.xml", b"<a/>")),
    "an entity in the styles": lambda: zipped(("xl/workbook.xml", b"<a/>"), ("xl/styles.xml", ENTITIES)),
    "a cell in no column": lambda: repacked(
        book([ROW], HEADS), sheet=sheet_of(b'<row r="1"><c r="??"><v>1</v></c></row>')
    ),
    "a string that is not there": lambda: repacked(
        book([ROW], HEADS), sheet=sheet_of(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')
    ),
    "five thousand columns": lambda: wide(5_000),
    "five thousand columns as CSV": lambda: (";".join(HEADS + ["x"] * 5000)).encode(),
    "HTML called .xls": lambda: b"\xef\xbb\xbf  <HTML><BODY><TABLE><TR><TD>Nama usaha</TABLE>",
    "XML of a spreadsheet": lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "old .xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x09\x08\x10\x00\x00\x06\x05\x00" * 99,
    "a password": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "a truncated zip": lambda: book([ROW] * 300, HEADS)[:-900],
    "the end of a zip alone": lambda: book([ROW], HEADS)[-60:],
    "NUL bytes": lambda: b"Nama usaha\x00;Kelurahan\x00\n" + b"\x00" * 300,
    "a NUL in a cell": lambda: b"Kode;Nama usaha;Kelurahan\n;KUB\x00 Satu;Sumurrejo\n",
    "JSON": lambda: b'{"nama": "KUB Satu"}',
    "a key": lambda: b"-----BEGIN PRIVATE KEY-----\nMIIB\n",
    "one line of a megabyte": lambda: b"Nama usaha," + b"x" * 1_100_000,
    "a picture called .xlsx": lambda: factories.photo_file().read(),
    "macros and unknown headings": macros,
    "two rows of headings": lambda: book(
        [["Nama usaha", "Kelurahan"], ["KUB Satu", "Sumurrejo"]], ["Nama usaha", "Kelurahan"]
    ),
    "merged cells": lambda: _merged(),
}


def _merged() -> bytes:
    made = Workbook()
    for row in (HEADS, ROW, ROW):
        made.active.append(row)
    made.active.merge_cells("A2:A3")
    return saved(made)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_in_both_languages_and_stores_nothing(name: str, officer_client) -> None:
    data, told, before = REFUSED[name](), {}, snapshot()
    for language in ("id", "en"):
        officer_client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        told[language] = told_of(send(officer_client, data))
    assert all(len(words) > 25 for words in told.values()), told
    assert told["id"] != told["en"]
    assert differences(before, snapshot()) == {}


def told_of(answer: Any) -> str:
    """What the officer reads: beside the field, or on the page of a proposal that could not be read."""
    if answer.status_code == 200:
        assert not ImportProposal.objects.exists()
        return " ".join(answer.context["form"].errors["file"])
    assert answer.status_code == 302
    proposal = ImportProposal.objects.get()
    assert (proposal.stage, proposal.rows.count()) == ("reading", 0)
    words = proposal.work_message
    proposal.delete()
    return words


# -- odd, and read all the same ----------------------------------------------------------------------------------------


def formatted_down_to_the_last_row() -> bytes:
    """A million empty rows that somebody coloured: the file claims them all."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 60_000))
    first = b"".join(
        b'<c r="%c1" t="inlineStr"><is><t>%s</t></is></c>' % (65 + place, text.encode())
        for place, text in enumerate(HEADS)
    )
    second = b"".join(
        b'<c r="%c2" t="inlineStr"><is><t>%s</t></is></c>' % (65 + place, text.encode())
        for place, text in enumerate(ROW)
    )
    last = b'<row r="1048576"><c r="A1048576" s="0"/></row>'
    cells = b'<row r="1">' + first + b'</row><row r="2">' + second + b"</row>" + rows + last
    return repacked(book([ROW], HEADS), sheet=sheet_of(cells))


def with_other_sheets() -> bytes:
    made = Workbook()
    made.active.append(HEADS)
    made.active.append(ROW)
    hidden = made.create_sheet("Rahasia")
    hidden.append(["Nama usaha"])
    hidden.append(["KUB Tersembunyi"])
    hidden.sheet_state = "veryHidden"
    return saved(made)


ODD: dict[str, Callable[[], bytes]] = {
    "a million empty rows": formatted_down_to_the_last_row,
    "a hidden sheet beside": with_other_sheets,
    "semicolons and a mark": lambda: "\ufeffKode;Nama usaha;Kelurahan\r\n;KUB Satu;Sumurrejo\r\n".encode(),
    "UTF-16 of Excel": lambda: "Kode\tNama usaha\tKelurahan\r\n\tKUB Satu\tSumurrejo\r\n".encode("utf-16"),
    "big-endian UTF-16": lambda: "\ufeffKode\tNama usaha\tKelurahan\n\tKUB Satu\tSumurrejo\n".encode("utf-16-be"),
    "invisible signs": lambda: "Kode;Nama\u00a0usaha\u200b;Kelurahan\n;\ufeffKUB Satu\u200b;Sumurrejo\n".encode(),
    "called .txt and no type": lambda: b"Kode;Nama usaha;Kelurahan\n;KUB Satu;Sumurrejo",
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_as_it_was_meant(name: str, officer_client) -> None:
    factories.kelurahan("Sumurrejo")
    proposal = upload(officer_client, ODD[name](), name="data.txt")
    assert [(row.state, row.name) for row in proposal.rows.all()] == [(RowState.NEW, "KUB Satu")]


def test_dates_of_old_macs_are_the_same_days(officer_client) -> None:
    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append(["Nama usaha", "Jumlah pekerja", "Jumlah pekerja pada"])
    made.active.append(["KUB Satu", 7, date(2026, 1, 5)])
    cells = upload(officer_client, saved(made)).rows.get().cells
    assert next(cell for cell in cells if cell["key"] == "workers_as_of")["after"] == "2026-01-05"


@pytest.mark.parametrize("formula", ["=cmd|'/c calc'!A0", '=DDE("cmd";"/c calc";"x")', "=WEBSERVICE(A1)", "=1/0"])
def test_a_formula_in_a_cell_runs_nothing_and_names_the_cell(formula: str, officer_client) -> None:
    row = upload(officer_client, book([["KUB Satu", formula]], ["Nama usaha", "Ringkasan"])).rows.get()
    assert row.state == RowState.WRONG
    assert "Rumus tanpa hasil" in next(cell for cell in row.cells if cell["key"] == "summary")["error"]


def test_a_text_like_a_formula_stays_text_wherever_it_goes(officer_client) -> None:
    text = "@SUM(1+1)*cmd|' /C calc'!A0"
    row = upload(officer_client, f"Nama usaha;Ringkasan\nKUB Satu;{text}\n".encode()).rows.get()
    assert next(cell for cell in row.cells if cell["key"] == "summary")["after"] == text
