"""Reads an uploaded spreadsheet, whatever was done to it. Bounded before it is opened; refused with a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from semarang_ikm.exchange.choices import FileForm
from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.files.bounds import locked, not_a_table
from semarang_ikm.exchange.files.delimited import read_delimited
from semarang_ikm.exchange.files.headings import Dictionary, Headings, find_headings
from semarang_ikm.exchange.files.sheet import MAX_BYTES, Sheet
from semarang_ikm.exchange.files.workbook import read_workbook
from semarang_ikm.exchange.problems import FileRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True)
class ReadFile:
    sheet: Sheet
    headings: Headings


def form_of(data: bytes) -> FileForm:
    """By content, not by name. Raises FileRefused for what is neither."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise FileRefused(_("Berkas ini kosong. Isi templatnya, simpan, lalu unggah."))
    if len(data) > MAX_BYTES:
        raise FileRefused(too_large())
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileRefused(locked())
        raise FileRefused(_("Berkas ini Excel lama (.xls). Simpan sebagai .xlsx, lalu unggah."))
    if data.startswith(b"PK"):
        return FileForm.XLSX
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if data.startswith(_OTHERS) or start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise FileRefused(not_a_table())
    return FileForm.CSV


def too_large() -> str:
    return _("Berkas ini lebih dari 15 MB. Hapus gambar dan lembar lain, atau bagi menjadi beberapa berkas.")


def read_file(data: bytes, columns: Sequence[Column], whole: bool = True) -> ReadFile:
    """`whole` false: only its first lines, to refuse at once what has not the headings."""
    has_headings = Dictionary(columns).has_headings
    read = read_workbook if form_of(data) == FileForm.XLSX else read_delimited
    sheet = read(data, has_headings, whole)
    return ReadFile(sheet, find_headings(sheet, columns))
