"""On the content that ships, the words that people of Semarang type find the right thing first."""

import pytest
from django.core.management import call_command

from semarang_ikm.search.page import SearchPage
from sentra.models import Sentra


@pytest.fixture(scope="module", autouse=True)
def shipped(standing_db) -> None:
    """The shipped content."""
    call_command("seed", verbosity=0)


def first(q: str) -> tuple[str, str]:
    """The kind and the name of the very first thing."""
    page = SearchPage(q)
    assert page.groups, f"{q} finds nothing"
    return page.groups[0].kind, page.groups[0].rows[0].name.lower()


def names(q: str, kind: str) -> list[str]:
    return [row.name for group in SearchPage(q).groups if group.kind == kind for row in group.rows]


@pytest.mark.parametrize(
    "q", ["krupuk krobokan", "kerupuk krobokan", "KRUPUK-KROBOKAN", "krupukkrobokan", "krupk krobokn"]
)
def test_kerupuk_of_krobokan(q: str):
    kind, name = first(q)
    assert kind == "sentra"
    assert "kerupuk" in name and "krobokan" in name


@pytest.mark.parametrize("q", ["loenpia", "lunpia", "lumpia", "spring roll", "lunpya"])
def test_lumpia(q: str):
    kind, name = first(q)
    assert kind in ("sentra", "jenis", "produk")
    assert "lumpia" in name
    assert any("lumpia" in sentra.lower() for sentra in names(q, "sentra"))


@pytest.mark.parametrize("q", ["tempe tandang", "tahu tempe tandang", "témpé tandang", "tempe di kel. tandang"])
def test_tahu_and_tempe_of_tandang(q: str):
    kind, name = first(q)
    assert kind == "sentra"
    assert "tandang" in name


@pytest.mark.parametrize("q", ["duri lunak", "bandeng duri lunak", "milkfish", "duri lunk", "bandeng presto"])
def test_milkfish_with_soft_bones(q: str):
    kind, name = first(q)
    assert kind in ("sentra", "jenis", "produk")
    assert "bandeng" in name
    assert any("bandeng" in sentra.lower() for sentra in names(q, "sentra"))


@pytest.mark.parametrize("q", ["Gunung Pati", "gunungpati", "GUNUNG-PATI", "gunungpaty", "gn pati"])
def test_a_place_finds_itself_and_what_is_in_it(q: str):
    assert first(q) == ("wilayah", "gunungpati")
    assert any("batik" in sentra.lower() for sentra in names(q, "sentra"))


@pytest.mark.parametrize("q", ["otak-otak", "otakotak", "OTAK OTAK", "otak otak bandeng"])
def test_otak_otak(q: str):
    assert any("bandeng" in name.lower() or "otak" in name.lower() for name in names(q, "produk") + names(q, "sentra"))


@pytest.mark.parametrize("q", ["natural dye batik", "batik warna alam", "batik pewarna alami", "batik malon"])
def test_batik_of_natural_dyes(q: str):
    assert "batik" in first(q)[1]
    assert any("malon" in name.lower() or "warna alam" in name.lower() for name in names(q, "sentra"))


def test_a_typing_error_in_one_letter_is_forgiven():
    assert "batik" in first("batk")[1]
    assert SearchPage("batk").shown_for == "batik"


def test_every_sentra_is_found_first_by_its_name_in_any_writing_and_by_its_code():
    for sentra in Sentra.objects.published():
        for q in (sentra.name, sentra.name.upper(), sentra.name.replace(" ", "-"), sentra.name.replace(" ", "")):
            found = SearchPage(q).groups
            rows = next((group.rows for group in found if group.kind == "sentra"), ())
            assert rows and rows[0] == sentra, q
        for q in (sentra.code, sentra.code.lower().replace("-", " ")):
            group = SearchPage(q).groups[0]
            assert (group.kind, group.rows[0]) == ("sentra", sentra)
