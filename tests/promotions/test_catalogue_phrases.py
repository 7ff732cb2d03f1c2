"""Numbers, money and dates in both languages; QR codes of addresses that last."""

from datetime import date
from decimal import Decimal

import pytest
import segno
from django.utils import translation

from promotions.catalogue import phrases
from promotions.catalogue.lists import in_code_order
from semarang_ikm.shared.qr import QUIET_ZONE, lasting_site, permanent_address, qr_of
from sentra.choices import FigureKind, FigureQualifier
from sentra.models import Figure

DAY = date(2026, 11, 24)


def figure(**fields: object) -> Figure:
    return Figure(**{"kind": FigureKind.MAKERS, "value_min": Decimal(36), "unit": "perajin"} | fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "36 perajin"),
        (
            {"value_min": Decimal(1500), "value_max": Decimal(6000), "unit": "lembar per hari"},
            "1.500–6.000 lembar per hari",
        ),
        ({"qualifier": FigureQualifier.ABOUT, "value_min": Decimal(200)}, "sekitar 200 perajin"),
        ({"kind": FigureKind.SINCE, "value_min": Decimal(1981), "unit": ""}, "1981"),
        ({"unit": "Rp per lembar", "value_min": Decimal(250), "value_max": Decimal(300)}, "Rp250–Rp300 per lembar"),
        ({"value_min": Decimal("2.50"), "unit": "ton"}, "2,5 ton"),
    ],
)
def test_figures_read_as_people_write_them(fields: dict, words: str) -> None:
    assert phrases.value_of(figure(**fields)) == words


def test_english_changes_the_formats() -> None:
    with translation.override("en"):
        money = figure(unit="Rp", value_min=Decimal(12000), value_max=Decimal(15000))
        assert phrases.value_of(money) == "IDR 12,000–15,000"
        assert phrases.full_date(DAY) == "24 November 2026"


def test_a_price_from_the_future_is_not_printed() -> None:
    assert not phrases.is_price_fresh(date(2026, 11, 25), DAY)


def test_dates_show_what_is_known_of_them() -> None:
    shown = [phrases.dated(date(2017, 8, 1), precision) for precision in ("year", "month", "day")]
    assert shown == ["2017", "Agustus 2017", "1 Agustus 2017"]


def test_codes_are_ordered_by_kind_and_number() -> None:
    assert in_code_order({"P-112", "U-9", "S-10", "P-12", "S-02"}) == ("S-02", "S-10", "U-9", "P-12", "P-112")


@pytest.mark.parametrize(
    "dead", ["", "http://localhost", "http://a.localhost:8000", "http://127.8.0.1", "http://0.0.0.0:80", "http://[::1]"]
)
def test_an_address_of_this_machine_does_not_last(dead: str) -> None:
    assert lasting_site(dead) == ""
    assert qr_of(permanent_address(lasting_site(dead), "S-07")) is None


def test_a_qr_draws_exactly_the_symbol_of_the_permanent_address() -> None:
    code = qr_of(permanent_address(lasting_site("https://sentra.example.org/"), "S-07"))
    assert code is not None
    assert code.address == "https://sentra.example.org/k/S-07"
    symbol = segno.make(code.address, error="q", micro=False, boost_error=False)
    expected = [list(row) for row in symbol.matrix_iter(border=QUIET_ZONE)]
    drawn = [[0] * code.size for _ in range(code.size)]
    for step in code.path.split("M")[1:]:
        x, rest = step.split(" ")
        y, width = rest.split(".5h")
        for offset in range(int(width)):
            drawn[int(y)][int(x) + offset] = 1
    assert drawn == expected
