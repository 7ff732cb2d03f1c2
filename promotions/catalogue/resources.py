"""The only files a PDF may be made of: our static files, public photos, installed fonts. Never the network."""

import mimetypes
from io import BytesIO
from math import ceil
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
# The largest photo of a product is 80 x 60 mm: 300 dpi for the press, 150 for a file that is read on a screen. A JPEG is
# embedded as it is, a WebP would be unpacked.
PRINT_BOX, PRINT_QUALITY = (960, 720), 85
# Of a sentra's photo on its opening page: 100 x 66 mm.
PORTRAIT_BOX = (1200, 800)
SCREEN_BOX, SCREEN_QUALITY = (480, 360), 70


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
    """The source of a static file, also by its hashed name: the collected style sheet holds its patterns as data."""
    hashed = getattr(staticfiles_storage, "hashed_files", {})
    name = next((plain for plain, collected in hashed.items() if collected == name), name)
    try:
        source = finders.find(name)
        return Path(source or staticfiles_storage.path(name))
    except SuspiciousFileOperation as outside:
        raise Refused(f"outside the static files: {name[:80]}") from outside


def for_print(url: str, box: tuple[int, int] = PRINT_BOX) -> bytes:
    """A public photo by its address on this site, as a JPEG for the press. Raises Refused."""
    source = _source(unquote(urlsplit(url).path).removeprefix(urlsplit(settings.MEDIA_URL).path))
    name = f"{source.stem}-print-{box[0]}.jpg"
    return store.kept(name, lambda: _covering(source, source.name, box, PRINT_QUALITY))


def for_screen(image: bytes, name: str) -> bytes:
    """A stored photo, reduced for a file that is read on a screen. Raises Refused."""
    return store.kept(f"{name}-screen.jpg", lambda: _covering(BytesIO(image), name, SCREEN_BOX, SCREEN_QUALITY))


def _photo(name: str) -> bytes:
    source = _source(name)
    # Names are random and never used again, so a made copy stays right while the photo exists.
    return store.kept(f"{source.stem}.jpg", lambda: _covering(source, source.name, SCREEN_BOX, SCREEN_QUALITY))


def _source(name: str) -> Path:
    """The file of a photo of the public room, the master where that exists."""
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
    return source


def _covering(source: Path | BytesIO, name: str, box: tuple[int, int], quality: int) -> bytes:
    """A JPEG just large enough to cover the box (pixels), never enlarged."""
    try:
        with Image.open(source) as image:
            image.draft("RGB", box)
            picture = image.convert("RGB")
            share = min(1.0, max(box[0] / picture.width, box[1] / picture.height))
            picture.thumbnail((ceil(picture.width * share), ceil(picture.height * share)))
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True)
    except OSError as broken:
        raise Refused(f"unreadable photo: {name[:80]}") from broken
    return out.getvalue()
