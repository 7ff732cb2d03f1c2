"""What the page of a proposal shows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from semarang_ikm.exchange.choices import ANSWER_NEW, ANSWER_SKIP, Outcome, RowState
from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.kinds import KINDS
from semarang_ikm.exchange.models import ImportProposal, ProposalRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PER_PAGE = 50
# Beside its word, so that no state is told by colour alone.
SIGNS = {RowState.WRONG: "✗", RowState.ASK: "?", RowState.NEW: "+", RowState.CHANGED: "~", RowState.SAME: "="}


@dataclass
class Tab:
    value: str
    label: "StrOrPromise"
    count: int
    is_current: bool
    sign: str = ""


@dataclass
class ShownCell:
    heading: "StrOrPromise"
    before: str = ""
    after: str = ""
    error: str = ""
    note: str = ""
    # What the file says there, where it could not be read.
    raw: str = ""
    is_hidden: bool = False


@dataclass
class ShownRow:
    row: ProposalRow
    cells: list[ShownCell]
    sign: str
    options: list[tuple[str, str, bool]]

    @property
    def is_skipped(self) -> bool:
        return self.row.answer == ANSWER_SKIP


@dataclass
class ProposalPage:
    """Counts of every state, and one page of the rows of the chosen state."""

    proposal: ImportProposal
    tabs: list[Tab]
    page: Page
    rows: list[ShownRow]
    counts: dict[str, int]
    state: str

    @property
    def can_tick(self) -> bool:
        """Whether the tab has rows that can be written."""
        states = [self.state] if self.state else [RowState.NEW, RowState.CHANGED, RowState.ASK]
        return any(self.counts[state] for state in states if state not in {RowState.WRONG, RowState.SAME})


def page_of(proposal: ImportProposal, state: str, number: str, sees_personal: bool) -> ProposalPage:
    counts = counts_of(proposal)
    states = [Tab(s.value, s.label, counts[s.value], s.value == state, SIGNS[s]) for s in RowState if counts[s.value]]
    if state not in {tab.value for tab in states}:
        state = ""
    tabs = [Tab("", _("Semua"), counts["all"], not state), *states]
    page = Paginator(_rows(proposal, state), PER_PAGE).get_page(number)
    columns = KINDS[proposal.kind].by_key
    shown = [_shown(row, columns, sees_personal) for row in page.object_list]
    return ProposalPage(proposal, tabs, page, shown, counts, state)


def counts_of(proposal: ImportProposal) -> dict[str, int]:
    """Rows by state, all of them, the ticked, and what became of them."""
    wanted = {state.value: Count("pk", filter=Q(state=state)) for state in RowState}
    wanted |= {
        "all": Count("pk"),
        "ticked": Count("pk", filter=Q(ticked=True)),
        "applied": Count("pk", filter=Q(outcome=Outcome.APPLIED)),
        "held": Count("pk", filter=Q(outcome=Outcome.HELD)),
    }
    # "all" and "new" are no names of fields, and so may be names of columns here.
    return proposal.rows.aggregate(**wanted)


def _rows(proposal: ImportProposal, state: str) -> QuerySet[ProposalRow]:
    rows = proposal.rows.order_by("number")
    return rows.filter(state=state) if state else rows


def _shown(row: ProposalRow, columns: dict[str, Column], sees_personal: bool) -> ShownRow:
    cells = []
    # What is wrong stands first.
    for cell in sorted(row.cells, key=lambda cell: "error" not in cell):
        column = columns.get(cell["key"])
        if column is None:
            continue
        shown = ShownCell(column.heading, error=cell.get("error", ""), note=cell.get("note", ""))
        shown.is_hidden = bool(column.personal) and not sees_personal
        if not shown.is_hidden:
            shown.before, shown.after = cell.get("before", ""), cell.get("after", "")
            shown.raw = "" if shown.after else row.raw.get(cell["key"], "")
        cells.append(shown)
    options = [(each["code"], f"{each['name']} ({each['why']})", row.answer == each["code"]) for each in row.candidates]
    if options:
        options += [
            (ANSWER_NEW, _("Data baru, bukan salah satu di atas"), row.answer == ANSWER_NEW),
            (ANSWER_SKIP, _("Lewati baris ini"), row.answer == ANSWER_SKIP),
        ]
    return ShownRow(row, cells, SIGNS[RowState(row.state)], options)
