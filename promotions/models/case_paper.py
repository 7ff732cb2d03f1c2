"""The papers of a case: letters to the agency, and what came in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from promotions.models.facilitation_case import FacilitationCase
from semarang_ikm.shared.storage import evidence_path, private_storage
from semarang_ikm.shared.tracing import Traced


class CaseLetter(models.Model):
    """A letter to the agency as an officer wrote it. Never rewritten: a correction is a further letter.

    Of businesses it keeps the codes and which personal fields were chosen, not their values: those are read anew each
    time it is printed, so nothing that was purged stays behind here.
    """

    case = models.ForeignKey(FacilitationCase, on_delete=models.CASCADE, related_name="letters")
    # The case's number and the letter's: F-2026-3/1.
    number = models.CharField(_("nomor"), max_length=24, unique=True, editable=False)
    office_number = models.CharField(
        _("nomor surat dinas"),
        max_length=60,
        blank=True,
        help_text=_("Dari buku agenda. Kosong: nomor perkara yang tercetak."),
    )
    written_on = models.DateField(_("tanggal surat"))
    addressed_to = models.TextField(
        _("kepada"), max_length=400, help_text=_("Jabatan, lembaga, dan alamatnya, baris demi baris.")
    )
    subject = models.CharField(_("perihal"), max_length=160)
    facts = models.TextField(_("keadaan dan akibatnya"), help_text=_("Apa yang terjadi, sejak kapan, apa akibatnya."))
    request = models.TextField(_("permohonan"), help_text=_("Apa yang diminta dari mitra, dan kapan."))
    signed_as = models.CharField(
        _("jabatan penanda tangan"), max_length=160, blank=True, help_text=_("Misalnya: Kepala Dinas Perindustrian.")
    )
    signed_by = models.CharField(_("nama penanda tangan"), max_length=120, blank=True)
    signed_id = models.CharField(_("NIP"), max_length=30, blank=True)
    # Codes of the businesses that the letter names, in their order.
    codes = models.JSONField(default=list, editable=False)
    # Values of sentra.choices.PersonalField that an officer chose to hand over.
    personal = models.JSONField(default=list, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dibuat oleh"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Of the form it was sent with: a second press of the button makes no second letter.
    key = models.CharField(max_length=32, editable=False)

    history = Traced(of=("case",), leave=("key",))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("surat ke mitra")
        verbose_name_plural = _("surat ke mitra")
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="promotions_letter_once_a_form")]

    def __str__(self) -> str:
        return self.number


class CaseDocument(models.Model):
    """A paper of the case: the signed letter, an answer, a photo of the pipe. Only those who may see cases open it."""

    case = models.ForeignKey(FacilitationCase, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("judul"), max_length=120, help_text=_("Misalnya: jawaban PDAM, 3 Maret 2027."))
    file = models.FileField(
        _("berkas"), upload_to=evidence_path, storage=private_storage, help_text=_("PDF, JPEG, atau PNG.")
    )
    added_at = models.DateTimeField(_("ditambahkan pada"), auto_now_add=True)

    history = Traced(of=("case",))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("berkas perkara")
        verbose_name_plural = _("berkas perkara")

    def __str__(self) -> str:
        return self.title
