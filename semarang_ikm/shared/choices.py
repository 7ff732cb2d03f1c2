"""Choices that several apps share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PublicationStatus(TextChoices):
    """Who may see a row: only PUBLISHED is public, ARCHIVED answers 410, the others 404."""

    DRAFT = "draft", _("Draf")
    IN_REVIEW = "in_review", _("Menunggu pemeriksaan")
    PUBLISHED = "published", _("Terbit")
    ARCHIVED = "archived", _("Arsip")


class DatePrecision(TextChoices):
    """How much of a stored date is known; the rest of it is filler and never shown."""

    YEAR = "year", _("tahun")
    MONTH = "month", _("bulan")
    DAY = "day", _("hari")


# As much of a date as is known, in the words of Django's date formats.
DATE_SHAPES = {DatePrecision.YEAR: "Y", DatePrecision.MONTH: "F Y", DatePrecision.DAY: "j F Y"}


class Channel(TextChoices):
    """A way out for personal data; paper cannot be recalled, so each is consented to on its own."""

    WEB = "web", _("Situs web")
    PRINT = "print", _("Cetakan")
    OPEN_DATA = "open_data", _("Data terbuka")
