"""What officers, their spreadsheets and people who mean harm send: each gets a sentence, and changes nothing."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from semarang_ikm.exchange.choices import RowState
from semarang_ikm.exchange.comparing import lines_of
from semarang_ikm.exchange.files import form_of, read_file
from semarang_ikm.exchange.files.sheet import MAX_BYTES
from semarang_ikm.exchange.kinds import KINDS
from semarang_ikm.exchange.models import ImportProposal
from semarang_ikm.exchange.problems import FileRefused
from tests import factories
from tests.semarang_ikm.exchange.files import book, saved, send, upload
from tests.snapshots import differences, snapshot

IKM = KINDS["usaha"]
ROW = ["", "KUB Satu", "Sumurrejo"]
HEADS = ["Kode", "Nama usaha", "Kelurahan"]


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with some parts replaced; `sheet` stands for the first sheet."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            key = next((key for key, name in names.items() if name == item.filename), "")
            new.writestr(item.filename, parts.get(key, old.read(item.filename)))
        if "extra" in parts:
            new.writestr("xl/media/picture.bin", parts["extra"])
    return held.getvalue()


def with_merge(*cells: str, rows: Any = (ROW, ROW)) -> bytes:
    made = Workbook()
    made.active.append(HEADS)
    for row in rows:
        made.active.append(row)
    for ref in cells:
        made.active.merge_cells(ref)
    return saved(made)


def hidden() -> bytes:
    made = Workbook()
    made.active.append(["Catatan"])
    sheet = made.create_sheet("Data")
    sheet.append(HEADS)
    sheet.append(ROW)
    sheet.sheet_state = "hidden"
    return saved(made)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>'
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "kosong"),
    "spaces": (b" \r\n \n", "kosong"),
    "a PDF": (b"%PDF-1.7 ...", "bukan tabel"),
    "a picture": (b"\x89PNG\r\n\x1a\n....", "bukan tabel"),
    "a web page": (b"<html><table><tr><td>Nama usaha</td></tr></table>", "bukan tabel"),
    "binary": (bytes(range(256)) * 20, "bukan tabel"),
    "16 MB": (b"Nama usaha\n" + b"x" * (16 * 1024 * 1024), "15 MB"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel lama"),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
        "kata sandi",
    ),
    "a zip of something": (b"PK\x03\x04 nothing here", "rusak"),
    "cut short": (book([ROW], HEADS)[:1500], "rusak"),
    "a bomb": (repacked(book([ROW], HEADS), extra=b"\0" * (130 * 1024 * 1024)), "terlalu besar"),
    "entities": (repacked(book([ROW], HEADS), sheet=ENTITIES), "demi keamanan"),
    "entities in UTF-16": (repacked(book([ROW], HEADS), sheet=ENTITIES.decode().encode("utf-16")), "rusak"),
    "a broken part": (repacked(book([ROW], HEADS), sheet=b"<worksheet><sheetData><row>"), "rusak"),
    "merged rows": (with_merge("C2:C3"), "C2:C3"),
    "merged headings": (with_merge("B1:C1"), "B1:C1"),
    "two rows of headings": (book([HEADS, ROW], HEADS), "dua baris"),
    "an unknown column": (book([[*ROW, "x"]], [*HEADS, "Omset"]), "Omset"),
    "a mistyped column": (book([ROW], ["Kode", "Nama usaha", "Kelurahn"]), "Maksud Anda “Kelurahan”"),
    "a missing column": (book([["", "Sumurrejo"]], ["Kode", "Kelurahan"]), "“Nama usaha” tidak ada"),
    "a doubled column": (book([ROW], ["Nama usaha", "nama usaha", "Kelurahan"]), "ada dua kali"),
    "a nameless column": (book([[*ROW, "sesuatu"]], HEADS), "Kolom D"),
    "no headings": (book([["KUB", "Sumurrejo"]], ["a", "b"]), "judul"),
    "a hidden sheet": (hidden(), "tersembunyi"),
    "a column far out": (book([[*ROW, *[""] * 200, "x"]], HEADS), "kolom ke-100"),
    "only headings": (book([], HEADS), "Tidak ada baris"),
    "open quotes": (b'Kode;Nama usaha\n;"KUB' + b"\n;x" * 400_000, "CSV"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.django_db
def test_a_broken_file_is_told_and_changes_nothing(name: str, officer_client) -> None:
    data, words = REFUSED[name]
    before, stored = snapshot(), {}
    answer = send(officer_client, data)
    if answer.status_code == 302:
        proposal = ImportProposal.objects.get()
        told, stage = proposal.work_message, proposal.stage
        assert (stage, proposal.rows.count()) == ("reading", 0)
        # Kept beside what was said of it.
        stored = {"files private": ([], [proposal.file.name])}
    else:
        told = " ".join(answer.context["form"].errors["file"])
        assert not ImportProposal.objects.exists()
    assert words in told
    assert differences(before, snapshot()) == stored


READ_ALIKE: dict[str, bytes] = {
    "semicolons": b"Kode;Nama usaha;Kelurahan\r\n;KUB Satu;Sumurrejo\r\n",
    "tabs": b"Kode\tNama usaha\tKelurahan\n\tKUB Satu\tSumurrejo",
    "a mark": "\ufeffKode,Nama usaha,Kelurahan\n,KUB Satu,Sumurrejo\n".encode(),
    "UTF-16": "Kode\tNama usaha\tKelurahan\n\tKUB Satu\tSumurrejo\n".encode("utf-16"),
    "UTF-16 without a mark": "Kode\tNama usaha\tKelurahan\n\tKUB Satu\tSumurrejo\n".encode("utf-16-le"),
    "old Macs": b"Kode,Nama usaha,Kelurahan\r,KUB Satu,Sumurrejo\r",
    "Excel's own first line": b"sep=;\r\nKode;Nama usaha;Kelurahan\r\n;KUB Satu;Sumurrejo\r\n",
    "spaces and stars": b" Kode ,Nama Usaha *, KELURAHAN :\n , KUB  Satu ,Sumurrejo  \n",
    "a title above": b"Daftar usaha 2026,,\n,,\nKode,Nama usaha,Kelurahan\n,KUB Satu,Sumurrejo\n",
    "blank lines": b"Kode,Nama usaha,Kelurahan\n,,\n\n,KUB Satu,Sumurrejo\n,,\n",
    "line breaks": b'Kode,Nama usaha,Kelurahan\n,"KUB\nSatu","Kel.\n Sumurrejo"\n',
    "a numbered list": b"No,Nama usaha,Kelurahan\n1,KUB Satu,Sumurrejo\n",
    "XLSX": book([["", "KUB Satu", "Sumurrejo"]], HEADS),
}


@pytest.mark.parametrize("name", READ_ALIKE)
@pytest.mark.django_db
def test_a_table_in_any_dress_is_read(name: str, officer_client) -> None:
    factories.kelurahan("Sumurrejo")
    row = upload(officer_client, READ_ALIKE[name]).rows.get()

    assert row.state == RowState.NEW
    assert {c["key"]: c["after"] for c in row.cells if c["key"] in {"name", "kelurahan"}} == {
        "name": "KUB Satu",
        "kelurahan": "Sumurrejo",
    }


def test_windows_letters_are_read_and_said() -> None:
    read = read_file("Kode;Nama usaha\n;Café Satu\n".encode("cp1252"), IKM.columns)

    assert lines_of(read, IKM)[0][0].raw["name"] == "Café Satu"
    assert "Windows-1252" in read.sheet.notes[0]


@pytest.mark.parametrize(
    ("heading", "cell", "after"),
    [
        ("WhatsApp", 81234567890, "0812-3456-7890"),
        ("WhatsApp", "812 3456 7890", "0812-3456-7890"),
        ("WhatsApp", "+62 812-3456-7890; 0813 4567 8901", "0812-3456-7890; 0813-4567-8901"),
        ("NIB", 8120001234567.0, "8120001234567"),
        ("NIB", 220001234567, "0220001234567"),
        ("NIB", "0220 0012 34567", "0220001234567"),
        ("Kapasitas per bulan", "1.250,5", "1250,5"),
        ("Kapasitas per bulan", 12.5, "12,5"),
        ("Kapasitas per bulan", "Rp 12.500,-", "12500"),
        ("Berdiri tahun", 2015.0, "2015"),
        ("Nama orang", True, "ya"),
        ("Bentuk", "kub", "Kelompok usaha bersama (KUB)"),
        ("Ringkasan", "baris satu\nbaris dua", "baris satu baris dua"),
        ("Cerita", "baris satu\r\nbaris dua", "baris satu\nbaris dua"),
        ("Ringkasan", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
@pytest.mark.django_db
def test_what_spreadsheets_do_to_values_is_mended(heading: str, cell: Any, after: str, officer_client) -> None:
    row = upload(officer_client, book([["KUB Satu", cell]], ["Nama usaha", heading])).rows.get()
    key = next(column.key for column in IKM.columns if str(column.heading) == heading)

    found = next(c for c in row.cells if c["key"] == key)
    assert (found.get("after"), found.get("error")) == (after, None)


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 1, 5),
        datetime(2026, 1, 5),
        "5/1/2026",
        "05-01-2026",
        "5.1.26",
        "5 Januari 2026",
        "Senin, 5 Jan 2026",
        46027,
    ],
)
@pytest.mark.django_db
def test_a_date_in_any_usual_form_is_one_day(cell: Any, officer_client) -> None:
    data = book([["KUB Satu", 7, cell]], ["Nama usaha", "Jumlah pekerja", "Jumlah pekerja pada"])

    cells = upload(officer_client, data).rows.get().cells
    assert next(c for c in cells if c["key"] == "workers_as_of")["after"] == "2026-01-05"


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("NIB", "8.12E+12", "disingkat"),
        ("WhatsApp", "8,12E+11", "disingkat"),
        ("Kapasitas per bulan", "1,250", "dua arti"),
        ("Kapasitas per bulan", "banyak", "bukan angka"),
        ("Jumlah pekerja", 3.5, "bilangan bulat"),
        ("Jumlah pekerja", -3, "antara"),
        ("Jumlah pekerja pada", "2/13/2026", "hari dahulu"),
        ("Jumlah pekerja pada", "31/2/2026", "kalender"),
        ("Jumlah pekerja pada", "5 Jun 2199", "mungkin"),
        ("Jumlah pekerja pada", "besok", "bukan tanggal"),
        ("Bentuk", "KUBB", "Maksud Anda"),
        ("Nama orang", "mungkin", "ya atau tidak"),
        ("Surel", "siapa", "surel"),
        ("Ringkasan", "x" * 301, "Terlalu panjang"),
        ("Ringkasan", "#REF!", "Rumus"),
        ("Nama usaha 2", "", ""),
    ][:-1],
)
@pytest.mark.django_db
def test_a_wrong_cell_says_why(heading: str, cell: Any, words: str, officer_client) -> None:
    row = upload(officer_client, book([["KUB Satu", cell]], ["Nama usaha", heading])).rows.get()

    assert row.state == RowState.WRONG
    assert any(words in c.get("error", "") for c in row.cells), row.cells


@pytest.mark.django_db
def test_a_formula_counts_by_its_stored_result_and_is_told_without_one(officer_client) -> None:
    row = upload(officer_client, book([["KUB Satu", "=1+1"]], ["Nama usaha", "Jumlah pekerja"])).rows.get()

    assert "Rumus tanpa hasil" in next(c for c in row.cells if c["key"] == "workers")["error"]


@pytest.mark.django_db
def test_twin_names_of_kelurahan_are_told_apart(officer_client) -> None:
    first, second = factories.kelurahan("Purwosari"), factories.kelurahan("Purwosari")
    rows = [
        ["KUB Satu", "Purwosari", ""],
        ["KUB Dua", "Purwosari", first.kecamatan.name],
        ["KUB Tiga", f"Purwosari – {second.kecamatan.name}", ""],
        ["KUB Empat", "Purwosari", "Tak Ada Sama Sekali"],
    ]
    proposal = upload(officer_client, book(rows, ["Nama usaha", "Kelurahan", "Kecamatan"]))

    assert [row.state for row in proposal.rows.all()] == ["wrong", "new", "new", "wrong"]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"Kode;Nama usaha\n", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        try:
            read_file(start + data, IKM.columns)
        except FileRefused as refusal:
            assert refusal.messages


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
def test_no_damage_to_a_workbook_breaks_the_reading(place: int, noise: bytes) -> None:
    whole = book([ROW], HEADS)
    place %= len(whole)
    try:
        read_file(whole[:place] + noise + whole[place + len(noise) :], IKM.columns)
    except FileRefused as refusal:
        assert refusal.messages


@pytest.mark.django_db
@given(st.lists(st.text(max_size=40), min_size=len(IKM.columns), max_size=len(IKM.columns)))
def test_no_text_in_any_cell_breaks_the_comparison(texts: list[str]) -> None:
    from semarang_ikm.exchange.comparing import Line, compare

    officer = factories.user()
    raw = {column.key: text for column, text in zip(IKM.columns, texts, strict=True) if text.strip()}
    judged, _world = compare(IKM, [Line(2, raw)], officer)
    assert judged[0].state in set(RowState)


def test_sizes_are_told_before_anything_is_opened() -> None:
    with pytest.raises(FileRefused, match="15 MB"):
        form_of(b"PK" + b"\0" * MAX_BYTES)
