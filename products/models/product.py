from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from products.querysets import ProductQuerySet
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.models import PUBLISHABLE_PERMISSIONS, Checked, Publishable, exactly_one, ordered_range
from semarang_ikm.shared.tracing import Traced
from sentra.choices import PageKind
from sentra.models import Coded, Ikm, NamedTwice, ProductType, Sentra, Source


class Product(Coded, NamedTwice, Publishable, Checked):
    """Something made by a business, or by a sentra as a whole when no single maker is named."""

    CODE_PREFIX = "P"
    PAGE_KIND = PageKind.PRODUCT

    name = models.CharField(_("nama"), max_length=120, help_text=_("Misalnya: Bandeng presto."))
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    ikm = models.ForeignKey(
        Ikm, verbose_name=_("usaha pembuat"), null=True, blank=True, on_delete=models.PROTECT, related_name="products"
    )
    sentra = models.ForeignKey(
        Sentra,
        verbose_name=_("atau sentra pembuat"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="products",
        help_text=_("Hanya bila tidak ada satu pembuat yang disebut."),
    )
    product_type = models.ForeignKey(
        ProductType, verbose_name=_("jenis produk"), on_delete=models.PROTECT, related_name="products"
    )
    summary = models.CharField(_("ringkasan"), max_length=300, blank=True)
    summary_en = models.CharField(_("ringkasan (Inggris)"), max_length=300, blank=True)
    materials = models.CharField(_("bahan"), max_length=200, blank=True)
    materials_en = models.CharField(_("bahan (Inggris)"), max_length=200, blank=True)
    size = models.CharField(_("ukuran atau isi"), max_length=120, blank=True)
    size_en = models.CharField(_("ukuran atau isi (Inggris)"), max_length=120, blank=True)
    storage = models.CharField(_("penyimpanan"), max_length=120, blank=True)
    storage_en = models.CharField(_("penyimpanan (Inggris)"), max_length=120, blank=True)
    # Whole rupiah. Null: not stated; the page then says "ask for the price".
    price_min = models.PositiveBigIntegerField(_("harga (Rp)"), null=True, blank=True)
    price_max = models.PositiveBigIntegerField(_("sampai (Rp)"), null=True, blank=True)
    price_unit = models.CharField(_("per"), max_length=40, blank=True, help_text=_("lembar, kg, bungkus isi 10."))
    price_unit_en = models.CharField(_("per (Inggris)"), max_length=40, blank=True)
    price_on = models.DateField(_("harga keadaan pada"), null=True, blank=True)
    price_precision = models.CharField(
        _("ketelitian tanggal harga"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    price_source = models.ForeignKey(
        Source, verbose_name=_("sumber harga"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minimum_order = models.CharField(_("pesanan minimum"), max_length=80, blank=True)
    minimum_order_en = models.CharField(_("pesanan minimum (Inggris)"), max_length=80, blank=True)
    # Null in the next four: not stated.
    monthly_capacity_min = models.DecimalField(
        _("kapasitas per bulan"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    monthly_capacity_max = models.DecimalField(_("sampai"), max_digits=12, decimal_places=2, null=True, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(_("lama pembuatan (hari)"), null=True, blank=True)
    shelf_life_days = models.PositiveSmallIntegerField(_("tahan simpan (hari)"), null=True, blank=True)
    capacity_unit = models.CharField(_("satuan kapasitas"), max_length=40, blank=True)
    capacity_unit_en = models.CharField(_("satuan kapasitas (Inggris)"), max_length=40, blank=True)
    is_flagship = models.BooleanField(_("produk unggulan"), default=False)
    is_export_ready = models.BooleanField(_("siap ekspor"), default=False)
    # Null: nobody asked yet.
    takes_custom_orders = models.BooleanField(_("menerima pesanan khusus"), null=True, blank=True)
    # Blank until an officer has looked it up in the current tariff book.
    hs_code = models.CharField(_("kode HS"), max_length=12, blank=True, help_text=_("Isi hanya bila sudah dipastikan."))
    # Null: no change of ingredients or process was reported.
    composition_changed_on = models.DateField(
        _("bahan atau proses berubah pada"),
        null=True,
        blank=True,
        help_text=_("Mengisi ini menandai sertifikat halalnya untuk ditanyakan lagi."),
    )
    sources = models.ManyToManyField(Source, verbose_name=_("sumber"), blank=True, related_name="+")

    history = Traced(by_actions=("code",))
    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("produk")
        verbose_name_plural = _("produk")
        default_permissions = PUBLISHABLE_PERMISSIONS
        indexes = [
            models.Index(fields=["status", "sort_name"], name="product_status_name"),
            models.Index(fields=["status", "-published_at", "-id"], name="product_status_newest"),
            models.Index(fields=["status", "sort_name_en"], name="product_status_name_en"),
            models.Index(fields=["status", "product_type"], name="product_status_type"),
            models.Index(fields=["status", "price_min"], name="product_status_price"),
            # Everything that facet counts read, so that they never touch the wide rows themselves (docs/benchmarks.md).
            models.Index(
                fields=[
                    "status",
                    "ikm",
                    "sentra",
                    "product_type",
                    "is_export_ready",
                    "price_min",
                    "price_on",
                    "id",
                ],
                name="product_facets",
            ),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *Checked.Meta.constraints,
            models.CheckConstraint(
                condition=exactly_one("ikm", "sentra"),
                name="products_product_one_maker",
                violation_error_message=_("Pilih usaha pembuat, atau sentra bila pembuatnya tidak disebut."),
            ),
            models.CheckConstraint(
                condition=ordered_range("price_min", "price_max"),
                name="products_product_price_in_order",
                violation_error_message=_("Harga akhir lebih kecil daripada harga awal."),
            ),
            models.CheckConstraint(
                condition=Q(price_min__isnull=True, price_on__isnull=True)
                | (Q(price_min__isnull=False, price_on__isnull=False) & ~Q(price_unit="")),
                name="products_product_price_with_unit_and_date",
                violation_error_message=_("Harga selalu ditulis bersama satuan dan tanggalnya."),
            ),
            models.CheckConstraint(
                condition=ordered_range("monthly_capacity_min", "monthly_capacity_max"),
                name="products_product_capacity_in_order",
                violation_error_message=_("Kapasitas akhir lebih kecil daripada kapasitas awal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.code else self.name

    @property
    def maker(self) -> Ikm | Sentra:
        """The business that makes it, or the sentra where no single maker is named."""
        maker = self.ikm or self.sentra
        if maker is None:
            raise ValueError("a product has exactly one maker: products_product_one_maker")
        return maker

    @property
    def group(self) -> Sentra | None:
        """The sentra it comes from; None when its business belongs to none."""
        return self.ikm.sentra if self.ikm else self.sentra

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    def slug_parts(self) -> Iterable[str]:
        if self.ikm:
            maker = self.ikm.code if self.ikm.name_is_personal else self.ikm.name
            return [self.name, maker, self.ikm.sentra.name if self.ikm.sentra else ""]
        return [self.name, self.sentra.name if self.sentra else ""]

    def person_named(self) -> str:
        return self.ikm.person_named() if self.ikm else ""
