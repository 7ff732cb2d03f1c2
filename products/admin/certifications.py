from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.actions.certificates import default_expiry
from products.admin.base import ProductsRecordAdmin
from products.choices import CertificationStage
from products.models import Certification
from semarang_ikm.shared.admin.files import PrivateFileAdmin
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.checking import mark_checked


class CertificationForm(RecordForm):
    """The last day is filled in from the dated rule; it must cover products of its own holder only."""

    past_dates = ("issued_on", "checked_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "expires_on" in self.fields:
            self.fields["expires_on"].help_text = _(
                "Kosongkan bila tidak tahu: diisi menurut aturan yang berlaku pada tanggal terbit. "
                "Halal sejak UU 6/2023 tidak berbatas waktu dan tetap kosong."
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        issued = given.get("stage") == CertificationStage.ISSUED
        if issued and given.get("kind") and given.get("issued_on") and "expires_on" not in self.errors:
            given["expires_on"] = given.get("expires_on") or default_expiry(
                kind=given["kind"], issued_on=given["issued_on"]
            )
        if given.get("ikm") and given.get("products"):
            foreign = [str(product) for product in given["products"] if product.ikm_id != given["ikm"].pk]
            if foreign:
                message = _("Bukan produk usaha ini: %(names)s.") % {"names": ", ".join(foreign)}
                self.add_error("products", message)
        return cleaned


@admin.register(Certification)
class CertificationAdmin(PrivateFileAdmin, ProductsRecordAdmin):
    form = CertificationForm
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
        "scan",
        "needs_recheck",
        ("checked_on", "checked_by"),
        "note",
        ("created_at", "updated_at"),
    )

    @admin.action(permissions=["change"], description=_("Tandai sudah diperiksa hari ini"))
    def check_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = mark_checked(records=queryset, by=request.user)
        self.message_user(request, _("%(count)d sertifikat ditandai sudah diperiksa.") % {"count": count})
