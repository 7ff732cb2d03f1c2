"""The queue of reports: withdrawals with their term first, then what is new. What the sender wrote is only read."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from products.models import Product
from products.scope import product_within
from semarang_ikm.shared.admin.forms import RecordForm
from sentra.actions.reports import erase_due, move_report
from sentra.addresses import survivor_of
from sentra.admin.base import SentraRecordAdmin
from sentra.choices import ReportStatus
from sentra.codes import parse_code
from sentra.models import DataReport, Ikm, Sentra
from sentra.scope import Areas, ikm_within, sentra_within

_MODELS = {"S": Sentra, "U": Ikm, "P": Product}


class OpenFilter(admin.SimpleListFilter):
    title = _("antrean")
    parameter_name = "terbuka"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("1", _("Belum selesai"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.open() if self.value() == "1" else queryset


def report_within(areas: Areas) -> Q:
    """A report lies where what it is about does; one about the site is the whole city's."""
    codes = (
        Sentra.objects.filter(sentra_within(areas)).values("code"),
        Ikm.objects.filter(ikm_within(areas)).values("code"),
        Product.objects.filter(product_within(areas)).values("code"),
    )
    about = Q(kelurahan__kecamatan__in=areas) | Q(subject_code="", kelurahan__isnull=True)
    return about | Q(subject_code__in=codes[0]) | Q(subject_code__in=codes[1]) | Q(subject_code__in=codes[2])


@admin.register(DataReport)
class DataReportAdmin(SentraRecordAdmin):
    form = RecordForm
    within = staticmethod(report_within)
    personal_fields = ("contact", "answer_to")
    actions = ("take_selected", "finish_selected", "reject_selected", "delete_selected")
    list_display = ("code", "kind", "term", "about", "opening", "status", "created_at", "handled_by")
    list_filter = (OpenFilter, "kind", "status", "created_at")
    search_fields = ("code", "subject_code", "wrong", "right", "contact")
    readonly_fields = (
        "code",
        "kind",
        "about_links",
        "wrong",
        "right",
        "answer_to",
        "language",
        "created_at",
        "term",
        "handled_by",
        "closed_at",
        "kept_until",
    )
    fieldsets = (
        (None, {"fields": (("code", "kind"), "about_links", "wrong", "right", "answer_to", "language")}),
        (_("Penanganan"), {"fields": ("status", "note", "answer_note", "handled_by")}),
        (_("Waktu"), {"fields": ("created_at", "term", "closed_at", "kept_until")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = self.narrowed(request, DataReport.objects.for_queue())
        return rows.order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("urgency", "created_at")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Nobody reads what should be gone, even where the daily command was never set up."""
        erase_due()
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """The same for who comes by a bookmark."""
        erase_due()
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: DataReport, form: RecordForm, change: bool) -> None:
        """The notes are stored; the status is led on by its action, which notes who did it."""
        obj.save(update_fields=["note", "answer_note", "updated_at"])
        move_report(report=obj, to=form.cleaned_data["status"], by=request.user)

    # -- many reports -------------------------------------------------------------------------------------------------

    @admin.action(permissions=["change"], description=_("Mulai kerjakan yang dipilih"))
    def take_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move(request, queryset, ReportStatus.IN_HAND)

    @admin.action(permissions=["change"], description=_("Tandai selesai yang dipilih"))
    def finish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move(request, queryset, ReportStatus.DONE)

    @admin.action(permissions=["change"], description=_("Tolak yang dipilih: tidak berdasar atau spam"))
    def reject_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move(request, queryset, ReportStatus.REJECTED)

    def _move(self, request: HttpRequest, queryset: QuerySet, to: ReportStatus) -> None:
        count = sum(move_report(report=report, to=to, by=request.user) for report in queryset)
        done = ngettext("%(count)d laporan: %(status)s.", "%(count)d laporan: %(status)s.", count)
        self.message_user(request, done % {"count": count, "status": to.label}, messages.SUCCESS)

    # -- what is shown ------------------------------------------------------------------------------------------------

    @admin.display(description=_("tentang"), ordering="subject_code")
    def about(self, report: DataReport) -> str:
        return report.subject_code or str(report.kelurahan or "–")

    @admin.display(description=_("awal laporan"))
    def opening(self, report: DataReport) -> str:
        return f"{report.wrong[:60]}…" if len(report.wrong) > 60 else report.wrong or "–"

    @admin.display(description=_("batas 3 × 24 jam"))
    def term(self, report: DataReport) -> str:
        return render_to_string("admin/report_term.html", {"report": report})

    @admin.display(description=_("tentang"))
    def about_links(self, report: DataReport) -> str:
        return render_to_string("admin/report_subject.html", {"report": report, "desk_url": _desk_url(report)})

    @admin.display(description=_("jawab ke"))
    def answer_to(self, report: DataReport) -> str:
        return render_to_string("admin/report_contact.html", {"report": report})

    @admin.display(description=_("isi dihapus"))
    def kept_until(self, report: DataReport) -> str:
        return date_format(localtime(report.erased_at or report.erased_from), "DATE_FORMAT")


def _desk_url(report: DataReport) -> str:
    """The page on which an officer mends the record, or the one it was merged into; "" for what has none."""
    parsed = parse_code(report.subject_code)
    model = _MODELS.get(parsed[0]) if parsed else None
    record = model.objects.filter(code=survivor_of(report.subject_code)).first() if model else None
    return (
        reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk]) if record else ""
    )
