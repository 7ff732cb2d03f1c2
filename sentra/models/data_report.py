from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.models import Timestamped
from semarang_ikm.shared.tracing import Traced
from sentra.choices import OPEN_REPORTS, ReportKind, ReportStatus
from sentra.models.area import Kelurahan
from sentra.querysets import KEPT_AFTER_CLOSING, KEPT_AT_MOST, DataReportQuerySet

# UU 27/2022: a withdrawn consent is acted upon within three times twenty-four hours.
WITHDRAWAL_TERM = timedelta(hours=72)
TEXT_LENGTH = 2000


class DataReport(Timestamped):
    """What a visitor says is wrong here, or the wish of an owner to take data back. For staff only.

    `wrong`, `right` and `contact` are the sender's and are erased in time (sentra.actions.reports); what stays is that
    there was a report, about what, and how it ended.
    """

    CODE_PREFIX = "R"

    code = models.CharField(_("nomor"), max_length=20, unique=True, editable=False)
    kind = models.CharField(_("macam"), max_length=12, choices=ReportKind, default=ReportKind.CORRECTION)
    # Blank: about a place, or about the site. A code, not a relation: it also names products, and what was deleted.
    subject_code = models.CharField(_("tentang"), max_length=20, blank=True)
    # Null: not about a kelurahan.
    kelurahan = models.ForeignKey(
        Kelurahan, verbose_name=_("kelurahan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wrong = models.CharField(_("yang salah"), max_length=TEXT_LENGTH, blank=True)
    # Blank: the sender does not know what is right.
    right = models.CharField(_("yang benar"), max_length=TEXT_LENGTH, blank=True)
    # A number in E.164 or an e-mail address. Blank: no answer wanted.
    contact = models.CharField(_("kontak pelapor"), max_length=254, blank=True)
    # The language in which an answer will be understood.
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES, default="id")
    status = models.CharField(_("status"), max_length=10, choices=ReportStatus, default=ReportStatus.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ditangani oleh"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Null: still open.
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)
    note = models.CharField(_("catatan petugas"), max_length=1000, blank=True, help_text=_("Hanya untuk petugas."))
    answer_note = models.CharField(
        _("jawaban"), max_length=1000, blank=True, help_text=_("Apa yang dijawabkan kepada pelapor, dan kapan.")
    )
    # Null: the sender's words are still here.
    erased_at = models.DateTimeField(_("isi dihapus"), null=True, blank=True, editable=False)
    # Keyed fingerprints of the sender's address of that day and of the text; blank after a day.
    sender_mark = models.CharField(max_length=64, blank=True, editable=False)
    text_mark = models.CharField(max_length=64, blank=True, editable=False)

    history = Traced(
        leave=("wrong", "right", "contact", "note", "answer_note", "sender_mark", "text_mark"),
        by_actions=("status", "handled_by", "closed_at", "erased_at"),
    )
    objects = DataReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("laporan data")
        verbose_name_plural = _("laporan data")
        indexes = [
            models.Index(fields=["status", "created_at"], name="datareport_queue"),
            models.Index(fields=["sender_mark", "created_at"], name="datareport_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ReportStatus.NEW, handled_by__isnull=True)
                | (~Q(status=ReportStatus.NEW) & Q(handled_by__isnull=False)),
                name="sentra_datareport_handled_by_somebody",
                violation_error_message=_("Laporan yang sudah dikerjakan perlu nama petugasnya, yang baru tidak."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_REPORTS, closed_at__isnull=True)
                | (~Q(status__in=OPEN_REPORTS) & Q(closed_at__isnull=False)),
                name="sentra_datareport_closed_has_date",
                violation_error_message=_("Laporan yang selesai atau ditolak perlu tanggal penutupan."),
            ),
            models.CheckConstraint(
                condition=(Q(erased_at__isnull=True) & ~Q(wrong=""))
                | Q(erased_at__isnull=False, wrong="", right="", contact="", note="", answer_note=""),
                name="sentra_datareport_erased_is_empty",
                violation_error_message=_("Laporan berisi kata-kata pelapor sampai semuanya dihapus bersama."),
            ),
            models.CheckConstraint(
                condition=Q(subject_code="") | Q(kelurahan__isnull=True),
                name="sentra_datareport_one_subject",
                violation_error_message=_("Laporan tentang satu data atau tentang satu kelurahan, tidak keduanya."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_REPORTS

    @property
    def act_by(self) -> datetime | None:
        """By when an open withdrawal must be acted upon; None for what has no legal term."""
        if self.kind != ReportKind.WITHDRAWAL or not self.is_open:
            return None
        return self.created_at + WITHDRAWAL_TERM

    @property
    def is_late(self) -> bool:
        return self.act_by is not None and timezone.now() > self.act_by

    @property
    def erased_from(self) -> datetime:
        """When the sender's words go, as things stand now."""
        last = self.created_at + KEPT_AT_MOST
        return min(last, self.closed_at + KEPT_AFTER_CLOSING) if self.closed_at else last
