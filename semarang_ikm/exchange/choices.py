"""Choices of imports (docs/glossary.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KindName(TextChoices):
    """What the rows of a spreadsheet are; values are Indonesian path segments."""

    IKM = "usaha", _("Usaha (IKM)")
    PRODUCT = "produk", _("Produk")
    CERTIFICATE = "sertifikat", _("Sertifikat")
    SENTRA = "sentra", _("Sentra")


class FileForm(TextChoices):
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"


class Stage(TextChoices):
    """How far a proposal is. Only READY can be decided on; APPLYING and later never come back to it."""

    READING = "reading", _("Sedang dibaca")
    READY = "ready", _("Menunggu keputusan")
    APPLYING = "applying", _("Sedang disimpan")
    APPLIED = "applied", _("Sudah disimpan")
    DISCARDED = "discarded", _("Dibatalkan")


class RowState(TextChoices):
    """What a row would do, in the order in which an officer looks at them."""

    WRONG = "wrong", _("Salah")
    ASK = "ask", _("Perlu dipilih")
    NEW = "new", _("Baru")
    CHANGED = "changed", _("Berubah")
    SAME = "same", _("Sama")


class Outcome(TextChoices):
    """What became of a row when the proposal was approved."""

    NONE = "", "–"
    APPLIED = "applied", _("Disimpan")
    HELD = "held", _("Ditahan")


# Answers to the question of which record a row means; anything else is the code of that record.
ANSWER_NEW, ANSWER_SKIP = "new", "skip"
