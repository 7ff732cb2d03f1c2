"""Choices of the products app (docs/glossary.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificationStage(TextChoices):
    """How far a certificate is. Only ISSUED can be valid on a day."""

    REQUESTED = "requested", _("Diajukan")
    FACILITATED = "facilitated", _("Sedang difasilitasi")
    ISSUED = "issued", _("Sudah terbit")
    EXPIRED = "expired", _("Habis masa berlaku")
    REVOKED = "revoked", _("Dicabut")


class CertificateState(TextChoices):
    """What a badge says about a certificate on a day (contract: data-state)."""

    VALID = "valid", _("berlaku")
    ENDING = "ending", _("segera habis")
    EXPIRED = "expired", _("habis")
    UNVERIFIED = "unverified", _("menunggu pemeriksaan")


class CertificateConcern(TextChoices):
    """Why a certificate stands in the officers' queue."""

    ENDING = "segera", _("Segera habis")
    ENDED = "habis", _("Sudah habis, belum diperpanjang")
    RECHECK = "tanya", _("Perlu ditanyakan lagi")
    WAITING = "lama", _("Lama diajukan")


class PackagingKind(TextChoices):
    DESIGN = "design", _("Desain kemasan")
    PRINTED_PACKS = "printed_packs", _("Kemasan cetak")
    TOOLS = "tools", _("Alat kemas")
    LABEL_REVIEW = "label_review", _("Pemeriksaan label")
    TRAINING = "training", _("Pelatihan kemasan")


class PackagingMoment(TextChoices):
    BEFORE = "before", _("Sebelum")
    AFTER = "after", _("Sesudah")
