"""The page of a product, with its photos and the certificates that cover it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from products.actions.certificates import bound_to
from products.admin.base import ProductsPublishableAdmin
from products.models import Certification, Product, ProductPhoto
from products.scope import product_within
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import PublishableForm
from semarang_ikm.shared.admin.likely import DuplicateWarning
from semarang_ikm.shared.admin.records import PhotoInline

MATERIALS_CHANGED = _(
    "Bahannya diubah dan produk ini bersertifikat halal. Bila bahan atau prosesnya benar-benar berubah, "
    "isi tanggalnya pada “bahan atau proses berubah pada”."
)


class ProductForm(DuplicateWarning, PublishableForm):
    past_dates = ("checked_on", "price_on", "composition_changed_on")
    compared = frozenset({"name", "ikm", "sentra"})

    def find_likely(self) -> list[tuple[Product, list[str]]]:
        """Among what the same maker makes: many make a tahu bakso."""
        maker = {name: self.cleaned_data.get(name) for name in ("ikm", "sentra")}
        return (
            self.named_alike(Product.objects.filter(**maker), _("nama mirip, pembuat sama"))
            if any(maker.values())
            else []
        )

    def clean_hs_code(self) -> str:
        code = self.cleaned_data["hs_code"].replace(".", "").replace(" ", "")
        if code and not (code.isascii() and code.isdigit() and len(code) in {4, 6, 8, 10}):
            self.add_error("hs_code", _("Kode HS terdiri atas 4, 6, 8, atau 10 angka, misalnya 0305.54.00."))
        return self.cleaned_data["hs_code"]


class ProductPhotoInline(PhotoInline):
    model = ProductPhoto


class CertificationInline(admin.TabularInline):
    """Certificates that name this product; each is entered on its own page, since it may cover several."""

    model = Certification.products.through
    extra = 0
    verbose_name = _("sertifikat produk ini")
    verbose_name_plural = _("sertifikat produk ini")
    autocomplete_fields = ("certification",)


@admin.register(Product)
class ProductAdmin(ProductsPublishableAdmin):
    form = ProductForm
    within = staticmethod(product_within)
    actions = (*ProductsPublishableAdmin.actions, "change_many", "merge_selected")
    bulk_fields = ("product_type", "is_export_ready", "is_flagship", "takes_custom_orders")
    inlines = (ProductPhotoInline, CertificationInline)
    list_display = ("name", "code", "status", "maker", "product_type", "price_min", "price_on", "photo_count")
    list_filter = ("status", "is_export_ready", "is_flagship", ("product_type", RelatedFilter))
    list_select_related = ("ikm", "sentra", "product_type")
    search_fields = ("name", "name_en", "code", "search_text")
    autocomplete_fields = ("ikm", "sentra", "product_type", "price_source", "sources")
    readonly_fields = ("packaging_given", "code", "published_at", "checked_by", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("name", "ikm", "sentra", "product_type", "summary", "status")}),
        (
            _("Harga"),
            {
                "fields": (
                    ("price_min", "price_max", "price_unit"),
                    ("price_on", "price_precision"),
                    "price_source",
                )
            },
        ),
        (
            _("Keterangan produk"),
            {
                "classes": ("collapse",),
                "fields": (
                    "materials",
                    "size",
                    ("storage", "shelf_life_days"),
                    ("is_flagship", "takes_custom_orders"),
                    "composition_changed_on",
                ),
            },
        ),
        (
            _("Pesanan dan ekspor"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("minimum_order", "lead_time_days"),
                    ("monthly_capacity_min", "monthly_capacity_max", "capacity_unit"),
                    ("is_export_ready", "hs_code"),
                ),
            },
        ),
        (
            _("Bahasa Inggris"),
            {
                "classes": ("collapse",),
                "fields": (
                    "name_en",
                    "summary_en",
                    "materials_en",
                    "size_en",
                    "storage_en",
                    "price_unit_en",
                    "minimum_order_en",
                    "capacity_unit_en",
                ),
            },
        ),
        (
            _("Pemeriksaan, sumber, dan alamat halaman"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("checked_on", "checked_by"),
                    "sources",
                    "slug",
                    ("code", "published_at"),
                    ("created_at", "updated_at"),
                ),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Product | None = None) -> Any:
        sets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.has_perm("products.view_packagingsupport"):
            return sets
        return [*sets, (_("Bantuan yang diberikan"), {"fields": ("packaging_given",)})]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(photo_count=Count("photos", distinct=True))

    def after_save(self, request: HttpRequest, record: Product, changed: frozenset[str]) -> None:
        """Halal hangs on the composition: the officer hears what was flagged, or that a change may have to be dated."""
        super().after_save(request, record, changed)
        bound = bound_to(record)
        if "composition_changed_on" in changed and (flagged := bound.filter(needs_recheck=True).count()):
            told = ngettext(
                "%(count)d sertifikat halal kini masuk antrean untuk ditanyakan lagi.",
                "%(count)d sertifikat halal kini masuk antrean untuk ditanyakan lagi.",
                flagged,
            )
            self.message_user(request, told % {"count": flagged}, messages.WARNING)
        elif "materials" in changed and "composition_changed_on" not in changed and bound.exists():
            self.message_user(request, MATERIALS_CHANGED, messages.WARNING)

    @admin.display(description=_("bantuan kemasan"))
    def packaging_given(self, product: Product) -> str:
        rows = product.packaging_support.prefetch_related("photos", "products")
        query = f"products={product.pk}" + (f"&ikm={product.ikm_id}" if product.ikm_id else "")
        return render_to_string("admin/packaging_given.html", {"rows": rows, "query": query})

    @admin.display(description=_("pembuat"))
    def maker(self, product: Product) -> Any:
        return product.ikm or product.sentra

    @admin.display(description=_("foto"), ordering="photo_count")
    def photo_count(self, product: Product) -> int:
        return product.photo_count
