"""Every page of the desk that answers a GET, for every row: standard pages off the registry, own ones off `get_urls`."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse

from promotions.choices import ObstacleKind
from promotions.models import CaseLetter, FacilitationCase
from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.exporting import FORMS
from semarang_ikm.shared.time import today
from sentra.models import Change, Ikm, Review, Sentra
from tests.semarang_ikm.test_role_matrix import GIVEN, PUT_BACK, own_urls

# Parts of what must not be found: an answer repeats what was asked for. That no search finds by them is shown in
# tests/sentra/test_personal_data_in_admin.py.
WORDS = ("wiryo", "8129876")
GROUPINGS = ("kecamatan", "sentra", "jenis")
# Rows of one model that are opened.
MOST_ROWS = 4


def pages() -> list[str]:
    return [*_standard(), *_own(), *_of_the_desk(), *_suggestions()]


def _standard() -> Iterator[str]:
    for model, page in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if page.search_fields:
            yield from (f"{reverse(f'{name}_changelist')}?q={word}" for word in WORDS)
        yield reverse(f"{name}_add")
        for row in model._base_manager.order_by("-pk")[:MOST_ROWS]:
            yield from (reverse(f"{name}_{kind}", args=[row.pk]) for kind in ("change", "history", "delete"))
            first = Change.objects.filter(root_model=model._meta.label_lower, root_id=row.pk).order_by("pk").first()
            if first is not None:
                yield f"{reverse(f'{name}_put_back', args=[row.pk])}?sejak={first.change_set_id}"


def _own() -> Iterator[str]:
    for name, (model, asked) in own_urls().items():
        if name in PUT_BACK:
            continue
        choices = {
            "kind": KindName.values if name.startswith("exchange") else ObstacleKind.values,
            "form": FORMS,
            "code": Ikm.objects.values_list("code", flat=True),
            "sentra": Sentra.objects.values_list("pk", flat=True)[:2],
            "name": [GIVEN.get(name, {}).get("name")],
        }
        for row in rows_of(name, model) if {"pk", "object_id", "kept", "letter"} & set(asked) else [None]:
            given = choices | _standing(row, name)
            for values in product(*(list(given[key]) for key in asked)):
                yield reverse(f"admin:{name}", kwargs=dict(zip(asked, values, strict=True)))


def rows_of(name: str, model: type[Model]) -> Iterable[Model]:
    if name == "sentra_changeset_restore":
        return Change.objects.filter(action="delete")[:MOST_ROWS]
    if name.startswith("promotions_caseletter"):
        return FacilitationCase.objects.filter(letters__isnull=False)
    return model._base_manager.order_by("-pk")[:MOST_ROWS]


def _standing(row: Any, name: str) -> dict[str, list]:
    if row is None:
        return {}
    if isinstance(row, Review):
        return {"kind": [row.content_type_id], "pk": [row.object_id]}
    others = type(row)._base_manager.exclude(pk=row.pk).values_list("pk", flat=True)[:2]
    letters = CaseLetter.objects.filter(case=row.pk).values_list("pk", flat=True)
    return {"pk": [row.pk], "object_id": [row.pk], "kept": [row.pk], "gone": others, "letter": letters}


def _of_the_desk() -> Iterator[str]:
    yield from (reverse(f"admin:{name}") for name in ("index", "password_change", "jsi18n", "desk_report_now"))
    yield from (reverse(f"admin:{name}", args=[today().year]) for name in ("desk_report", "desk_report_table"))
    yield from (reverse("admin:desk_breakdown", args=[grouping]) for grouping in GROUPINGS)
    yield from (reverse("admin:app_list", args=[label]) for label in ("sentra", "products", "promotions", "auth"))
    yield from (f"{reverse('admin:sentra_people')}?q={word}" for word in WORDS)
    for model in admin.site._registry:
        kind = ContentType.objects.get_for_model(model)
        for row in model._base_manager.all()[:2]:
            yield reverse("admin:view_on_site", args=[kind.pk, row.pk])


def _suggestions() -> Iterator[str]:
    """What a relation's field proposes while somebody types."""
    for model, page in admin.site._registry.items():
        for name in page.autocomplete_fields:
            asked = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={name}"
            yield from (f"{reverse('admin:autocomplete')}?{asked}&term={word}" for word in ("", *WORDS))
