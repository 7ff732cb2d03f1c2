"""One field of a dataset: everything that any form of the data says of it stands here once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.kinds import RECORDS, TEXT, Kind, joined
from semarang_ikm.shared.cells import Cell

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Json = Any
Read = Callable[[Any], Any]

# What an empty value can mean.
NOT_KNOWN = _("belum diketahui")
NOT_WRITTEN = _("belum ditulis")
NOT_TRANSLATED = _("belum diterjemahkan; pakai teks Indonesianya")
NOT_CONSENTED = _("tidak tercatat, atau pemiliknya belum menyetujui untuk data terbuka")
NOT_CHECKED = _("belum pernah diperiksa petugas")
NONE_RECORDED = _("tidak ada yang tercatat")


@dataclass(frozen=True)
class Field:
    """`read` takes the row to a value; None and "" are empty. `empty` says what that means, "" when it never is."""

    key: str
    kind: Kind
    label: "StrOrPromise"
    read: Read
    empty: "StrOrPromise" = ""
    unit: "StrOrPromise" = ""
    choices: type[TextChoices] | None = None
    # Of nested records: their fields, and how a table names one of them.
    parts: tuple["Field", ...] = ()
    in_table: Callable[[Mapping[str, Json]], str] | None = None

    def value(self, row: Any) -> Any:
        value = self.read(row)
        return None if value == "" else value

    def json(self, row: Any) -> Json:
        value = self.value(row)
        if self.parts:
            return [record_of(self.parts, item) for item in value]
        return None if value is None else self.kind.to_json(value)

    def cell(self, row: Any) -> Cell:
        value = self.value(row)
        if self.in_table is not None:
            return joined([self.in_table(record_of(self.parts, item)) for item in value])
        return None if value is None else self.kind.to_cell(value)

    @property
    def may_be_null(self) -> bool:
        """A list without values is an empty list."""
        return bool(self.empty) and self.kind.schema["type"] != "array"

    @property
    def options(self) -> list[tuple[str, Any]]:
        """The values of a choice, each with its words."""
        return list(self.choices.choices) if self.choices else []


def record_of(fields: Iterable[Field], row: Any) -> dict[str, Json]:
    return {field.key: field.json(row) for field in fields}


def own(path: str) -> Read:
    """Read an attribute of the row's record: "price_min", "product_type.slug"; None where a step is None."""
    getters = [attrgetter(step) for step in ("record", *path.split("."))]

    def read(row: Any) -> Any:
        for getter in getters:
            if row is None:
                return None
            row = getter(row)
        return row

    return read


def of_item(path: str) -> Read:
    """As `own`, for the items of nested records, which have no row around them."""
    getters = [attrgetter(step) for step in path.split(".")]

    def read(item: Any) -> Any:
        for getter in getters:
            if item is None:
                return None
            item = getter(item)
        return item

    return read


def in_english(label: "StrOrPromise") -> "StrOrPromise":
    return format_lazy("{} ({})", label, _("bahasa Inggris"))


def bilingual(
    key: str,
    label: "StrOrPromise",
    *,
    kind: Kind = TEXT,
    empty: "StrOrPromise" = "",
    of: Callable[[str], Read] = own,
    path: str = "",
) -> tuple[Field, Field]:
    """A text in Indonesian and in English, from the columns `path` and `path_en` (default: the key)."""
    path = path or key
    return (
        Field(key, kind, label, of(path), empty=empty),
        Field(f"{key}_en", kind, in_english(label), of(f"{path}_en"), empty=NOT_TRANSLATED),
    )


def nested(
    key: str,
    label: "StrOrPromise",
    read: Read,
    parts: tuple[Field, ...],
    in_table: Callable[[Mapping[str, Json]], str],
) -> Field:
    return Field(key, RECORDS, label, read, empty=NONE_RECORDED, parts=parts, in_table=in_table)
