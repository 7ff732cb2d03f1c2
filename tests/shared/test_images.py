"""Uploaded pictures: hostile files are refused in words, good ones lose everything but the picture."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, PngImagePlugin

from semarang_ikm.shared import images
from semarang_ikm.shared.evidence import check_evidence
from semarang_ikm.shared.photos import MASTER_EDGE

RED, GREEN, WHITE = (200, 20, 20), (20, 160, 40), (255, 255, 255)
GPS_MARK = b"Sumurrejo-rumah-pemilik"


def stored(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def plain(size=(300, 200), colour=RED) -> Image.Image:
    return Image.new("RGB", size, colour)


def two_halves() -> Image.Image:
    """Red on the left, green on the right."""
    image = plain((200, 100), RED)
    image.paste(GREEN, (100, 0, 200, 100))
    return image


def prepared(data: bytes, name: str = "foto.jpg") -> Image.Image:
    master = images.prepare(ContentFile(data, name))
    assert master.name == "foto.jpg"
    return Image.open(BytesIO(master.read()))


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        images.prepare(ContentFile(data, "foto.jpg"))
    return caught.value.code


def near(colour, wanted, tolerance=12) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(colour[:3], wanted, strict=True))


def bomb(width: int, height: int) -> bytes:
    """A PNG of one colour: a few kilobytes that become width x height pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\x00" * (width // 8 + 2)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


# -- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"ini bukan foto", "format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "format"),
        (b"%PDF-1.7 palsu", "format"),
        (stored(plain(), "GIF"), "format"),
        (stored(plain(), "BMP"), "format"),
        (stored(plain(), "TIFF"), "format"),
        (stored(plain((800, 600)))[:900], "broken"),
        (stored(plain((800, 600)), "PNG")[:-40], "broken"),
        (stored(plain((800, 600)), "WEBP")[:60], "broken"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 400, "format"),
        (stored(plain()) + images._JPEG_SCAN * 60, "scans"),
    ],
    ids=["empty", "text", "svg", "pdf", "gif", "bmp", "tiff", "cut jpeg", "cut png", "cut webp", "fake jpeg", "scans"],
)
def test_what_is_no_whole_photo_is_refused_with_a_reason(data, code):
    got = refusal(data)
    assert got == code or {got, code} <= {"broken", "format"}


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(images, "_master", lambda image: pytest.fail("decoded"))
    data = bomb(12_000, 12_000)
    assert len(data) < 60_000
    assert refusal(data) == "pixels"
    assert refusal(bomb(30_000, 30_000)) == "pixels"


def test_a_file_over_fifteen_megabytes_is_refused():
    assert refusal(stored(plain()) + b"\x00" * images.MAX_BYTES) == "size"


def test_text_that_inflates_inside_a_png_is_refused():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a" * 70_000_000, zip=True)
    assert refusal(stored(plain(), "PNG", pnginfo=info)) in {"broken", "format"}


# -- kept -------------------------------------------------------------------------------------------------------------


def test_the_content_decides_not_the_name():
    assert prepared(stored(plain(), "PNG"), "foto.svg").format == "JPEG"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_stands_upright_and_forgets_where_it_was_taken(orientation):
    upright = two_halves()
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    as_taken = upright.transpose(turns[orientation]) if orientation in turns else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS_MARK.decode()
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (7.0, 5.0, 0.0)
    data = stored(as_taken, exif=exif, quality=95)
    assert GPS_MARK in data
    master = prepared(data)
    assert master.size == (200, 100)
    assert near(master.getpixel((20, 50)), RED)
    assert near(master.getpixel((180, 50)), GREEN)
    assert not dict(master.getexif())
    assert "exif" not in master.info


def test_comments_profiles_and_appended_pages_are_gone():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = stored(plain(), comment=b"RAHASIA-KOMENTAR", icc_profile=profile, xmp=b"<x>RAHASIA-XMP</x>")
    data += b"<html><script>alert('RAHASIA-HTML')</script>"
    assert data.count(b"RAHASIA") == 3
    master = images.prepare(ContentFile(data, "foto.jpg")).read()
    assert b"RAHASIA" not in master
    assert b"<script" not in master
    assert not {"comment", "icc_profile", "xmp", "exif"} & set(Image.open(BytesIO(master)).info)


def test_text_in_a_png_is_gone():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "RAHASIA-PENULIS")
    assert b"RAHASIA" not in images.prepare(ContentFile(stored(plain(), "PNG", pnginfo=info), "a.png")).read()


def test_what_is_transparent_becomes_white():
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 50, 100))
    for kind in ("PNG", "WEBP"):
        master = prepared(stored(image, kind, lossless=True) if kind == "WEBP" else stored(image, kind))
        assert near(master.getpixel((90, 50)), WHITE)
        assert near(master.getpixel((10, 50)), RED)


def test_a_palette_with_transparency_becomes_white_where_it_is_clear():
    image = Image.new("P", (60, 60), 1)
    image.putpalette([*GREEN, *RED])
    image.paste(0, (0, 0, 30, 60))
    master = prepared(stored(image, "PNG", transparency=1))
    assert near(master.getpixel((50, 30)), WHITE)
    assert near(master.getpixel((5, 30)), GREEN)


def test_print_colours_become_screen_colours():
    master = prepared(stored(Image.new("CMYK", (80, 80), (0, 255, 255, 0)), quality=95))
    assert master.mode == "RGB"
    red, green, blue = master.getpixel((40, 40))
    assert red > 180
    assert green < 90
    assert blue < 90


def test_a_wide_colour_space_is_converted_not_only_relabelled():
    lab = ImageCms.createProfile("LAB")
    broken = b"not a profile at all"
    assert near(prepared(stored(plain(), icc_profile=broken, quality=95)).getpixel((5, 5)), RED)
    unfit = ImageCms.ImageCmsProfile(lab).tobytes()
    assert near(prepared(stored(plain(), icc_profile=unfit, quality=95)).getpixel((5, 5)), RED)


@pytest.mark.parametrize(
    ("image", "wanted"),
    [
        (Image.new("I;16", (50, 50), 200 * 256), (200, 200, 200)),
        (Image.new("L", (50, 50), 90), (90, 90, 90)),
        (Image.new("LA", (50, 50), (90, 255)), (90, 90, 90)),
        (Image.new("1", (50, 50), 1), WHITE),
    ],
    ids=["16 bits", "grey", "grey with alpha", "black and white"],
)
def test_odd_depths_keep_their_shade(image, wanted):
    assert near(prepared(stored(image, "PNG")).getpixel((25, 25)), wanted)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind):
    data = stored(plain(colour=RED), kind, save_all=True, append_images=[plain(colour=GREEN)])
    assert near(prepared(data).getpixel((10, 10)), RED)


def test_a_large_photo_is_made_smaller_and_a_small_one_is_not_blown_up():
    assert max(prepared(stored(plain((5000, 3000)))).size) == MASTER_EDGE
    assert prepared(stored(plain((120, 90)))).size == (120, 90)
    assert prepared(stored(plain((5000, 1)), "PNG")).size == (MASTER_EDGE, 1)


# -- copies -----------------------------------------------------------------------------------------------------------


def test_copies_are_narrower_than_the_master_and_named_after_it():
    name = default_storage.save("foto/ab/uji.jpg", ContentFile(stored(plain((500, 250)))))
    written = images.write_copies(name)
    assert sorted(written) == ["foto/ab/uji-160.webp", "foto/ab/uji-320.webp", "foto/ab/uji-480.webp"]
    with default_storage.open("foto/ab/uji-320.webp") as file, Image.open(file) as copy:
        assert (copy.format, copy.size) == ("WEBP", (320, 160))


def test_writing_copies_again_replaces_them():
    name = default_storage.save("foto/ab/uji.jpg", ContentFile(stored(plain((200, 100)))))
    assert images.write_copies(name) == images.write_copies(name) == ["foto/ab/uji-160.webp"]
    assert sorted(default_storage.listdir("foto/ab")[1]) == ["uji-160.webp", "uji.jpg"]


# -- evidence ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "ending"),
    [(b"%PDF-1.7\n...", ".pdf"), (stored(plain()), ".jpg"), (stored(plain(), "PNG"), ".png")],
    ids=["pdf", "jpeg", "png"],
)
def test_evidence_keeps_its_bytes_and_gets_the_ending_of_its_content(data, ending):
    kept = check_evidence(ContentFile(data, "bukti.html"))
    assert kept.name.endswith(ending)
    assert kept.read() == data


@pytest.mark.parametrize("data", [b"", b"<html>", b"MZ\x90\x00", stored(plain(), "GIF"), b"x" * (images.MAX_BYTES + 1)])
def test_other_evidence_is_refused(data):
    with pytest.raises(ValidationError):
        check_evidence(ContentFile(data, "bukti.pdf"))


def test_half_a_photo_is_refused_even_after_a_pdf_was_made_in_the_same_process(monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # what importing WeasyPrint does
    assert refusal(stored(plain((800, 600)))[:900]) == "broken"
