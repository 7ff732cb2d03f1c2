"""The businesses by kecamatan, sentra or product type: how many, and how many of them the desk asks about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Count, F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.choices import CertificateConcern
from products.models import Certification
from semarang_ikm.desk.tiles import page_of, rows_of
from semarang_ikm.shared.admin.questions import questions_of
from sentra.models import Ikm


@dataclass(frozen=True)
class Grouping:
    """`path`: from a business to its group. `named`: the columns of the group that its rows are called by and ordered by.

    `queue`: the key under which the queue of certificates knows the group, and the column it goes by; "" for none.
    """

    title: Any
    path: str
    named: str
    unknown: Any
    queue: tuple[str, str] | None = None


GROUPINGS = {
    "kecamatan": Grouping(
        _("Kecamatan"), "kelurahan__kecamatan", "name", _("Kelurahan belum diketahui"), ("kec", "slug")
    ),
    "sentra": Grouping(_("Sentra"), "sentra", "name", _("Di luar sentra"), ("sentra", "code")),
    "jenis": Grouping(_("Jenis produk"), "product_types", "name", _("Jenis belum diketahui")),
}
# Key of the question about businesses, and the heading of its column.
COLUMNS = (("aktif", _("Usaha")), ("belum-promosi", _("Belum pernah dipromosikan")), ("lama", _("Belum diperiksa")))
ENDING = _("Sertifikat segera habis")


@dataclass(frozen=True)
class Cell:
    """`heading`: of its column. `address`: where exactly these rows stand; "" for none."""

    heading: Any
    count: int
    address: str = ""


@dataclass(frozen=True)
class Line:
    name: Any
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    headings: list[Any]
    lines: list[Line]


def breakdown(site: AdminSite, request: HttpRequest, grouping: Grouping) -> Table:
    """Two queries at most, however many groups."""
    page = page_of(site, Ikm, request)
    if page is None:
        return Table([grouping.title], [])
    asked = questions_of(Ikm)
    counted = (
        rows_of(page, asked["aktif"], request)
        .order_by()
        .values(group=F(grouping.path), called=F(f"{grouping.path}__{grouping.named}"), **_queue_column(grouping))
        .annotate(
            **{_column(key): Count("pk", filter=asked[key].condition(), distinct=True) for key, _label in COLUMNS}
        )
    )
    ending = _ending(site, request, grouping)
    lines = [_line(grouping, row, ending) for row in counted]
    lines.sort(key=lambda line: (line.name is grouping.unknown, str(line.name).casefold()))
    headings = [grouping.title, *(label for _key, label in COLUMNS), *([ENDING] if ending else [])]
    return Table(headings, lines)


def _column(key: str) -> str:
    return f"n_{key.replace('-', '_')}"


def _queue_column(grouping: Grouping) -> dict[str, F]:
    return {"in_queue": F(f"{grouping.path}__{grouping.queue[1]}")} if grouping.queue else {}


def _line(grouping: Grouping, row: dict[str, Any], ending: Callable[[dict[str, Any]], Cell] | None) -> Line:
    known = row["group"] is not None
    narrowed = {f"{grouping.path}__id__exact": row["group"]} if known else {f"{grouping.path}__isnull": "True"}
    asked = questions_of(Ikm)
    cells = [Cell(label, row[_column(key)], asked[key].address(**narrowed)) for key, label in COLUMNS]
    return Line(row["called"] if known else grouping.unknown, [*cells, *([ending(row)] if ending else [])])


def _ending(site: AdminSite, request: HttpRequest, grouping: Grouping) -> Callable[[dict[str, Any]], Cell] | None:
    """Certificates inside their lead time by group; None where the queue cannot show them so."""
    page = page_of(site, Certification, request)
    if page is None or grouping.queue is None:
        return None
    question = questions_of(Certification)[CertificateConcern.ENDING]
    rows = rows_of(page, question, request).order_by().values_list(f"ikm__{grouping.path}").annotate(n=Count("pk"))
    counts, parameter = dict(rows), grouping.queue[0]

    def cell(row: dict[str, Any]) -> Cell:
        count = counts.get(row["group"], 0)
        return Cell(ENDING, count, question.address(**{parameter: row["in_queue"]}) if row["group"] is not None else "")

    return cell
