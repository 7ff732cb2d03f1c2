"""What ships is whole, sourced, bilingual, and holds no personal data."""

import re
from collections import Counter

import pytest

from products.models import CertificateKind, CertificationRule, Product
from promotions.models import Partner
from semarang_ikm.content import CONTENT_FOLDER, Content, Row, problems_of
from semarang_ikm.content.rows import fields_of
from sentra.models import (
    AreaAlias,
    Figure,
    Ikm,
    Kecamatan,
    Kelurahan,
    OpenQuestion,
    ProductType,
    SearchVariant,
    Sentra,
    SentraLocation,
    Source,
)

FILES = sorted(path for path in CONTENT_FOLDER.rglob("*") if path.suffix in {".toml", ".csv"})
SEVEN = {
    "batik-warna-alam-malon": "gunungpati",
    "tahu-tempe-tandang": "tandang",
    "tahu-tempe-krobokan": "krobokan",
    "bandeng-presto-tambakrejo": "tambakrejo",
    "kulit-lumpia-kranggan": "kranggan",
    "logam-bugangan-tugu": "bugangan",
    "kerupuk-krobokan": "krobokan",
}
KECAMATAN_OF_THE_SEVEN = {
    "gunungpati": "gunungpati",
    "tandang": "tembalang",
    "krobokan": "semarang-barat",
    "tambakrejo": "gayamsari",
    "kranggan": "semarang-tengah",
    "bugangan": "semarang-timur",
    "tugurejo": "tugu",
}


def by_key(content: Content, model: type) -> dict[str, Row]:
    return {row.key: row for row in content.of(model)}


def locations_of(content: Content, sentra: str) -> list[Row]:
    return [row for row in content.of(SentraLocation) if row.values["sentra"] == sentra]


@pytest.mark.django_db
def test_the_shipped_content_has_no_mistakes(shipped):
    assert [str(problem) for problem in problems_of(shipped)] == []


def test_every_kecamatan_and_kelurahan_is_there(shipped):
    assert len(shipped.of(Kecamatan)) == 16
    kelurahan = shipped.of(Kelurahan)
    assert len(kelurahan) == 177
    assert Counter(row.values["kecamatan"] for row in kelurahan) == {
        "semarang-tengah": 15, "semarang-utara": 9, "semarang-timur": 10, "gayamsari": 7, "genuk": 13,
        "pedurungan": 12, "semarang-selatan": 10, "candisari": 7, "gajahmungkur": 8, "tembalang": 12,
        "banyumanik": 11, "gunungpati": 16, "semarang-barat": 16, "mijen": 14, "ngaliyan": 10, "tugu": 7,
    }  # fmt: skip
    kecamatan_codes = {row.key: row.values["code"] for row in shipped.of(Kecamatan)}
    assert all(row.values["code"].startswith(f"{kecamatan_codes[row.values['kecamatan']]}.") for row in kelurahan)


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Purwosari", {"purwosari-semarang-utara": "semarang-utara", "purwosari-mijen": "mijen"}),
        ("Mangunharjo", {"mangunharjo-tembalang": "tembalang", "mangunharjo-tugu": "tugu"}),
    ],
)
def test_names_that_occur_twice_are_told_apart(shipped, name, slugs):
    found = {row.key: row.values["kecamatan"] for row in shipped.of(Kelurahan) if row.values["name"] == name}
    assert found == slugs


def test_doubtful_postal_codes_stay_empty(shipped):
    without = [row.key for row in shipped.of(Kelurahan) if not row.values["postal_code"]]
    assert len(without) == 26
    assert {"rejomulyo", "gunungpati", "kauman"} <= set(without)


def test_each_kecamatan_point_is_the_middle_of_its_kelurahan(shipped):
    for row in shipped.of(Kecamatan):
        below = [other for other in shipped.of(Kelurahan) if other.values["kecamatan"] == row.key]
        for axis in ("latitude", "longitude"):
            mean = sum(other.values[axis] for other in below) / len(below)
            assert abs(row.values[axis] - mean) < 1e-6


def test_the_seven_sentra_of_the_source_come_first_and_at_their_places(shipped):
    assert [row.key for row in shipped.of(Sentra)][:7] == list(SEVEN)
    kelurahan = by_key(shipped, Kelurahan)
    for sentra, expected in SEVEN.items():
        main = [row for row in locations_of(shipped, sentra) if row.values["is_main"]]
        assert [row.values["kelurahan"] for row in main] == [expected]
    for slug, kecamatan in KECAMATAN_OF_THE_SEVEN.items():
        assert kelurahan[slug].values["kecamatan"] == kecamatan


def test_the_metal_sentra_stands_in_two_kecamatan(shipped):
    kelurahan = by_key(shipped, Kelurahan)
    places = {row.values["kelurahan"]: row.values["role"] for row in locations_of(shipped, "logam-bugangan-tugu")}
    assert places == {"bugangan": "showroom", "tugurejo": "production"}
    assert {kelurahan[slug].values["kecamatan"] for slug in places} == {"semarang-timur", "tugu"}


def test_every_sentra_has_one_main_place_a_type_a_source_and_something_unknown(shipped):
    asked = {row.values["sentra"] for row in shipped.of(OpenQuestion)}
    for row in shipped.of(Sentra):
        assert sum(place.values["is_main"] for place in locations_of(shipped, row.key)) == 1
        assert row.values["product_types"] and row.values["sources"] and row.key in asked


def test_every_place_names_its_source(shipped):
    assert all(row.values["source"] for row in shipped.of(SentraLocation))


def test_every_figure_has_a_date_and_a_source(shipped):
    figures = shipped.of(Figure)
    assert len(figures) > 50
    assert all(row.values["source"] and row.values["as_of"] for row in figures)


def test_no_figure_is_younger_than_its_source(shipped):
    sources = by_key(shipped, Source)
    for row in shipped.of(Figure):
        published = sources[row.values["source"]].values["published_on"]
        assert published is None or row.values["as_of"].year <= published.year, row.key


def test_every_price_has_date_unit_and_source(shipped):
    priced = [row for row in shipped.of(Product) if row.values["price_min"] is not None]
    assert len(priced) >= 14
    for row in priced:
        assert row.values["price_on"] and row.values["price_unit"] and row.values["price_unit_en"]
        assert row.values["price_source"]
        assert by_key(shipped, Source)[row.values["price_source"]].values["published_on"]


def test_every_public_text_is_in_both_languages(shipped):
    for row in shipped.rows:
        for name in fields_of(row.model):
            if name.endswith("_en"):
                base = row.values[name.removesuffix("_en")]
                assert bool(base) == bool(row.values[name]), (row.origin, row.key, name)


def test_texts_are_as_long_as_pages_expect(shipped):
    for row in shipped.of(ProductType):
        assert 45 <= len(row.values["description"].split()) <= 75, row.key
    for row in shipped.of(Sentra):
        assert row.values["summary"] and len(row.values["description"].split()) <= 90, row.key
    assert all(len(row.values["story"].split()) <= 80 for row in shipped.of(Ikm))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_holds_a_telephone_number_or_an_address_of_mail(path):
    text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text)
    assert not re.search(r"(?<![\d.,])(\+62|0[28]\d)[\d \-]{5,}", text)
    assert not re.search(r"\bwa\.me\b|whatsapp", text, re.IGNORECASE)


def test_nothing_is_said_of_what_only_an_officer_knows(shipped):
    for row in shipped.rows:
        assert not row.values.keys() & {"checked_on", "checked_by", "nib", "hs_code"}
    assert not any(row.values["is_export_ready"] for row in shipped.of(Product))


def test_what_is_not_a_sentra_of_the_city_is_absent(shipped):
    names = " ".join(row.values["name"].lower() for model in (Sentra, Ikm, Product) for row in shipped.of(model))
    for absent in ("wingko", "juwana", "tuntang", "angkringan", "bonsai", "mebel"):
        assert absent not in names
    assert not any("tahu bakso" in row.values["name"].lower() for row in shipped.of(Sentra))


def test_groups_and_studios_are_there_without_persons(shipped):
    names = {row.values["name"] for row in shipped.of(Ikm)}
    assert {
        "Kelompok Batik Citra", "Kelompok Batik Kristal", "Kelompok Batik Manggis", "Kelompok Batik Delima",
        "Zie Batik", "Salma Batik", "KUB Global Milk Fish", "Kelompok Mina Makmur", "Paguyuban Puspajaya",
        "Paguyuban Jamu Gendong Sumber Husodo", "Klaster Tas Kota Semarang", "Kelompok Batik Wijaya Kusuma",
    } <= names  # fmt: skip
    assert not any(re.search(r"\b(Bu|Pak|Ibu|Bapak|Hj)\b", name) for name in names)


def test_an_address_that_was_cut_is_left_out_and_said(shipped):
    without = [row for row in shipped.of(Source) if not row.values["url"]]
    assert len(without) >= 10
    assert all(row.values["note"] for row in without)


def test_every_source_is_used(shipped):
    used = set()
    for row in shipped.rows:
        for name, item in fields_of(row.model).items():
            if item.related_model is Source:
                value = row.values[name]
                used |= set(value if isinstance(value, tuple) else [value])
    assert {row.key for row in shipped.of(Source)} <= used


def test_the_product_types_are_a_tree_with_codes_only_where_they_are_sure(shipped):
    types = by_key(shipped, ProductType)
    assert {
        "batik",
        "tahu",
        "tempe",
        "bandeng-presto",
        "logam",
        "kerupuk",
        "ikan-asap",
        "jamu",
        "tas",
        "terasi",
    } <= set(types)
    assert types["batik-warna-alam"].values["parent"] == "batik"
    assert types["kulit-lumpia"].values["parent"] == "lumpia"
    for unsure in ("bandeng-presto", "kulit-lumpia", "terasi", "jamu"):
        assert types[unsure].values["kbli_code"] == ""
    tops = {key for key, row in types.items() if row.values["parent"] is None}
    for key in set(types) - tops:
        parent = types[key].values["parent"]
        assert parent in types and types[key].values["is_food"] == types[parent].values["is_food"]


def test_every_product_type_is_made_somewhere(shipped):
    types = by_key(shipped, ProductType)
    made = {key for row in shipped.of(Sentra) for key in row.values["product_types"]}
    for key in list(made):
        while parent := types[key].values["parent"]:
            made.add(parent)
            key = parent
    assert made == set(types)


def test_the_certificates_of_the_contract_and_their_dated_rules(shipped):
    kinds = [row.key for row in shipped.of(CertificateKind)]
    assert kinds == ["halal", "p-irt", "bpom-md", "sni", "merek", "batikmark", "tkdn-ik", "haccp"]
    rules = by_key(shipped, CertificationRule)
    assert {row.values["kind"] for row in rules.values()} == set(kinds)
    assert rules["halal/tanpa-akhir"].values["has_fixed_end"] is False
    assert "6/2023" in rules["halal/tanpa-akhir"].values["legal_basis"]
    assert rules["halal/empat-tahun"].values["validity_months"] == 48
    assert rules["p-irt/lima-tahun"].values["validity_months"] == 60
    assert rules["haccp/belum-dipastikan"].values["has_fixed_end"] is None
    assert by_key(shipped, CertificateKind)["p-irt"].values["lead_time_days"] == 183
    assert {row.values["rule_checked_on"].isoformat() for row in rules.values()} == {"2026-11-23"}


def test_partners_name_who_says_so(shipped):
    partners = by_key(shipped, Partner)
    assert {"bea-cukai", "pdam", "pln", "kemenperin", "bank-jateng", "dekranasda", "unnes", "bri", "bpjph"} <= set(
        partners
    )
    assert all(row.values["sources"] for row in partners.values())
    assert "Tirta" not in partners["pdam"].values["name"]


def test_search_knows_the_words_of_the_city(shipped):
    variants = {(row.values["variant"], row.values["canonical"]) for row in shipped.of(SearchVariant)}
    assert {("krupuk", "kerupuk"), ("loenpia", "lumpia"), ("duri lunak", "bandeng presto")} <= variants
    aliases = {(row.values["name"], row.values["kelurahan"]) for row in shipped.of(AreaAlias)}
    assert {("Kampung Malon", "gunungpati"), ("Bon Lancung", "kranggan"), ("BKT", "bugangan")} <= aliases
