"""What words find: other words, other names of places, spelling, codes; and the order of what was found."""

import copy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.text import join_search_text, normalise, sort_key
from sentra.choices import AreaAliasKind, PersonalField
from sentra.indexing import refresh
from sentra.models import Ikm, Sentra
from sentra.search import Lexicon, Query, parse
from sentra.search.lexicon import Entry, is_everywhere
from sentra.search.query import EXACT_AS_TYPED, EXACT_IN_OTHER_WORDS, MAX_LENGTH, MAX_WORDS
from tests import factories

VARIANTS = [
    ("kerupuk", "krupuk"),
    ("kerupuk", "keripik"),
    ("lumpia", "loenpia"),
    ("lumpia", "lunpia"),
    ("tahu", "tofu"),
    ("tahu", "tahu bakso"),
    ("tahu tempe", "5T"),
    ("bandeng presto", "duri lunak"),
    ("bandeng presto", "otak-otak bandeng"),
    ("batik warna alam", "natural dye"),
    ("jamu", "herbal"),
    ("sentra", "kampung"),
    ("Semarang", "smg"),
    ("Semarang", "kota semarang"),
    ("kelurahan", "kel."),
]


@pytest.fixture
def city(standing_city, db) -> dict[str, Sentra]:
    """What stands below; what a test changes in it, it changes for itself."""
    return copy.deepcopy(standing_city)


@pytest.fixture(scope="module")
def standing_city(standing_db) -> dict[str, Sentra]:
    """A few sentra of the city, by name, with the words people use for them."""
    for canonical, variant in VARIANTS:
        factories.search_variant(canonical, variant)
    barat = factories.kecamatan("Semarang Barat")
    gunungpati_district = factories.kecamatan("Gunungpati")
    places = {
        "Krobokan": factories.kelurahan("Krobokan", kecamatan=barat),
        "Gunungpati": factories.kelurahan("Gunungpati", kecamatan=gunungpati_district),
        "Tandang": factories.kelurahan("Tandang", kecamatan=factories.kecamatan("Candisari")),
        "Tambakrejo": factories.kelurahan("Tambakrejo", kecamatan=factories.kecamatan("Gayamsari")),
        "Kranggan": factories.kelurahan("Kranggan", kecamatan=factories.kecamatan("Semarang Tengah")),
    }
    factories.area_alias("Malon", kelurahan=places["Gunungpati"], kind=AreaAliasKind.PLACE)
    types = {name: factories.product_type(name) for name in ("Kerupuk", "Tahu", "Tempe", "Batik", "Lumpia", "Jamur")}
    made = [
        ("Kerupuk Krobokan", "Krobokan", ["Kerupuk"]),
        ("Tahu-Tempe Krobokan", "Krobokan", ["Tahu", "Tempe"]),
        ("Tahu-Tempe Tandang", "Tandang", ["Tahu", "Tempe"]),
        ("Batik Warna Alam Malon", "Gunungpati", ["Batik"]),
        ("Bandeng Presto Tambakrejo", "Tambakrejo", []),
        ("Kulit Lumpia Kranggan", "Kranggan", ["Lumpia"]),
        ("Jamur Tiram Malon", "Gunungpati", ["Jamur"]),
    ]
    return {
        name: factories.sentra(name, published=True, kelurahan=[places[place]], types=[types[kind] for kind in kinds])
        for name, place, kinds in made
    }


def found(q: str) -> list[str]:
    """Names of the sentra that `q` finds, the best first."""
    query = parse(q)
    rows = Sentra.objects.published().filter(query.condition()).annotate(score=query.rank())
    return [row.name for row in rows.order_by("score", "sort_name", "pk")]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("krupuk krobokan", "Kerupuk Krobokan"),
        ("loenpia", "Kulit Lumpia Kranggan"),
        ("tempe tandang", "Tahu-Tempe Tandang"),
        ("duri lunak", "Bandeng Presto Tambakrejo"),
        ("durilunak", "Bandeng Presto Tambakrejo"),
        ("otakotak bandeng", "Bandeng Presto Tambakrejo"),
        ("natural-dye batik", "Batik Warna Alam Malon"),
        ("batik gunung pati", "Batik Warna Alam Malon"),
        ("BATIK GUNUNGPATI", "Batik Warna Alam Malon"),
        ("kerupuk-krobokan", "Kerupuk Krobokan"),
        ("kerupukkrobokan", "Kerupuk Krobokan"),
        ("tahutempe tandang", "Tahu-Tempe Tandang"),
        ("témpé tandang", "Tahu-Tempe Tandang"),
        ("5T tandang", "Tahu-Tempe Tandang"),
        ("lump", "Kulit Lumpia Kranggan"),
    ],
)
def test_the_right_thing_comes_first(city, q: str, first: str):
    assert found(q)[0] == first


def test_every_word_must_occur(city):
    assert found("tempe tandang") == ["Tahu-Tempe Tandang"]
    assert found("batik krobokan") == []


def test_a_place_name_finds_everything_in_it(city):
    assert set(found("krobokan")) == {"Kerupuk Krobokan", "Tahu-Tempe Krobokan"}
    assert set(found("gunung pati")) == {"Batik Warna Alam Malon", "Jamur Tiram Malon"}
    assert set(found("semarang barat")) == {"Kerupuk Krobokan", "Tahu-Tempe Krobokan"}


def test_a_place_inside_an_area_finds_the_area(city):
    factories.area_alias("Kampung Ligu", kelurahan=city["Kerupuk Krobokan"].locations.get().kelurahan)
    assert set(found("kampung ligu")) == {"Kerupuk Krobokan", "Tahu-Tempe Krobokan"}


@pytest.mark.parametrize(
    "q",
    [
        "sentra kerupuk di Krobokan",
        "kampung kerupuk",
        "beli kerupuk smg",
        "kerupuk kota semarang",
        "toko kerupuk kel. krobokan",
    ],
)
def test_words_that_are_true_of_everything_do_not_narrow(city, q: str):
    assert found(q) == ["Kerupuk Krobokan"]


def test_glue_alone_is_looked_for_itself(city):
    named = factories.sentra("Sentra Rotan", published=True)
    assert found("sentra") == [named.name]


def test_short_words_with_a_meaning_are_whole_words(city):
    factories.sentra("Tahunan Jaya", published=True)
    assert "Tahunan Jaya" not in found("tahu")
    assert "Jamur Tiram Malon" not in found("jamu")
    assert "Jamur Tiram Malon" in found("jamur")


def test_words_are_found_at_their_beginning_only(city):
    assert found("obokan") == []
    assert set(found("krob")) == {"Kerupuk Krobokan", "Tahu-Tempe Krobokan"}


def test_a_distinguishing_alias_leaves_the_twin_out(city):
    twins = {
        name: factories.kelurahan("Mangunharjo", kecamatan=factories.kecamatan(name)) for name in ("Tugu", "Tembalang")
    }
    factories.area_alias("Mangunharjo Tugu", kelurahan=twins["Tugu"], kind=AreaAliasKind.DISTINGUISHING)
    factories.sentra("Mangrove", published=True, kelurahan=[twins["Tugu"]])
    factories.sentra("Batik Durenan", published=True, kelurahan=[twins["Tembalang"]])
    assert found("mangunharjo tugu") == ["Mangrove"]
    assert set(found("mangunharjo")) == {"Mangrove", "Batik Durenan"}


def test_the_exact_name_comes_before_names_that_begin_with_it_and_these_before_the_rest(city):
    place = factories.kelurahan("Batik Wetan")
    for name in ("Zeta", "Kampung Batik", "Batik Abadi", "Batik"):
        factories.sentra(name, published=True, kelurahan=[place])
    assert found("batik") == ["Batik", "Batik Abadi", "Batik Warna Alam Malon", "Kampung Batik", "Zeta"]


def test_what_was_typed_comes_before_its_other_words(city):
    factories.sentra("Keripik Tempe Mijen", published=True)
    assert found("keripik")[0] == "Keripik Tempe Mijen"
    assert "Kerupuk Krobokan" in found("keripik")


def test_a_wider_word_is_found_after_what_was_typed(city):
    factories.search_variant("batik", "batik tulis")
    factories.sentra("Batik", published=True)
    factories.sentra("Kain Batik Tulis Halus", published=True)
    assert found("batik tulis")[0] == "Kain Batik Tulis Halus"
    assert "Batik" in found("batik tulis")


@pytest.mark.parametrize("written", ["{p}-{n}", "{p}{n}", "{p} {n}", "{p}-00{n}", "  {p}{n}  "])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_code_finds_its_record_first(city, written: str, case):
    record = city["Batik Warna Alam Malon"]
    prefix, digits = record.code.split("-")
    assert found(case(written.format(p=prefix, n=int(digits))))[0] == record.name


def test_a_code_finds_nothing_that_merely_begins_like_it(city):
    for _ in range(12):
        factories.sentra(published=True)
    assert found(city["Kerupuk Krobokan"].code) == ["Kerupuk Krobokan"]


def test_quotation_marks_ask_for_exactly_these_letters(city):
    assert found('"kerupuk krobokan"') == ["Kerupuk Krobokan"]
    assert found('"krupuk krobokan"') == []
    assert found("“tempe tandang”") == ["Tahu-Tempe Tandang"]


def test_drafts_and_archived_rows_are_absent(city):
    factories.sentra("Kerupuk Rahasia")
    gone = factories.sentra("Kerupuk Arsip", published=True)
    gone.status = PublicationStatus.ARCHIVED
    gone.save()
    assert found("kerupuk") == ["Kerupuk Krobokan"]


def test_a_personal_name_is_found_only_while_its_receipt_holds(db):
    withheld = factories.ikm("Siti Sulastri", name_is_personal=True, published=True)
    shown = factories.ikm("Siti Aminah", name_is_personal=True, published=True)
    receipt = factories.consent(shown, PersonalField.NAME)
    refresh(shown)
    published = Ikm.objects.published()
    assert list(published.filter(parse("siti").condition())) == [shown]
    assert list(published.filter(parse(f"usaha {withheld.code}").condition())) == [withheld]
    receipt.scopes.update(withdrawn_on=factories.today())
    refresh(shown)
    assert not published.filter(parse("siti").condition()).exists()


HOSTILE = [
    "",
    " ",
    "%",
    "_",
    "'",
    '"',
    '""',
    '"""',
    "\\",
    "%%%%",
    "' OR 1=1 --",
    "a'b\"c",
    "🍤🔥",
    "‮قهوة",
    "漢字",
    "ꦧꦠꦶꦏ꧀",
    "x" * 200,
    "é" * 300,
    "a " * 200,
    "-" * 50,
    "()[]{}",
    "*?+^$|",
    "NULL",
    "p-0",
    "s-" + "9" * 30,
    "\u200b",
    "ﬁ",
    "İ",
]


@pytest.mark.parametrize("q", HOSTILE)
def test_odd_input_is_answered(city, q: str):
    assert isinstance(found(q), list)


@pytest.mark.parametrize("q", ["%", "_", "", "🍤", "|", "' '"])
def test_signs_alone_find_nothing(city, q: str):
    assert found(q) == []


def test_a_long_search_is_bounded(city):
    query = parse("kerupuk " + "krobokan tandang " * 40)
    assert len(query.text) <= MAX_LENGTH
    assert sum(len(term.typed.split()) for term in query.terms) <= MAX_WORDS


def test_reading_a_search_asks_the_same_four_queries_whatever_it_says(city, count_queries):
    assert {count_queries(lambda q=q: parse(q)) for q in ("batik", "krupuk krobokan di semarang barat", "zzz")} == {4}


def test_a_code_needs_no_lexicon(city, count_queries):
    assert count_queries(lambda: parse("S-07")) == 0


# -- properties ------------------------------------------------------------------------------------------------------

SOME = (
    "kerupuk krupuk krobokan tahu tempe tandang batik jamu jamur gunung pati gunungpati semarang barat di kota 5t s-07"
)
WORDS = st.sampled_from(SOME.split())
SEARCHES = st.lists(WORDS, min_size=1, max_size=5)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def lexicon() -> Lexicon:
    """A small one, without a database."""
    made = Lexicon()
    for variant, canonical in [("krupuk", "kerupuk"), ("5t", "tahu tempe"), ("kota semarang", "semarang")]:
        made.entry(variant).meanings[canonical] = None
    for place in ("gunungpati", "semarang barat", "krobokan", "tandang"):
        made.entry(place).places[(place,)] = True
    made.short_words = {"tahu", "jamu", "5t"}
    return made


def meaning(query: Query) -> tuple:
    return query.terms, query.code, query.is_literal


@given(SEARCHES, st.sampled_from(["-", "  ", "/", " . ", "\t", "—"]))
def test_case_hyphens_and_spaces_between_words_change_nothing(words: list[str], between: str):
    plain = meaning(parse(" ".join(words), lexicon()))
    assert meaning(parse(between.join(words), lexicon())) == plain
    assert meaning(parse(" ".join(words).upper(), lexicon())) == plain
    assert meaning(parse(f"  {'  '.join(words)} ", lexicon())) == plain


@given(st.text(max_size=250))
def test_no_text_is_refused(text: str):
    query = parse(text, lexicon())
    assert len(query.text) <= MAX_LENGTH
    query.condition()
    query.rank()
    assert query.matches("") is False


@given(NAMES)
def test_a_name_without_its_spaces_finds_it_exactly(name: str):
    words = normalise(name)
    assume(not is_everywhere(words))
    text = join_search_text(name)
    for typed in (words, words.replace(" ", ""), words.upper()):
        query = parse(typed, lexicon())
        assume(not query.code)
        assert query.matches(text)
        assert query.score(text, sort_key(name)) in (EXACT_AS_TYPED, EXACT_IN_OTHER_WORDS)


@pytest.mark.django_db
@given(SEARCHES, st.lists(NAMES, min_size=1, max_size=3, unique=True), st.lists(WORDS, max_size=3))
def test_sql_and_python_agree(words: list[str], names: list[str], others: list[str]):
    query = parse(" ".join(words), lexicon())
    assume(not query.code)
    for index, name in enumerate(names):
        Sentra.objects.update_or_create(
            code=f"S-9{index}",
            defaults={
                "name": f"Uji {index}",
                "slug": f"uji-{index}",
                "search_text": join_search_text(name, *others),
                "sort_name": sort_key(name),
            },
        )
    rows = list(Sentra.objects.all())
    in_sql = dict(Sentra.objects.filter(query.condition()).annotate(score=query.rank()).values_list("pk", "score"))
    in_python = {row.pk: query.score(row.search_text, row.sort_name) for row in rows if query.matches(row.search_text)}
    assert in_sql == in_python


def test_entries_of_the_lexicon_meet_whatever_their_spaces():
    made = lexicon()
    assert isinstance(made.knows("gunung pati"), Entry)
    assert made.knows("gunung pati") is made.knows("gunungpati")
    assert made.knows("gunung") is None
