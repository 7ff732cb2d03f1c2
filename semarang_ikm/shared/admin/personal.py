"""Who sees personal data at the desk: others see that it is there, not what it is (ADR 22)."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

SEE = "sentra.see_personal_data"


def sees_personal_data(request: HttpRequest) -> bool:
    return request.user.has_perm(SEE)


class PersonalRows:
    """For admin pages and inlines whose every row is personal. Writing one down needs no right to read the others."""

    def may_touch_rows_of(self, request: HttpRequest, owner: Model) -> bool:
        """Who keeps personal data does so whatever the status of the record."""
        return sees_personal_data(request) or super().may_touch_rows_of(request, owner)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and sees_personal_data(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and sees_personal_data(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and sees_personal_data(request)


def told(record: Model, names: tuple[str, ...]) -> list[str]:
    """Whether each of these fields holds something: "NIB: tercatat"."""
    state = {True: _("tercatat"), False: _("belum tercatat")}
    fields = [record._meta.get_field(name) for name in names if _is_field(record, name)]
    return [f"{capfirst(field.verbose_name)}: {state[bool(field.value_from_object(record))]}" for field in fields]


def without_names(fieldsets: Any, hidden: set[str], told_in: str) -> list[tuple[Any, dict[str, Any]]]:
    """Fieldsets without the hidden names; `told_in` stands at the end of the first one instead."""
    found = []
    for title, options in fieldsets:
        fields = []
        for line in options["fields"]:
            names = [line] if isinstance(line, str) else list(line)
            kept = [name for name in names if name not in hidden]
            if kept:
                fields.append(kept[0] if isinstance(line, str) or len(kept) == 1 else tuple(kept))
        if fields:
            found.append((title, {**options, "fields": fields}))
    found[0][1]["fields"].append(told_in)
    return found


def _is_field(record: Model, name: str) -> bool:
    return name in {field.name for field in record._meta.concrete_fields}
