"""Choices of the promotions app (docs/glossary.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerKind(TextChoices):
    CUSTOMS = "customs", _("Kepabeanan")
    UTILITY = "utility", _("Air dan listrik")
    MINISTRY = "ministry", _("Kementerian dan lembaga")
    CITY = "city", _("Perangkat daerah kota")
    PROVINCE = "province", _("Perangkat daerah provinsi")
    BANK = "bank", _("Bank dan pembiayaan")
    UNIVERSITY = "university", _("Perguruan tinggi")
    COMPANY = "company", _("Perusahaan")
    ORGANISATION = "organisation", _("Organisasi")


class PromotionKind(TextChoices):
    EXHIBITION = "exhibition", _("Pameran")
    CATALOGUE = "catalogue", _("Katalog")
    ARTICLE = "article", _("Liputan")
    MINISTRY_VISIT = "ministry_visit", _("Kunjungan kementerian")
    ONLINE = "online", _("Promosi daring")


# What the public can come to, on a day: these have a page under /acara/. A catalogue or an article was not attended
# by anybody; it stands in the history of whom it shows.
EVENT_KINDS = [PromotionKind.EXHIBITION, PromotionKind.MINISTRY_VISIT, PromotionKind.ONLINE]


class ObstacleKind(TextChoices):
    """What stands in the way of a business (the office's own list of 2017, and its everyday additions)."""

    CAPITAL = "capital", _("Modal")
    PROMOTION = "promotion", _("Promosi")
    EXPORT = "export", _("Ekspor")
    WATER = "water", _("Air")
    ELECTRICITY = "electricity", _("Listrik")
    CERTIFICATION = "certification", _("Sertifikasi")
    PACKAGING = "packaging", _("Kemasan")
    RAW_MATERIAL = "raw_material", _("Bahan baku")
    OTHER = "other", _("Lainnya")


class CaseStage(TextChoices):
    PROPOSED = "proposed", _("Diusulkan")
    VERIFIED = "verified", _("Diverifikasi")
    RUNNING = "running", _("Berjalan")
    SOLVED = "solved", _("Selesai")
    REFUSED = "refused", _("Ditolak")
    CANCELLED = "cancelled", _("Dibatalkan")


OPEN_STAGES = [CaseStage.PROPOSED, CaseStage.VERIFIED, CaseStage.RUNNING]


class StepKind(TextChoices):
    """Who writes a step: officers write what they did; what the actions did is written by them, and stays."""

    WORK = "work", _("Langkah")
    STAGE = "stage", _("Tahap")
    LETTER = "letter", _("Surat ke mitra")


class EditionStatus(TextChoices):
    """A published edition never changes: a correction is a further printing with a code of its own."""

    DRAFT = "draft", _("Draf")
    READY = "ready", _("Siap terbit")
    PUBLISHED = "published", _("Terbit")
    ARCHIVED = "archived", _("Arsip")


class EditionLanguage(TextChoices):
    INDONESIAN = "id", _("Bahasa Indonesia")
    ENGLISH = "en", _("Bahasa Inggris")
    BOTH = "both", _("Keduanya")


# What one document is written in.
DOCUMENT_LANGUAGES = [choice for choice in EditionLanguage.choices if choice[0] != EditionLanguage.BOTH]


class Density(TextChoices):
    """How many products stand on a full page of an A4 edition."""

    COMPACT = "compact", _("Enam produk sehalaman")
    LARGE = "large", _("Empat produk sehalaman, dengan QR tiap produk")


class Paper(TextChoices):
    A4 = "a4", "A4"
    A5 = "a5", "A5"


class FileVariant(TextChoices):
    """What a PDF is for."""

    READING = "reading", _("Untuk dibaca di layar")
    PRESS = "press", _("Untuk percetakan")
    BOOKLET = "booklet", _("Untuk dilipat menjadi buku")


class DecisionKind(TextChoices):
    """What an officer decides about a business in a fair selection, against or beside the rules."""

    PIN = "pin", _("Selalu ikut")
    EXCLUDE = "exclude", _("Tidak ikut")


class Obstacle(TextChoices):
    """Why a business cannot be shown at a promotion for now."""

    CLOSED = "closed", _("usahanya tercatat tutup")
    OTHER_TYPE = "other_type", _("jenis produknya tidak diminta")
    NO_PRODUCT = "no_product", _("belum ada produk yang terbit")
    NO_PHOTO = "no_photo", _("belum ada foto produk")
    NO_PRICE = "no_price", _("belum ada harga yang masih berlaku")
    NO_CERTIFICATE = "no_certificate", _("belum ada sertifikat pangan yang berlaku pada hari acara")
    # Each thing is there, but not of one and the same product.
    NO_COMPLETE_PRODUCT = "no_complete_product", _("belum ada satu produk yang lengkap syaratnya")
    NO_PRINT_CONSENT = "no_print_consent", _("belum ada persetujuan tampil di cetakan")
