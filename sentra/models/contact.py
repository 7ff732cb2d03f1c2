"""Personal data of owners, apart from what is public, and the receipts under which it may leave."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.models import Timestamped, exactly_one
from semarang_ikm.shared.storage import evidence_path, private_storage
from semarang_ikm.shared.tracing import Traced
from sentra.choices import ConsentMethod, ContactKind, LegalBasis, PersonalField
from sentra.models.area import within_city
from sentra.models.ikm import Ikm
from sentra.models.sentra import Sentra

_ONE_SUBJECT = _("Pilih satu usaha atau satu sentra, tidak keduanya.")


class Contact(Timestamped):
    """One way to reach a business or a sentra's organisers. Leaves only through sentra.consent."""

    ikm = models.ForeignKey(
        Ikm, verbose_name=_("usaha"), null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    sentra = models.ForeignKey(
        Sentra, verbose_name=_("sentra"), null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    kind = models.CharField(_("macam"), max_length=12, choices=ContactKind)
    # E.164 for numbers; blank for a map point, which has its two columns.
    value = models.CharField(_("isi"), max_length=250, blank=True, help_text=_("Misalnya: 0812-0000-0000."))
    typed = models.CharField(max_length=250, blank=True, editable=False)
    latitude = models.DecimalField(_("lintang"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=9, decimal_places=6, null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=120, blank=True, help_text=_("Tidak tampil di situs."))

    history = Traced(of=("ikm", "sentra"), personal=("value", "typed", "latitude", "longitude", "note"))

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("kontak")
        verbose_name_plural = _("kontak")
        # Of everything personal here, not of this table alone (semarang_ikm.shared.admin.personal).
        permissions = [("see_personal_data", "Can see personal data")]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("ikm", "sentra"),
                name="sentra_contact_one_subject",
                violation_error_message=_ONE_SUBJECT,
            ),
            models.CheckConstraint(
                condition=within_city(),
                name="sentra_contact_point_in_city",
                violation_error_message=_("Titik ini di luar Kota Semarang, atau hanya terisi separuh."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ContactKind.MAP_POINT, latitude__isnull=False)
                | (~Q(kind=ContactKind.MAP_POINT) & ~Q(value="") & Q(latitude__isnull=True)),
                name="sentra_contact_value_fits_kind",
                violation_error_message=_("Isi koordinat untuk titik lokasi, dan isi kolom “isi” untuk macam lainnya."),
            ),
            models.UniqueConstraint(
                fields=["ikm", "kind", "value"],
                name="sentra_contact_once_per_ikm",
                violation_error_message=_("Kontak ini sudah tercatat."),
            ),
            models.UniqueConstraint(
                fields=["sentra", "kind", "value"],
                name="sentra_contact_once_per_sentra",
                violation_error_message=_("Kontak ini sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Consent(Timestamped):
    """A receipt: the person agreed, then, in that way, recorded by that officer (UU 27/2022 articles 20-24)."""

    ikm = models.ForeignKey(
        Ikm, verbose_name=_("usaha"), null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    sentra = models.ForeignKey(
        Sentra, verbose_name=_("sentra"), null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    person = models.CharField(_("diberikan oleh"), max_length=120, help_text=_("Nama orangnya. Tidak tampil di situs."))
    legal_basis = models.CharField(_("dasar hukum"), max_length=16, choices=LegalBasis, default=LegalBasis.CONSENT)
    method = models.CharField(_("cara"), max_length=12, choices=ConsentMethod, default=ConsentMethod.SIGNED_FORM)
    given_on = models.DateField(_("diberikan pada"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("dicatat oleh"), on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.FileField(
        _("bukti"),
        upload_to=evidence_path,
        storage=private_storage,
        blank=True,
        help_text=_(
            "Pindaian formulir atau tangkapan layar: PDF, JPEG, atau PNG. Hanya petugas yang dapat membukanya."
        ),
    )
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    history = Traced(of=("ikm", "sentra"), personal=("person", "evidence", "note"), by_actions=("recorded_by",))

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = _("persetujuan")
        verbose_name_plural = _("persetujuan")
        permissions = [("manage_consent", "Can withdraw consent and answer for it")]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("ikm", "sentra"),
                name="sentra_consent_one_subject",
                violation_error_message=_ONE_SUBJECT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_on:%d-%m-%Y}"


class ConsentScope(models.Model):
    """One field on one channel that a receipt covers. Web and print are given and withdrawn apart."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="scopes")
    field = models.CharField(_("data"), max_length=18, choices=PersonalField)
    channel = models.CharField(_("saluran"), max_length=9, choices=Channel)
    # Null: still given.
    withdrawn_on = models.DateField(_("ditarik pada"), null=True, blank=True)

    # A withdrawal is never taken back: whoever agrees again gives a new receipt.
    history = Traced(of=("consent",), by_actions=("withdrawn_on",))

    class Meta:
        ordering = ["field", "channel"]
        verbose_name = _("cakupan persetujuan")
        verbose_name_plural = _("cakupan persetujuan")
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "field", "channel"],
                name="sentra_consentscope_once",
                violation_error_message=_("Cakupan ini sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} / {self.get_channel_display()}"
