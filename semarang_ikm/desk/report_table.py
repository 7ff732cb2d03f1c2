"""The report of a year as sheets of a workbook."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from semarang_ikm.desk.charts import ROMAN
from semarang_ikm.desk.report import Report
from semarang_ikm.shared.workbooks import Sheet


def sheets(told: Report) -> Iterator[Sheet]:
    yield Sheet(_("Triwulan"), [_("Ukuran"), *ROMAN, _("Tanggal tidak pasti"), _("Setahun")], _quarters(told))
    headings = [
        _("Kecamatan"),
        _("Sentra"),
        _("Usaha"),
        _("Pekerja"),
        _("Usaha yang menyebut pekerja"),
        *(str(line.measure.label) for line in told.lines),
    ]
    yield Sheet(_("Kecamatan"), headings, _places(told))


def _quarters(told: Report) -> Iterator[list]:
    """A quarter that has not begun stays empty: that is not nought."""
    for line in told.lines:
        known = [count if number < told.begun else None for number, count in enumerate(line.quarters)]
        yield [str(line.measure.label), *known, line.undated or None, line.total]


def _places(told: Report) -> Iterator[list]:
    for name, standing, counts in told.table():
        yield [name, standing.sentra, standing.businesses, standing.workers, standing.stated_by, *counts]
    whole = told.whole
    totals = [line.total for line in told.lines]
    yield [_("Jumlah"), whole.sentra, whole.businesses, whole.workers, whole.stated_by, *totals]
