"""Reads the files under fixtures/ into rows. A mistake becomes a problem with its place, never an exception."""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, IntegerField, Model, TextField
from django.utils import timezone

from products.models import CertificateKind, CertificationRule, Product
from promotions.models import Partner
from semarang_ikm.content.rows import Problem, Row, empty_value, fields_of, is_to_many, is_to_one
from semarang_ikm.shared.choices import DatePrecision, PublicationStatus
from sentra.choices import LocationRole
from sentra.models import (
    AreaAlias,
    Figure,
    Ikm,
    Kecamatan,
    Kelurahan,
    OpenQuestion,
    ProductType,
    SearchVariant,
    Sentra,
    SentraLocation,
    Source,
)

CONTENT_FOLDER = settings.BASE_DIR / "fixtures"
Entry = dict[str, Any]
# Dates of which less may be known: "2015", "2015-10" or "2015-10-21". The second field keeps how much.
PARTIAL_DATES = {"as_of": "as_of_precision", "published_on": "date_precision", "price_on": "price_precision"}
_PRECISION = {4: (DatePrecision.YEAR, "-01-01"), 7: (DatePrecision.MONTH, "-01"), 10: (DatePrecision.DAY, "")}


@dataclass
class Content:
    """All rows in the order of the files, and what was wrong with the files."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, model: type[Model]) -> list[Row]:
        return [row for row in self.rows if row.model is model]


def read_content(folder: Path = CONTENT_FOLDER) -> Content:
    """Everything that ships. Sentra come in the order of their file names, which gives them their codes."""
    reader = _Reader(folder)
    reader.areas()
    reader.table("area_aliases.csv", AreaAlias, _alias_key)
    reader.table("search_variants.csv", SearchVariant, lambda entry: f"{entry['canonical']}/{entry['variant']}")
    reader.lists("sources.toml", {"source": (Source, _own_key)})
    reader.lists("product_types.toml", {"type": (ProductType, _slug)})
    reader.certificates()
    reader.lists("partners.toml", {"partner": (Partner, _slug)})
    for path in sorted((folder / "sentra").glob("*.toml")):
        reader.sentra(path)
    reader.lists("businesses.toml", {"business": (Ikm, _slug)})
    return reader.content


def _slug(entry: Entry) -> str:
    return str(entry["slug"])


def _own_key(entry: Entry) -> str:
    return str(entry["key"])


def _alias_key(entry: Entry) -> str:
    level = "kelurahan" if "kelurahan" in entry else "kecamatan"
    return f"{level}/{entry[level]}/{entry['name']}"


def _location_key(entry: Entry) -> str:
    return f"{entry['kelurahan']}/{entry.get('role', LocationRole.PRODUCTION.value)}"


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = Content()

    # -- files ---------------------------------------------------------------------------------------------------------

    def areas(self) -> None:
        for entry in self._csv("areas.csv"):
            model = Kelurahan if entry.pop("level", "") == "kelurahan" else Kecamatan
            self._row("areas.csv", model, _slug, entry)

    def table(self, name: str, model: type[Model], key: Any) -> None:
        for entry in self._csv(name):
            self._row(name, model, key, entry)

    def lists(self, name: str, sections: dict[str, tuple[type[Model], Any]]) -> None:
        """A TOML file of [[section]] entries."""
        document = self._toml(self.folder / name)
        published_on = document.pop("published_on", None)
        for section, entry in self._entries(name, document, sections):
            self._row(name, *sections[section], entry, published_on=published_on)

    def certificates(self) -> None:
        name = "certificate_kinds.toml"
        for _section, entry in self._entries(name, self._toml(self.folder / name), ["kind"]):
            rules = entry.pop("rules", [])
            kind = self._row(name, CertificateKind, _slug, entry)
            for rule in rules if kind else []:
                self._row(name, CertificationRule, _own_key, rule, parent=("kind", kind))

    def sentra(self, path: Path) -> None:
        """One sentra with what belongs to it."""
        name = f"{path.parent.name}/{path.name}"
        document = self._toml(path)
        if not document:
            return
        published_on = document.pop("published_on", None)
        sentra = self._row(name, Sentra, _slug, document.pop("sentra", {}), published_on=published_on)
        sections: dict[str, tuple[type[Model], Any]] = {
            "location": (SentraLocation, _location_key),
            "figure": (Figure, _own_key),
            "question": (OpenQuestion, _own_key),
            "business": (Ikm, _slug),
            "product": (Product, _slug),
        }
        for section, entry in self._entries(name, document, sections):
            # A product of a business of this sentra names that business instead.
            parent = None if section == "product" and "ikm" in entry else ("sentra", sentra)
            self._row(name, *sections[section], entry, parent=parent, published_on=published_on)

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _row(
        self,
        origin: str,
        model: type[Model],
        key_of: Any,
        entry: Entry,
        parent: tuple[str, str] | None = None,
        published_on: date | None = None,
    ) -> str:
        """Add a row; returns its key, or "" when it has none."""
        try:
            key = key_of(entry)
        except KeyError as missing:
            self._problem(origin, "", str(missing.args[0]), f"a {model._meta.model_name} needs this")
            return ""
        given = dict(entry)
        if "key" not in fields_of(model):
            given.pop("key", None)
        if parent:
            given[parent[0]] = parent[1]
            key = key if model in (Ikm, Product) else f"{parent[1]}/{key}"
        if "published_at" in fields_of(model):
            given |= self._publication(origin, key, published_on)
        self.content.rows.append(Row(model, key, origin, self._values(origin, key, model, given)))
        return key

    def _publication(self, origin: str, key: str, published_on: Any) -> Entry:
        if not isinstance(published_on, date):
            self._problem(origin, key, "published_on", "the file needs the date since which its rows are public")
            return {}
        return {
            "status": PublicationStatus.PUBLISHED.value,
            "published_at": timezone.make_aware(datetime.combine(published_on, time())),
        }

    def _values(self, origin: str, key: str, model: type[Model], given: Entry) -> Entry:
        fields = fields_of(model)
        for name in given.keys() - fields.keys():
            self._problem(origin, key, name, "there is no such field, or it is not for files")
        given = self._split_dates(origin, key, model, given)
        values = {}
        for name, item in fields.items():
            try:
                values[name] = _clean(item, given[name]) if name in given else empty_value(item)
            except (ValidationError, TypeError, ValueError) as error:
                message = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                self._problem(origin, key, name, message)
                values[name] = empty_value(item)
        return values

    def _split_dates(self, origin: str, key: str, model: type[Model], given: Entry) -> Entry:
        given = dict(given)
        for name, precision in PARTIAL_DATES.items():
            if name in given and precision in fields_of(model):
                text = str(given[name])
                if len(text) not in _PRECISION:
                    self._problem(origin, key, name, f"{text!r} is not a year, year-month or date")
                    del given[name]
                    continue
                kind, rest = _PRECISION[len(text)]
                given |= {name: text + rest, precision: kind.value}
        return given

    # -- raw files -----------------------------------------------------------------------------------------------------

    def _csv(self, name: str) -> list[Entry]:
        try:
            with (self.folder / name).open(encoding="utf-8", newline="") as file:
                return [{column: text for column, text in line.items() if text} for line in csv.DictReader(file)]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            self._problem(name, "", "", str(error))
            return []

    def _toml(self, path: Path) -> Entry:
        try:
            with path.open("rb") as file:
                return tomllib.load(file, parse_float=Decimal)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self._problem(str(path.relative_to(self.folder)), "", "", str(error))
            return {}

    def _entries(self, origin: str, document: Entry, sections: Iterable[str]) -> Iterator[tuple[str, Entry]]:
        """(section, entry) for every [[section]], in the order of `sections`."""
        for name in document.keys() - set(sections):
            self._problem(origin, "", name, "there is no such section")
        for section in sections:
            entries = document.get(section, [])
            if not isinstance(entries, list):
                self._problem(origin, "", section, "write it as [[...]]")
                continue
            yield from ((section, entry) for entry in entries)

    def _problem(self, origin: str, key: str, name: str, message: str) -> None:
        self.content.problems.append(Problem(origin, key, name, message))


def _clean(item: Field, value: Any) -> Any:
    """The value as the field holds it; keys of other rows stay keys."""
    if is_to_many(item):
        if not isinstance(value, list):
            raise TypeError("write a list")
        return tuple(str(key) for key in value)
    if is_to_one(item):
        return str(value)
    if isinstance(item, CharField | TextField):
        if not isinstance(value, str):
            raise TypeError("write a text in quotation marks")
        return value.strip()
    if isinstance(item, IntegerField) and isinstance(value, Decimal):
        raise TypeError("write a whole number")
    return item.to_python(value)
