"""Figures: statements with a number, a date and a source. As records of their own, and nested in a sentra."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.fields import NOT_WRITTEN, Field, Json, Read, bilingual
from semarang_ikm.opendata.kinds import CHOICE, NUMBER, PARTIAL_DAY, partial_date
from semarang_ikm.opendata.shared_fields import source_parts
from sentra.choices import FigureKind, FigureQualifier


def figure_fields(of: Callable[[str], Read]) -> tuple[Field, ...]:
    """`of` reads an attribute of the figure from whatever the fields are given."""

    def as_of(item: Any) -> str:
        return partial_date(of("as_of")(item), of("as_of_precision")(item))

    return (
        Field("kind", CHOICE, _("Apa yang dihitung atau dihargai"), of("kind"), choices=FigureKind),
        *bilingual("label", _("Tentang apa, lebih tepatnya"), empty=NOT_WRITTEN, of=of),
        Field("qualifier", CHOICE, _("Seberapa tepat sumbernya"), of("qualifier"), choices=FigureQualifier),
        Field("value_min", NUMBER, _("Nilai, atau batas bawahnya"), of("value_min")),
        Field("value_max", NUMBER, _("Batas atas"), of("value_max"), empty=_("satu nilai, bukan rentang")),
        *bilingual("unit", _("Satuan"), empty=_("angkanya sebuah tahun"), of=of),
        Field("as_of", PARTIAL_DAY, _("Tanggal pernyataan itu berlaku"), as_of),
        *bilingual("note", _("Catatan"), empty=NOT_WRITTEN, of=of),
        *source_parts(of, "source_", in_path="source."),
    )


def in_table(figure: Mapping[str, Json]) -> str:
    upper = f"–{figure['value_max']}" if figure["value_max"] is not None else ""
    words = (figure["kind"], f"{figure['value_min']}{upper}", figure["unit"], f"({figure['as_of']})")
    return " ".join(str(word) for word in words if word)
