"""The press file, measured: its boxes, marks, fonts, photos, signatures and booklet order; and the same bytes again."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import ClassVar

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from products.models import Product, ProductPhoto
from promotions.actions import editions
from promotions.catalogue import resources
from promotions.choices import FileVariant, Paper
from promotions.editions.making import write_file
from promotions.models import CatalogueEdition, EditionFile
from promotions.press.booklet import order
from semarang_ikm.shared.images import write_copies
from sentra.actions.purging import purge
from tests import factories, processes
from tests.promotions.catalogue_rows import food, sentra_with_products
from tests.promotions.waiving import waive_all

MM = 72 / 25.4
A4 = (210.0, 297.0)


@pytest.fixture(autouse=True)
def settled(settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    settings.SITE_URL = "https://sentra.example.org"


def photograph(product: Product, size: tuple[int, int] = (1600, 1200)) -> None:
    photo = factories.product_photo(product=product)
    Image.new("RGB", size, "#a0522d").save(photo.image.path, "JPEG")
    ProductPhoto.objects.filter(pk=photo.pk).update(width=size[0], height=size[1])
    write_copies(photo.image.name)


def published(*names: str, **fields) -> CatalogueEdition:
    """An edition of one sentra with these products, the first with a photo."""
    _sentra, products = sentra_with_products(food(), *(names or ("Tahu bakso", "Tempe mendoan")), name="Tahu Tandang")
    photograph(products[0])
    edition = factories.edition("Oleh-oleh Semarang", **fields)
    editions.add_products(edition=edition, products=products, by=None)
    waive_all(edition)
    editions.publish(edition=edition, by=None)
    return edition


def text_of(file: EditionFile) -> str:
    from pypdf import PdfReader

    with file.file.open() as stored:
        return " ".join(page.extract_text() for page in PdfReader(stored).pages)


@pytest.fixture
def no_reading_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting the file for readers takes seconds and says nothing here."""
    from promotions.editions import making
    from promotions.editions.reading import Made

    monkeypatch.setattr(making, "make_pdf", lambda contents, photo, measure: Made(b"%PDF-1.7", 8, {}))


def pixels(path: Path, page: int, dpi: int, folder: Path) -> Image.Image:
    try:
        subprocess.run(
            ["pdftoppm", "-r", str(dpi), "-png", "-f", str(page), "-l", str(page), path, folder / "seite"], check=True
        )
    except FileNotFoundError:
        pytest.skip("pdftoppm is not installed on this machine")
    (drawn,) = folder.glob("seite*.png")
    return Image.open(drawn).convert("RGB")


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("press", "no_reading_file")
class TestPressFile:
    # Made by whichever test is the first: setting takes seconds.
    made: ClassVar[dict] = {}

    @pytest.fixture
    def path(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        if not self.made:
            path, steps = tmp_path_factory.mktemp("press") / "press.pdf", []
            record = EditionFile(edition=published(), language="id", variant=FileVariant.PRESS)
            pages, made_with = write_file(record, path, lambda done, total: steps.append((done, total)))
            self.made |= {"path": path, "pages": pages, "made_with": made_with, "steps": steps}
        return self.made["path"]

    def test_its_boxes_are_the_trim_three_millimetres_more_and_the_sheet(self, path: Path) -> None:
        import pikepdf

        with pikepdf.Pdf.open(path) as book:
            for page in book.pages:
                trim, bleed, media = (
                    [float(n) / MM for n in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
                )
                assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(A4, abs=0.05)
                assert [b - t for b, t in zip(bleed, trim, strict=True)] == pytest.approx([-3, -3, 3, 3], abs=0.01)
                assert [m - t for m, t in zip(media, trim, strict=True)] == pytest.approx([-10, -10, 10, 10], abs=0.01)
                assert "/ArtBox" not in page.obj

    def test_no_mark_is_within_three_millimetres_of_the_trim_and_art_runs_to_the_bleed(
        self, path: Path, tmp_path: Path
    ) -> None:
        dpi = 150
        page = pixels(path, 1, dpi, tmp_path)

        def at(millimetres: float) -> int:
            return round(millimetres * dpi / 25.4)

        width, height = page.size
        white = Image.new("RGB", page.size, "white")
        ink = ImageChops.difference(page, white).convert("L").point(lambda value: 255 if value > 40 else 0)
        # The sheet ends 10 mm from the trim: between 3.3 and 3.8 mm from it there is nothing on any side.
        inner, outer = 10 - 3.8, 10 - 3.3
        strips = {
            "left": (at(inner), 0, at(outer), height),
            "right": (width - at(outer), 0, width - at(inner), height),
            "top": (0, at(inner), width, at(outer)),
            "bottom": (0, height - at(outer), width, height - at(inner)),
        }
        assert {side: ink.crop(box).getbbox() for side, box in strips.items()} == dict.fromkeys(strips)
        # The arches of the cover reach the bleed at the foot and at the right.
        foot = ink.crop((at(60), height - at(7.6), at(180), height - at(7.2)))
        assert foot.getbbox() is not None
        # The marks themselves: two at each corner.
        corner = ink.crop((0, 0, at(6), at(12)))
        assert corner.getbbox() is not None

    def test_every_font_is_embedded(self, path: Path) -> None:
        from pypdf import PdfReader

        fonts = {}
        for page in PdfReader(path).pages:
            for font in page["/Resources"].get("/Font", {}).values():
                (inner,) = font.get_object()["/DescendantFonts"]
                described = inner.get_object()["/FontDescriptor"].get_object()
                fonts[described["/FontName"]] = bool({"/FontFile2", "/FontFile3", "/FontFile"} & set(described))
        assert fonts and all(fonts.values())

    def test_photos_are_jpeg_of_300_dpi_at_their_printed_size(self, path: Path) -> None:
        import pikepdf

        with pikepdf.Pdf.open(path) as book:
            found = {
                (int(image.Width), int(image.Height), str(image.Filter))
                for page in book.pages
                for image in page.get_images().values()
            }
        assert found == {(*resources.PRINT_BOX, "/DCTDecode")}
        assert min(resources.PRINT_BOX[0] / 80, resources.PRINT_BOX[1] / 60) * 25.4 >= 300

    def test_pages_fill_whole_signatures_and_the_back_cover_is_last(self, path: Path) -> None:
        from pypdf import PdfReader

        words = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]
        assert self.made["pages"] == len(words) and len(words) % 4 == 0
        assert "Cari perajin dan produk" in words[-1]
        notes = [place for place, text in enumerate(words, 1) if text.strip().startswith("Catatan")]
        assert notes == list(range(len(words) - len(notes), len(words)))

    def test_contents_name_the_page_that_the_page_itself_bears(self, path: Path) -> None:
        from pypdf import PdfReader

        words = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(path).pages]
        numbers = [{int(found) for found in re.findall(r"(?<![\w-])\d+(?![\w-])", text)} for text in words]
        # The cover, the imprint, then the contents.
        contents = 2
        for part in ("Tahu Tandang", "Indeks per kelurahan"):
            there = next(
                n for n, text in enumerate(words, 1) if n > contents + 1 and part in text and n in numbers[n - 1]
            )
            assert part in words[contents] and there in numbers[contents]

    def test_the_inner_margin_is_on_the_side_of_the_fold(self, path: Path) -> None:
        from pypdf import PdfReader

        def left_edge(page) -> float:
            found: list[float] = []

            def visit(text: str, cm: list[float], tm: list[float], *_rest: object) -> None:
                if text.strip():
                    found.append((tm[4] * cm[0] + cm[4]) / MM)

            page.extract_text(visitor_text=visit)
            return min(found)

        contents, opener = (PdfReader(path).pages[number] for number in (1, 2))
        assert left_edge(contents) == pytest.approx(18, abs=0.5)
        assert left_edge(opener) == pytest.approx(22, abs=0.5)

    def test_nothing_leads_anywhere(self, path: Path) -> None:
        import pikepdf

        with pikepdf.Pdf.open(path) as book:
            assert not [page for page in book.pages if "/Annots" in page.obj]

    def test_progress_goes_up_to_the_end(self, path: Path) -> None:
        assert self.made["steps"] == sorted(self.made["steps"]) and all(
            done < total for done, total in self.made["steps"]
        )
        assert {"pikepdf", "WeasyPrint", "words", "css/press.css"} <= set(self.made["made_with"])


class TestBookletOrder:
    @pytest.mark.parametrize("pages", [4, 8, 36])
    def test_a_folded_heap_reads_from_one_to_the_last(self, pages: int) -> None:
        sides = order(pages)
        assert len(sides) == pages // 2
        assert sorted(number for side in sides for number in side) == list(range(1, pages + 1))
        fronts, backs = sides[::2], sides[1::2]
        # Folded in the middle: right halves of the fronts and left halves of the backs come first, from outside in.
        first_half = [number for front, back in zip(fronts, backs, strict=True) for number in (front[1], back[0])]
        assert first_half == list(range(1, pages // 2 + 1))
        # What lies back to back on one half of a sheet are neighbours.
        assert all(abs(front[1] - back[0]) == 1 for front, back in zip(fronts, backs, strict=True))

    def test_other_numbers_of_pages_are_refused(self) -> None:
        with pytest.raises(ValueError, match="30"):
            order(30)


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("press", "no_reading_file")
def test_a_booklet_has_two_trimmed_pages_on_each_sheet(tmp_path: Path) -> None:
    from pypdf import PdfReader

    edition = published()
    path = tmp_path / "booklet.pdf"
    write_file(EditionFile(edition=edition, language="id", variant=FileVariant.BOOKLET), path)
    sheets = PdfReader(path).pages
    assert {(round(float(s.mediabox.width) / MM), round(float(s.mediabox.height) / MM)) for s in sheets} == {(420, 297)}
    first = sheets[0].extract_text()
    assert "Cari perajin" in first and "Oleh-oleh" in first


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("press", "no_reading_file")
class TestOffered:
    def ask(self, client: Client, edition: CatalogueEdition, kind: str = "percetakan-a4"):
        return client.post(reverse("admin:promotions_edition_files", args=[edition.pk]), {"kind": kind}, follow=True)

    def test_an_officer_asks_once_and_downloads(self, officer_client: Client) -> None:
        edition = published()
        for _press in range(2):
            page = self.ask(officer_client, edition).content.decode()
        (file,) = edition.files.filter(variant=FileVariant.PRESS)
        assert (file.work_state, file.pages % 4) == ("done", 0)
        address = reverse("admin:promotions_editionfile_file", args=[file.pk])
        assert address in page and 'value="percetakan-a4"' not in page and 'value="lipat-a5"' in page
        assert b"".join(officer_client.get(address).streaming_content).startswith(b"%PDF")

    def test_it_is_never_public(self, officer_client: Client, client: Client) -> None:
        edition = published()
        self.ask(officer_client, edition)
        press = edition.files.get(variant=FileVariant.PRESS)
        answer = client.get(reverse("edition_pdf", args=[edition.code]))
        assert press.sha256 not in answer["ETag"]
        page = client.get(edition.get_absolute_url()).content.decode()
        assert "editionfile" not in page and press.file.name not in page
        assert Client().get(reverse("admin:promotions_editionfile_file", args=[press.pk])).status_code == 302
        EditionFile.objects.filter(variant=FileVariant.READING).delete()
        assert client.get(reverse("edition_pdf", args=[edition.code])).status_code in {404, 410, 503}

    def test_a_choice_that_is_none_is_said(self, officer_client: Client) -> None:
        edition = published()
        assert "Pilih satu berkas." in self.ask(officer_client, edition, "poster").content.decode()
        assert not edition.files.filter(variant=FileVariant.PRESS).exists()

    def test_a_draft_has_none(self, officer_client: Client) -> None:
        edition = factories.edition()
        assert self.ask(officer_client, edition).status_code == 404
        assert not edition.files.exists()


# -- the same again ----------------------------------------------------------------------------------------------------


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("press")
class TestRebuild:
    def told(self, code: str) -> str:
        out = StringIO()
        call_command("rebuild_edition", code, stdout=out)
        return out.getvalue()

    def test_a_rebuild_gives_the_same_bytes(self) -> None:
        edition = published()
        editions.request_file(edition=edition, variant=FileVariant.PRESS, paper=Paper.A5, by=None)
        told = self.told(edition.code.lower())
        assert told.count("the same bytes") == 2 and "other bytes" not in told

    def told_elsewhere(self, code: str, media: Path, folder: Path, seed: int = 7) -> str:
        """What the command says in a process of its own, with the rows and files of this test and nothing else of it."""
        own = {"DATABASE_URL": processes.database_url(folder), "MEDIA_ROOT": str(media), "DEBUG": "1", "SITE_URL": ""}
        done = subprocess.run(
            [sys.executable, "manage.py", "rebuild_edition", code],
            cwd=settings.BASE_DIR,
            env={**os.environ, **own, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def test_another_process_gives_the_same_bytes_for_every_use(self, media: Path, tmp_path: Path) -> None:
        edition = published()
        for variant in (FileVariant.PRESS, FileVariant.BOOKLET):
            editions.request_file(edition=edition, variant=variant, paper=Paper.A5, by=None)
        told = self.told_elsewhere(edition.code, media, tmp_path)
        assert "the words are as published" in told and "other bytes" not in told
        for stored in edition.files.all():
            assert f"{stored.variant}: the same bytes ({stored.sha256[:12]})" in told

    def test_what_is_made_after_somebody_was_taken_out_is_the_same_again(self, media: Path, tmp_path: Path) -> None:
        person = factories.ikm("Zubaidah Wiryo", name_is_personal=True, published=True)
        factories.consent(person, "name", channels=["web", "print"])
        edition = factories.edition("Oleh-oleh Semarang")
        makers = [person, factories.ikm("Tahu Maju", published=True)]
        products = [factories.product(f"Kain {maker.code}", ikm=maker, published=True) for maker in makers]
        editions.add_products(edition=edition, products=products, by=None)
        waive_all(edition)
        editions.publish(edition=edition, by=None)
        editions.request_file(edition=edition, variant=FileVariant.PRESS, paper=Paper.A4, by=None)
        printed = set(edition.files.values_list("sha256", flat=True))
        words = edition.documents.get().sha256

        purge(subject=person, by=factories.user(), why="permintaan pemilik")
        with pytest.raises(CommandError, match="no stored file"):
            self.told(edition.code)
        for file in edition.files.all():
            assert editions.rebuild(file=file, by=None)
        anew = {file.variant: file for file in edition.files.all()}
        assert printed.isdisjoint(file.sha256 for file in anew.values())
        assert "Zubaidah" not in text_of(anew[FileVariant.READING]) and person.code in text_of(
            anew[FileVariant.READING]
        )

        told = self.told_elsewhere(edition.code, media, tmp_path)
        assert "somebody was taken out on" in told and "other bytes" not in told
        assert told.count("the same bytes") == 2
        # The record keeps the hash of what was printed: a copy of it can still be told from this one.
        assert edition.documents.get().sha256 == words

    def test_words_that_were_altered_are_told(self) -> None:
        edition = published()
        document = edition.documents.get()
        document.content["catalogue"]["title"]["words"] = "Judul lain"
        document.save()
        out = StringIO()
        with pytest.raises(CommandError, match="not those that were published"):
            call_command("rebuild_edition", edition.code, stdout=out)
        assert "altered" in out.getvalue() and "other bytes" in out.getvalue()

    def test_other_bytes_are_told_with_what_changed(self) -> None:
        edition = published()
        file = edition.files.get()
        made_with = {**file.made_with, "WeasyPrint": "12.0"}
        EditionFile.objects.filter(pk=file.pk).update(sha256="0" * 64, made_with=made_with)
        out = StringIO()
        with pytest.raises(CommandError, match="stored file is the edition"):
            call_command("rebuild_edition", edition.code, stdout=out)
        assert "other bytes" in out.getvalue() and "WeasyPrint: 12.0 then" in out.getvalue()

    def test_an_unknown_edition_is_said(self) -> None:
        with pytest.raises(CommandError, match="no edition"):
            self.told("E-1999-1")
