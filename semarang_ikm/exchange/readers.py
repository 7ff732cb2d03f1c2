"""Readers of cells that stand for themselves: texts, numbers, dates, choices, contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from semarang_ikm.exchange import numbers
from semarang_ikm.exchange.problems import CellRefused, likeliest
from semarang_ikm.exchange.world import World
from semarang_ikm.opendata.kinds import SEPARATOR, partial_date
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.text import squeeze
from semarang_ikm.shared.time import today
from sentra.choices import ContactKind
from sentra.contact_values import contact_value

NIB_LENGTH = 13
_YES = {"ya", "y", "yes", "true", "benar", "1", "v", "x", "ada", "✓", "iya"}
_NO = {"tidak", "t", "tdk", "n", "no", "false", "salah", "0", "bukan", "tidak ada", "belum"}
Row = Mapping[str, str]


class _Free:
    """No drop-down list."""

    empty: Any = None

    def choices(self, world: World) -> Sequence[str]:
        return ()


@dataclass(frozen=True)
class Text(_Free):
    """`most`: characters. `words`: so many words at most. `lines`: line breaks are kept."""

    most: int
    lines: bool = False
    words: int = 0
    empty = ""

    def read(self, text: str, world: World, row: Row) -> str:
        found = (
            "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
            if self.lines
            else " ".join(text.split())
        )
        if len(found) > self.most:
            told = _("Terlalu panjang: %(long)d huruf, paling banyak %(most)d.")
            raise CellRefused(told % {"long": len(found), "most": self.most})
        if self.words and (count := len(found.split())) > self.words:
            raise CellRefused(
                _("Terlalu panjang: %(count)d kata, paling banyak %(most)d.") % {"count": count, "most": self.words}
            )
        return found

    def write(self, value: str, world: World) -> str:
        return value


@dataclass(frozen=True)
class Code(_Free):
    """The permanent code of a record of this kind; whether there is one is the matching's business."""

    empty = ""

    def read(self, text: str, world: World, row: Row) -> str:
        return text.strip().upper()

    def write(self, value: str, world: World) -> str:
        return value


@dataclass(frozen=True)
class Whole(_Free):
    most: int
    least: int = 0

    def read(self, text: str, world: World, row: Row) -> int:
        number = numbers.read_number(text)
        if number != int(number):
            told = _("Harus bilangan bulat, bukan %(number)s.")
            if 0 < number < 1000:
                told = _("Harus bilangan bulat, bukan %(number)s. Maksud Anda %(thousands)s?")
            shown = {"number": numbers.write_number(number), "thousands": numbers.write_number(int(number * 1000))}
            raise CellRefused(told % shown)
        if not self.least <= number <= self.most:
            told = _("Angka harus antara %(least)s dan %(most)s.")
            raise CellRefused(told % {"least": self.least, "most": self.most})
        return int(number)

    def write(self, value: int | None, world: World) -> str:
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Number(_Free):
    """Two figures behind the comma at most."""

    most: int = 9_999_999_999

    def read(self, text: str, world: World, row: Row) -> Decimal:
        number = numbers.read_number(text)
        if number < 0 or number > self.most:
            raise CellRefused(_("Angka harus antara %(least)s dan %(most)s.") % {"least": 0, "most": self.most})
        if number != round(number, 2):
            raise CellRefused(_("Paling banyak dua angka di belakang koma."))
        return number

    def write(self, value: Decimal | None, world: World) -> str:
        return "" if value is None else numbers.write_number(value)


@dataclass(frozen=True)
class Day(_Free):
    is_past: bool = False

    def read(self, text: str, world: World, row: Row) -> date:
        found = numbers.read_date(text)
        if self.is_past and found > today():
            raise CellRefused(_("Tanggal ini belum tiba. Tulis tanggal hari ini atau sebelumnya."))
        return found

    def write(self, value: date | None, world: World) -> str:
        return value.isoformat() if value else ""


@dataclass(frozen=True)
class PartialDay(_Free):
    """(date, precision); (None, day) for nothing."""

    empty = (None, "day")

    def read(self, text: str, world: World, row: Row) -> tuple[date, str]:
        found, precision = numbers.read_partial_date(text)
        if found > today():
            raise CellRefused(_("Tanggal ini belum tiba. Tulis tanggal hari ini atau sebelumnya."))
        return found, precision

    def write(self, value: tuple[date | None, str], world: World) -> str:
        day, precision = value
        return partial_date(day, precision) if day else ""


@dataclass(frozen=True)
class YesNo:
    """Null, where the field knows it: nobody asked yet."""

    empty: bool | None = None

    def read(self, text: str, world: World, row: Row) -> bool:
        word = " ".join(text.lower().split())
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise CellRefused(_("“%(text)s” tidak dikenal. Tulis ya atau tidak.") % {"text": text[:40]})

    def write(self, value: bool | None, world: World) -> str:
        return "" if value is None else "ya" if value else "tidak"

    def choices(self, world: World) -> Sequence[str]:
        return ("ya", "tidak")


@dataclass(frozen=True)
class Choice:
    """One of the choices, by its Indonesian or English name or its value; written in Indonesian."""

    options: type[TextChoices]
    # Further words, squeezed -> value.
    also: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> Any:
        return "unknown" if "unknown" in self.options.values else ""

    def read(self, text: str, world: World, row: Row) -> str:
        wanted = squeeze(text)
        if value := world.kept(("choice", self.options), self._names).get(wanted):
            return value
        known = self.choices(world)
        if meant := likeliest(text, world.kept(("choice", self.options), self._names)):
            near = self.write(world.kept(("choice", self.options), self._names)[meant], world)
            raise CellRefused(
                _("“%(text)s” tidak ada dalam pilihan. Maksud Anda “%(near)s”?") % {"text": text[:60], "near": near}
            )
        told = _("“%(text)s” tidak ada dalam pilihan: %(known)s.")
        raise CellRefused(told % {"text": text[:60], "known": "; ".join(known)})

    def _names(self) -> dict[str, str]:
        names = dict(self.also)
        for option in self.options:
            for name in (*in_both(option.label), option.value):
                names[squeeze(name)] = option.value
        return names

    def write(self, value: str, world: World) -> str:
        return world.kept(("labels", self.options), self._labels).get(value, value) if value else ""

    def _labels(self) -> dict[str, str]:
        return {option.value: in_both(option.label)[0] for option in self.options}

    def choices(self, world: World) -> Sequence[str]:
        return list(world.kept(("labels", self.options), self._labels).values())


@dataclass(frozen=True)
class Nib(_Free):
    """13 figures. A spreadsheet drops the first zero, which is given back."""

    empty = ""

    def read(self, text: str, world: World, row: Row) -> str:
        if numbers.is_scientific(text):
            raise CellRefused(
                _("Angka NIB sudah disingkat lembar sebar. Ubah kolomnya menjadi Teks, lalu ketik lagi 13 angkanya.")
            )
        figures = "".join(text.split()).replace(".", "").replace("-", "").strip("'`’")
        if figures.isascii() and figures.isdigit() and len(figures) == NIB_LENGTH - 1:
            figures = f"0{figures}"
        if not (figures.isascii() and figures.isdigit() and len(figures) == NIB_LENGTH):
            raise CellRefused(_("NIB terdiri atas 13 angka, misalnya 0220001234567."))
        return figures

    def write(self, value: str, world: World) -> str:
        return value


@dataclass(frozen=True)
class Contacts(_Free):
    """Every contact of one kind, parted by semicolons. A value is (stored, typed)."""

    kind: str
    empty: tuple = ()

    def read(self, text: str, world: World, row: Row) -> tuple[tuple[str, str], ...]:
        parts = [text] if self.kind == ContactKind.ADDRESS else text.replace("\n", ";").split(";")
        found: dict[str, str] = {}
        for part in filter(None, (" ".join(part.split()).strip("'") for part in parts)):
            typed = self._with_zero(part)
            try:
                stored = contact_value(self.kind, typed)
            except ValidationError as error:
                raise CellRefused(" ".join(error.messages)) from error
            if len(stored) > 250:
                raise CellRefused(
                    _("Terlalu panjang: %(long)d huruf, paling banyak %(most)d.") % {"long": len(stored), "most": 250}
                )
            found.setdefault(stored, typed[:250])
        if not found:
            raise CellRefused(_("Sel ini tidak memuat apa-apa yang bisa dibaca."))
        return tuple(sorted(found.items()))

    def _with_zero(self, part: str) -> str:
        """Mobile numbers begin with 08; a spreadsheet takes them for sums and drops the zero."""
        if self.kind not in {ContactKind.WHATSAPP, ContactKind.TELEPHONE}:
            return part
        if numbers.is_scientific(part):
            raise CellRefused(_("Nomor ini sudah disingkat lembar sebar. Ubah kolomnya menjadi Teks, lalu ketik lagi."))
        figures = "".join(sign for sign in part if sign.isdigit())
        return f"0{part}" if part[:1] == "8" and 9 <= len(figures) <= 12 else part

    def write(self, value: tuple[tuple[str, str], ...], world: World) -> str:
        return SEPARATOR.join(written_contact(self.kind, stored) for stored, _typed in value)


def written_contact(kind: str, stored: str) -> str:
    """Numbers as Indonesians write them, with their leading zero; everything else as it is."""
    from semarang_ikm.shared.phones import InvalidPhone, parse_phone

    if kind not in {ContactKind.WHATSAPP, ContactKind.TELEPHONE}:
        return stored
    try:
        return parse_phone(stored).national()
    except InvalidPhone:
        return stored
