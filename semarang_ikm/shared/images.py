"""The image rules: what an uploaded picture must be, and what is kept of it.

Kept is never the uploaded file but a fresh JPEG: upright, sRGB, on white, without metadata or anything appended.
Bounds: bytes, pixels, and one picture at a time in a process, so that no file takes over 512 MiB or 10 s.
"""

import threading
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile, ImageOps

from semarang_ikm.shared.photos import MASTER_EDGE, WEB_WIDTHS, copy_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_BYTES = 15 * 1024 * 1024
# A JPEG is halved while it is read; the others are decoded whole, WebP in several buffers (measured, 450 MB each).
MAX_PIXELS = {"JPEG": 40_000_000, "MPO": 40_000_000, "PNG": 30_000_000, "WEBP": 24_000_000}
FORMATS = ("JPEG", "PNG", "WEBP")
MASTER_QUALITY = 85
COPY_QUALITY = 75
# A progressive JPEG is decoded once per scan; cameras and editors write about ten.
MAX_JPEG_SCANS = 40
_JPEG_SCAN = b"\xff\xda"
# What Pillow raises for files that are broken, cut short or made to harm.
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError, MemoryError)
# How the files of telephones begin that photograph in HEIF.
_HEIC_BRANDS = {b"ftyp" + brand for brand in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")}
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_one_at_a_time = threading.Lock()

TOO_LARGE = _("Foto ini lebih dari 15 MB. Perkecil dahulu, atau kirim lewat WhatsApp lalu simpan hasilnya.")
NOT_A_PHOTO = _("Berkas ini bukan foto JPEG, PNG, atau WebP. Simpan ulang sebagai JPEG, lalu unggah lagi.")
HEIC = _("Foto iPhone (HEIC) belum bisa dipakai. Kirim lewat WhatsApp lalu simpan hasilnya, atau simpan sebagai JPEG.")
TOO_MANY_PIXELS = _("Ukuran foto ini terlalu besar. Perkecil menjadi paling lebar 4.000 piksel, lalu unggah lagi.")
BROKEN = _("Foto ini rusak atau terpotong. Salin ulang dari ponsel atau kamera, lalu unggah lagi.")
EMPTY = _("Berkas ini kosong. Pilih fotonya sekali lagi.")


def prepare(upload: File) -> ContentFile:
    """The master of an uploaded picture. Raises ValidationError with a sentence that names the fix."""
    data = read_bounded(upload, MAX_BYTES, TOO_LARGE)
    with _one_at_a_time:
        # WeasyPrint lets Pillow accept half pictures, in the whole process, from the moment it is imported.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            master = _master(_open(data))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ValidationError(TOO_MANY_PIXELS, code="pixels") from error
        except _UNREADABLE as error:
            raise ValidationError(BROKEN, code="broken") from error
    # photo_path gives the real name; this one only has to have the right ending.
    return ContentFile(master, "foto.jpg")


def read_bounded(upload: File, limit: int, too_large: "StrOrPromise") -> bytes:
    """The bytes of an upload that is neither empty nor over `limit`; ValidationError otherwise."""
    upload.seek(0)
    data = upload.read(limit + 1)
    if len(data) > limit:
        raise ValidationError(too_large, code="size")
    if not data:
        raise ValidationError(EMPTY, code="empty")
    return data


def _open(data: bytes) -> Image.Image:
    """The picture with its header read and nothing decoded."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise
    except _UNREADABLE as error:
        raise ValidationError(HEIC if data[4:12] in _HEIC_BRANDS else NOT_A_PHOTO, code="format") from error
    if image.width * image.height > MAX_PIXELS[image.format or "WEBP"]:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels")
    if data.startswith(b"\xff\xd8") and data.count(_JPEG_SCAN) > MAX_JPEG_SCANS:
        raise ValidationError(BROKEN, code="scans")
    return image


def _master(image: Image.Image) -> bytes:
    edge = (MASTER_EDGE, MASTER_EDGE)
    orientation = image.getexif().get(0x0112, 1)
    profile = image.info.get("icc_profile")
    # JPEG: lets the decoder halve large pictures while reading, which saves most of the memory.
    image.draft(None, edge)
    image = _small(image, edge)
    fresh = Image.new("RGB", image.size, "white")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    fresh.paste(_srgb(image, profile), mask=alpha)
    stored = BytesIO()
    _upright(fresh, orientation).save(stored, "JPEG", quality=MASTER_QUALITY, optimize=True, progressive=True)
    return stored.getvalue()


def _small(image: Image.Image, edge: tuple[int, int]) -> Image.Image:
    """At most the master's size, in a mode that shrinks well. Palettes and odd depths are resolved first."""
    if image.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode.startswith("I") or image.mode == "F":
        # 16 bits a pixel: keep the upper eight.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode == "1":
        image = image.convert("L")
    image.thumbnail(edge, Image.Resampling.LANCZOS)
    return image


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB: through the picture's own profile when it has one that fits, plainly otherwise."""
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(colours, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return colours.convert("RGB")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turned as the camera's orientation tag says, by Pillow's own table."""
    if orientation in range(2, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        image.info["exif"] = exif.tobytes()
        image = ImageOps.exif_transpose(image)
    image.info.clear()
    return image


def copy_widths(master_width: int) -> list[int]:
    """Widths (px) in which a master of this width has copies: only narrower ones, nothing is blown up."""
    return [width for width in WEB_WIDTHS if width < master_width]


def write_copies(name: str, storage: Storage = default_storage) -> list[str]:
    """Write the WebP copies beside a stored master; returns their names. Existing ones are replaced."""
    written = []
    with _one_at_a_time, storage.open(name) as stored, Image.open(stored) as master:
        for width in reversed(copy_widths(master.width)):
            height = max(1, round(master.height * width / master.width))
            copy = master.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            content = BytesIO()
            copy.save(content, "WEBP", quality=COPY_QUALITY, method=4)
            target = copy_name(name, width)
            storage.delete(target)
            written.append(storage.save(target, ContentFile(content.getvalue())))
    return written


def is_copy(name: str) -> bool:
    """Whether a stored name is that of a copy: masters are never WebP."""
    return PurePosixPath(name).suffix == ".webp"


def names_of(master: str) -> list[str]:
    """The storage names of a master and of every copy that it may have."""
    if PurePosixPath(master).suffix != ".jpg":
        return [master]
    return [master, *(copy_name(master, width) for width in WEB_WIDTHS)]
