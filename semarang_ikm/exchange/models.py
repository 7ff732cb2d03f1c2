"""Proposals: a spreadsheet as it was read, what each row would do, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from semarang_ikm.exchange.choices import FileForm, KindName, Outcome, RowState, Stage
from semarang_ikm.shared.background import BackgroundWork
from semarang_ikm.shared.models import Timestamped
from semarang_ikm.shared.storage import evidence_path, private_storage
from sentra.models import ChangeSet


class ImportProposal(BackgroundWork, Timestamped):
    """What a spreadsheet would do. Nothing is written before an officer approves it. For staff only.

    The uploaded file goes as soon as its rows are read, unless some are wrong: then it is kept as long as they are, to be
    given back marked. The rows, which hold personal data, go in time (retention).
    """

    kind = models.CharField(_("isi"), max_length=10, choices=KindName)
    form = models.CharField(_("bentuk"), max_length=4, choices=FileForm)
    # Blank: read, and nothing in it was wrong.
    file = models.FileField(_("berkas"), upload_to=evidence_path, storage=private_storage, blank=True)
    # The same with its wrong rows marked (exchange.returned). Blank: nothing is wrong, or it is too large for that.
    marked = models.FileField(upload_to=evidence_path, storage=private_storage, blank=True, editable=False)
    file_name = models.CharField(_("nama berkas"), max_length=120)
    # SHA-256 of the upload: a file sent twice is one proposal while that is open.
    digest = models.CharField(max_length=64, editable=False)
    # The language in which its messages are written.
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES, default="id")
    # The headings of the file in their order, each with the key of its column ("": ignored).
    headings = models.JSONField(default=list, blank=True, editable=False)
    # What was noticed about the file as a whole, in words for officers.
    notes = models.JSONField(default=list, blank=True, editable=False)
    stage = models.CharField(_("tahap"), max_length=10, choices=Stage, default=Stage.READING)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("diunggah oleh"), on_delete=models.PROTECT, related_name="+"
    )
    # Null: not decided yet.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diputuskan oleh"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True)
    # Null: nothing was written. What was, is undone through it.
    change_set = models.ForeignKey(
        ChangeSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("impor")
        verbose_name_plural = _("impor")
        constraints = [
            *BackgroundWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.READING, Stage.READY], decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(stage__in=[Stage.READING, Stage.READY])
                    & Q(decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                ),
                name="exchange_importproposal_decided_by_somebody",
                violation_error_message=_("Impor yang sudah diputuskan perlu nama petugas dan tanggalnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.READY


class ProposalRow(models.Model):
    """One row of the spreadsheet: what it says, and what that would change."""

    proposal = models.ForeignKey(ImportProposal, on_delete=models.CASCADE, related_name="rows")
    # As the spreadsheet counts them, the heading included.
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=RowState)
    name = models.CharField(max_length=160, blank=True)
    # What the cells hold, by the keys of their columns; empty cells are left out.
    raw = models.JSONField(default=dict, blank=True)
    # What would change: key, before, after, error (why it cannot), note.
    cells = models.JSONField(default=list, blank=True)
    # Records that the row may mean: code, name, why.
    candidates = models.JSONField(default=list, blank=True)
    # "": not asked or not answered; ANSWER_NEW, ANSWER_SKIP, or the code of a candidate.
    answer = models.CharField(max_length=20, blank=True)
    # Whether it is written when the proposal is approved.
    ticked = models.BooleanField(default=False)
    # The record that it means, or that was made of it; "": none yet.
    code = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default=Outcome.NONE)

    class Meta:
        ordering = ["number"]
        verbose_name = _("baris impor")
        verbose_name_plural = _("baris impor")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"],
                name="exchange_proposalrow_once",
                violation_error_message=_("Baris ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(ticked=False) | Q(state__in=[RowState.NEW, RowState.CHANGED]),
                name="exchange_proposalrow_ticked_can_be_written",
                violation_error_message=_("Hanya baris baru dan berubah yang bisa disimpan."),
            ),
        ]
        indexes = [models.Index(fields=["proposal", "state", "number"], name="proposalrow_by_state")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"

    @property
    def can_be_written(self) -> bool:
        return self.state in {RowState.NEW, RowState.CHANGED}
