"""Words and numbers in both languages."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils.translation import override

from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.templatetags import formats

BOTH = pytest.mark.parametrize


@BOTH(
    ("value", "indonesian", "english"),
    [
        (150_000, "Rp150.000", "IDR 150,000"),
        (0, "Rp0", "IDR 0"),
        (1_234_567, "Rp1.234.567", "IDR 1,234,567"),
        (None, "", ""),
    ],
)
def test_rupiah_in_both_languages(value, indonesian, english):
    with override("id"):
        assert formats.rupiah(value) == indonesian
    with override("en"):
        assert formats.rupiah(value) == english


def test_a_price_range_names_the_currency_as_the_language_does():
    with override("id"):
        assert formats.rupiah_range(250, 300) == "Rp250–Rp300"
        assert formats.rupiah_range(250, None) == formats.rupiah_range(250, 250) == "Rp250"
    with override("en"):
        assert formats.rupiah_range(250, 300) == "IDR 250–300"


@BOTH(
    ("value", "indonesian", "english"),
    [
        (Decimal("1500.00"), "1.500", "1,500"),
        (Decimal("2.50"), "2,5", "2.5"),
        (Decimal("100"), "100", "100"),
        (None, "", ""),
    ],
)
def test_numbers_lose_their_trailing_zeros(value, indonesian, english):
    with override("id"):
        assert formats.number(value) == indonesian
    with override("en"):
        assert formats.number(value) == english


@BOTH(
    ("precision", "indonesian", "english"),
    [
        (DatePrecision.DAY, "14 Maret 2027", "14 March 2027"),
        (DatePrecision.MONTH, "Maret 2027", "March 2027"),
        (DatePrecision.YEAR, "2027", "2027"),
    ],
)
def test_a_date_shows_only_what_is_known(precision, indonesian, english):
    with override("id"):
        assert formats.on_date(date(2027, 3, 14), precision) == indonesian
    with override("en"):
        assert formats.on_date(date(2027, 3, 14), precision) == english


def test_a_moment_is_dated_in_jakarta():
    with override("id"):
        assert formats.on_date(datetime(2027, 3, 14, 20, tzinfo=UTC)) == "15 Maret 2027"


def test_no_date_is_no_text():
    assert formats.on_date(None) == ""


def test_telephone_numbers_follow_the_language_and_landlines_have_no_whatsapp():
    with override("id"):
        assert formats.phone("0812 1555 0123") == "0812-1555-0123"
    with override("en"):
        assert formats.phone("0812 1555 0123") == "+62 812 1555 0123"
    assert formats.whatsapp_number("0812 1555 0123") == "6281215550123"
    assert formats.whatsapp_number("(024) 8312345") == ""
    assert formats.phone_link("(024) 8312345") == "+62248312345"


def test_what_is_no_number_stays_text_and_gets_no_link():
    assert formats.phone("tanya Bu RT") == "tanya Bu RT"
    assert formats.phone_link("tanya Bu RT") == formats.whatsapp_number("tanya Bu RT") == ""


@BOTH(("name", "letters"), [("Batik Warna Alam Malon", "BW"), ("tempe", "T"), ("", ""), ("– Zie Batik", "ZB")])
def test_initials_are_at_most_two(name, letters):
    assert formats.initials(name) == letters


@BOTH("code", ["", "S", "U-07", "P-112"])
def test_every_code_has_a_cut_of_the_pattern(code):
    assert formats.pattern_shift(code) in range(5)


@BOTH(
    ("first", "last", "indonesian", "english"),
    [
        (date(2027, 3, 14), None, "Minggu, 14 Maret 2027", "Sunday, 14 March 2027"),
        (date(2027, 3, 14), date(2027, 3, 14), "Minggu, 14 Maret 2027", "Sunday, 14 March 2027"),
        (date(2027, 3, 14), date(2027, 3, 16), "Minggu–Selasa, 14–16 Maret 2027", "Sunday–Tuesday, 14–16 March 2027"),
        (
            date(2027, 3, 31),
            date(2027, 4, 2),
            "Rabu, 31 Maret – Jumat, 2 April 2027",
            "Wednesday, 31 March – Friday, 2 April 2027",
        ),
        (
            date(2027, 12, 31),
            date(2028, 1, 1),
            "Jumat, 31 Desember 2027 – Sabtu, 1 Januari 2028",
            "Friday, 31 December 2027 – Saturday, 1 January 2028",
        ),
    ],
)
def test_days_have_their_weekdays(first, last, indonesian, english):
    with override("id"):
        assert formats.days(first, last) == indonesian
    with override("en"):
        assert formats.days(first, last) == english


def test_a_day_that_is_not_known_is_not_written():
    with override("id"):
        assert formats.days(date(2019, 12, 1), None, DatePrecision.MONTH) == "Desember 2019"
        assert formats.days(date(2019, 1, 1), None, DatePrecision.YEAR) == "2019"


@BOTH(
    ("start", "end", "indonesian", "english"),
    [
        (time(9), time(16, 30), "pukul 09.00–16.30 WIB", "09:00–16:30 WIB"),
        (time(19, 5), None, "pukul 19.05 WIB", "19:05 WIB"),
        (None, None, "", ""),
    ],
)
def test_hours_are_those_of_the_city(start, end, indonesian, english):
    with override("id"):
        assert formats.hours(start, end) == indonesian
    with override("en"):
        assert formats.hours(start, end) == english
