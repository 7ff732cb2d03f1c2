"""Pictures that telephones, offices and attackers send, through the form of an officer: a sentence beside the picture in the
officer's language and nothing stored; or a plain upright JPEG."""

import struct
import zlib
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from sentra.models import Sentra
from tests import factories
from tests.admin_forms import errors, rows, submit
from tests.snapshots import differences, snapshot

pytestmark = pytest.mark.django_db


def encoded(kind: str = "JPEG", size=(300, 200), mode: str = "RGB", **options) -> bytes:
    held = BytesIO()
    Image.new(mode, size).save(held, kind, **options)
    return held.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def claims(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels, and holds none."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + b"\0\0\0\0mif1heic" + b"\0" * 400


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a drawing with a script": lambda: SVG,
    "a drawing behind spaces": lambda: b"\n  " + SVG,
    "a page": lambda: b"<!doctype html><img src=x onerror=alert(1)>",
    "a program": lambda: b"MZ\x90\0" + b"\0" * 500,
    "a PDF": lambda: b"%PDF-1.7\n1 0 obj",
    "a moving GIF": lambda: encoded("GIF", save_all=True, append_images=[Image.new("RGB", (300, 200))]),
    "a TIFF": lambda: encoded("TIFF"),
    "an icon": lambda: encoded("ICO", (32, 32)),
    "HEIC of a telephone": heic,
    "a JPEG cut in the middle": lambda: encoded(size=(900, 700))[:700],
    "a JPEG without its end": lambda: encoded(size=(900, 700))[:-300],
    "the beginning of a JPEG": lambda: b"\xff\xd8\xff\xe0",
    "a PNG cut short": lambda: encoded("PNG")[:-30],
    "a PNG with a wrong sum": lambda: encoded("PNG").replace(b"IDAT", b"IDAX"),
    "a WebP cut short": lambda: encoded("WEBP")[:40],
    "a billion pixels": lambda: claims(40_000, 40_000),
    "more pixels than there are": lambda: claims(2**31 - 1, 2**31 - 1),
    "no pixels": lambda: claims(0, 0),
    "a hundred megapixels": lambda: claims(10_000, 10_000),
    "zeros": lambda: b"\0" * 5000,
    "a zip called photo": lambda: b"PK\x03\x04" + b"\0" * 200,
}


def photo(data: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> dict:
    picture = SimpleUploadedFile(name, data, kind)
    return {
        "image": picture,
        "alt": "Kain dijemur",
        "credit": "Pemotret Uji",
        "usage_right": "Izin 2026",
        "position": 0,
    }


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_picture_is_told_in_both_languages_and_nothing_of_the_form_is_stored(name: str, officer_client) -> None:
    sentra = factories.sentra("Sentra Lama", types=[factories.product_type()])
    told, before = {}, snapshot()
    for language in ("id", "en"):
        officer_client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        typed = {"name": "Sentra Baru"} | rows("photos", photo(REFUSED[name]()))
        answer = submit(officer_client, Sentra, typed, record=sentra)
        with override(language):
            told[language] = " ".join(str(words) for words in errors(answer)["photos-0-image"])
        assert told[language] in unescape(answer.content.decode())
    assert all(len(words) > 25 for words in told.values()), told
    assert told["id"] != told["en"]
    assert differences(before, snapshot()) == {}


def polyglot() -> bytes:
    """A picture and a page in one file."""
    return encoded(comment=b"<script>alert(1)</script>") + b"<html><script>alert(2)</script></html>"


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "rumah Bu Zubaidah"
    return encoded(size=(400, 200), exif=exif)


READ: dict[str, tuple[Callable[[], bytes], tuple[int, int]]] = {
    "one pixel": (lambda: encoded("PNG", (1, 1)), (1, 1)),
    "print colours": (lambda: encoded(mode="CMYK"), (300, 200)),
    "16 bits": (lambda: encoded("PNG", mode="I;16"), (300, 200)),
    "grey with transparency": (lambda: encoded("PNG", mode="LA"), (300, 200)),
    "black and white": (lambda: encoded("PNG", mode="1"), (300, 200)),
    "moving PNG": (
        lambda: encoded("PNG", save_all=True, append_images=[Image.new("RGB", (300, 200), "red")]),
        (300, 200),
    ),
    "turned by its tag": (turned, (200, 400)),
    "a page behind it": (polyglot, (300, 200)),
    "very wide": (lambda: encoded(size=(9_000, 40)), (2400, 11)),
}


@pytest.mark.parametrize("name", READ)
def test_an_odd_picture_is_stored_as_a_plain_upright_jpeg(name: str, officer_client) -> None:
    make, size = READ[name]
    sentra = factories.sentra(types=[factories.product_type()])
    answer = submit(officer_client, Sentra, rows("photos", photo(make(), "foto.html", "text/html")), record=sentra)
    assert answer.status_code == 302, errors(answer)
    kept = sentra.photos.get().image
    with kept.open() as stored:
        data = stored.read()
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", size)
    assert kept.name.endswith(".jpg")
    assert not any(words in data for words in (b"script", b"Zubaidah", b"html", b"Exif"))
