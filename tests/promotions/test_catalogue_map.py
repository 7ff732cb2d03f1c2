"""The map page of the catalogue: in each kecamatan the codes of this edition's sentra, and the same in words."""

import pytest
from django.test import Client
from shapely import Polygon, box

from promotions.catalogue.city import area_of, lines_of
from promotions.catalogue.labels import place_in
from sentra.map.drawing import Drawing, Shape, schematic
from sentra.map.paths import rings_of
from sentra.models import Kecamatan
from tests import factories as make
from tests.pages import Element, parse
from tests.promotions.catalogue_rows import food
from tests.sentra import whole_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return whole_city.fill()


def sentra_in(city, slug: str, kind, **fields):
    sentra = make.sentra(published=True, types=[kind], kelurahan=[city[slug].kelurahan.first()], **fields)
    make.product(sentra=sentra, product_type=kind, published=True)
    return sentra


def map_section(client: Client, query: str = "") -> Element:
    html = client.get(f"/katalog/cetak/{query}").content.decode()
    return parse(html).one("div", data_print="map")


def test_codes_stand_in_their_kecamatan_on_the_map_and_in_words(client: Client, city):
    kind = food()
    mijen, tugu = sentra_in(city, "mijen", kind), sentra_in(city, "tugu", kind)
    second = make.location(sentra=tugu, kelurahan=city["mijen"].kelurahan.last(), role="showroom")
    make.location(sentra=mijen, kelurahan=city["genuk"].kelurahan.first(), used_until=2015)
    page = map_section(client)
    words = [text.text for text in page.one("svg").all("text")]
    assert f"{mijen.code} {second.sentra.code}" in words
    assert len(page.all("path")) == 16
    listed = {area.one("h3").text: area.one("p").text for area in page.all("div", **{"class": "area"})}
    assert listed == {"Mijen": f"{mijen.code}, {tugu.code}", "Tugu": tugu.code}


@pytest.mark.parametrize("count", [1, 2, 5])
def test_no_code_crosses_a_border(count: int):
    """On the shipped drawing, whichever kecamatan they are in; a code's letter is 6.8 units wide."""
    codes = tuple(f"S-{n:02}" for n in range(1, count + 1))
    drawing = schematic()
    for number, shape in drawing.shapes.items():
        (area,) = (Polygon(ring) for ring in rings_of(shape.path))
        drawn = area_of(Kecamatan(code=number, name="Semarang Timur"), drawing, codes)
        written = [box(drawn.x - 3.4 * len(line), y - 10, drawn.x + 3.4 * len(line), y) for line, y in drawn.lines]
        assert [line for line, place in zip(drawn.lines, written, strict=True) if not area.contains(place)] == []
        *shown, last = " ".join(line for line, _y in drawn.lines).split()
        assert [*shown, last] == list(codes) or int(last) == count - len(shown)


def test_a_name_stays_inside_its_area_where_it_can_and_keeps_its_label_without_codes():
    shape = Shape("M0 0l100 0l0 60l-100 0z", 80, 30)
    assert place_in(shape, "Tugu", ["S-01"], name_too=True) == (80, 21)
    assert place_in(shape, "Gajahmungkur", ["S-01"], name_too=True) is None
    left = place_in(shape, "Tembalang", ["S-01"], name_too=True)
    assert left and 36 + 3 <= left[0] <= 100 - 36 - 3
    assert area_of(Kecamatan(code="x", name="Tugu"), Drawing({"x": shape}, schematic().box), ()).x == 80


def test_only_sentra_of_the_edition_are_named(client: Client, city):
    kind, other = food(), make.product_type("Logam")
    inside, outside = sentra_in(city, "mijen", kind), sentra_in(city, "genuk", other)
    hidden = make.sentra(types=[kind], kelurahan=[city["tugu"].kelurahan.first()])
    page = map_section(client, f"?jenis={kind.slug}")
    assert inside.code in page.text
    assert outside.code not in page.text
    assert hidden.code not in page.text


def test_the_drawing_has_no_links_and_names_its_letters(client: Client, city):
    """WeasyPrint leaves out what stands inside a link in an SVG, and needs a font that is embedded."""
    sentra_in(city, "mijen", food())
    drawing = map_section(client).one("svg", role="img")
    assert drawing.all("a") == []
    assert all("Katalog Sans" in str(group.get("font-family")) for group in drawing.all("g")[1:])


def test_a_catalogue_of_products_without_a_sentra_has_no_map(client: Client, city):
    make.product(published=True, product_type=food())
    html = client.get("/katalog/cetak/").content.decode()
    assert 'data-print="map"' not in html
    assert 'href="#peta"' not in html


def test_the_contents_lead_to_the_map_and_the_map_to_the_entries(client: Client, city):
    sentra = sentra_in(city, "mijen", food())
    html = client.get("/katalog/cetak/").content.decode()
    assert html.index('href="#peta"') < html.index('data-print="map"') < html.index('data-print="sentra"')
    assert sentra.code in [link.text for link in map_section(client).all("a", href=f"#{sentra.code}")]


def test_many_codes_are_counted_and_few_are_written_out():
    codes = tuple(f"S-{n:02}" for n in range(1, 10))
    assert lines_of(codes[:5]) == ["S-01 S-02", "S-03 S-04", "S-05"]
    assert lines_of(codes) == ["S-01 S-02", "S-03 S-04", "+5"]
    assert lines_of(()) == []
    assert lines_of(codes, 1, 6) == ["S-01", "S-02", "S-03", "S-04", "S-05", "+4"]
