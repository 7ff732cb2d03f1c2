"""The version of the data: new after every committed write, whoever wrote it; and nothing is kept where that fails."""

import datetime
from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from products.models import Product
from sentra import data_version as module
from sentra import triggers
from sentra.data_version import data_version, kept, pinned, read_version
from sentra.models import DataVersion, Kelurahan, ProductType
from tests import factories

# Apps of others, none of whose tables a public page reads.
OTHERS = {"admin", "auth", "axes", "contenttypes", "django_tasks_database", "otp_static", "otp_totp", "sessions"}
live = pytest.mark.django_db(transaction=True)


def test_every_model_is_watched_or_said_to_be_behind_the_counter() -> None:
    watched = set(triggers.watched_models())
    undecided = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model not in watched
        and model._meta.app_label not in OTHERS
        and model.__name__ not in getattr(apps.get_app_config(model._meta.app_label), "behind_the_counter", ())
    ]
    assert undecided == []


def test_what_is_behind_the_counter_exists() -> None:
    for config in apps.get_app_configs():
        names = {model.__name__ for model in config.get_models(include_auto_created=True)}
        assert getattr(config, "behind_the_counter", frozenset()) <= names, config.label


@pytest.mark.django_db
def test_every_watched_table_has_its_triggers() -> None:
    assert len(triggers.watched_tables()) > 25
    assert triggers.missing() == []


def changes(write: Callable[[], object]) -> bool:
    before = data_version()
    assert before
    write()
    assert data_version()
    return data_version() != before


def sql(statement: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


@live
def test_every_way_of_writing_gives_a_new_version() -> None:
    product, place, kind = factories.product(published=True), factories.kelurahan(), factories.product_type()

    assert changes(product.save)
    assert changes(lambda: Product.objects.update(name="Lain"))
    assert changes(lambda: ProductType.objects.bulk_create([ProductType(name="Baru", slug="baru")]))
    assert changes(lambda: product.ikm.product_types.add(kind))
    assert changes(sql(f"UPDATE sentra_kelurahan SET name = 'Lain' WHERE id = {place.pk}"))
    assert changes(sql(f"DELETE FROM sentra_kelurahan WHERE id = {place.pk}"))
    assert changes(lambda: product.delete())


@live
def test_reading_and_what_no_page_shows_leave_the_version_alone() -> None:
    case, officer = factories.case(partner=factories.partner()), factories.user()

    assert not changes(lambda: list(Product.objects.all()))
    assert not changes(officer.save)
    assert not changes(lambda: factories.case_step(case=case))
    assert not changes(lambda: Kelurahan.objects.filter(pk=0).update(name="Nihil"))


@live
def test_emptying_a_table_counts() -> None:
    factories.area_alias()
    statement = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"

    assert changes(sql(f"{statement} sentra_areaalias"))


@live
def test_a_write_that_is_taken_back_leaves_the_version() -> None:
    kind = factories.product_type()

    def broken_off() -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            kind.save()
            raise RuntimeError("the officer's save failed")

    assert not changes(broken_off)


@live
def test_a_savepoint_taken_back_hides_no_write_after_it() -> None:
    kind = factories.product_type()

    def first_in_vain() -> None:
        with transaction.atomic():
            with pytest.raises(RuntimeError), transaction.atomic():
                kind.save()
                connection.check_constraints()
                raise RuntimeError("taken back")
            kind.save()

    assert changes(first_in_vain)


@live
def test_versions_are_never_repeated() -> None:
    kind, seen = factories.product_type(), set()
    for _save in range(20):
        kind.save()
        seen.add(data_version())
    assert len(seen) == 20


@live
def test_inside_a_transaction_nothing_may_be_kept() -> None:
    with transaction.atomic():
        assert data_version() is None
        assert read_version() is None


@live
@pytest.mark.parametrize("harm", ["drop", "disable", "row"])
def test_where_a_write_could_go_unseen_there_is_no_version(harm: str, monkeypatch) -> None:
    monkeypatch.setattr(module, "LOOK_AFTER", 1e-9)
    before = data_version()
    if harm == "row":
        DataVersion.objects.all().delete()
    elif connection.vendor == "postgresql":
        sql(
            "DROP TRIGGER data_version ON products_product"
            if harm == "drop"
            else "ALTER TABLE products_product DISABLE TRIGGER data_version"
        )()
    else:
        sql("DROP TRIGGER data_version_products_product_update")()
    try:
        assert before is not None
        assert data_version() is None
    finally:
        call_command("migrate", verbosity=0)
    assert data_version() not in (None, before)


@live
def test_a_rebuilt_table_gets_its_triggers_back_with_a_new_version() -> None:
    """As Django changes SQLite's tables: a copy takes the place of the table, and its triggers are gone."""
    field = Kelurahan._meta.get_field("name")
    before = data_version()
    with connection.schema_editor() as editor:
        longer = field.clone()
        longer.max_length = field.max_length + 1
        longer.set_attributes_from_name("name")
        longer.model = Kelurahan
        editor.alter_field(Kelurahan, field, longer, strict=False)
        editor.alter_field(Kelurahan, longer, field, strict=False)
    assert connection.vendor != "sqlite" or data_version() is None

    triggers.install()

    assert data_version() not in (None, before)


@live
def test_results_are_kept_until_data_day_or_language_change(monkeypatch) -> None:
    calls: list[int] = []

    @kept
    def compute(number: int) -> list[int]:
        calls.append(number)
        return [number]

    assert compute(1) is compute(1)
    assert compute(2) == [2]
    assert calls == [1, 2]
    with translation.override("en"):
        compute(1)
    assert calls == [1, 2, 1]
    factories.product_type()
    compute(1)
    assert calls == [1, 2, 1, 1]
    monkeypatch.setattr(module, "today", lambda: datetime.date(2030, 1, 1))
    compute(1)
    assert calls == [1, 2, 1, 1, 1]


@live
def test_nothing_is_kept_that_was_computed_while_somebody_wrote() -> None:
    calls: list[str] = []

    @kept
    def compute() -> str:
        calls.append("called")
        if len(calls) == 1:
            factories.product_type()
        return "value"

    version = read_version()
    assert version is not None
    with pinned(version):
        compute()
        compute()
    assert len(calls) == 2


@live
def test_nothing_is_kept_from_inside_a_transaction() -> None:
    calls: list[str] = []

    @kept
    def compute() -> str:
        calls.append("called")
        return "value"

    with transaction.atomic():
        compute()
        compute()
    compute()
    assert len(calls) == 3


@live
def test_the_ones_unused_for_longest_go_first(monkeypatch) -> None:
    monkeypatch.setattr(module, "MAX_KEPT", 2)
    calls: list[int] = []

    @kept
    def compute(number: int) -> int:
        calls.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        compute(number)
    assert calls == [1, 2, 3, 2]
