"""Every type knows itself and all above it."""

import pytest

from sentra.lineage import rebuild_lineage
from sentra.models import ProductType

pytestmark = pytest.mark.django_db


def tree() -> tuple[ProductType, ProductType, ProductType]:
    top = ProductType.objects.create(name="Pangan")
    middle = ProductType.objects.create(name="Olahan kedelai", parent=top)
    return top, middle, ProductType.objects.create(name="Tempe", parent=middle)


def above(kind: ProductType) -> set[str]:
    return set(kind.ancestors.values_list("name", flat=True))


def test_a_type_has_itself_and_everything_above(django_assert_max_num_queries):
    top, middle, leaf = tree()
    with django_assert_max_num_queries(6):  # two of them open and close the transaction
        assert rebuild_lineage() == 6
    assert above(leaf) == {"Tempe", "Olahan kedelai", "Pangan"}
    assert above(middle) == {"Olahan kedelai", "Pangan"}
    assert above(top) == {"Pangan"}


def test_moving_a_branch_moves_everything_below_it():
    _top, middle, leaf = tree()
    rebuild_lineage()
    middle.parent = ProductType.objects.create(name="Kerajinan")
    middle.save()
    rebuild_lineage()
    assert above(leaf) == {"Tempe", "Olahan kedelai", "Kerajinan"}


def test_nothing_is_written_when_nothing_is_wrong(django_assert_max_num_queries):
    tree()
    rebuild_lineage()
    with django_assert_max_num_queries(4) as asked:
        assert rebuild_lineage() == 0
    assert not any(query["sql"].startswith(("INSERT", "DELETE")) for query in asked.captured_queries)


def test_a_loop_of_parents_ends():
    top, _middle, leaf = tree()
    ProductType.objects.filter(pk=top.pk).update(parent=leaf)
    rebuild_lineage()
    assert above(top) == {"Pangan", "Tempe", "Olahan kedelai"}
