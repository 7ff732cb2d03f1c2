"""Rules about the rules: no constraint without a name of ours, a sentence for people, and a test."""

import datetime
import itertools
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE

from tests.constraints import all_constraints
from tests.products.test_constraints import VIOLATIONS as PRODUCTS
from tests.promotions.test_constraints import VIOLATIONS as PROMOTIONS
from tests.semarang_ikm.exchange.test_constraints import VIOLATIONS as EXCHANGE
from tests.sentra.test_constraints import VIOLATIONS as SENTRA

# Written by programs only: no officer can meet its message.
INTERNAL = {
    "sentra_pastslug_once_per_kind",
    "sentra_seedrecord_once",
    "sentra_keptfile_once",
    "promotions_document_once_a_language",
    "promotions_photo_once_a_key",
    "promotions_letter_once_a_form",
}
APPS = ("shared", "sentra", "products", "promotions", "semarang_ikm", "exchange")


def our_models() -> list[type[models.Model]]:
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]


def test_every_constraint_is_violated_in_a_test() -> None:
    assert not set(all_constraints()) - set(SENTRA) - set(PRODUCTS) - set(PROMOTIONS) - set(EXCHANGE)


def test_every_constraint_has_a_name_that_says_where_it_belongs() -> None:
    for model in our_models():
        for constraint in model._meta.constraints:
            assert constraint.name.startswith(f"{model._meta.app_label}_"), constraint.name
            assert "%" not in constraint.name


def test_every_constraint_has_a_sentence_of_its_own() -> None:
    for name, constraint in all_constraints().items():
        if name not in INTERNAL:
            assert constraint.violation_error_message != constraint.default_violation_error_message, name


def test_nothing_is_unique_without_a_name() -> None:
    assert [model for model in our_models() if model._meta.unique_together] == []


def test_shared_holds_no_tables() -> None:
    assert list(apps.get_app_config("shared").get_models()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_no_check_is_left_undecided_by_an_empty_field(model: type[models.Model]) -> None:
    """A CHECK that is neither true nor false passes, so a comparison with NULL would be an open door."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            for values in _values_with_some_null(model, constraint.condition):
                assert _evaluate(model, constraint.condition, values) is not None, (constraint.name, values)


def _values_with_some_null(model: type[models.Model], condition: models.Q) -> Iterator[dict[str, object]]:
    names = sorted({model._meta.pk.name if name == "pk" else name.split("__")[0] for name in _names(condition)})
    fields = [model._meta.get_field(name) for name in names]
    samples = [(SAMPLES[type(field)], None) if field.null else (SAMPLES[type(field)],) for field in fields]
    for chosen in itertools.product(*samples):
        yield dict(zip(names, chosen, strict=True))


def _names(condition: models.Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _names(child)
        else:
            yield child[0]
            if isinstance(child[1], models.F):
                yield child[1].name


SAMPLES = {
    models.BigAutoField: 1,
    models.BooleanField: True,
    models.CharField: "published",
    models.DateField: datetime.date(2026, 1, 1),
    models.DateTimeField: datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    models.DecimalField: 1,
    models.FileField: "berkas.pdf",
    models.ForeignKey: 1,
    models.OneToOneField: 1,
    models.PositiveBigIntegerField: 1,
    models.PositiveIntegerField: 1,
    models.PositiveSmallIntegerField: 1,
    models.TextField: "isi",
    models.TimeField: datetime.time(9),
    models.URLField: "https://example.test/",
}


def _evaluate(model: type[models.Model], condition: models.Q, values: dict[str, object]) -> object:
    """What the database makes of the condition for one row of these values: True, False or None."""
    query = Query(None)
    for name, value in values.items():
        field = model._meta.get_field(name)
        typed = models.BigIntegerField() if isinstance(field, models.ForeignKey) else field
        alias = "pk" if field.primary_key else name
        query.add_annotation(models.Value(value, output_field=typed), alias, select=False)
    outcome = models.ExpressionWrapper(condition, output_field=models.BooleanField(null=True))
    query.add_annotation(outcome, "_outcome")
    return query.get_compiler(using="default").execute_sql(SINGLE)[0]


@pytest.mark.django_db
def test_an_open_door_would_be_noticed() -> None:
    kind = apps.get_model("products", "CertificationRule")
    careless = models.Q(validity_months__isnull=True) | models.Q(has_fixed_end=True)

    assert _evaluate(kind, careless, {"validity_months": 1, "has_fixed_end": None}) is None
