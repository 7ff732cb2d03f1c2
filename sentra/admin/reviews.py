"""The queue of what waits for a publisher. Handed-over records are judged on their own pages, wishes for changes here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.kept_filters import belongs_to
from semarang_ikm.shared.admin.publishable import PublishableAdmin
from semarang_ikm.shared.models import Publishable
from sentra.actions.reviews import answer, ask_change
from sentra.admin.base import SentraRecordAdmin
from sentra.choices import ReviewKind, ReviewOutcome
from sentra.models import Review


class WaitingFilter(admin.SimpleListFilter):
    title = _("antrean")
    parameter_name = "terbuka"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("semua", _("Semua, juga yang sudah dijawab"))]

    def choices(self, changelist: Any) -> Any:
        """What is not asked for is what still waits."""
        first, *rest = super().choices(changelist)
        yield {**first, "display": _("Menunggu")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.value() == "semua" else queryset.filter(outcome="")


class WishForm(forms.Form):
    wish = forms.CharField(
        label=_("Apa yang perlu diubah?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text=_("Misalnya: alamat pindah ke Kampung Malon RT 03, menurut ketua kelompok, 3 November."),
    )


class ReviewForm(RecordForm):
    """The answer to a wish for a change: it was done, or why not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "outcome" in self.fields:
            offered = (ReviewOutcome.DONE, ReviewOutcome.RETURNED)
            self.fields["outcome"] = forms.ChoiceField(
                label=_("Hasil"), choices=[(outcome.value, outcome.label) for outcome in offered]
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("outcome") == ReviewOutcome.RETURNED and not self.cleaned_data.get("answer"):
            self.add_error("answer", _("Tulis alasannya, supaya peminta tahu apa yang harus dibuat."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Who answers, and when, is noted by the action."""
        return super()._get_validation_exclusions() | {"answered_by", "answered_at"}

    def validate_constraints(self) -> None:
        """The action keeps them."""


@admin.register(Review)
class ReviewAdmin(SentraRecordAdmin):
    form = ReviewForm
    actions = ()
    show_facets = admin.ShowFacets.NEVER
    list_display_links = ("kind",)
    list_display = ("about", "kind", "wish", "asked_by", "asked_at", "outcome")
    list_filter = (WaitingFilter, "kind")
    list_select_related = ("asked_by", "content_type")
    readonly_fields = ("about", "kind", "wish", "asked_by", "asked_at", "answered_by", "answered_at")
    fields = ("about", "kind", "wish", ("asked_by", "asked_at"), "outcome", "answer", ("answered_by", "answered_at"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Review | None = None) -> bool:
        """A record that was handed over is judged on its own page."""
        return super().has_change_permission(request, obj) and (
            obj is None or (obj.kind == ReviewKind.CHANGE and not obj.outcome)
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Requests about records that this officer may see."""
        seen = Q(pk__in=())
        for model, page in self.admin_site._registry.items():
            if isinstance(page, PublishableAdmin) and page.has_view_permission(request):
                kind = ContentType.objects.get_for_model(model)
                seen |= Q(content_type=kind, object_id__in=page.get_queryset(request).order_by().values("pk"))
        return super().get_queryset(request).filter(seen).prefetch_related("record")

    def save_model(self, request: HttpRequest, obj: Review, form: ReviewForm, change: bool) -> None:
        given = form.cleaned_data
        try:
            answer(review=obj, outcome=given["outcome"], answer=given["answer"], by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)

    @admin.display(description=_("tentang"))
    def about(self, review: Review) -> str:
        return render_to_string("admin/review_subject.html", {"record": review.record, "url": _page_of(review)})

    # -- asking -------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        ask = self.admin_site.admin_view(self.ask)
        return [path("minta/<int:kind>/<int:pk>/", ask, name="sentra_review_ask"), *super().get_urls()]

    def ask(self, request: HttpRequest, kind: int, pk: int) -> HttpResponse:
        """Where an editor says what should be changed in a record that is shown."""
        record = self._published(request, kind, pk)
        belongs_to(request, reverse(admin_urlname(record._meta, "changelist")))
        form = WishForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            ask_change(record=record, by=request.user, wish=form.cleaned_data["wish"])
            self.message_user(request, _("Permintaan Anda menunggu penerbit."), messages.SUCCESS)
            return HttpResponseRedirect(record_url(record))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Minta perubahan"),
            "opts": record._meta,
            "record": record,
            "form": form,
        }
        return TemplateResponse(request, "admin/review_ask.html", context)

    def _published(self, request: HttpRequest, kind: int, pk: int) -> Publishable:
        """The record, if it is shown and this officer works on its kind."""
        model = get_object_or_404(ContentType, pk=kind).model_class()
        page = self.admin_site._registry.get(model) if model else None
        if not isinstance(page, PublishableAdmin):
            raise Http404
        if not page.has_change_permission(request):
            raise PermissionDenied
        record = page.get_object(request, str(pk))
        if record is None or not record.is_published:
            raise Http404
        return record


def record_url(record: Model) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def _page_of(review: Review) -> str:
    return record_url(review.record) if review.record is not None else ""
