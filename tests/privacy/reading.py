"""All that stands in an answer, whatever it is packed in: pages, tables, pictures, PDFs, and its headers."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from PIL import ExifTags, Image
from pypdf import PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import ByteStringObject, DictionaryObject, IndirectObject, TextStringObject


def text_of(answer: HttpResponse) -> str:
    """The body as text, and every header: an address to go to and a file's name are words too."""
    return f"{words_in(answer.getvalue())}\n{answer.headers}"


def words_in(body: bytes) -> str:
    if body.startswith(b"PK\x03\x04"):
        packed = zipfile.ZipFile(io.BytesIO(body))
        return "\n".join([*packed.namelist(), *(words_in(packed.read(name)) for name in packed.namelist())])
    if body.startswith(b"%PDF-"):
        return "\n".join(_of_pdf(body))
    if body.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        return "\n".join(_of_picture(body))
    return body.decode("utf-8", errors="replace")


def _of_picture(body: bytes) -> Iterator[str]:
    """Its bytes, in which XMP, IPTC and comments stand as they are, and what Pillow unpacks."""
    yield body.decode("latin-1")
    with Image.open(io.BytesIO(body)) as picture:
        picture.load()
        yield repr(picture.info)
        exif = picture.getexif()
        for part in (exif, *(exif.get_ifd(each) for each in ExifTags.IFD)):
            for value in dict(part).values():
                yield str(value)
                if isinstance(value, bytes):
                    yield value.decode("utf-16-le", errors="replace")


def _of_pdf(body: bytes) -> Iterator[str]:
    """The words of its pages, and every string of every object: title, bookmarks, links, alternative texts, attachments."""
    try:
        document = PdfReader(io.BytesIO(body))
    except PdfReadError:
        # A stand-in that a test stored: its first bytes alone say that it is one.
        yield body.decode("latin-1")
        return
    for page in document.pages:
        yield re.sub(r"\s+", " ", page.extract_text())
    for key in range(1, int(document.trailer["/Size"])):
        try:
            thing = document.get_object(IndirectObject(key, 0, document))
        except Exception:
            continue
        yield from _strings(thing)
        if isinstance(thing, DictionaryObject) and thing.get("/Type") in ("/EmbeddedFile", "/Metadata"):
            yield thing.get_data().decode("utf-8", errors="replace")
    yield from _strings(document.trailer.get("/Info"))


def _strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, TextStringObject):
        yield str(thing)
    elif isinstance(thing, ByteStringObject):
        yield bytes(thing).decode("latin-1")
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _strings(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _strings(value)
