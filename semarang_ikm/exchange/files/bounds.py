"""Looks at a workbook from outside: how large it would become, what its parts hold. Nothing of it is parsed here."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from semarang_ikm.exchange.problems import FileRefused

MAX_PARTS = 300
# Bytes: of all parts, and of one part. A plain list of 20,000 rows and 40 columns inflates to about 60 MB.
MAX_INFLATED = 120 * 1024 * 1024
PIECE = 1024 * 1024
# Pieces overlap by as much, so that no mark is cut in two.
OVERLAP = 256
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']", re.IGNORECASE)
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
_FAR = re.compile(rb"<(?:\w+:)?c r=\"(?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3})\d+\"[^>]*>\s*<(?:\w+:)?(?:v|f|is)[\s>]")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[\s>/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


@dataclass
class SheetFacts:
    """What the text of a sheet's part tells before it is parsed."""

    merged: list[str]
    has_formulas: bool
    # Something is written to the right of column CV, the hundredth.
    has_far_cells: bool = False
    # About as many rows and cells are written in it, empty ones included.
    size: int = 0


def check_workbook(data: bytes) -> dict[str, SheetFacts]:
    """The facts of each worksheet part by its name. Raises FileRefused for what could not be opened safely."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_directory(archive)
            facts = {}
            for part in archive.namelist():
                found = _look_through(archive, part)
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    facts[part] = found
            return facts
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,  # also what zipfile raises for a compression it does not know
        zlib.error,
    ) as error:
        raise FileRefused(broken()) from error


def broken() -> str:
    return _("Berkas ini rusak atau terpotong. Buka di lembar sebar, simpan lagi sebagai .xlsx, lalu unggah.")


def _check_directory(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(locked())
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED:
        raise FileRefused(
            _(
                "Isi berkas ini terlalu besar untuk dibuka. Salin tabelnya saja ke lembar kosong (tanpa gambar), "
                "simpan sebagai .xlsx, lalu unggah."
            )
        )
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        if "mimetype" in names or "content.xml" in names:
            raise FileRefused(_("Berkas ini .ods. Simpan sebagai Excel (.xlsx) atau CSV, lalu unggah."))
        raise FileRefused(not_a_table())


def locked() -> str:
    return _("Berkas ini dikunci dengan kata sandi. Buka kuncinya, simpan tanpa kata sandi, lalu unggah.")


def not_a_table() -> str:
    return _("Berkas ini bukan tabel. Yang bisa diimpor: Excel (.xlsx) dan CSV.")


def _look_through(archive: zipfile.ZipFile, name: str) -> SheetFacts:
    """Every part piece by piece; refuses entities, and encodings in which they could hide."""
    facts = SheetFacts([], has_formulas=False)
    is_markup = name.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(name) as part:
        kept = b""
        is_first = True
        while piece := part.read(PIECE):
            if not is_markup:
                continue
            seen = kept + piece
            if is_first and _hides(seen):
                raise FileRefused(broken())
            if _ENTITIES.search(seen):
                raise FileRefused(
                    _("Berkas ini memuat perintah XML yang tidak dibuka demi keamanan. Simpan ulang sebagai .xlsx.")
                )
            for found in _MERGED.findall(seen):
                if (ref := found.decode()) not in facts.merged:
                    facts.merged.append(ref)
            facts.has_far_cells = facts.has_far_cells or bool(_FAR.search(seen))
            facts.size += len(_CELL.findall(piece))
            facts.has_formulas = facts.has_formulas or bool(_FORMULA.search(seen))
            kept, is_first = seen[-OVERLAP:], False
    return facts


def _hides(start: bytes) -> bool:
    """Whether the text is in an encoding in which the marks looked for would not be found."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start[:200]:
        return True
    found = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf"))
    return found is not None and found[1].lower() not in _PLAIN_ENCODINGS


def spans(merged: list[str]) -> Iterator[tuple[str, int, int]]:
    """Each merged range with its first and last row."""
    for ref in merged:
        first, last = ref.split(":")
        yield ref, int(re.sub(r"\D", "", first)), int(re.sub(r"\D", "", last))
