"""Abstract models. No tables live here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.choices import PublicationStatus

# Django's four, and the right to show a row to the public and to take it away (semarang_ikm.shared.publishing).
PUBLISHABLE_PERMISSIONS = ("add", "change", "delete", "view", "publish")


class Timestamped(models.Model):
    """When a row was made and last written (UTC)."""

    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diubah"), auto_now=True)

    class Meta:
        abstract = True


class Publishable(Timestamped):
    """A row that the public sees only while published, through `published()` and nothing else.

    Each model names its manager, from a PublishableQuerySet.
    """

    status = models.CharField(
        _("status"),
        max_length=12,
        choices=PublicationStatus,
        default=PublicationStatus.DRAFT,
        help_text=_("Hanya yang terbit tampil di situs. Yang diarsipkan menjawab “sudah dihapus”."),
    )
    published_at = models.DateTimeField(
        _("terbit sejak"), null=True, blank=True, editable=False, help_text=_("Kosong: belum pernah terbit.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=PublicationStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_date",
                violation_error_message=_("Yang terbit harus punya tanggal terbit."),
            ),
        ]

    @property
    def is_published(self) -> bool:
        return self.status == PublicationStatus.PUBLISHED

    @property
    def was_ever_public(self) -> bool:
        return self.published_at is not None


class Checked(models.Model):
    """When an officer last compared the row with reality, and who; both or neither. Null: never checked."""

    checked_on = models.DateField(_("diperiksa pada"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diperiksa oleh"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="%(app_label)s_%(class)s_checked_by_with_date",
                violation_error_message=_(
                    "Isi tanggal pemeriksaan bersama nama pemeriksanya, atau kosongkan keduanya."
                ),
            ),
        ]


def exactly_one(first: str, second: str) -> Q:
    """The condition that one and only one of two nullable relations is set."""
    return Q(**{f"{first}__isnull": False, f"{second}__isnull": True}) | Q(
        **{f"{first}__isnull": True, f"{second}__isnull": False}
    )


def ordered_range(low: str, high: str) -> Q:
    """The condition that an upper bound, where given, comes with a lower bound that does not exceed it."""
    return Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__isnull": False, f"{low}__lte": F(high)})
