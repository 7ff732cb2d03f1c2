"""The catalogue of English texts: found without GNU gettext, merged without loss, checked with places."""

from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from tests.scripts import load

messages = load("scripts/messages.py")
TEMPLATE = """{% load i18n %}
<h1>{% translate "Sentra 'batik'" %}</h1> {% translate "Terbit" context "certificate" %}
{% blocktranslate trimmed count n=total %}
  {{ n }} usaha
{% plural %}
  {{ n }} usaha (banyak)
{% endblocktranslate %}
{% blocktranslate with place=name %}di {{ place }}{% endblocktranslate %}
"""
CODE = """
label = gettext_lazy("Nama")
panjang = _(
    "Satu kalimat "
    "dua bagian"
)
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One template and one module as the whole project; the catalogue in a temporary folder."""
    po = tmp_path / "django.po"
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PO", po)
    monkeypatch.setattr(messages, "MO", po.with_suffix(".mo"))
    template = messages._calls(templatize(TEMPLATE))
    monkeypatch.setattr(messages, "sources", lambda: iter([("halaman.html", template), ("kode.py", CODE)]))
    return po


def translate(po: Path, msgid: str, msgstr: str) -> None:
    text = po.read_text()
    assert f'msgid "{msgid}"\nmsgstr ""' in text
    po.write_text(text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"'))


def translate_all(po: Path) -> None:
    translate(po, "Sentra 'batik'", "'Batik' centres")
    translate(po, "Terbit", "Issued")
    translate(po, "di %(place)s", "in %(place)s")
    translate(po, "Nama", "Name")
    translate(po, "Satu kalimat dua bagian", "One sentence in two parts")
    po.write_text(
        po.read_text().replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%(n)s business"\nmsgstr[1] "%(n)s businesses"')
    )
    messages.update()


def test_every_kind_of_text_is_found_with_its_place(house: Path) -> None:
    found = messages.extract()
    assert found.get("Sentra 'batik'").locations == [("halaman.html", 2)]
    assert found.get("Terbit", "certificate")
    assert found.get("%(n)s usaha").id == ("%(n)s usaha", "%(n)s usaha (banyak)")
    assert found.get("di %(place)s")
    assert found.get("Satu kalimat dua bagian").locations[0][0] == "kode.py"
    assert len(found) == 6


def test_a_whole_catalogue_passes_and_stays_byte_for_byte(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages.update()
    translate_all(house)
    before = house.read_bytes(), house.with_suffix(".mo").read_bytes()
    messages.update()
    assert (house.read_bytes(), house.with_suffix(".mo").read_bytes()) == before
    assert messages.check() == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda po: po.replace('msgstr "Name"', 'msgstr ""'), "kode.py:2: no English: 'Nama'"),
        (lambda po: po.replace('msgid "Nama"', '#, fuzzy\nmsgid "Nama"'), "kode.py:2: no English: 'Nama'"),
        (lambda po: po.replace('msgid "Nama"', 'msgid "Julukan"'), "kode.py:2: not in the catalogue: 'Nama'"),
        (lambda po: po.replace('msgid "Nama"', 'msgid "Julukan"'), "no longer used: 'Julukan'"),
        (lambda po: po.replace('msgstr "in %(place)s"', 'msgstr "in %(site)s"'), "unknown named placeholder 'site'"),
        (lambda po: po.replace('msgstr "Name"', 'msgstr "A name"'), "django.mo is not compiled"),
    ],
)
def test_what_is_wrong_is_named(house: Path, capsys: pytest.CaptureFixture[str], change, said: str) -> None:
    messages.update()
    translate_all(house)
    changed = change(house.read_text())
    assert changed != house.read_text()
    house.write_text(changed)
    capsys.readouterr()
    assert messages.check() == 1
    assert said in capsys.readouterr().out


def test_a_doubt_and_its_text_survive_a_merge_and_what_is_gone_leaves(house: Path) -> None:
    messages.update()
    translate_all(house)
    house.write_text(
        house.read_text().replace('msgid "Nama"', '#, fuzzy\nmsgid "Nama"') + '\nmsgid "Lama"\nmsgstr "Old"\n'
    )
    messages.update()
    kept = messages.stored()
    assert kept.get("Nama").fuzzy
    assert kept.get("Nama").string == "Name"
    assert kept.get("Lama") is None
