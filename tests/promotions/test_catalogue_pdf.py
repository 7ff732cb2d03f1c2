"""The PDF: the same document, set by WeasyPrint; what is told when that is missing; what it may read."""

import builtins
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from promotions.catalogue import fonts, resources, store
from semarang_ikm.shared.images import write_copies
from tests import factories as make
from tests.promotions.catalogue_rows import food, sentra_with_products

URL = "/katalog/pdf/"
PUBLIC = "https://sentra.example.org"


@pytest.fixture(autouse=True)
def var(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def fetch(client: Client, query: str = "", path: str = URL) -> bytes:
    answer = client.get(path + query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return b"".join(answer)


def text_of(document: bytes) -> str:
    from pypdf import PdfReader

    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)
    return re.sub(r"\s+", " ", words)


@pytest.mark.pdf
@pytest.mark.django_db
class TestDocument:
    @pytest.fixture(autouse=True)
    def _engine(self, engine: None) -> None:
        """All of these need WeasyPrint."""

    def test_holds_every_product_and_is_named_by_its_day(self, client: Client, day) -> None:
        names = [f"Olahan nomor {number}" for number in range(1, 15)]
        sentra_with_products(food(), *names)
        answer = client.get(URL)
        name = f"katalog-sentra-semarang-{day.isoformat()}.pdf"
        assert answer["Content-Disposition"] == f'inline; filename="{name}"'
        words = text_of(b"".join(answer))
        assert [name for name in names if name not in words] == []

    def test_each_paper_and_density_has_its_own_file_and_is_kept_as_such(self, client: Client) -> None:
        from pypdf import PdfReader

        sentra_with_products(food(), "Tahu")
        tags, sizes = {}, {}
        for asked in ("", "?kertas=a4&kerapatan=rapat", "?kertas=a5", "?kerapatan=lapang"):
            answer = client.get(URL + asked)
            tags[asked] = answer["ETag"]
            sizes[asked] = round(float(PdfReader(BytesIO(b"".join(answer))).pages[0].mediabox.width) / 72 * 25.4)
        assert tags[""] == tags["?kertas=a4&kerapatan=rapat"]
        assert len(set(tags.values())) == 3
        assert (sizes[""], sizes["?kertas=a5"], sizes["?kerapatan=lapang"]) == (210, 148, 210)

    def test_is_tagged_titled_and_has_bookmarks(self, client: Client) -> None:
        from pypdf import PdfReader

        sentra_with_products(food(), "Tahu", name="Tahu Tandang Uji")
        document = PdfReader(BytesIO(fetch(client)))
        catalog = document.trailer["/Root"]
        assert "/StructTreeRoot" in catalog
        assert catalog["/Lang"] == "id"
        assert document.metadata.title.startswith("Katalog Sentra Semarang")
        assert "Tahu Tandang Uji" in [mark.title for mark in _flat(document.outline)]

    def test_contents_name_the_page_of_each_sentra(self, client: Client) -> None:
        from pypdf import PdfReader

        kind = food()
        names = ("Sentra Alfa", "Sentra Beta")
        for name in names:
            sentra_with_products(kind, f"Produk {name}", name=name)
        pages = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(BytesIO(fetch(client))).pages]
        openers = [next(n for n, words in enumerate(pages, 1) if n > 3 and name in words) for name in names]
        told = [int(number) for number in re.findall(r"(?<![\w-])\d+(?![\w-])", pages[1])]
        assert openers == [4, 5]
        assert [number for number in told if number in openers][:2] == openers

    def test_english_has_its_own_document(self, client: Client) -> None:
        from pypdf import PdfReader

        sentra_with_products(food(), "Tahu")
        document = PdfReader(BytesIO(fetch(client, path="/en/catalogue/pdf/")))
        assert document.trailer["/Root"]["/Lang"] == "en"

    def test_the_printed_qr_opens_the_permanent_code(self, client: Client, settings, tmp_path: Path) -> None:
        settings.SITE_URL = PUBLIC
        sentra, _products = sentra_with_products(food(), "Tahu")
        stored = tmp_path / "katalog.pdf"
        stored.write_bytes(fetch(client))
        try:
            subprocess.run(["pdftoppm", "-r", "150", "-png", stored, tmp_path / "page"], check=True)
            pictures = sorted(tmp_path.glob("page*.png"))
            found = subprocess.run(["zbarimg", "-q", "--raw", *pictures], capture_output=True, text=True, check=False)
        except FileNotFoundError as missing:
            pytest.skip(f"not installed on this machine: {missing.filename}")
        assert set(found.stdout.split()) == {f"{PUBLIC}/k/{sentra.code}", f"{PUBLIC}/"}

    def test_the_same_selection_gives_the_same_bytes_and_is_made_once(self, client: Client, var: Path) -> None:
        sentra_with_products(food(), "Tahu")
        first = fetch(client)
        (stored,) = (var / "pdf").glob("*.pdf")
        made = stored.stat().st_mtime_ns
        assert fetch(client) == first
        assert stored.stat().st_mtime_ns == made
        stored.unlink()
        assert fetch(client) == first

    def test_an_edit_reaches_the_next_document(self, client: Client) -> None:
        _sentra, (product,) = sentra_with_products(food(), "Nama lama")
        assert "Nama lama" in text_of(fetch(client))
        product.name = "Nama baru"
        product.save()
        words = text_of(fetch(client))
        assert "Nama baru" in words
        assert "Nama lama" not in words

    def test_unknown_parameters_make_no_further_documents(self, client: Client, var: Path) -> None:
        sentra_with_products(food(), "Tahu")
        for junk in range(3):
            fetch(client, f"?acak={junk}")
        assert len(list((var / "pdf").glob("*.pdf"))) == 1

    def test_a_photo_is_embedded_as_a_reduced_jpeg(self, client: Client) -> None:
        from pypdf import PdfReader

        _sentra, (product,) = sentra_with_products(food(), "Tahu")
        photo = make.product_photo(product=product)
        Image.new("RGB", (1600, 1200), "#a0522d").save(photo.image.path, "JPEG")
        type(photo).objects.filter(pk=photo.pk).update(width=1600, height=1200)
        write_copies(photo.image.name)
        document = PdfReader(BytesIO(fetch(client)))
        (picture,) = {image.data: image for page in document.pages for image in page.images}.values()
        assert picture.image.size == resources.SCREEN_BOX

    def test_a_missing_photo_does_not_stop_the_document(self, client: Client) -> None:
        _sentra, (product,) = sentra_with_products(food(), "Tahu")
        photo = make.product_photo(product=product)
        default_storage.delete(photo.image.name)
        assert "Tahu" in text_of(fetch(client))

    def test_another_document_in_the_making_gets_a_sentence(self, client: Client, monkeypatch) -> None:
        sentra_with_products(food(), "Tahu")

        def busy(*_args: object) -> Path:
            raise store.Busy

        monkeypatch.setattr(store, "get_or_make", busy)
        answer = client.get(URL)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "60"


def _flat(outline: list) -> Iterator:
    for mark in outline:
        if isinstance(mark, list):
            yield from _flat(mark)
        else:
            yield mark


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "named"), [(ImportError("no module"), "WeasyPrint"), (OSError("libpango"), "Pango")])
def test_missing_libraries_are_named_and_the_print_page_offered(client: Client, monkeypatch, error, named) -> None:
    sentra_with_products(food(), "Tahu")
    real_import = builtins.__import__

    def without_weasyprint(name: str, *args: object, **kwargs: object):
        if name.partition(".")[0] == "weasyprint":
            raise error
        return real_import(name, *args, **kwargs)

    for module in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(builtins, "__import__", without_weasyprint)
    answer = client.get(f"{URL}?q=tahu")
    assert answer.status_code == 503
    html = answer.content.decode()
    assert named in html
    assert 'href="/katalog/cetak/?q=tahu"' in html


class TestResources:
    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd",
            "https://example.org/x.css",
            f"{resources.BASE}.evil/static/css/book.css",
            f"{resources.BASE}/etc/passwd",
            f"{resources.BASE}/media/../private/x.jpg",
            f"{resources.BASE}/media/%2e%2e/%2e%2e/etc/passwd",
            f"{resources.BASE}/static/../settings.py",
            f"{resources.BASE}/static/tidak-ada.css",
            f"{resources.BASE}/media/tidak-ada-960.webp",
            f"{resources.FONTS}../../passwd",
            "data:text/css,a",
            "",
        ],
    )
    def test_foreign_and_missing_files_are_refused(self, url: str) -> None:
        with pytest.raises(resources.Refused):
            resources.read(url)

    def test_our_own_style_sheet_is_read(self) -> None:
        body, media_type = resources.read(f"{resources.BASE}/static/css/book.css")
        assert media_type == "text/css"
        assert b"@page" in body

    def test_a_collected_style_sheet_is_read_from_its_source_whose_patterns_are_files(self, monkeypatch) -> None:
        """The collected one holds its patterns as data addresses, and those are refused: the arches would be blank."""
        hashed = {"css/book.css": "css/book.0123456789ab.css"}
        monkeypatch.setattr(resources, "staticfiles_storage", SimpleNamespace(hashed_files=hashed))
        body, _media_type = resources.read(f"{resources.BASE}/static/css/book.0123456789ab.css")
        assert b'url("../patterns/print/asem.svg")' in body
        assert resources.read(f"{resources.BASE}/static/patterns/print/asem.svg")[1] == "image/svg+xml"

    def test_what_is_no_picture_is_refused(self, media: Path) -> None:
        name = default_storage.save("foto/aa/rusak.jpg", make.photo_file())
        Path(default_storage.path(name)).write_bytes(b"not a picture")
        with pytest.raises(resources.Refused):
            resources.read(f"{resources.BASE}/media/{name}")


class TestStore:
    def test_the_maker_is_asked_once(self, var: Path) -> None:
        asked = []
        for _ in range(2):
            path = store.get_or_make("k", lambda: asked.append(1) or b"pdf")
        assert path.read_bytes() == b"pdf"
        assert asked == [1]

    def test_a_failed_maker_leaves_nothing_behind(self, var: Path) -> None:
        def fail() -> bytes:
            raise OSError("full")

        with pytest.raises(OSError, match="full"):
            store.get_or_make("k", fail)
        assert list(store.documents.folder.glob("*.pdf")) == []
        assert store.get_or_make("k", lambda: b"pdf").exists()

    def test_who_waits_too_long_is_told(self, var: Path) -> None:
        def second_asker() -> bytes:
            with pytest.raises(store.Busy):
                store.get_or_make("other", lambda: b"never", wait=0.2)
            return b"first"

        assert store.get_or_make("k", second_asker).read_bytes() == b"first"

    def test_old_and_surplus_files_go(self, var: Path, monkeypatch) -> None:
        import os

        monkeypatch.setattr(store.documents, "max_files", 3)
        for age, key in enumerate(["a", "b", "c", "d"]):
            path = store.get_or_make(key, lambda: b"x")
            os.utime(path, (path.stat().st_mtime - 100 * (10 - age),) * 2)
        ancient = store.documents.folder / "ancient.jpg"
        ancient.write_bytes(b"x")
        os.utime(ancient, (0, 0))
        store.get_or_make("e", lambda: b"x")
        assert {path.stem for path in store.documents.folder.glob("*.*")} == {"c", "d", "e"}


class TestFonts:
    def test_the_designed_family_is_preferred(self, tmp_path: Path) -> None:
        for name in ("DejaVuSerif", "NotoSerifDisplay-Regular", "NotoSerifDisplay-Italic", "NotoSans-Regular"):
            (tmp_path / f"{name}.ttf").write_bytes(b"")
        found = fonts.find([tmp_path])
        assert found.as_designed
        assert found.by_name("DejaVuSerif.ttf") is None
        assert f'url("{resources.FONTS}NotoSerifDisplay-Italic.ttf")' in found.stylesheet(resources.FONTS)

    def test_a_fallback_is_used_and_reported(self, tmp_path: Path) -> None:
        (tmp_path / "DejaVuSerif.otf").write_bytes(b"")
        found = fonts.find([tmp_path])
        assert not found.as_designed
        assert [face.family for face in found.faces] == ["Katalog Serif"]

    def test_no_font_at_all_is_no_error(self, tmp_path: Path) -> None:
        assert fonts.find([tmp_path / "missing"]).stylesheet(resources.FONTS) == ""
