"""The field dictionary, read off the declarations for pages and workbooks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict

from semarang_ikm.opendata.dataset import Dataset, Selection
from semarang_ikm.opendata.fields import Field
from semarang_ikm.shared.bilingual import in_both


def explained(field: Field) -> Iterator[Field]:
    """The field, and behind it those of the records that it nests, as `figures.kind`."""
    yield field
    for part in field.parts:
        yield replace(part, key=f"{field.key}.{part.key}")


def values_in_words(field: Field) -> str:
    """The values of a choice with their meaning in both languages; "" where any value can stand."""
    words = []
    for value, label in field.options:
        indonesian, english = in_both(label)
        words.append(f"{value} = {indonesian}" + (f" / {english}" if english != indonesian else ""))
    return "; ".join(words)


@dataclass(frozen=True)
class Overview:
    """One line of the page of all datasets."""

    dataset: Dataset
    total: int
    updated: datetime | None


def overview(dataset: Dataset) -> Overview:
    return Overview(dataset, Selection.read(dataset, QueryDict()).total, dataset.updated())
