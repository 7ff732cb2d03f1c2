"""A photo brings where and by whom it was taken; none of it is stored, in no copy, and none is served."""

from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from products.models import Product
from semarang_ikm.shared.images import names_of
from tests import factories
from tests.admin_forms import errors, rows, submit
from tests.privacy.reading import words_in
from tests.privacy.values import seen_in
from tests.snapshots import files

pytestmark = pytest.mark.django_db

MARK = "MetadataFoto"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{MARK}</dc:creator></x:xmpmeta>'.encode()
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + MARK.encode()


def telling(form: str) -> bytes:
    """A picture whose EXIF (with a position), XMP, IPTC, comment and tail all name somebody."""
    picture, held = Image.new("RGB", (640, 480), "#b5562b"), BytesIO()
    exif = Image.Exif()
    exif[0x013B], exif[0x9C9D] = MARK, MARK.encode("utf-16-le")
    exif.get_ifd(0x8825)[2] = (6.0, 59.0, 15.5)
    options = {"exif": exif.tobytes(), "xmp": XMP}
    if form == "JPEG":
        options |= {"comment": MARK.encode()}
    if form == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", MARK, zip=True)
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options = {"exif": exif, "pnginfo": words}
    picture.save(held, form, **options)
    body = held.getvalue()
    if form == "JPEG":
        size = (len(IPTC) + 2).to_bytes(2)
        body = body[:2] + b"\xff\xed" + size + IPTC + body[2:]
    return body + MARK.encode()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_a_photo_tells_of_its_making_is_kept(
    form: str, officer_client: Client, client: Client, django_capture_on_commit_callbacks
) -> None:
    body = telling(form)
    assert seen_in(words_in(body), [MARK])
    product = factories.product(published=True)
    photo = {"image": SimpleUploadedFile(f"{MARK}.{form.lower()}", body), "alt": "Kue", "credit": "Pemotret Uji"}
    typed = rows("photos", {**photo, "usage_right": "Milik dinas", "position": 0})
    with django_capture_on_commit_callbacks(execute=True):
        response = submit(officer_client, Product, typed, record=product)
    assert response.status_code == 302, errors(response)
    stored = product.photos.get().image
    kept = [(alias, name) for alias in ("default", "private") for name in files(alias)]
    assert len(kept) >= 3
    for alias, name in kept:
        with storages[alias].open(name) as file:
            content = file.read()
        assert seen_in(f"{name} {words_in(content)}", [MARK]) == [], name
        with Image.open(BytesIO(content)) as picture:
            assert not picture.getexif(), name
            assert not {"exif", "xmp", "photoshop", "comment"} & picture.info.keys(), name
    served = [client.get(f"/media/{name}") for name in names_of(stored.name)]
    assert any(answer.status_code == 200 for answer in served)
    for answer in served:
        body = answer.getvalue()
        assert seen_in(f"{words_in(body)} {answer.headers}", [MARK]) == []
