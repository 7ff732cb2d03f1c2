"""CSV in every usual dress: comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252."""

import csv
import io
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from semarang_ikm.exchange.files.bounds import not_a_table
from semarang_ikm.exchange.files.sheet import MAX_COLUMNS, Sheet, as_text
from semarang_ikm.exchange.problems import FileRefused

DELIMITERS = ",;\t|"
HEADING_LINES = 20
Numbered = Iterator[tuple[int, list[str]]]


def read_delimited(data: bytes, has_headings: Callable[[list[str]], bool], whole: bool = True) -> Sheet:
    """`has_headings` tells a line of headings; with its help the delimiter is found."""
    sheet = Sheet()
    try:
        for number, cells in rows_of(data, has_headings, sheet)[1]:
            if not whole and len(sheet.lines) >= HEADING_LINES:
                break
            sheet.add(number, [as_text(cell) for cell in cells[: MAX_COLUMNS + 1]])
    except csv.Error as error:
        raise FileRefused(
            _('Berkas CSV ini tidak bisa dibaca. Periksa tanda kutip (") di dalamnya, atau simpan sebagai .xlsx.')
        ) from error
    return sheet


def rows_of(data: bytes, has_headings: Callable[[list[str]], bool], sheet: Sheet) -> tuple[str, Numbered]:
    """The delimiter, and every line as it is written with its number; what was noticed goes to the notes of `sheet`."""
    delimiter, text = _declared(_decoded(data, sheet))
    delimiter = delimiter or _likeliest_delimiter(text, has_headings)
    return delimiter, _numbered(text, delimiter)


def _decoded(data: bytes, sheet: Sheet) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:2000]:
        # Windows writes UTF-16 without its mark now and then: every other byte of Latin text is nothing.
        for encoding, zeros in (("utf-16-le", data[1:2000:2]), ("utf-16-be", data[0:2000:2])):
            if zeros.count(0) > len(zeros) * 0.7:
                return data.decode(encoding, errors="replace")
        raise FileRefused(not_a_table())
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if sum(byte < 32 and byte not in (9, 10, 13) for byte in data[:4000]) > 4:
        raise FileRefused(not_a_table())
    sheet.notes.append(_("Berkas dibaca sebagai Windows-1252. Periksa huruf seperti é pada pratinjau."))
    return data.decode("cp1252", errors="replace")


def _declared(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`."""
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first[4], f"\n{rest}"
    return "", text


def _likeliest_delimiter(text: str, has_headings: Callable[[list[str]], bool]) -> str:
    start = "\n".join(text.splitlines()[:HEADING_LINES])
    for delimiter in DELIMITERS:
        try:
            if any(has_headings(cells) for _number, cells in _numbered(start, delimiter)):
                return delimiter
        except csv.Error:
            continue
    return max(DELIMITERS, key=lambda each: start.partition("\n")[0].count(each))


def _numbered(text: str, delimiter: str) -> Numbered:
    """Lines with the number under which a spreadsheet shows them: a line break inside quotes makes no new row."""
    csv.field_size_limit(1024 * 1024)
    return enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
