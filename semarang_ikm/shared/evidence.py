"""Scans and receipts that officers upload: PDF, JPEG or PNG by content, kept as they are in the private room."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image

from semarang_ikm.shared.images import MAX_BYTES, read_bounded

TOO_LARGE = _("Berkas ini lebih dari 15 MB. Pindai dengan mutu lebih rendah, lalu unggah lagi.")
NOT_A_SCAN = _("Berkas ini bukan PDF, JPEG, atau PNG. Pindai ulang sebagai PDF, lalu unggah lagi.")

# Ending of the stored name -> media type under which staff download it.
CONTENT_TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}
_PICTURE_ENDINGS = {"JPEG": ".jpg", "PNG": ".png"}


def check_evidence(upload: File) -> ContentFile:
    """The upload under an ending that its content, not its name, decides. Raises ValidationError.

    Nothing is rewritten: a proof must stay what it was. It is never shown in a page, only downloaded by staff.
    """
    data = read_bounded(upload, MAX_BYTES, TOO_LARGE)
    return ContentFile(data, f"berkas{_ending(data)}")


def _ending(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return ".pdf"
    try:
        with Image.open(BytesIO(data), formats=tuple(_PICTURE_ENDINGS)) as picture:
            # Only the header is read. A JPEG of several pictures calls itself MPO.
            return _PICTURE_ENDINGS.get(picture.format or "", ".jpg")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(NOT_A_SCAN, code="format") from error
