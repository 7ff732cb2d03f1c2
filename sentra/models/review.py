from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sentra.choices import ReviewKind, ReviewOutcome


class Review(models.Model):
    """An officer's request to whoever may publish: to show a record, or to change one that is shown; and the answer.

    For staff only. Goes when its record goes (sentra.actions.reviews).
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    kind = models.CharField(_("permintaan"), max_length=11, choices=ReviewKind)
    wish = models.CharField(_("catatan peminta"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("diminta oleh"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("sejak"), auto_now_add=True)
    # Blank: still waiting.
    outcome = models.CharField(_("hasil"), max_length=9, choices=ReviewOutcome, blank=True)
    answer = models.CharField(
        _("catatan pemeriksa"),
        max_length=1000,
        blank=True,
        help_text=_("Misalnya: lengkapi alamatnya, lalu kirim lagi."),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dijawab oleh"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("dijawab pada"), null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("permintaan pemeriksaan")
        verbose_name_plural = _("menunggu pemeriksaan")
        indexes = [models.Index(fields=["content_type", "object_id"], name="review_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind", "asked_by"],
                condition=Q(outcome=""),
                name="sentra_review_one_open_each",
                violation_error_message=_("Permintaan Anda untuk data ini masih menunggu."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="sentra_review_answered_by_somebody",
                violation_error_message=_("Permintaan yang dijawab perlu nama dan waktu, yang menunggu tidak."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.record or self.object_id}"
