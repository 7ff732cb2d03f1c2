"""Which line holds the headings, and which column of ours each of them is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.files.sheet import Sheet
from semarang_ikm.exchange.problems import FileRefused, likeliest
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.text import squeeze

HEADING_LINES = 20
# Columns that lists of officers have and that mean nothing here; the last is ours, in the file of wrong rows.
MESSAGES_HEADING = "Yang salah"
_MEANINGLESS = {squeeze(name) for name in ("No", "No.", "Nomor urut", "No urut", "Nomer", MESSAGES_HEADING)}
_MARK = re.compile(r"[*:]+\s*$|\s*\((?:wajib|opsional)\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Headings:
    """`number`: the line of the headings. `keys`: for each place the key of its column, "" for what is ignored."""

    number: int
    texts: list[str]
    keys: list[str]


class Dictionary:
    """The names under which columns are known."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.required = {column.key for column in columns if column.required}
        self.names: dict[str, str] = {}
        # A column's own heading before what another one is also called.
        for names_of in (
            lambda c: in_both(c.heading)[:1],
            lambda c: c.synonyms,
            lambda c: (in_both(c.heading)[1], c.key),
        ):
            for column in columns:
                for name in names_of(column):
                    self.names.setdefault(squeeze(name), column.key)

    def key(self, heading: str) -> str | None:
        """The key of the column, "" for a heading that means nothing, None for an unknown one."""
        name = squeeze(_MARK.sub("", heading))
        return self.names.get(name, "" if name in _MEANINGLESS else None)

    def has_headings(self, cells: list[str]) -> bool:
        """Two known names, or one that every file of this kind needs: no line of data and no title has either."""
        known = {key for cell in cells if cell and (key := self.key(cell))}
        return len(known) >= 2 or bool(known & self.required)


def find_headings(sheet: Sheet, columns: Sequence[Column]) -> Headings:
    """Raises FileRefused with everything that is wrong with the headings at once."""
    dictionary = Dictionary(columns)
    if not sheet.lines:
        raise FileRefused(_("Berkas ini kosong. Isi templatnya, simpan, lalu unggah."))
    heads = [line for line in sheet.lines[:HEADING_LINES] if dictionary.has_headings(line[1])]
    if not heads:
        told = _(
            "Baris judul kolom tidak ditemukan. Baris pertama harus memuat judul seperti “%(first)s”. Pakai templat."
        )
        raise FileRefused(told % {"first": next(c.heading for c in columns if c.required)})
    number, texts = heads[0]
    if len(heads) > 1 and heads[1][0] - number <= 2:
        told = _("Judul kolom ada di dua baris (%(first)d dan %(second)d). Pakai satu baris judul saja.")
        raise FileRefused(told % {"first": number, "second": heads[1][0]})
    keys = [dictionary.key(text) if text else "" for text in texts]
    problems = [_unknown(texts[place], columns) for place, key in enumerate(keys) if key is None]
    problems += _twice([key for key in keys if key], columns) + _missing(keys, columns)
    problems += _nameless(sheet, number, texts)
    if problems:
        raise FileRefused(*problems)
    return Headings(number, texts, [key or "" for key in keys])


def _unknown(heading: str, columns: Sequence[Column]) -> str:
    heading = " ".join(heading.split())[:60]
    if near := likeliest(heading, [str(column.heading) for column in columns]):
        told = _("Kolom “%(name)s” tidak dikenal. Maksud Anda “%(near)s”? Ubah judulnya atau hapus kolom itu.")
        return told % {"name": heading, "near": near}
    told = _("Kolom “%(name)s” tidak dikenal. Hapus kolom itu atau pakai judul dari templat.")
    return told % {"name": heading}


def _twice(keys: list[str], columns: Sequence[Column]) -> list[str]:
    told = _("Kolom “%(name)s” ada dua kali. Hapus salah satunya.")
    return [told % {"name": column.heading} for column in columns if keys.count(column.key) > 1]


def _missing(keys: Sequence[str | None], columns: Sequence[Column]) -> list[str]:
    told = _("Kolom “%(name)s” tidak ada, padahal wajib. Tambahkan kolom itu.")
    return [told % {"name": column.heading} for column in columns if column.required and column.key not in keys]


def _nameless(sheet: Sheet, heading: int, texts: list[str]) -> list[str]:
    """Columns without a heading must be empty, or their values would be dropped in silence."""
    found = {
        place
        for number, cells in sheet.lines
        if number > heading
        for place, cell in enumerate(cells)
        if cell and (place >= len(texts) or not texts[place])
    }
    told = _("Kolom %(letter)s berisi data tetapi tidak punya judul. Beri judul atau kosongkan kolom itu.")
    return [told % {"letter": letter_of(place)} for place in sorted(found)[:5]]


def letter_of(place: int) -> str:
    """0 -> A, 26 -> AA, as spreadsheets call their columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
