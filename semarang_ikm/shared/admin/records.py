"""The base of every admin page: one look, safe deletion, files that come and go with their rows."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_after_asking
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import BaseInlineFormSet, Field, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from semarang_ikm.shared import bulk, deletion, publishing
from semarang_ikm.shared.admin import folding, list_tools, personal, scope
from semarang_ikm.shared.admin.deleting import taken_along
from semarang_ikm.shared.admin.files import EvidenceField, PhotoField, PrivateFileInput
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.lookups import is_question
from semarang_ikm.shared.admin.once import StoredOnce
from semarang_ikm.shared.admin.questions import QuestionFilter, offered
from semarang_ikm.shared.admin.scope import Scoped
from semarang_ikm.shared.admin.together import ChangedTogether
from semarang_ikm.shared.admin.trail import WithTrail
from semarang_ikm.shared.files import StoredFile, own_files, remove_after_commit, stored_files
from semarang_ikm.shared.images import write_copies
from semarang_ikm.shared.models import Publishable
from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.tracing import declaration_of

FIELDS = {
    models.ImageField: {"form_class": PhotoField},
    models.FileField: {"form_class": EvidenceField, "widget": PrivateFileInput},
    models.URLField: {"assume_scheme": "https"},
}


# From this many characters on, a text gets several lines.
LONG_TEXT = 300


class _Joined:
    """Choices of a relation come with what their names are made of (a kelurahan with its kecamatan)."""

    formfield_overrides = FIELDS

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        """A text of some sentences is typed into several lines, with its limit known to the browser."""
        if type(db_field) is models.CharField and not db_field.choices and (db_field.max_length or 0) >= LONG_TEXT:
            kwargs.setdefault("widget", AdminTextareaWidget(attrs={"rows": 3, "maxlength": db_field.max_length}))
        declared = declaration_of(db_field.model)
        if declared and db_field.name in declared.leave:
            # The trail cannot tell what stood there when the form was opened: the form does (ADR 30).
            kwargs.setdefault("show_hidden_initial", True)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_field_queryset(
        self, db: str | None, db_field: models.Field, request: HttpRequest
    ) -> models.QuerySet | None:
        """The whole city's, so that what is stored stays valid; the form refuses a new choice outside the scope."""
        related = self.admin_site._registry.get(db_field.remote_field.model)
        if isinstance(related, RecordAdmin):
            with scope.lifted(request):
                return related.get_queryset(request)
        return super().get_field_queryset(db, db_field, request)


class RecordInline(_Joined, Scoped, admin.StackedInline):
    """Rows that a record owns. Stacked, so that they can be filled in on a phone."""

    form = RecordForm
    extra = 0
    # Rows to begin with on a new record.
    extra_when_new: ClassVar[int] = 0
    # Fields that are seldom needed, and what they are together: folded (semarang_ikm.shared.admin.folding).
    seldom: ClassVar[tuple[str, ...]] = ()
    seldom_label: ClassVar[Any] = ""

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return folding.in_two(super().get_fieldsets(request, obj), self.seldom_label, self.seldom)

    def get_formset(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> type:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.request = request
        return formset

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: Any) -> int:
        return self.extra if obj else self.extra_when_new


class PhotoInline(RecordInline):
    """Photos, each shown as it is stored."""

    fields = (
        "preview",
        "image",
        "alt",
        "alt_en",
        "credit",
        "usage_right",
        ("shows_people", "portrait_consent_on"),
        "position",
    )
    readonly_fields = ("preview",)
    seldom = ("alt_en", "shows_people", "portrait_consent_on", "position")
    seldom_label = gettext_lazy("Bahasa Inggris, orang di foto, urutan")

    @admin.display(description=gettext_lazy("tampilan"))
    def preview(self, photo: Photo) -> str:
        """The stored one, also where another was chosen and the form was refused; a browser forgets that other one."""
        chosen = bool(photo.image) and not photo.image._committed
        stored = type(photo)._default_manager.filter(pk=photo.pk).first() if chosen and photo.pk else photo
        told = {"photo": stored if photo.pk else None, "choose_again": chosen}
        return render_to_string("admin/photo_preview.html", told)


class RecordAdmin(StoredOnce, ChangedTogether, WithTrail, _Joined, Scoped, admin.ModelAdmin):
    """One record type. Apps say what follows a save and how a row is deleted."""

    form = RecordForm
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS
    actions = ("delete_selected",)
    change_form_template = "admin/record_change.html"
    # Fields and displays that only who may see personal data reads, finds and filters by.
    personal_fields: ClassVar[tuple[str, ...]] = ()
    # Relations to the record that a row belongs to: who may not change that one leaves its rows alone too.
    owned_by: ClassVar[tuple[str, ...]] = ()

    def get_ordering(self, request: HttpRequest) -> Any:
        """Said to every query: an order of the model itself is dropped where rows are counted."""
        return self.ordering or self.model._meta.ordering

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        form.request, form.page = request, self
        return form

    # -- rows of a published record -----------------------------------------------------------------------------------

    def may_touch_rows_of(self, request: HttpRequest, owner: models.Model) -> bool:
        return not isinstance(owner, Publishable) or publishing.may_work_on(request.user, owner)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request: HttpRequest, obj: models.Model | None) -> bool:
        owners = (getattr(obj, name) for name in self.owned_by if obj is not None)
        return all(self.may_touch_rows_of(request, owner) for owner in owners if owner is not None)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """What the desk asks of these rows comes first."""
        own = super().get_list_filter(request)
        return [QuestionFilter, *own] if offered(self.model) else list(own)

    # -- what an app says ---------------------------------------------------------------------------------------------

    def after_save(self, request: HttpRequest, record: models.Model, changed: frozenset[str]) -> None:
        """Called in the transaction of the save, after the record and its rows were written."""

    def discard(self, record: models.Model) -> None:
        deletion.delete(record=record)

    # -- personal data ------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """Instead of what it holds, an officer without the right reads that it is there. What is empty can be filled."""
        sets = super().get_fieldsets(request, obj)
        if obj is None or not self._keeps_from(request):
            return sets
        reads_only = not self.has_change_permission(request, obj)
        hidden = {name for name in self.personal_fields if reads_only or getattr(obj, name, True)}
        return personal.without_names(sets, hidden, "personal_state")

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        names = super().get_readonly_fields(request, obj)
        return (*names, "personal_state") if obj is not None and self._keeps_from(request) else names

    @admin.display(description=gettext_lazy("data pribadi"))
    def personal_state(self, record: models.Model) -> str:
        lines = [*personal.told(record, self.personal_fields), *self.personal_rows(record)]
        return ". ".join([*lines, _("Isinya dilihat oleh petugas privasi.")])

    def personal_rows(self, record: models.Model) -> list[str]:
        """Which rows with personal data the record owns, in words that tell nothing of what they hold."""
        return []

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Finding by what one may not read would tell it."""
        names = super().get_search_fields(request)
        return [name for name in names if not self._is_kept(request, name)]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The same for an address that somebody typed, also of the same rows seen in another light."""
        if request is not None and not personal.sees_personal_data(request):
            declared = declaration_of(self.opts.concrete_model)
            hidden = {*self.personal_fields, *(declared.personal if declared else ())}
            if not hidden.isdisjoint(lookup.split("__")):
                return False
        return is_question(self.model, lookup, value) and super().lookup_allowed(lookup, value, request)

    def _keeps_from(self, request: HttpRequest) -> bool:
        return bool(self.personal_fields) and not personal.sees_personal_data(request)

    def _is_kept(self, request: HttpRequest, lookup: str) -> bool:
        return self._keeps_from(request) and not set(self.personal_fields).isdisjoint(lookup.split("__"))

    # -- the page of one record ---------------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        page = context["adminform"]
        page.fieldsets = folding.unfolded(page.form, page.fieldsets)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_inline_formsets(self, *args: Any, **kwargs: Any) -> list[Any]:
        return [folding.FoldedRows.of(rows) for rows in super().get_inline_formsets(*args, **kwargs)]

    # -- the list -----------------------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        tools = {"list_tools": list_tools.tools_of(self.model, request)}
        return super().changelist_view(request, {**tools, **(extra_context or {})})

    def _get_base_actions(self) -> list[tuple]:
        added = [self.get_action(action) for action in list_tools.actions_of(self.model)]
        return [*super()._get_base_actions(), *(action for action in added if action)]

    # -- saving -------------------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        if "checked_on" in form.changed_data:
            obj.checked_by = request.user if obj.checked_on else None
        super().save_model(request, obj, form, change)
        remove_after_commit(replaced_files(form))

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        doomed = [file for row in formset.deleted_forms if row.instance.pk for file in own_files(row.instance)]
        with bulk.linking([row.instance for row in formset.forms] if formset.model._meta.auto_created else []):
            super().save_formset(request, form, formset, change)
        for row in formset.forms:
            if row in formset.deleted_forms:
                continue
            doomed += replaced_files(row)
            if isinstance(row.instance, Photo) and "image" in row.changed_data:
                write_copies(row.instance.image.name)
        remove_after_commit(doomed)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Iterable, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.after_save(request, form.instance, frozenset(form.changed_data))

    # -- deleting -----------------------------------------------------------------------------------------------------

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        owned = {inline.model for inline in self.inlines}
        return taken_along(objs, request, self.admin_site, owned)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        record = self.get_object(request, object_id)
        allowed = record is not None and self.has_delete_permission(request, record)
        if allowed and (reason := deletion.refusal(record)):
            self.message_user(request, reason, messages.ERROR)
            meta = self.opts
            return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[object_id]))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        self.discard(obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        for record in queryset:
            self.discard(record)

    @admin.action(permissions=["delete"], description=delete_after_asking.short_description)
    def delete_selected(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        """Django's own, unless one of the chosen rows is public: then nothing is deleted."""
        if reasons := [reason for record in queryset if (reason := deletion.refusal(record))]:
            for reason in reasons[:5]:
                self.message_user(request, reason, messages.ERROR)
            if len(reasons) > 5:
                rest = _("Dan %(count)d lainnya yang sedang terbit. Tidak ada yang dihapus.")
                self.message_user(request, rest % {"count": len(reasons) - 5}, messages.ERROR)
            return None
        try:
            return delete_after_asking(self, request, queryset)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return None


def replaced_files(form: ModelForm) -> list[StoredFile]:
    """The files that this form's row no longer names."""
    found: list[StoredFile] = []
    for field in form.instance._meta.concrete_fields:
        before = form.initial.get(field.name)
        if isinstance(field, models.FileField) and field.name in form.changed_data and before:
            found += stored_files(field, before.name)
    return found
