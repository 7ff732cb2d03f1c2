"""One normal form for search, sorting and spelling."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semarang_ikm.shared.text import join_search_text, normalise, sort_key, squeeze

words = st.text(alphabet=string.ascii_letters + string.digits, min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Otak-Otak  Témpé", "otak otak tempe"),
        ("  KRUPUK ", "krupuk"),
        ("Bu Tini’s", "bu tini s"),
        ("", ""),
        ("---", ""),
        ("RT 03/RW 06", "rt 03 rw 06"),
    ],
)
def test_case_accents_and_signs_make_no_difference(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@given(st.text(max_size=80))
def test_the_normal_form_is_stable_and_plain(typed: str) -> None:
    normal = normalise(typed)
    assert normalise(normal) == normal
    assert normal == normal.strip()
    assert "  " not in normal
    assert set(normal) <= set(string.ascii_lowercase + string.digits + " ")


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from([" ", "-", "  ", " – ", "/", "\t"]))
def test_the_sign_between_words_makes_no_difference(parts: list[str], sign: str) -> None:
    assert normalise(sign.join(parts)) == normalise(" ".join(parts))
    assert squeeze(sign.join(parts)) == "".join(parts).lower()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Bu Tini", "tini"),
        ("UD Sari Rasa", "sari rasa"),
        ("CV. Maju Jaya", "maju jaya"),
        ("PT Bandeng", "bandeng"),
        ("Hj. Siti", "siti"),
        ("KUB Pak Bambang", "bambang"),
        ("Toko Bu", "bu"),
        ("Budi", "budi"),
        ("Ud", "ud"),
        ("Ptolemeus", "ptolemeus"),
        ("Batik Bu Fatonah", "batik bu fatonah"),
    ],
)
def test_nobody_sorts_by_a_form_of_address(name: str, key: str) -> None:
    assert sort_key(name) == key


@given(st.text(max_size=60))
def test_a_sort_key_is_stable_and_is_the_end_of_the_name(name: str) -> None:
    assert sort_key(sort_key(name)) == sort_key(name)
    assert normalise(name).endswith(sort_key(name))


@given(st.text(max_size=30), words)
def test_a_name_with_a_letter_has_a_sort_key(around: str, word: str) -> None:
    assert sort_key(f"{around} {word}") != ""


def test_the_name_stands_first_and_each_phrase_once() -> None:
    text = join_search_text("Batik Malon", "Gunungpati", "batik malon", "", "Gunung Pati")
    assert text == "batik malon | gunungpati | gunung pati | batikmalon"


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_every_text_is_found_with_and_without_its_spaces(name: str, others: list[str]) -> None:
    text = join_search_text(name, *others)
    assert text.startswith(normalise(name))
    for one in (name, *others):
        assert normalise(one) in text
        assert squeeze(one) in text
