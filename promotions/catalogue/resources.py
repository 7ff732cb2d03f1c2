"""The only files a PDF may be made of: our static files, public photos, installed fonts. Never the network."""

import mimetypes
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils._os import safe_join
from PIL import Image

from promotions.catalogue import fonts, store

# A host that exists nowhere (RFC 2606): whatever WeasyPrint resolves against it comes back here.
BASE = "http://catalogue.invalid"
FONTS = f"{BASE}/_fonts/"
# 80 mm at 190 dpi; a JPEG is embedded as it is, a WebP would be unpacked.
PHOTO_EDGE, PHOTO_QUALITY = 600, 78


class Refused(ValueError):
    """The document asked for something that is not ours to give."""


def read(url: str) -> tuple[bytes, str]:
    """The bytes and media type behind an address of the document. Raises Refused for anything foreign or missing."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != BASE:
        raise Refused(f"not a file of this site: {url[:80]}")
    path = unquote(parts.path)
    static_path, media_path = urlsplit(settings.STATIC_URL).path, urlsplit(settings.MEDIA_URL).path
    if url.startswith(FONTS):
        found = fonts.installed().by_name(path.rpartition("/")[2])
    elif path.startswith(static_path):
        found = _static(path.removeprefix(static_path))
    elif path.startswith(media_path):
        return _photo(path.removeprefix(media_path)), "image/jpeg"
    else:
        found = None
    if found is None or not found.is_file():
        raise Refused(f"no such file: {path[:80]}")
    return found.read_bytes(), mimetypes.guess_type(found.name)[0] or "application/octet-stream"


def _static(name: str) -> Path | None:
    """The source of a static file, or a collected file by its hashed name, which no source has."""
    try:
        source = finders.find(name)
        return Path(source or staticfiles_storage.path(name))
    except SuspiciousFileOperation as outside:
        raise Refused(f"outside the static files: {name[:80]}") from outside


def _photo(name: str) -> bytes:
    """A photo of the public room, as a JPEG of the size it is printed at. Made from the master where that exists."""
    root = default_storage.path("")
    try:
        asked = Path(safe_join(root, name))
    except SuspiciousFileOperation as outside:
        raise Refused(f"outside the photos: {name[:80]}") from outside
    # "token-960.webp" is a copy of "token.jpg".
    master = asked.with_name(f"{asked.stem.rpartition('-')[0]}.jpg")
    source = master if master.is_file() else asked
    if not source.is_file():
        raise Refused(f"no such photo: {name[:80]}")
    # Names are random and never used again, so a made copy stays right while the photo exists.
    return store.kept(f"{source.stem}.jpg", lambda: _reduced(source))


def _reduced(source: Path) -> bytes:
    try:
        with Image.open(source) as image:
            image.draft("RGB", (PHOTO_EDGE, PHOTO_EDGE))
            small = image.convert("RGB")
            small.thumbnail((PHOTO_EDGE, PHOTO_EDGE))
            out = BytesIO()
            small.save(out, "JPEG", quality=PHOTO_QUALITY, optimize=True)
    except OSError as broken:
        raise Refused(f"unreadable photo: {source.name[:80]}") from broken
    return out.getvalue()
