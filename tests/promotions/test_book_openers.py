"""The page that opens a sentra: its map in the city, its photo where paper may show one, and both languages throughout."""

import re
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from promotions.book.html import html_of
from promotions.book.measure import Measure
from promotions.book.paginate import book_of
from promotions.catalogue import pdf
from promotions.catalogue.model import Catalogue, Chapter
from promotions.choices import Density, EditionLanguage, FileVariant, Paper
from promotions.editions.freezing import freeze
from promotions.editions.reading import book_content, catalogue_of
from promotions.models import CatalogueEdition
from promotions.preflight.laid_out import flaws_of
from semarang_ikm.shared.choices import Channel
from sentra.choices import FigureKind, PersonalField
from sentra.models import SentraPhoto
from tests import factories as make

pytestmark = pytest.mark.django_db
EVERY_MEASURE = [Measure(paper, density, FileVariant.BOOKLET) for paper in Paper.values for density in Density.values]


@pytest.fixture(autouse=True)
def ready(settings) -> None:
    settings.SITE_URL = "https://sentra.example.org"


@pytest.fixture
def town() -> SimpleNamespace:
    """A sentra with its figures and two products, in a kelurahan of Semarang Barat."""
    kind = make.product_type("Tahu", name_en="Tofu")
    barat = make.kecamatan("Semarang Barat", code="33.74.13")
    place = make.kelurahan("Krobokan", kecamatan=barat)
    words = {
        "summary": "Perajin tahu di tepi kota. " * 3,
        "summary_en": "Makers of tofu. " * 3,
        "description": "Kampung ini memasak sebelum subuh. " * 8,
        "description_en": "They cook before dawn. " * 8,
    }
    sentra = make.sentra("Tahu Uji", name_en="Test Tofu", published=True, types=[kind], kelurahan=[place], **words)
    for number in range(3):
        make.figure(sentra=sentra, kind=FigureKind.MAKERS, value_min=36 + number, unit="perajin", unit_en="makers")
    products = [
        make.product(name, name_en=f"{name} (en)", sentra=sentra, product_type=kind, published=True)
        for name in ("Tahu pong", "Tahu bakso")
    ]
    return SimpleNamespace(sentra=sentra, products=products, place=place)


def photo(sentra: Any, size: tuple[int, int] = (1800, 1200), **fields: Any) -> SentraPhoto:
    """A photo of the sentra with this many pixels."""
    made = make.sentra_photo(sentra=sentra, alt="Tungku tahu", credit="Ratna W.", **fields)
    Image.new("RGB", size, "teal").save(made.image.path, "JPEG")
    SentraPhoto.objects.filter(pk=made.pk).update(width=size[0], height=size[1])
    return made


def edition_of(town: SimpleNamespace, language: str = EditionLanguage.BOTH) -> CatalogueEdition:
    from promotions.actions import editions

    edition = make.edition("Oleh-oleh", title_en="Souvenirs", language=language)
    editions.add_products(edition=edition, products=town.products, by=None)
    return edition


def frozen(town: SimpleNamespace, language: str = EditionLanguage.BOTH) -> Catalogue:
    edition = edition_of(town, language)
    documents = freeze(edition).documents
    return book_content([documents[language] for language in edition.languages], lambda key: f"/photo/{key}")


def chapter_of(town: SimpleNamespace) -> Chapter:
    return frozen(town).sentra[0]


def opener(catalogue: Catalogue, measure: Measure | None = None) -> str:
    book = book_of(catalogue, measure or Measure())
    return html_of(book, [next(page for page in book.pages if page.kind == "sentra")])


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_the_map_marks_the_place_of_the_sentra_and_names_the_page_of_the_whole_map(town) -> None:
    catalogue = frozen(town)
    (chapter,) = catalogue.sentra
    assert chapter.areas == ("Barat",) and len(chapter.spots) == 1
    html = opener(catalogue)
    (shape,) = re.findall(r'<path d="([^"]+)" fill="#c3d0e4"', html)
    assert catalogue.city and shape == next(area.path for area in catalogue.city.areas if area.name == "Barat")
    x, y = chapter.spots[0]
    assert f'<circle cx="{x}" cy="{y}"' in html
    assert f"Peta lengkap: halaman {book_of(catalogue, Measure()).numbers['peta']}" in words(html)


def test_a_place_left_behind_is_not_on_the_map(town) -> None:
    old = make.kelurahan("Tandang", kecamatan=make.kecamatan("Tembalang", code="33.74.10"))
    make.location(sentra=town.sentra, kelurahan=old, used_until=2019)
    assert chapter_of(town).areas == ("Barat",)


def test_a_fine_photo_stands_on_the_opening_page_with_its_words_and_its_author(town) -> None:
    photo(town.sentra, alt_en="Tofu stove")
    html = opener(frozen(town))
    assert 'alt="Tungku tahu / Tofu stove"' in html and "Foto/Photo:&nbsp;Ratna W." in words(html)
    assert 'class="portrait"' in html


def test_what_a_drawing_shows_is_said_in_both_languages_and_in_one_book_in_its_own(town, settings) -> None:
    settings.SITE_URL = "https://sentra.example.org"
    photo(town.sentra, alt_en="Tofu stove")
    both, english = opener(frozen(town)), opener(frozen(town, EditionLanguage.ENGLISH))
    code = town.sentra.code
    assert re.findall("<title>(Letak[^<]+|Kode QR[^<]+)", both) == [
        "Letaknya di kota / Where it lies in the city: Barat",
        f"Kode QR ke halaman {code} / QR code to the page of {code}",
    ]
    assert 'alt="Tofu stove"' in english and not re.search("Letaknya|Kode QR|Tungku", english)


def test_without_a_photo_there_is_no_frame_for_one(town) -> None:
    assert "portrait" not in opener(frozen(town))


def test_a_photo_too_coarse_for_paper_is_passed_over_for_a_finer_one(town) -> None:
    photo(town.sentra, (800, 600), position=0)
    assert chapter_of(town).picture is None
    photo(town.sentra, (1500, 1000), position=1)
    found = chapter_of(town).picture
    assert found and found.width * 2 == found.height * 3


def test_a_recognisable_face_needs_the_receipt_for_portraits_in_print(town) -> None:
    photo(town.sentra, shows_people=True, portrait_consent_on=make.days_ago(9))
    assert chapter_of(town).picture is None
    make.consent(town.sentra, PersonalField.PORTRAIT, channels=[Channel.PRINT])
    assert chapter_of(town).picture is not None


def test_a_withdrawn_portrait_leaves_the_document_but_a_place_without_people_stays(town) -> None:
    photo(town.sentra, shows_people=True, portrait_consent_on=make.days_ago(9))
    make.consent(town.sentra, PersonalField.PORTRAIT, channels=[Channel.PRINT])
    edition = edition_of(town, EditionLanguage.INDONESIAN)
    content = freeze(edition).documents["id"]
    assert content["personal"][town.sentra.code] == {PersonalField.PORTRAIT: [town.sentra.code]}
    lost = {town.sentra.code: frozenset({PersonalField.PORTRAIT})}
    assert catalogue_of(content, str).sentra[0].picture is not None
    assert catalogue_of(content, str, lost).sentra[0].picture is None


def test_the_frozen_photo_is_fine_enough_for_its_frame(town) -> None:
    photo(town.sentra, (2400, 1600))
    ((code, image),) = freeze(edition_of(town)).photos.values()
    assert code == town.sentra.code
    with Image.open(BytesIO(image)) as kept:
        # 100 x 66 mm at 300 dots per inch.
        assert kept.width >= 1181 and kept.height >= 780


@pytest.mark.pdf
@pytest.mark.parametrize("measure", EVERY_MEASURE, ids=str)
@pytest.mark.parametrize("language", EditionLanguage.values)
def test_nothing_is_wrong_with_a_full_opening_page_with_map_and_photo(town, language, measure) -> None:
    if not pdf.is_available():
        pytest.skip("the PDF libraries are not installed on this machine")
    photo(town.sentra)
    book = book_of(frozen(town, language), measure)
    assert flaws_of(replace(book, pages=tuple(page for page in book.pages if page.kind != "map"))) == []


def test_few_words_about_one_product_stand_under_the_description_not_on_a_sheet_of_their_own(town) -> None:
    town.products.pop()
    photo(town.sentra)
    kinds = [page.kind for page in book_of(frozen(town), Measure(Paper.A5)).pages]
    place = kinds.index("sentra")
    assert kinds[place : place + 2] == ["sentra", "description"] and "products" not in kinds


def test_a_book_of_both_says_every_word_of_a_page_twice(town) -> None:
    product = town.products[0]
    maker = make.ikm(published=True, sentra=town.sentra)
    type(product).objects.filter(pk=product.pk).update(
        sentra=None,
        ikm=maker,
        price_min=5000,
        price_unit="kotak",
        price_on=make.days_ago(20),
        is_flagship=True,
        is_export_ready=True,
    )
    make.certification(
        ikm=maker, kind=make.certificate_kind("halal"), products=[product], expires_on=make.days_ago(-200)
    )
    catalogue = frozen(town)
    told = words(html_of(book_of(catalogue, Measure())))
    badge = next(badge for entry in catalogue.entries for badge in entry.badges)
    price = next(entry for entry in catalogue.entries if entry.price)
    for expected in (
        "Tahu / Tofu",
        f"s.d. {badge.until.words} / until {badge.until.also or badge.until.words}",
        "Unggulan / Flagship",
        "Siap ekspor / Export-ready",
        "Kel. Krobokan, Kec. Semarang Barat Krobokan ward, Semarang Barat district",
        "cetakan ke-1 / printing 1",
        "sertifikat yang berlaku / valid certificate",
        f"{price.price_date.words}" + f" / {price.price_date.also}" * bool(price.price_date.also),
    ):
        assert expected in told
