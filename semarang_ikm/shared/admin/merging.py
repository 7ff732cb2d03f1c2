"""Two records side by side, made one: which value of each pair stays is the officer's choice, every relation moves.

The app that can merge registers how (sentra.admin.base).
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from semarang_ikm.shared.admin import together
from semarang_ikm.shared.admin.personal import sees_personal_data


class Merger(Protocol):
    """Whatever makes two records one; a module will do."""

    def choices(self, record: Any) -> list[models.Field]:
        """The columns of which one of two values is chosen."""

    def moving(self, gone: Any) -> Sequence[Any]:
        """What would move, each with `what` and `count`."""

    def merge(self, *, kept: Any, gone: Any, take: Iterable[str], by: Any, why: str) -> None: ...


_merger: list[Merger] = []


def register(merger: Merger) -> None:
    _merger[:] = [merger]


class MergeViews:
    """For a ModelAdmin of records with codes."""

    def get_urls(self: Any) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<int:kept>/gabung/<int:gone>/", view, name=name), *super().get_urls()]

    @admin.action(permissions=["delete"], description=gettext_lazy("Gabungkan dua yang dipilih"))
    def merge_selected(self: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(chosen) != 2:
            self.message_user(request, _("Pilih tepat dua data yang hendak digabung."), messages.WARNING)
            return None
        return HttpResponseRedirect(self.merge_url(*chosen))

    def merge_url(self: Any, kept: int, gone: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge", args=[kept, gone])

    def merge_view(self: Any, request: HttpRequest, kept: int, gone: int) -> HttpResponse:
        """GET compares, POST merges. Both rows must be this officer's to change, and the one that goes to delete."""
        shown = together.shown_now()
        pair = [self.get_object(request, str(key)) for key in (kept, gone)]
        if None in pair or kept == gone:
            raise Http404
        if not (self.has_change_permission(request, pair[0]) and self.has_delete_permission(request, pair[1])):
            raise PermissionDenied
        problem = ""
        if request.method == "POST":
            try:
                return self._merged(request, *pair)
            except ValidationError as refusal:
                problem = " ".join(refusal.messages)
                pair = [self.get_object(request, str(key)) for key in (kept, gone)]
        return self._compare(request, pair[0], pair[1], {"problem": problem, "version": shown})

    def _chosen(self: Any, request: HttpRequest, record: Any) -> list[models.Field]:
        """What this officer chooses; of what he may not see, what is known stays."""
        hidden = set() if sees_personal_data(request) else set(self.personal_fields)
        return [field for field in _merger[0].choices(record) if field.name not in hidden]

    @transaction.atomic
    def _merged(self: Any, request: HttpRequest, kept: Any, gone: Any) -> HttpResponse:
        both = self.model._default_manager.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
        list(both.select_for_update().values_list("pk"))
        if stale := together.changed_since_shown(request, [kept, gone]):
            raise ValidationError([f"{each}: {stale[each.pk]}" for each in (kept, gone) if each.pk in stale])
        shown = {field.name for field in self._chosen(request, kept)}
        take = [
            field.name
            for field in _merger[0].choices(kept)
            if (request.POST.get(field.name) == "gone" if field.name in shown else _only_other(field, kept, gone))
        ]
        gone_code = gone.code
        _merger[0].merge(kept=kept, gone=gone, take=take, by=request.user, why=request.POST.get("alasan", ""))
        done = _("%(gone)s kini menjadi bagian dari %(kept)s; alamat dan kode lamanya mengarah ke sini.")
        self.message_user(request, done % {"gone": gone_code, "kept": kept}, messages.SUCCESS)
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[kept.pk])
        return HttpResponseRedirect(address)

    def _compare(self: Any, request: HttpRequest, kept: Any, gone: Any, told: dict[str, Any]) -> HttpResponse:
        rows = [_row(field, kept, gone, request.POST.get(field.name, "")) for field in self._chosen(request, kept)]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Gabungkan dua data"),
            "opts": self.opts,
            "kept": kept,
            "gone": gone,
            "differing": [row for row in rows if row["differs"]],
            "equal": [row for row in rows if not row["differs"] and row["kept"]],
            "moving": _merger[0].moving(gone),
            "other_way": self.merge_url(gone.pk, kept.pk),
            "why": request.POST.get("alasan", ""),
            **told,
        }
        return TemplateResponse(request, "admin/merge.html", context)


def _only_other(field: models.Field, kept: Any, gone: Any) -> bool:
    """Whether only the record that goes knows this."""
    return getattr(kept, field.attname) in (None, "") and getattr(gone, field.attname) not in (None, "")


def _row(field: models.Field, kept: Any, gone: Any, chosen: str) -> dict[str, Any]:
    """One column of both. What only one of them knows is proposed."""
    mine, other = getattr(kept, field.attname), getattr(gone, field.attname)
    proposed = "gone" if _only_other(field, kept, gone) else "kept"
    return {
        "name": field.name,
        "label": field.verbose_name,
        "kept": in_words(field, kept),
        "gone": in_words(field, gone),
        "differs": mine != other,
        "chosen": chosen or proposed,
    }


def in_words(field: models.Field, record: models.Model) -> str:
    """A value as an officer reads it; "" where there is none."""
    value = getattr(record, field.name)
    if value in (None, ""):
        return ""
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(field, models.DateTimeField):
        value = localtime(value)
    return str(localize(value)) if not isinstance(value, models.Model) else str(value)
