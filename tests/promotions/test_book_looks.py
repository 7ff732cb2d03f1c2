"""How small things of the book fall on the page: marks, heads and words that may not be torn apart."""

from dataclasses import replace
from typing import Any

import pytest

from promotions.book.measure import Measure
from promotions.book.pages import Page
from promotions.catalogue import fonts, pdf, resources
from promotions.catalogue.model import Text
from promotions.choices import Paper
from promotions.templatetags.book import running_head, unbroken

LONG = Page(
    "products", code="S-12", running=Text("Tahu Tempe Gumregah Lamper Tengah", also="Gumregah Tofu, Lamper Tengah")
)


def set_in(paper: str, html: str) -> Any:
    """The box of the page, with the book's own style and fonts."""
    weasyprint = pdf.engine()
    from weasyprint.text.fonts import FontConfiguration

    files, font_config = pdf.fetcher(resources.read), FontConfiguration()
    sheets = [
        weasyprint.CSS(string=text, font_config=font_config, url_fetcher=files, base_url=base)
        for text, base in (
            (fonts.installed().stylesheet(resources.FONTS), resources.BASE),
            (resources.read(f"{resources.BASE}/static/css/book.css")[0].decode(), f"{resources.BASE}/static/css/"),
        )
    ]
    document = pdf.document_of(f'<html lang="id" class="{paper}"><body>{html}</body></html>', files)
    return document.render(font_config=font_config, stylesheets=sheets).pages[0]._page_box


def inks(box: Any) -> list[Any]:
    """Every run of text, what is placed absolutely too."""
    own = [box] if getattr(box, "text", "").strip() else []
    return [*own, *(ink for part in getattr(box, "children", ()) for ink in inks(part))]


@pytest.mark.pdf
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("paper", Paper.values)
def test_the_mark_of_a_certificate_stands_before_its_name_in_the_table_too(paper: str) -> None:
    row = '<tr><th class="mark-valid">Halal</th><td>1</td></tr>'
    (name, _number) = inks(set_in(paper, f'<div class="page"><div class="list"><table>{row}</table></div></div>'))
    # The mark is .85 of the letters wide, and nothing else stands at the left edge.
    assert name.position_x >= name.style["font_size"]


@pytest.mark.pdf
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("paper", Paper.values)
@pytest.mark.parametrize("also", ["Gumregah Tofu, Lamper Tengah", "Gumregah Tofu and Tempeh, Lamper Tengah", "x " * 90])
def test_the_head_of_a_page_is_one_line_beside_its_number(paper: str, also: str) -> None:
    head = running_head(replace(LONG, running=replace(LONG.running or Text(""), also=also)), Measure(paper))
    found = inks(set_in(paper, f'<div class="page left" data-folio="188" data-head="{head}"></div>'))
    number = next(ink for ink in found if ink.text == "188")
    said = [ink for ink in found if ink is not number]
    assert len(said) == 1 and said[0].text == " ".join(head.split())
    assert said[0].position_x + said[0].width < number.position_x


def test_the_head_names_both_languages_where_they_fit() -> None:
    assert running_head(LONG, Measure()).endswith("Lamper Tengah / Gumregah Tofu, Lamper Tengah")
    wide = replace(LONG, running=Text("Tahu " * 12, also="Tofu " * 20))
    assert running_head(wide, Measure()) == f"S-12  {'Tahu ' * 12}"


def test_a_number_keeps_its_ending_and_the_rest_stays_as_it_was() -> None:
    assert unbroken("sejak 1960-an, <b> & otak-otak") == (
        'sejak <span class="whole">1960-an</span>, &lt;b&gt; &amp; otak-otak'
    )
    for whole in ("ke-2", "P-IRT", "RT 03/RW 03", "S-14"):
        assert unbroken(f"a {whole}.") == f'a <span class="whole">{whole}</span>.'
    for plain in ("e-mail", "satu-satunya", "75-80", "SNI-1234x"):
        assert unbroken(plain) == plain


@pytest.mark.pdf
@pytest.mark.usefixtures("engine")
def test_what_is_whole_is_not_torn_at_the_end_of_a_line() -> None:
    words = " ".join(["kata", "1960-an", "Foto/Photo:"] * 60)
    html = words.replace("1960-an", str(unbroken("1960-an"))).replace(
        "Foto/Photo:", '<span class="whole">Foto/Photo:</span>'
    )
    texts = " ".join(ink.text for ink in inks(set_in(Paper.A4, f'<div class="page"><p>{html}</p></div>')))
    assert texts.split().count("1960-an") == 60 and texts.split().count("Foto/Photo:") == 60


@pytest.mark.pdf
@pytest.mark.usefixtures("engine")
def test_a_mark_is_explained_in_both_languages_without_a_slash_that_begins_a_line() -> None:
    words = 'sertifikat yang berlaku <span lang="en">/ valid certificate</span>'
    html = f'<ul class="hints"><li class="marks"><span class="mark-valid">{words}</span></li></ul>'
    first, second, *_rest = inks(set_in(Paper.A5, f'<div class="page">{html}</div>'))
    assert second.text.startswith("/") and second.position_y == first.position_y
