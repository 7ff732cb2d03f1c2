"""Choices of the sentra app, in the field's own terms (docs/glossary.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Pattern(TextChoices):
    """The drawing that stands where a photo is missing: file names under static/patterns/."""

    ASEM = "asem", _("daun asem (umum)")
    BATIK = "batik", _("batik")
    TAHU_TEMPE = "tahu-tempe", _("tahu dan tempe")
    BANDENG = "bandeng", _("sisik ikan")
    LUMPIA = "lumpia", _("kulit lumpia")
    LOGAM = "logam", _("logam")
    KERUPUK = "kerupuk", _("kerupuk")
    ANYAM = "anyam", _("anyaman dan jahitan")
    JAMU = "jamu", _("daun dan rimpang")


class ActivityStatus(TextChoices):
    """What is known of the work itself; unknown is a normal state."""

    ACTIVE = "active", _("Aktif")
    PARTLY_MOVED = "partly_moved", _("Sebagian pindah")
    MOVED = "moved", _("Pindah")
    QUIET = "quiet", _("Sepi")
    CLOSED = "closed", _("Tutup")
    UNKNOWN = "unknown", _("Belum diketahui")


class Recognition(TextChoices):
    """By whom a place is called a sentra."""

    CITY = "city", _("dinas atau pemerintah kota")
    MINISTRY = "ministry", _("kementerian")
    THEMED_KAMPUNG = "kampung_tematik", _("program kampung tematik")
    PRESS = "press", _("pemberitaan")


class LocationRole(TextChoices):
    PRODUCTION = "production", _("Tempat produksi")
    SHOWROOM = "showroom", _("Ruang pamer")
    OFFICE = "office", _("Sekretariat")


class IkmKind(TextChoices):
    """Legal or social form; a group is named in public instead of a person."""

    INDIVIDUAL = "perorangan", _("Usaha perorangan")
    GROUP = "kelompok", _("Kelompok perajin")
    KUB = "kub", _("Kelompok usaha bersama (KUB)")
    ASSOCIATION = "paguyuban", _("Paguyuban")
    COOPERATIVE = "koperasi", _("Koperasi")
    COMPANY = "badan_usaha", _("Badan usaha (CV, PT, UD)")
    UNKNOWN = "unknown", _("Bentuk belum diketahui")


class AreaAliasKind(TextChoices):
    SPELLING = "spelling", _("ejaan lain")
    MISSPELLING = "misspelling", _("salah eja")
    SHORT = "short", _("nama pendek")
    PLACE = "place", _("kampung, jalan, atau tempat di dalamnya")
    ENGLISH = "english", _("bahasa Inggris")
    DISTINGUISHING = "distinguishing", _("pembeda nama kembar")


class AreaLevel(TextChoices):
    """Of which areas a set of borders consists."""

    KECAMATAN = "kecamatan", _("batas kecamatan")
    KELURAHAN = "kelurahan", _("batas kelurahan yang digabung")


class VariantKind(TextChoices):
    SYNONYM = "synonym", _("padanan")
    MISSPELLING = "misspelling", _("salah eja")


class FigureKind(TextChoices):
    """What a statement counts or prices."""

    MAKERS = "makers", _("Jumlah perajin atau usaha")
    MEMBERS = "members", _("Jumlah anggota kelompok")
    UNITS = "units", _("Jumlah unit atau kios")
    SINCE = "since", _("Berdiri sejak")
    OUTPUT = "output", _("Hasil produksi")
    PRICE = "price", _("Harga produk")
    MATERIAL_PRICE = "material_price", _("Harga bahan baku")
    OCCUPANCY = "occupancy", _("Tingkat hunian")
    TURNOVER = "turnover", _("Omzet")
    OTHER = "other", _("Angka lain")


class FigureQualifier(TextChoices):
    """How exact the source itself was."""

    EXACT = "exact", _("tepat")
    ABOUT = "about", _("sekitar")
    AT_LEAST = "at_least", _("sedikitnya")
    MORE_THAN = "more_than", _("lebih dari")
    ALMOST = "almost", _("hampir")
    UP_TO = "up_to", _("paling banyak")


class Confidence(TextChoices):
    """A: several independent sources or a city source; B: one good source; C: one weak source or contradictions."""

    A = "A", _("A – beberapa sumber atau sumber resmi kota")
    B = "B", _("B – satu sumber yang baik")
    C = "C", _("C – satu sumber lemah atau saling bertentangan")


class QuestionKind(TextChoices):
    CONTRADICTION = "contradiction", _("Sumber saling bertentangan")
    UNKNOWN = "unknown", _("Belum diketahui")


class PersonalField(TextChoices):
    """What can identify an owner (UU 27/2022) and therefore leaves only under a consent receipt."""

    NAME = "name", _("Nama usaha yang memuat nama orang")
    OWNER_NAME = "owner_name", _("Nama pemilik atau pengurus")
    WHATSAPP = "whatsapp", _("Nomor WhatsApp")
    TELEPHONE = "telephone", _("Nomor telepon")
    EMAIL = "email", _("Surel")
    ADDRESS = "address", _("Alamat jalan")
    MAP_POINT = "map_point", _("Titik lokasi")
    WEBSITE = "website", _("Tautan situs atau toko daring")
    NIB = "nib", _("Nomor induk berusaha (NIB)")
    CERTIFICATE_HOLDER = "certificate_holder", _("Nama pemegang sertifikat")
    PORTRAIT = "portrait", _("Foto orang")


class ContactKind(TextChoices):
    """The personal fields that are kept as contact rows; values equal those of PersonalField."""

    OWNER_NAME = PersonalField.OWNER_NAME.value, PersonalField.OWNER_NAME.label
    WHATSAPP = PersonalField.WHATSAPP.value, PersonalField.WHATSAPP.label
    TELEPHONE = PersonalField.TELEPHONE.value, PersonalField.TELEPHONE.label
    EMAIL = PersonalField.EMAIL.value, PersonalField.EMAIL.label
    ADDRESS = PersonalField.ADDRESS.value, PersonalField.ADDRESS.label
    MAP_POINT = PersonalField.MAP_POINT.value, PersonalField.MAP_POINT.label
    WEBSITE = PersonalField.WEBSITE.value, PersonalField.WEBSITE.label


class LegalBasis(TextChoices):
    """UU 27/2022 article 20; consent is the normal one for a directory."""

    CONSENT = "consent", _("Persetujuan")
    CONTRACT = "contract", _("Perjanjian")
    LEGAL_OBLIGATION = "legal_obligation", _("Kewajiban hukum")
    PUBLIC_TASK = "public_task", _("Tugas pelayanan publik")


class ConsentMethod(TextChoices):
    SIGNED_FORM = "signed_form", _("Formulir bertanda tangan")
    MESSAGE = "message", _("Pesan tertulis (WhatsApp, surel)")
    RECORDED = "recorded", _("Lisan, direkam")
    ONLINE = "online", _("Formulir daring")


class PageKind(TextChoices):
    """Kinds of addresses whose former slugs are remembered; values are the Indonesian path segments."""

    SENTRA = "sentra", _("Sentra")
    IKM = "usaha", _("Usaha")
    PRODUCT = "produk", _("Produk")
    PRODUCT_TYPE = "jenis", _("Jenis produk")
    PROMOTION = "acara", _("Acara")


class ReportKind(TextChoices):
    """What the sender of a report asks for."""

    CORRECTION = "correction", _("Perbaikan data")
    WITHDRAWAL = "withdrawal", _("Penarikan persetujuan")


class ReportStatus(TextChoices):
    NEW = "new", _("Baru")
    IN_HAND = "in_hand", _("Sedang dikerjakan")
    DONE = "done", _("Selesai ditangani")
    REJECTED = "rejected", _("Ditolak: tidak berdasar atau spam")


OPEN_REPORTS = (ReportStatus.NEW, ReportStatus.IN_HAND)


class ReviewKind(TextChoices):
    """What an officer asks of whoever may publish."""

    PUBLICATION = "publication", _("Terbitkan")
    CHANGE = "change", _("Ubah yang sudah terbit")


class ReviewOutcome(TextChoices):
    DONE = "done", _("Dikabulkan")
    RETURNED = "returned", _("Dikembalikan")
    WITHDRAWN = "withdrawn", _("Ditarik oleh peminta")


class ChangeKind(TextChoices):
    """What kind of act a change set is."""

    EDIT = "edit", _("Suntingan")
    BULK = "bulk", _("Suntingan banyak data")
    IMPORT = "import", _("Impor")
    MERGE = "merge", _("Penggabungan")
    DELETE = "delete", _("Penghapusan")
    UNDO = "undo", _("Pengembalian")
    SYSTEM = "system", _("Otomatis")


class ChangeAction(TextChoices):
    """What happened to one row."""

    CREATE = "create", _("Ditambahkan")
    UPDATE = "update", _("Diubah")
    DELETE = "delete", _("Dihapus")
