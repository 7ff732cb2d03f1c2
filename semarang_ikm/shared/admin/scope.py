"""Officers who work in some kecamatan only: what they see, and what they may refer to (ADR 22).

An admin page says by `within(kecamatan) -> Q` which of its rows lie there. Without it, its rows are the whole city's.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

Areas = frozenset[int]
_KEPT = "_officer_areas"


class Scoped:
    """For admin pages and inlines: the rows of the officer's kecamatan."""

    @staticmethod
    def within(kecamatan: Areas) -> Q | None:
        """The condition that a row lies in one of these kecamatan; None: rows belong to the whole city."""
        return None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.narrowed(request, super().get_queryset(request))

    def narrowed(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        areas = areas_of(request)
        condition = self.within(areas) if areas else None
        return rows if condition is None else rows.filter(condition)


def areas_of(request: HttpRequest) -> Areas:
    """The kecamatan in which this officer works, by key; empty: the whole city."""
    kept = request.__dict__.get(_KEPT)
    if kept is None:
        officer = getattr(request.user, "officer", None)
        kept = frozenset(officer.kecamatan.values_list("pk", flat=True)) if officer is not None else frozenset()
        request.__dict__[_KEPT] = kept
    return kept


@contextmanager
def lifted(request: HttpRequest) -> Iterator[None]:
    """Querysets made inside are the whole city's: a stored relation to elsewhere stays valid."""
    before = areas_of(request)
    request.__dict__[_KEPT] = frozenset()
    try:
        yield
    finally:
        request.__dict__[_KEPT] = before


def outside(request: HttpRequest, records: Collection[Model]) -> list[Model]:
    """Those of these records (of one model) that lie outside the officer's kecamatan."""
    areas = areas_of(request)
    if not areas or not records:
        return []
    model = type(next(iter(records)))
    page = admin.site._registry.get(model)
    condition = page.within(areas) if isinstance(page, Scoped) else None
    if condition is None:
        return []
    inside = set(model._default_manager.filter(condition, pk__in=[r.pk for r in records]).values_list("pk", flat=True))
    return [record for record in records if record.pk not in inside]


def refusal(request: HttpRequest, records: Collection[Model]) -> str:
    """Why this officer may not choose these records; "" when it is allowed."""
    if strangers := outside(request, records):
        names = ", ".join(str(record) for record in strangers[:3])
        return _("Di luar wilayah Anda (%(areas)s): %(names)s.") % {"areas": area_names(request), "names": names}
    return ""


def area_names(request: HttpRequest) -> str:
    return ", ".join(str(area) for area in request.user.officer.kecamatan.all())
