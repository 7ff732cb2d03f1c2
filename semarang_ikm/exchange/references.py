"""Readers of cells that name other records: areas, types, sentra, businesses, products. They link, and never make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from semarang_ikm.exchange.problems import CellRefused, Names, likeliest
from semarang_ikm.exchange.world import World, tidy_code
from semarang_ikm.opendata.kinds import SEPARATOR
from semarang_ikm.shared.text import normalise, squeeze
from sentra.models import Ikm, Kelurahan

Row = Mapping[str, str]
T = TypeVar("T")


def _unknown(text: str, known: Sequence[str]) -> CellRefused:
    if near := likeliest(text, known):
        return CellRefused(_("“%(text)s” tidak ada. Maksud Anda %(near)s?") % {"text": text[:60], "near": near})
    return CellRefused(_("“%(text)s” tidak ada di data. Pilih dari daftar pada templat.") % {"text": text[:60]})


def _found(known: Mapping[str, T], text: str, *prefixes: str) -> T | None:
    """What bears the name, with or without "Kel." and the like before it."""
    words = normalise(text).split()
    bare = "".join(words[1:] if len(words) > 1 and words[0] in prefixes else words)
    return known.get(squeeze(text)) or known.get(bare)


@dataclass(frozen=True)
class KelurahanRef:
    """By name; two names occur twice, and are told apart by the column of the kecamatan or "Purwosari – Mijen"."""

    kecamatan_key: str = "kecamatan"
    empty: Any = None

    def read(self, text: str, world: World, row: Row) -> int:
        found = _found(world.kelurahan_by_name, text, "kelurahan", "kel") or []
        wanted = row.get(self.kecamatan_key, "")
        kecamatan = _found(world.kecamatan_by_name, wanted, "kecamatan", "kec") if wanted else None
        if kecamatan is not None and found:
            inside = [area for area in found if area.kecamatan_id == kecamatan.pk]
            if not inside:
                told = _(
                    "Kelurahan %(kelurahan)s ada di Kecamatan %(right)s, bukan %(written)s. Perbaiki salah satunya."
                )
                right = " / ".join(area.kecamatan.name for area in found)
                raise CellRefused(told % {"kelurahan": found[0].name, "right": right, "written": kecamatan.name})
            found = inside
        if len(found) > 1:
            told = _("Ada %(count)d kelurahan bernama %(name)s. Tulis %(written)s.")
            written = _(" atau ").join(f"“{area}”" for area in found)
            raise CellRefused(told % {"count": len(found), "name": found[0].name, "written": written})
        if not found:
            raise _unknown(text, [area.name for area in world.kelurahan.values()])
        return found[0].pk

    def write(self, value: int | None, world: World) -> str:
        if value is None:
            return ""
        area = world.kelurahan[value]
        return str(area) if self._is_twin(area, world) else area.name

    @staticmethod
    def _is_twin(area: Kelurahan, world: World) -> bool:
        return len(world.kelurahan_by_name[squeeze(area.name)]) > 1

    def choices(self, world: World) -> Sequence[str]:
        return [self.write(pk, world) for pk in world.kelurahan]


@dataclass(frozen=True)
class KecamatanHint:
    """Only tells which kelurahan is meant; checked here so that a typing error is told beside it."""

    empty = ""

    def read(self, text: str, world: World, row: Row) -> str:
        area = _found(world.kecamatan_by_name, text, "kecamatan", "kec")
        if area is None:
            raise _unknown(text, self.choices(world))
        return area.name

    def write(self, value: str, world: World) -> str:
        return value

    def choices(self, world: World) -> Sequence[str]:
        return sorted({area.name for area in world.kecamatan_by_name.values()})


@dataclass(frozen=True)
class TypeRef:
    """One product type."""

    empty: Any = None

    def read(self, text: str, world: World, row: Row) -> int:
        kind = world.types_by_name.get(squeeze(text))
        if kind is None:
            raise _unknown(text, self.choices(world))
        return kind.pk

    def write(self, value: int | None, world: World) -> str:
        return world.types[value].name if value else ""

    def choices(self, world: World) -> Sequence[str]:
        return [kind.name for kind in world.types.values()]


@dataclass(frozen=True)
class TypeRefs:
    """Several product types, parted by semicolons or commas; the order means nothing."""

    empty: Any = ()

    def read(self, text: str, world: World, row: Row) -> tuple[int, ...]:
        whole = world.types_by_name.get(squeeze(text))
        parts = [text] if whole else text.replace("\n", ";").replace(",", ";").split(";")
        found = {TypeRef().read(part.strip(), world, row) for part in parts if part.strip()}
        return tuple(pk for pk in world.types if pk in found)

    def write(self, value: tuple[int, ...], world: World) -> str:
        return SEPARATOR.join(world.types[pk].name for pk in world.types if pk in value)

    def choices(self, world: World) -> Sequence[str]:
        return TypeRef().choices(world)


@dataclass(frozen=True)
class SentraRef:
    """By name or code."""

    empty: Any = None

    def read(self, text: str, world: World, row: Row) -> int:
        sentra = world.sentra_by_name.get(squeeze(text)) or world.sentra_by_name.get(squeeze(tidy_code(text)))
        if sentra is None:
            raise _unknown(text, self.choices(world))
        return sentra.pk

    def write(self, value: int | None, world: World) -> str:
        return world.sentra[value].name if value else ""

    def choices(self, world: World) -> Sequence[str]:
        return [sentra.name for sentra in world.sentra.values()]


@dataclass(frozen=True)
class IkmRef:
    """By code, NIB, or a name that only one business has; written as code and name."""

    empty: Any = None

    def read(self, text: str, world: World, row: Row) -> int:
        code = tidy_code(text.split(" ")[0].strip(" ,;:"))
        if ikm := world.ikm_by_code.get(code):
            return ikm.pk
        if ikm := world.ikm_by_nib.get("".join(text.split()).zfill(13)):
            return ikm.pk
        named = world.ikm_by_name.get(squeeze(text), [])
        if len(named) > 1:
            told = _("Ada %(count)d usaha bernama “%(name)s”. Tulis kodenya: %(codes)s.")
            codes = ", ".join(ikm.code for ikm in named[:5])
            raise CellRefused(told % {"count": len(named), "name": text[:60], "codes": codes})
        if not named:
            raise self._unknown(text, world)
        return named[0].pk

    @staticmethod
    def _unknown(text: str, world: World) -> CellRefused:
        near = world.kept("ikm names", lambda: Names(ikm.name for ikm in world.ikm.values())).nearest(text)
        if near:
            code = world.ikm_by_name[squeeze(near)][0].code if squeeze(near) in world.ikm_by_name else ""
            told = _("Usaha “%(text)s” tidak ada. Maksud Anda %(near)s (%(code)s)?")
            return CellRefused(told % {"text": text[:60], "near": near, "code": code})
        return CellRefused(_("Usaha “%(text)s” tidak ada. Tulis kodenya, misalnya U-230.") % {"text": text[:60]})

    def write(self, value: int | None, world: World) -> str:
        if not value:
            return ""
        ikm: Ikm = world.ikm[value]
        return f"{ikm.code} {ikm.name}"

    def choices(self, world: World) -> Sequence[str]:
        return ()


@dataclass(frozen=True)
class CertificateKindRef:
    """By its short or full name."""

    empty: Any = None

    def read(self, text: str, world: World, row: Row) -> int:
        kind = world.certificate_kind_by_name.get(squeeze(text))
        if kind is None:
            raise _unknown(text, self.choices(world))
        return kind.pk

    def write(self, value: int | None, world: World) -> str:
        return world.certificate_kinds[value].name if value else ""

    def choices(self, world: World) -> Sequence[str]:
        return [kind.name for kind in world.certificate_kinds.values()]


@dataclass(frozen=True)
class ProductRefs:
    """Several products of the business of the row, by code or name, parted by semicolons; the order means nothing."""

    ikm_key: str = "ikm"
    empty: Any = ()

    def read(self, text: str, world: World, row: Row) -> tuple[int, ...]:
        maker = IkmRef().read(row[self.ikm_key], world, row) if row.get(self.ikm_key) else None
        return tuple(sorted({self._one(part.strip(), maker, world) for part in text.split(";") if part.strip()}))

    @staticmethod
    def _one(text: str, maker: int | None, world: World) -> int:
        product = world.products_by_code.get(tidy_code(text.split(" ")[0].strip(" ,:")))
        if product is not None:
            if maker is not None and product.ikm_id != maker:
                raise CellRefused(_("Bukan produk usaha ini: %(names)s.") % {"names": product.code})
            return product.pk
        made = world.products_by_maker.get((maker, None), []) if maker is not None else []
        named = [each for each in made if squeeze(each.name) == squeeze(text)]
        if len(named) != 1:
            raise CellRefused(_("Produk “%(text)s” tidak ada. Tulis kodenya, misalnya P-112.") % {"text": text[:60]})
        return named[0].pk

    def write(self, value: tuple[int, ...], world: World) -> str:
        return SEPARATOR.join(f"{world.products[pk].code} {world.products[pk].name}" for pk in sorted(value))

    def choices(self, world: World) -> Sequence[str]:
        return ()
