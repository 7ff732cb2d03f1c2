"""The page and the list of certificates."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from products.actions.certificate_steps import begin
from products.admin.base import ProductsRecordAdmin
from products.admin.certificate_forms import CertificationForm
from products.admin.certificate_journey import JourneyPages
from products.admin.certificate_queue import QueuePages
from products.models import Certification
from semarang_ikm.shared.admin.files import PrivateFileAdmin
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.list_tools import ListTool, add_tool
from semarang_ikm.shared.checking import mark_checked
from sentra.scope import of_ikm


@admin.register(Certification)
class CertificationAdmin(QueuePages, JourneyPages, PrivateFileAdmin, ProductsRecordAdmin):
    """The stage is chosen when a certificate is recorded; from then on its steps lead it."""

    form = CertificationForm
    within = staticmethod(of_ikm)
    personal_fields = ("holder_name",)
    list_display = ("kind", "number", "ikm", "stage", "issued_on", "expires_on", "checked_on", "needs_recheck")
    list_filter = (("kind", RelatedFilter), "stage", "needs_recheck", ("checked_on", admin.EmptyFieldListFilter))
    list_select_related = ("kind", "ikm")
    search_fields = ("number", "holder_name", "ikm__name", "ikm__code", "products__name", "products__code")
    autocomplete_fields = ("kind", "ikm", "products")
    readonly_fields = ("checked_by", "created_at", "updated_at")
    actions = ("check_selected", "delete_selected")
    fields = (
        "kind",
        "ikm",
        "products",
        ("stage", "number"),
        "holder_name",
        ("issued_on", "expires_on"),
        "legal_basis",
        "scan",
        ("checked_on", "checked_by"),
        "note",
        ("created_at", "updated_at"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Certification | None = None) -> tuple[str, ...]:
        own = tuple(super().get_readonly_fields(request, obj))
        return (*own, "stage") if obj is not None else own

    def save_model(self, request: HttpRequest, obj: Certification, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            begin(certifications=[obj], by=request.user)

    @admin.action(permissions=["change"], description=_("Tandai sudah diperiksa hari ini"))
    def check_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = mark_checked(records=queryset, by=request.user)
        self.message_user(request, _("%(count)d sertifikat ditandai sudah diperiksa.") % {"count": count})


add_tool(
    Certification, ListTool(_("Antrean sertifikat"), lambda _request: reverse("admin:products_certification_queue"))
)
