"""08..., 62..., +62... and (024)... are one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semarang_ikm.shared.phones import InvalidPhone, parse_phone


@pytest.mark.parametrize(
    "typed",
    [
        "081215550123",
        "0812-1555-0123",
        "0812 1555 0123",
        "0812.1555.0123",
        "+6281215550123",
        "+62 812-1555-0123",
        "6281215550123",
        "62 812 1555 0123",
        "81215550123",
        " (0812) 1555 0123 ",
        "+62 (0)812 1555 0123",
    ],
)
def test_every_spelling_of_a_mobile_number_is_one_number(typed: str) -> None:
    phone = parse_phone(typed)
    assert phone.e164 == "+6281215550123"
    assert phone.digits == "6281215550123"
    assert phone.is_mobile


@pytest.mark.parametrize(
    "typed", ["(024) 3550123", "024-355-0123", "0243550123", "+62 24 3550123", "62243550123", "3550123"]
)
def test_every_spelling_of_a_landline_is_one_number_without_whatsapp(typed: str) -> None:
    phone = parse_phone(typed)
    assert phone.e164 == "+62243550123"
    assert not phone.is_mobile


def test_a_bare_number_of_eight_digits_is_a_landline_of_this_city() -> None:
    assert parse_phone("76712345").e164 == "+622476712345"
    assert parse_phone("1500123").e164 == "+621500123"


def test_a_number_is_shown_as_its_readers_write_it() -> None:
    assert parse_phone("+6281215550123").national() == "0812-1555-0123"
    assert parse_phone("081215550123").international() == "+62 812 1555 0123"
    assert parse_phone("0243550123").national() == "(024) 3550123"


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "12", "0812", "tidak ada", "0812 1555", "+628121555", "+99 123", "0" * 40, "٠٨", "\x00"]
)
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(InvalidPhone):
        parse_phone(typed)


@given(st.integers(10_000_000, 99_999_999), st.sampled_from(["0", "62", "+62", "+62 ", "62-"]), st.data())
def test_prefix_and_signs_make_no_difference(rest: int, prefix: str, data: st.DataObject) -> None:
    digits = f"812{rest}"
    plain = parse_phone(f"+62{digits}")
    position = data.draw(st.integers(1, len(digits) - 1))
    sign = data.draw(st.sampled_from(["", " ", "-", ".", "  "]))
    assert parse_phone(f"{prefix}{digits[:position]}{sign}{digits[position:]}") == plain
    assert parse_phone(plain.national()) == parse_phone(plain.international()) == parse_phone(plain.e164) == plain


@given(st.text(max_size=40))
def test_reading_gives_a_number_or_says_so(typed: str) -> None:
    try:
        phone = parse_phone(typed)
    except InvalidPhone:
        return
    assert phone.e164.startswith("+")
    assert phone.digits.isascii()
    assert phone.digits.isdigit()
