"""Codes are permanent: never used twice, not after a deletion, not by writers at the same moment."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from sentra.codes import format_code, issue_codes, parse_code, was_issued
from sentra.models import Ikm
from tests import factories
from tests.sentra.conftest import ROUNDS, WRITERS


@pytest.mark.parametrize(
    ("prefix", "number", "code"),
    [("S", 7, "S-07"), ("S", 12, "S-12"), ("U", 230, "U-230"), ("P", 112, "P-112"), ("E-2026", 2, "E-2026-2")],
)
def test_codes_look_as_they_are_printed(prefix: str, number: int, code: str) -> None:
    assert format_code(prefix, number) == code
    assert parse_code(code) == (prefix, number)


@pytest.mark.parametrize("typed", ["s-07", " S-07 ", "S-7", "S-0007", "s-7"])
def test_a_code_is_read_in_any_case_and_with_any_zeros(typed: str) -> None:
    assert parse_code(typed) == ("S", 7)


@pytest.mark.parametrize(
    "typed",
    ["", "S", "S-", "S07", "X-07", "S-07-1", "S--7", "S-7x", "E-26-2", "E-2", "S-" + "9" * 13, "S-٧", "S-07\n1"],
)
def test_what_has_not_a_codes_shape_is_no_code(typed: str) -> None:
    assert parse_code(typed) is None


@given(st.sampled_from(["S", "U", "P", "E-2026"]), st.integers(1, 10**12 - 1))
def test_reading_undoes_writing(prefix: str, number: int) -> None:
    assert parse_code(format_code(prefix, number).lower()) == (prefix, number)


@given(st.text(max_size=40))
def test_reading_never_fails(typed: str) -> None:
    found = parse_code(typed)
    assert found is None or parse_code(format_code(*found)) == found


@pytest.mark.django_db
def test_codes_count_up_per_prefix() -> None:
    assert issue_codes("S", 2) == ["S-01", "S-02"]
    assert issue_codes("U") == ["U-01"]
    assert issue_codes("S") == ["S-03"]


@pytest.mark.django_db
def test_a_record_takes_its_code_at_the_first_save_and_keeps_it() -> None:
    ikm = factories.ikm("Sari Rasa")
    code = ikm.code

    ikm.name = "Sari Rasa Baru"
    ikm.save()

    assert Ikm.objects.get(pk=ikm.pk).code == code


@pytest.mark.django_db
def test_the_code_of_a_deleted_record_is_not_given_again() -> None:
    deleted = factories.ikm()
    code = deleted.code
    Ikm.objects.filter(pk=deleted.pk).delete()

    assert factories.ikm().code != code
    assert was_issued(*parse_code(code))


@pytest.mark.django_db
def test_a_number_that_was_never_reached_was_not_issued() -> None:
    issue_codes("S", 3)

    assert was_issued("S", 3)
    assert not was_issued("S", 4)
    assert not was_issued("S", 0)
    assert not was_issued("U", 1)


@pytest.mark.django_db
def test_a_failed_save_leaves_no_record_and_may_leave_a_gap_but_no_twin() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        factories.ikm()
        raise RuntimeError("the writer broke off")

    assert [ikm.code for ikm in (factories.ikm(), factories.ikm())] == list(
        Ikm.objects.order_by("pk").values_list("code", flat=True)
    )
    assert Ikm.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_never_share_a_code(writers) -> None:
    taken: list[str] = []

    failures = writers(lambda: taken.extend(issue_codes("U", 3)))

    assert failures == []
    assert len(taken) == WRITERS * ROUNDS * 3
    assert len(set(taken)) == len(taken)
    assert sorted(parse_code(code)[1] for code in taken) == list(range(1, len(taken) + 1))


@pytest.mark.django_db(transaction=True)
def test_records_of_one_name_saved_at_the_same_moment_get_different_codes_and_addresses(writers) -> None:
    saved: list[tuple[str, str]] = []

    def save() -> None:
        ikm = Ikm(name="Sari Rasa")
        ikm.save()
        saved.append((ikm.code, ikm.slug))

    failures = writers(save)

    assert failures == []
    assert len({code for code, _slug in saved}) == WRITERS * ROUNDS
    assert len({slug for _code, slug in saved}) == WRITERS * ROUNDS


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_rolls_back_does_not_hand_its_code_to_two_others(writers) -> None:
    kept: list[str] = []
    turn = iter(range(10_000))

    def save_or_break_off() -> None:
        try:
            with transaction.atomic():
                (code,) = issue_codes("P")
                if next(turn) % 3 == 0:
                    raise RuntimeError("broke off")
            kept.append(code)
        except RuntimeError:
            pass

    assert writers(save_or_break_off) == []
    assert len(set(kept)) == len(kept)
