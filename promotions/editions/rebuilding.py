"""Setting a published edition in type again, as a check: the stored file is the edition."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from promotions.editions.making import write_file
from promotions.models import CatalogueEdition, EditionFile


@dataclass(frozen=True)
class Rebuilt:
    """`differences`: what set it then and now, by name, where that is not the same."""

    file: EditionFile
    is_same: bool
    differences: dict[str, tuple[str, str]]


def rebuild(edition: CatalogueEdition) -> Iterator[Rebuilt]:
    """Every stored file of the edition once more. Stores nothing. Raises PdfUnavailable."""
    for record in edition.files.exclude(file="").select_related("edition"):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "again.pdf"
            _pages, made_with = write_file(record, path)
            with path.open("rb") as made:
                is_same = hashlib.file_digest(made, "sha256").hexdigest() == record.sha256
        names = sorted({*record.made_with, *made_with})
        versions = {name: (record.made_with.get(name, "–"), made_with.get(name, "–")) for name in names}
        yield Rebuilt(record, is_same, {name: pair for name, pair in versions.items() if pair[0] != pair[1]})
