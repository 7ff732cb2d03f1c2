"""Editions: the plan while it is a draft, then what was frozen; each step of its life is one button."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from products.models import Product
from promotions.actions import editions
from promotions.actions.preflight import NotFit
from promotions.actions.releasing import is_large
from promotions.admin.base import PromotionsRecordAdmin
from promotions.admin.edition_changes import ChangePages
from promotions.admin.edition_files import FilePages
from promotions.admin.edition_release import ReleasePages, freezing_of, look_again
from promotions.admin.preflight import PreflightPages
from promotions.choices import EditionStatus
from promotions.models import CatalogueEdition, EditionEntry, EditionFile, EditionMask
from promotions.preflight.checks import examine
from semarang_ikm.shared.admin import together
from semarang_ikm.shared.admin.files import PrivateFileAdmin, private_file_url
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.records import RecordAdmin
from semarang_ikm.shared.background import WorkState
from semarang_ikm.shared.publishing import may_publish

LOOK = ("theme", "density", "shows_prices")
WORDS = ("foreword", "signed_by")
ENGLISH = ("title_en", "foreword_en")
# What is frozen with the edition.
PLAN = ("title", "language", "promotion", "day", *LOOK, *WORDS, *ENGLISH)
DRAFT, READY, PUBLISHED = EditionStatus.DRAFT, EditionStatus.READY, EditionStatus.PUBLISHED
# Step in the address: its button, the states in which it is offered, whether it is asked about first.
STEPS: dict[str, tuple[Any, tuple[str, ...], bool]] = {
    "peserta": (gettext_lazy("Ambil produk peserta acara"), (DRAFT,), False),
    "siap": (gettext_lazy("Tandai siap terbit"), (DRAFT,), False),
    "draf": (gettext_lazy("Buka lagi sebagai draf"), (READY,), False),
    "terbitkan": (gettext_lazy("Terbitkan"), (DRAFT, READY), True),
    "cetakan": (gettext_lazy("Buat cetakan berikutnya"), (PUBLISHED, EditionStatus.ARCHIVED), False),
    "arsipkan": (gettext_lazy("Turunkan dari rak"), (PUBLISHED,), True),
}


PUBLIC_STEPS = {"terbitkan", "arsipkan"}


class EditionForm(RecordForm):
    """Many products can be added at once; they are put at the end of the plan when the form is saved."""

    add_products = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Tambahkan produk"),
        queryset=Product.objects.all(),
        required=False,
        widget=AutocompleteSelectMultiple(EditionEntry._meta.get_field("product"), admin.site),
        help_text=gettext_lazy("Yang sudah ada tetap di tempatnya."),
    )


class EntryInline(admin.TabularInline):
    """The products in their order: a number decides the place, and gaps are no mistake."""

    model = EditionEntry
    extra = 0
    fields = ("position", "product", "is_public")
    readonly_fields = ("product", "is_public")

    def has_add_permission(self, request: HttpRequest, obj: CatalogueEdition | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: CatalogueEdition | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request: HttpRequest, obj: CatalogueEdition | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_open)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        shown = Product.objects.published().filter(pk=models.OuterRef("product"))
        return super().get_queryset(request).select_related("product__ikm").annotate(is_shown=models.Exists(shown))

    @admin.display(description=gettext_lazy("akan dimuat"), boolean=True)
    def is_public(self, entry: EditionEntry) -> bool:
        return entry.is_shown


class _Kept(admin.TabularInline):
    """Rows that only programs write."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FileInline(_Kept):
    model = EditionFile
    fields = ("language", "state", "pages", "size", "sha256", "restricted_on")
    readonly_fields = ("state",)

    @admin.display(description=gettext_lazy("keadaan"))
    def state(self, row: EditionFile) -> str:
        if row.work_state == WorkState.RUNNING:
            return f"{row.get_work_state_display()} ({row.work_percent} %)"
        return row.work_message or str(row.get_work_state_display())


class MaskInline(_Kept):
    model = EditionMask
    fields = ("code", "fields", "masked_on")


@admin.register(CatalogueEdition)
class CatalogueEditionAdmin(ReleasePages, ChangePages, FilePages, PreflightPages, PromotionsRecordAdmin):
    form = EditionForm
    change_form_template = "admin/edition_change.html"
    list_display = ("code", "title", "status", "language", "day", "promotion", "entry_count", "published_at")
    list_filter = ("status", "language")
    list_select_related = ("promotion",)
    search_fields = ("code", "title", "title_en", "promotion__name")
    autocomplete_fields = ("promotion",)
    actions = ()
    fieldsets = (
        (None, {"fields": ("title", "language", "promotion", "day", "add_products")}),
        (gettext_lazy("Rupa buku"), {"classes": ("collapse",), "fields": LOOK}),
        (gettext_lazy("Kata pengantar"), {"classes": ("collapse",), "fields": WORDS}),
        (gettext_lazy("Bahasa Inggris"), {"classes": ("collapse",), "fields": ENGLISH}),
        (gettext_lazy("Sesudah dicetak"), {"classes": ("collapse",), "fields": ("copies_printed",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .select_related("freezing")
            .annotate(entry_count=Count("entries", distinct=True))
        )

    def get_inlines(self, request: HttpRequest, obj: CatalogueEdition | None) -> tuple:
        if obj is None:
            return ()
        return (EntryInline, FileInline, MaskInline) if obj.published_at else (EntryInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: CatalogueEdition | None = None) -> tuple[str, ...]:
        return PLAN if obj is not None and not obj.is_open else ()

    def get_fieldsets(self, request: HttpRequest, obj: CatalogueEdition | None = None) -> Any:
        sets = super().get_fieldsets(request, obj)
        if obj is None or obj.is_open:
            return sets
        (name, options), *rest = sets
        kept = tuple(field for field in options["fields"] if field != "add_products")
        return ((name, {**options, "fields": kept}), *rest)

    def has_delete_permission(self, request: HttpRequest, obj: CatalogueEdition | None = None) -> bool:
        """What was published stays: its codes are on paper."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.published_at)

    def view_on_site(self, obj: CatalogueEdition) -> str | None:
        return obj.get_absolute_url() if obj.status == PUBLISHED else None

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not form.instance.is_open:
            return
        editions.renumber(edition=form.instance)
        if chosen := form.cleaned_data.get("add_products"):
            self._add(request, form.instance, chosen)

    def _add(self, request: HttpRequest, edition: CatalogueEdition, products: Any) -> None:
        try:
            count = editions.add_products(edition=edition, products=products, by=request.user)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return
        done = ngettext("%(count)d produk ditambahkan.", "%(count)d produk ditambahkan.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)

    @admin.display(description=gettext_lazy("produk"), ordering="entry_count")
    def entry_count(self, edition: CatalogueEdition) -> int:
        return edition.entry_count

    # -- steps --------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        step = self.admin_site.admin_view(self.step)
        steps = [path("<int:pk>/langkah/<slug:name>/", step, name="promotions_edition_step")]
        return [*steps, *self.preflight_urls(), *self.file_urls(), *self.change_urls(), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = self.get_object(request, object_id)
        offered = [
            (label, reverse("admin:promotions_edition_step", args=[edition.pk, name]), asks)
            for name, (label, states, asks) in STEPS.items()
            if edition is not None
            and edition.status in states
            and (name != "peserta" or edition.promotion_id)
            and self._may_take(request, edition, name)
        ]
        work = freezing_of(edition)
        kwargs["extra_context"] = {**(kwargs.get("extra_context") or {}), "steps": offered, "freezing": work}
        return look_again(super().change_view(request, object_id, *args, **kwargs), work)

    def _may_take(self, request: HttpRequest, edition: CatalogueEdition, name: str) -> bool:
        """What the shelf shows, and what leaves it, is the publisher's."""
        public = name in PUBLIC_STEPS
        return self.has_change_permission(request, edition) and (not public or may_publish(request.user, edition))

    def step(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """One step of an edition's life: GET asks, POST does it once."""
        shown = together.shown_now()
        edition = self.get_object(request, str(pk))
        if edition is None or name not in STEPS:
            raise Http404
        if not self._may_take(request, edition, name):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask(request, edition, name, shown)
        if stale := together.changed_since_shown(request, [edition]):
            self.message_user(request, stale[edition.pk], messages.WARNING)
            return self._ask(request, edition, name, shown)
        try:
            shown = CARRY_OUT[name](self, request, edition)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            if isinstance(refusal, NotFit):
                return HttpResponseRedirect(reverse("admin:promotions_edition_preflight", args=[edition.pk]))
            shown = edition
        return HttpResponseRedirect(reverse("admin:promotions_catalogueedition_change", args=[shown.pk]))

    def _ask(self, request: HttpRequest, edition: CatalogueEdition, name: str, shown: dict[str, Any]) -> HttpResponse:
        entries = EntryInline(CatalogueEdition, self.admin_site).get_queryset(request).filter(edition=edition)
        context = {
            **self.admin_site.each_context(request),
            "title": STEPS[name][0],
            "opts": self.opts,
            "edition": edition,
            "step": name,
            "version": shown,
            "left_out": [entry for entry in entries if not entry.is_shown],
            "shown": sum(entry.is_shown for entry in entries),
            "report": examine(edition) if name == "terbitkan" else None,
            "is_large": is_large(edition),
        }
        return TemplateResponse(request, "admin/edition_step.html", context)

    def _take_participants(self, request: HttpRequest, edition: CatalogueEdition) -> CatalogueEdition:
        self._add(request, edition, editions.products_of_participants(edition))
        return edition

    def _set_ready(self, request: HttpRequest, edition: CatalogueEdition) -> CatalogueEdition:
        editions.set_ready(edition=edition, ready=True, by=request.user)
        return edition

    def _reopen(self, request: HttpRequest, edition: CatalogueEdition) -> CatalogueEdition:
        editions.set_ready(edition=edition, ready=False, by=request.user)
        return edition

    def _reprint(self, request: HttpRequest, edition: CatalogueEdition) -> CatalogueEdition:
        reprint = editions.second_printing(edition=edition, by=request.user)
        self.message_user(request, _("Ini draf cetakan berikutnya: %(code)s.") % {"code": reprint.code})
        return reprint

    def _archive(self, request: HttpRequest, edition: CatalogueEdition) -> CatalogueEdition:
        editions.archive(edition=edition, by=request.user)
        return edition


CARRY_OUT: dict[str, Callable[[CatalogueEditionAdmin, HttpRequest, CatalogueEdition], CatalogueEdition]] = {
    "peserta": CatalogueEditionAdmin._take_participants,
    "siap": CatalogueEditionAdmin._set_ready,
    "draf": CatalogueEditionAdmin._reopen,
    "terbitkan": CatalogueEditionAdmin.publish,
    "cetakan": CatalogueEditionAdmin._reprint,
    "arsipkan": CatalogueEditionAdmin._archive,
}


@admin.register(EditionFile)
class EditionFileAdmin(PrivateFileAdmin, RecordAdmin):
    """The stored files, to open also while they are closed to readers; a failed one is tried again."""

    list_display = ("edition", "language", "work_state", "pages", "size", "restricted_on")
    list_filter = ("work_state", "language")
    list_select_related = ("edition",)
    search_fields = ("edition__code", "edition__title")
    actions = ("build_again",)
    fields = ("edition", "language", "paper", "variant", "work_state", "work_message", "opened", "sha256", "tools")
    readonly_fields = fields

    def may_open(self, request: HttpRequest, record: EditionFile) -> bool:
        """What was closed to readers, because consent was withdrawn, is closed to most officers too."""
        return record.restricted_on is None or super().may_open(request, record)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: EditionFile | None = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: EditionFile | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("berkas"))
    def opened(self, row: EditionFile) -> str:
        return private_file_url(row.file) if row.file else "–"

    @admin.display(description=gettext_lazy("dibuat dengan"))
    def tools(self, row: EditionFile) -> str:
        return ", ".join(f"{name} {version}" for name, version in sorted(row.made_with.items())) or "–"

    @admin.action(permissions=["change"], description=gettext_lazy("Buat lagi yang gagal"))
    def build_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = sum(editions.rebuild(file=row, by=request.user) for row in queryset)
        done = ngettext("%(count)d berkas dibuat lagi.", "%(count)d berkas dibuat lagi.", count)
        self.message_user(request, done % {"count": count})
