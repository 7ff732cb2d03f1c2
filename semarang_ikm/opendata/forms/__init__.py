"""The forms in which data can be had. Each writes a selection with its heading; all read the same declaration."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from semarang_ikm.opendata.dataset import Selection
from semarang_ikm.opendata.forms.delimited import write_csv
from semarang_ikm.opendata.forms.documents import write_geojson, write_json
from semarang_ikm.opendata.heading import Heading


def _write_xlsx(selection: Selection, heading: Heading) -> Iterator[bytes]:
    # Only then, because the library takes memory in every worker and time at every start.
    from semarang_ikm.opendata.forms.workbook import write_xlsx

    return write_xlsx(selection, heading)


@dataclass(frozen=True)
class Form:
    """`write` gives the file piece by piece and does nothing before the first is asked for."""

    suffix: str
    content_type: str
    write: Callable[[Selection, Heading], Iterator[bytes]]
    is_packed: bool = False

    @property
    def label(self) -> str:
        return {"geojson": "GeoJSON"}.get(self.suffix, self.suffix.upper())


FORMS: dict[str, Form] = {
    form.suffix: form
    for form in (
        Form("csv", "text/csv; charset=utf-8; header=present", write_csv),
        Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write_xlsx, is_packed=True),
        Form("json", "application/json", write_json),
        Form("geojson", "application/geo+json", write_geojson),
    )
}
