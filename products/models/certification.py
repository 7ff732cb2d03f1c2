from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from products.certification_queryset import CertificationQuerySet
from products.choices import CertificateState, CertificationStage
from products.models.certificate_kind import CertificateKind
from products.models.product import Product
from semarang_ikm.shared.models import Checked, Timestamped
from semarang_ikm.shared.storage import evidence_path, private_storage
from semarang_ikm.shared.time import today
from semarang_ikm.shared.tracing import Traced
from sentra.models import Ikm


class Certification(Timestamped, Checked):
    """One certificate of a business: for the products named, or for the business itself when none is named."""

    kind = models.ForeignKey(
        CertificateKind, verbose_name=_("jenis sertifikat"), on_delete=models.PROTECT, related_name="certifications"
    )
    ikm = models.ForeignKey(Ikm, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="certifications")
    products = models.ManyToManyField(
        Product,
        verbose_name=_("produk yang dicakup"),
        blank=True,
        related_name="certifications",
        help_text=_("Kosong: berlaku untuk usahanya, bukan untuk produk tertentu."),
    )
    # Blank while requested.
    number = models.CharField(_("nomor"), max_length=60, blank=True)
    # Blank: the business itself. Can be a person's name, so it leaves only through the consent gate.
    holder_name = models.CharField(_("nama pemegang"), max_length=120, blank=True)
    stage = models.CharField(
        _("tahap"), max_length=12, choices=CertificationStage, default=CertificationStage.REQUESTED
    )
    issued_on = models.DateField(_("diterbitkan pada"), null=True, blank=True)
    # Null: no fixed end (halal since UU 6/2023), or not yet issued.
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    # The rule by which it ends on that day or never; blank: not recorded.
    legal_basis = models.CharField(_("dasar hukum masa berlaku"), max_length=200, blank=True)
    scan = models.FileField(
        _("pindaian"),
        upload_to=evidence_path,
        storage=private_storage,
        blank=True,
        help_text=_("PDF, JPEG, atau PNG. Tidak pernah tampil di situs."),
    )
    # Set when the composition of a covered product changed after issue; cleared by an officer who asked.
    needs_recheck = models.BooleanField(_("perlu ditanyakan lagi"), default=False)
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    # The certificate that renewed this one, which stays as history. Null: not renewed.
    successor = models.OneToOneField(
        "self",
        verbose_name=_("diperpanjang menjadi"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessor",
    )

    history = Traced(personal=("holder_name", "scan", "note"))
    objects = CertificationQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-issued_on", "pk"]
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")
        constraints = [
            *Checked.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=~Q(number=""),
                name="products_certification_number_once",
                violation_error_message=_("Nomor sertifikat ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(issued_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="products_certification_dates_in_order",
                violation_error_message=_("Tanggal berakhir lebih awal daripada tanggal terbit."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=CertificationStage.ISSUED) | ~Q(number=""),
                name="products_certification_issued_has_number",
                violation_error_message=_("Sertifikat yang sudah terbit harus punya nomor."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                name="products_certification_renews_another",
                violation_error_message=_("Sertifikat tidak dapat memperpanjang dirinya sendiri."),
            ),
        ]
        indexes = [models.Index(fields=["stage", "kind", "expires_on"], name="cert_stage_kind_expiry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    def is_valid_on(self, day: date) -> bool:
        """Whether it is issued and in force on that day. Says nothing of whether an officer has checked it."""
        return (
            self.stage == CertificationStage.ISSUED
            and (self.issued_on is None or self.issued_on <= day)
            and (self.expires_on is None or self.expires_on >= day)
        )

    def state_on(self, day: date | None = None) -> CertificateState:
        """What its badge says on that day (default: today)."""
        day = day or today()
        if self.stage == CertificationStage.REVOKED or (self.expires_on is not None and self.expires_on < day):
            return CertificateState.EXPIRED
        if self.stage == CertificationStage.EXPIRED:
            return CertificateState.EXPIRED
        if self.checked_on is None or not self.is_valid_on(day):
            return CertificateState.UNVERIFIED
        lead_time = timedelta(days=self.kind.lead_time_days)
        if self.expires_on is not None and self.expires_on - day <= lead_time:
            return CertificateState.ENDING
        return CertificateState.VALID
