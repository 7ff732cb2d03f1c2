"""Setting a published edition in type again, as a check: the stored file is the edition.

The stored words are looked at first. From words out of which a person was taken for good, what was printed cannot be set
again; what is made of them since can.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from promotions.editions.making import write_file
from promotions.editions.plain import digest
from promotions.models import CatalogueEdition, EditionDocument, EditionFile


class Words(Enum):
    """Whether stored words are those that were published."""

    AS_PUBLISHED = "as published"
    REDACTED = "redacted"
    ALTERED = "altered"


def words_of(document: EditionDocument) -> Words:
    if document.redacted_on is not None:
        return Words.REDACTED
    return Words.AS_PUBLISHED if digest(document.content) == document.sha256 else Words.ALTERED


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
