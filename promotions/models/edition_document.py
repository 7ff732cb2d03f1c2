"""What is kept of an edition once it is frozen: its words, its photos, its files, and what was masked since."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from promotions.choices import DOCUMENT_LANGUAGES, EditionLanguage, FileVariant, Paper
from promotions.models.catalogue_edition import CatalogueEdition
from semarang_ikm.shared.background import BackgroundWork
from semarang_ikm.shared.storage import evidence_path, private_storage


class EditionDocument(models.Model):
    """The frozen words of one language, as plain values (promotions.catalogue.model).

    Rewritten for one reason only: a person's data were taken out for good (promotions.actions.purging).
    """

    edition = models.ForeignKey(CatalogueEdition, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(max_length=2, choices=DOCUMENT_LANGUAGES)
    content = models.JSONField()
    # Of the content in its canonical form, as it was published.
    sha256 = models.CharField(max_length=64)
    # Null: the content is what was published. A date: something was taken out then, so it no longer has that hash.
    redacted_on = models.DateField(null=True)

    class Meta:
        ordering = ["edition", "-language"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="promotions_document_once_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language}"


class EditionPhoto(models.Model):
    """A photo as it was printed: a copy that the product's own photo no longer changes."""

    edition = models.ForeignKey(CatalogueEdition, on_delete=models.CASCADE, related_name="photos")
    # How the document names it.
    key = models.CharField(max_length=64)
    # The product or sentra that it shows.
    code = models.CharField(max_length=20)
    image = models.FileField(upload_to=evidence_path, storage=private_storage)

    class Meta:
        ordering = ["edition", "key"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="promotions_photo_once_a_key")]

    def __str__(self) -> str:
        return self.key


class EditionFile(BackgroundWork):
    """A PDF of an edition. The stored file is the edition; a rebuild from its documents is a check."""

    edition = models.ForeignKey(CatalogueEdition, on_delete=models.CASCADE, related_name="files")
    # The edition's: a book in both is one file.
    language = models.CharField(_("bahasa"), max_length=4, choices=EditionLanguage)
    paper = models.CharField(_("kertas"), max_length=2, choices=Paper, default=Paper.A4)
    variant = models.CharField(_("kegunaan"), max_length=8, choices=FileVariant, default=FileVariant.READING)
    # Private: served by a view that knows whether it is restricted. Empty until it is built.
    file = models.FileField(_("berkas"), upload_to=evidence_path, storage=private_storage, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # Bytes and pages.
    size = models.PositiveBigIntegerField(_("ukuran"), default=0)
    pages = models.PositiveIntegerField(_("halaman"), default=0)
    # What set it, name and version: a rebuild gives the same bytes only with the same.
    made_with = models.JSONField(default=dict, blank=True, editable=False)
    # Null: anybody may have it once the edition is published. A date: it carries what was withdrawn then.
    restricted_on = models.DateField(_("dibatasi sejak"), null=True, blank=True)

    class Meta:
        ordering = ["edition", "language", "paper", "variant"]
        verbose_name = _("berkas edisi")
        verbose_name_plural = _("berkas edisi")
        constraints = [
            *BackgroundWork.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "language", "paper", "variant"],
                name="promotions_file_once_a_kind",
                violation_error_message=_("Berkas ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
                name="promotions_file_has_its_hash",
                violation_error_message=_("Berkas disimpan bersama sidik jarinya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language} {self.paper} {self.variant}"

    @property
    def is_closed(self) -> bool:
        """Whether it carries what was withdrawn."""
        return self.restricted_on is not None

    @property
    def is_for_readers(self) -> bool:
        return bool(self.file) and not self.is_closed and self.variant == FileVariant.READING


class EditionMask(models.Model):
    """Somebody whose data left the web edition after it was published; the record says what printing still has them."""

    edition = models.ForeignKey(CatalogueEdition, on_delete=models.CASCADE, related_name="masks")
    # The business or sentra.
    code = models.CharField(_("kode"), max_length=20)
    # Fields of sentra.choices.PersonalField that are masked.
    fields = models.JSONField(_("data"), default=list)
    masked_on = models.DateField(_("disamarkan pada"))

    class Meta:
        ordering = ["edition", "code"]
        verbose_name = _("penyamaran")
        verbose_name_plural = _("penyamaran")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="promotions_mask_once_a_code",
                violation_error_message=_("Kode ini sudah disamarkan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.code}"
