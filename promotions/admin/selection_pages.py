"""What the pages of a selection show: the lines of its record with the names that paper may carry."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

from promotions.admin import selection_words as words
from promotions.choices import Obstacle
from promotions.fair_selection import ReasonKind, counted
from promotions.models import FairSelection
from promotions.selecting.record import Line, Record, mark_of
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.choices import Channel
from sentra.models import Ikm

PER_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A line for people. `pk` None: the business is not public any more. No name: paper may not carry it, only the code."""

    code: str
    pk: int | None
    name: str
    kecamatan: str
    sentra: str
    last: date | None
    reason: str
    is_decided: bool


@dataclass(frozen=True)
class Group:
    """Businesses that are out for one reason; `value` is it in the address of the page."""

    value: str
    label: str
    count: int
    parts: tuple["Group", ...] = ()


class Directory:
    """Names and places of all public businesses, as they may stand on paper today. One query."""

    def __init__(self) -> None:
        rows = Ikm.objects.published().with_public_name(Channel.PRINT).select_related("kelurahan__kecamatan", "sentra")
        fields = ("pk", "code", "name_is_personal", "kelurahan__kecamatan__name", "kelurahan__name", "sentra")
        self._known = {
            row.code: row
            for row in rows.only(*fields, "sentra__name", "sentra__name_en", "kelurahan__kecamatan", "sentra__code")
        }

    def row(self, line: Line, record: Record) -> Row:
        ikm: Any = self._known.get(line.code)
        return Row(
            code=line.code,
            pk=ikm.pk if ikm else None,
            name=ikm.public_name if ikm and ikm.public_name != f"Usaha {line.code}" else "",
            kecamatan=ikm.kelurahan.kecamatan.name if ikm and ikm.kelurahan else "",
            sentra=in_language(ikm.sentra, "name") if ikm and ikm.sentra else "",
            last=line.last,
            reason=words.reason(line, record),
            is_decided=line.is_decided,
        )

    def matches(self, line: Line, asked: str) -> bool:
        ikm = self._known.get(line.code)
        return asked == line.code.casefold() or (ikm is not None and asked in ikm.public_name.casefold())


def groups(lines: Iterable[Line]) -> list[Group]:
    """How many are out for which reason; who is not ready, also by what is missing (one can lack several things)."""
    found = list(lines)
    kinds = Counter(line.kind for line in found)
    lacking = Counter(word for line in found if line.kind == ReasonKind.NOT_READY for word in line.words)
    parts = tuple(Group(o.value, str(o.label), lacking[o.value]) for o in Obstacle if lacking[o.value])
    return [
        Group(kind.value, str(label), kinds[kind.value], parts if kind == ReasonKind.NOT_READY else ())
        for kind, label in words.GROUPS.items()
        if kinds[kind.value]
    ]


def proposal_context(request: HttpRequest, selection: FairSelection, record: Record) -> dict[str, Any]:
    directory = Directory()
    others, query = _asked(request.GET, record, directory)
    page = Paginator(others, PER_PAGE).get_page(request.GET.get("hal"))
    on_list = {line.code for line in (*record.chosen, *record.others)}
    return {
        "record": record,
        "mark": mark_of(record),
        "rules": words.rules(record),
        "unmet": words.unmet(record),
        "chosen": [directory.row(line, record) for line in record.chosen],
        "never": sum(line.last is None for line in record.chosen),
        "ready": len(record.chosen) + sum(line.kind != ReasonKind.NOT_READY for line in record.others),
        "candidates": len(on_list),
        "placeless": sum(not line.kecamatan for line in (*record.chosen, *record.others)),
        "groups": groups(record.others),
        "others": _rows(page, record, directory),
        "query": query,
        "entered": _entered_otherwise(selection, record) if selection.is_open else [],
        "gone": [row for row in selection.decisions.select_related("ikm") if row.ikm.code not in on_list],
    }


def _entered_otherwise(selection: FairSelection, record: Record) -> list[str]:
    """Codes that stand in the ledger of the promotion already and are not among the chosen: they take no place here."""
    chosen = {line.code for line in record.chosen}
    there = selection.promotion.appearances.order_by().values_list("ikm__code", flat=True).distinct()
    return sorted((code for code in there if code not in chosen), key=counted)


def _asked(asked: QueryDict, record: Record, directory: Directory) -> tuple[list[Line], dict[str, str]]:
    """The lines that the page is asked for, group by group, and the parts of its address that say so."""
    place = {kind.value: number for number, kind in enumerate(words.GROUPS)}
    lines = sorted(record.others, key=lambda line: place[line.kind])
    query = {name: value.strip() for name in ("q", "alasan", "kurang") if (value := asked.get(name, "")).strip()}
    if "alasan" in query:
        lines = [line for line in lines if line.kind == query["alasan"]]
    if "kurang" in query:
        lines = [line for line in lines if line.kind == ReasonKind.NOT_READY and query["kurang"] in line.words]
    if "q" in query:
        lines = [line for line in lines if directory.matches(line, query["q"].casefold())]
    return lines, query


def _rows(page: Page, record: Record, directory: Directory) -> Page:
    page.object_list = [directory.row(line, record) for line in page.object_list]
    return page


def minutes_context(selection: FairSelection, record: Record) -> dict[str, Any]:
    directory = Directory()
    return {
        "selection": selection,
        "changes": list(selection.withdrawals.select_related("ikm", "replaced_by")),
        "record": record,
        "mark": mark_of(record)[:16],
        "rules": words.rules(record),
        "unmet": words.unmet(record),
        "chosen": [directory.row(line, record) for line in record.chosen],
        "sections": list(_sections([directory.row(line, record) for line in record.others], record)),
    }


def _sections(rows: list[Row], record: Record) -> Iterable[tuple[str, list[tuple[str, list[Row]]]]]:
    """The others under their headings: a sentence, and all to whom it applies."""
    kind_of = {line.code: line.kind for line in record.others}
    for kind, label in words.GROUPS.items():
        own = [row for row in rows if kind_of[row.code] == kind.value]
        if own:
            own.sort(key=lambda row: (row.reason, counted(row.code)))
            same = groupby(own, key=lambda row: row.reason)
            yield str(label), [(reason, list(found)) for reason, found in same]
