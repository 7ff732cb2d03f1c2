"""What each row of a file would do, compared with what is there now. Reads only; the preview and the approval both ask here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from semarang_ikm.exchange.areas import Reach
from semarang_ikm.exchange.choices import ANSWER_NEW, ANSWER_SKIP, RowState
from semarang_ikm.exchange.columns import CLEAR_WORDS, EXAMPLE_CODE, NOTHING, Cell, Column
from semarang_ikm.exchange.files import ReadFile
from semarang_ikm.exchange.files.sheet import NO_RESULT
from semarang_ikm.exchange.kinds.base import CHUNK, Given, Kind, Match
from semarang_ikm.exchange.permissions import sees_personal_data
from semarang_ikm.exchange.problems import CellRefused
from semarang_ikm.exchange.world import World
from semarang_ikm.shared.cells import plain

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Raw = Mapping[str, str]
Progress = Callable[[int, int], None]


@dataclass
class Line:
    """A row of the file: its number there, its filled cells by key, and what an officer answered about it."""

    number: int
    raw: dict[str, str]
    answer: str = ""


@dataclass
class Judged:
    """What a line would do. `given` holds the values to write, `record` whom; None: a new one."""

    line: Line
    given: Given
    match: Match
    name_key: str
    state: RowState = RowState.SAME
    cells: list[Cell] = field(default_factory=list)
    record: Any = None
    code: str = ""

    @property
    def name(self) -> str:
        return self.line.raw.get(self.name_key, "") or self.code

    def refuse(self, key: str, message: str) -> None:
        cell = next((cell for cell in self.cells if cell.key == key), None)
        if cell is None:
            cell = Cell(key)
            self.cells.append(cell)
        if not cell.error:
            cell.error = message
        self.state = RowState.WRONG


def lines_of(read: ReadFile, kind: Kind) -> tuple[list[Line], list[str]]:
    """The rows below the headings, and what was left out of them, in words."""
    lines, examples = [], 0
    example = kind.by_key[kind.name_key].example
    for number, cells in read.sheet.lines:
        if number <= read.headings.number:
            continue
        raw = {
            key: plain(text)
            for key, text in zip(read.headings.keys, cells, strict=False)
            if key and text.strip().lower() not in NOTHING
        }
        if raw.get("code", "").upper().startswith(EXAMPLE_CODE) or raw.get(kind.name_key) == example:
            examples += 1
        elif raw:
            lines.append(Line(number, raw))
    notes = [_("Baris contoh dari templat dilewati.")] if examples else []
    return lines, notes


def compare(
    kind: Kind, lines: Sequence[Line], by: "User", progress: Progress = lambda _done, _all: None
) -> tuple[list[Judged], World]:
    """Everything is judged as if written at once; rows that mean the same record stop each other.

    `by`: who brought the file; what the comparison tells is no more than that officer may know.
    """
    world = World(sees_personal=sees_personal_data(by))
    may_change_public = kind.may_change_public(by)
    reach = Reach(kind, by, world)
    judged = [_read(kind, line, world) for line in lines]
    _place(kind, judged, world, reach)
    done = 0
    for start in range(0, len(judged), CHUNK):
        chunk = judged[start : start + CHUNK]
        records = kind.load(row.match.pk for row in chunk if row.match.pk is not None)
        for row in chunk:
            row.record = records.get(row.match.pk) if row.match.pk is not None else None
            _judge(kind, row, world)
            if not (reach.takes(row.given) if row.record is None else reach.has(row.record.pk)):
                row.refuse(kind.name_key, _("Di luar wilayah Anda."))
            if row.state == RowState.CHANGED and kind.is_public(row.record) and not may_change_public:
                row.refuse(kind.name_key, _("Data ini sudah terbit, jadi hanya penerbit yang dapat mengubahnya."))
        done += len(chunk)
        progress(done, len(judged))
    return judged, world


def _read(kind: Kind, line: Line, world: World) -> Judged:
    judged = Judged(line, {}, Match(), kind.name_key)
    for key, text in line.raw.items():
        column = kind.by_key.get(key)
        if column is None or (column.is_aside and key == "status"):
            continue
        try:
            value = _value(column, text, world, line.raw)
        except CellRefused as refusal:
            judged.cells.append(Cell(key, error=str(refusal)))
            judged.state = RowState.WRONG
        else:
            if not column.is_aside:
                judged.given[key] = value
    return judged


def _value(column: Column, text: str, world: World, row: Raw) -> Any:
    if text == NO_RESULT:
        raise CellRefused(
            _("Rumus tanpa hasil. Salin kolom ini, tempel sebagai nilai (Paste values), lalu unggah lagi.")
        )
    if text.startswith("#") and text.rstrip("!?").isupper() and " " not in text:
        raise CellRefused(_("Rumus di sel ini rusak (%(text)s). Isi dengan nilainya.") % {"text": text[:20]})
    if " ".join(text.lower().split()) in CLEAR_WORDS:
        if not column.can_be_cleared:
            raise CellRefused(_("Kolom ini tidak bisa dikosongkan."))
        return column.reader.empty
    return column.reader.read(text, world, row)


def _place(kind: Kind, judged: list[Judged], world: World, reach: Reach) -> None:
    """Find the record that each row means; a record that two rows mean is left to the first."""
    first: dict[Any, int] = {}
    for row in judged:
        row.match = kind.match(row.given, row.line.raw, world)
        row.match.candidates = [each for each in row.match.candidates if reach.has(each[0])]
        answer = row.line.answer
        offered = {kind.identity_of(pk, world): pk for pk, _why in row.match.candidates} if answer else {}
        if answer in offered:
            row.match = Match(offered[answer])
        elif answer == ANSWER_NEW:
            row.match = Match()
        for key, message in row.match.errors.items():
            row.refuse(key, message)
        mark = row.match.pk if row.match.pk is not None else kind.new_mark(row.given)
        if mark is None or row.match.candidates:
            continue
        if mark in first:
            told = _("Baris %(number)d memuat data yang sama. Hapus salah satunya.")
            row.refuse("code" if "code" in row.line.raw else kind.name_key, told % {"number": first[mark]})
        else:
            first[mark] = row.line.number


def _judge(kind: Kind, row: Judged, world: World) -> None:
    record = row.record
    if record is not None and not world.sees_personal:
        _leave_personal(kind, row)
    before = kind.values_of(record) if record is not None else {}
    row.code = kind.identity(record) if record is not None else ""
    notes = {} if record is not None or row.match.candidates else kind.complete(row.given, row.line.raw, world)
    changed = False
    for key, value in row.given.items():
        column = kind.by_key[key]
        old = column.reader.write(before[key], world) if record is not None else ""
        new = column.reader.write(value, world)
        if old != new and key != "code":
            changed = True
            row.cells.append(Cell(key, before=old, after=new, note=notes.get(key, "")))
    blank = {column.key: column.reader.empty for column in kind.columns}
    after = {**blank, **before, **row.given}
    if record is not None:
        for key, message in kind.refuse(record, before, row.given):
            row.refuse(key, str(message))
    else:
        _require(kind, row)
    touched = {cell.key for cell in row.cells}
    for key, message in kind.check(after):
        if touched:
            row.refuse(key, str(message))
    order = [column.key for column in kind.columns]
    row.cells.sort(key=lambda cell: order.index(cell.key))
    if row.state == RowState.WRONG:
        return
    if row.match.candidates or row.line.answer == ANSWER_SKIP:
        row.state = RowState.ASK
    elif record is None:
        row.state = RowState.NEW
    else:
        row.state = RowState.CHANGED if changed else RowState.SAME


def _leave_personal(kind: Kind, row: Judged) -> None:
    """What is recorded of a person is neither shown nor replaced by an officer who may not see it."""
    for key in [key for key in row.given if kind.by_key[key].personal]:
        del row.given[key]
        row.cells.append(
            Cell(key, note=_("Tidak dibaca: data pribadi yang sudah tercatat hanya diubah petugas privasi."))
        )


def _require(kind: Kind, row: Judged) -> None:
    for column in kind.columns:
        if (column.required or column.is_needed) and column.key not in row.line.raw:
            row.refuse(column.key, _("Wajib diisi."))
