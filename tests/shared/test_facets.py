"""Which values of a facet are seen at once."""

from semarang_ikm.shared.list_parts import Facet, Option


def option(value: str, count: int, *, selected: bool = False, depth: int = 0) -> Option:
    return Option(value=value, label=value, count=count, selected=selected, depth=depth)


def test_a_flat_facet_shows_what_can_be_ticked_and_hides_the_zeros() -> None:
    facet = Facet("kec", "Kecamatan", tuple(option(f"k{n}", n % 2) for n in range(16)))
    assert [shown.value for shown in facet.shown] == ["k1", "k3", "k5", "k7", "k9", "k11"]
    assert {hidden.value for hidden in facet.more} == {f"k{n}" for n in range(16)} - {
        "k1",
        "k3",
        "k5",
        "k7",
        "k9",
        "k11",
    }


def test_a_ticked_zero_stays_in_sight() -> None:
    facet = Facet("kec", "Kecamatan", (option("a", 0), option("b", 0, selected=True)))
    assert [shown.value for shown in facet.shown] == ["b"]


def test_a_facet_of_zeros_still_shows_its_first_values() -> None:
    facet = Facet("harga", "Harga", (option("a", 0), option("b", 0)))
    assert [shown.value for shown in facet.shown] == ["a", "b"]
    assert facet.more == []


def test_a_tree_keeps_its_order() -> None:
    facet = Facet("jenis", "Jenis", tuple(option(f"t{n}", 0, depth=n % 2) for n in range(8)))
    assert [shown.value for shown in facet.shown] == [f"t{n}" for n in range(6)]


def test_the_rest_opens_itself_when_it_holds_a_ticked_value() -> None:
    facet = Facet("kec", "Kecamatan", tuple(option(f"k{n}", 1, selected=n == 9) for n in range(10)))
    assert facet.more_open
