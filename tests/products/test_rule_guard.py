"""Two rules of a kind are never in force on one day, whoever writes them and however."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from products.models import CertificationRule
from products.rule_guard import install
from semarang_ikm.shared import bulk
from sentra.history import recording
from sentra.history.undoing import undo
from tests import factories

pytestmark = pytest.mark.django_db
OLD = {"in_force_from": date(2020, 1, 1), "in_force_until": date(2022, 12, 31)}
CLASHING = [
    {},
    {"in_force_from": date(2022, 12, 31)},
    {"in_force_until": date(2020, 1, 1)},
    {"in_force_from": date(2021, 1, 1), "in_force_until": date(2021, 6, 1)},
]


def rule(**fields) -> CertificationRule:
    return CertificationRule(**{"rule_checked_on": date(2026, 1, 1), **fields})


@pytest.mark.parametrize("period", CLASHING)
@pytest.mark.parametrize("store", [lambda new: new.save(), lambda new: bulk.create([new])], ids=["save", "bulk"])
def test_a_rule_in_force_on_a_day_of_another_is_refused(period, store):
    kind = factories.certification_rule(**OLD).kind
    with pytest.raises(IntegrityError), transaction.atomic():
        store(rule(kind=kind, **period))
    assert kind.rules.count() == 1


def test_a_rule_that_is_moved_over_another_is_refused():
    first = factories.certification_rule(**OLD)
    second = rule(kind=first.kind, in_force_from=date(2023, 1, 1))
    second.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationRule.objects.filter(pk=second.pk).update(in_force_from=None)
    other = factories.certification_rule(**OLD)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationRule.objects.filter(pk=other.pk).update(kind=first.kind)


def test_rules_side_by_side_and_of_other_kinds_are_kept():
    first = factories.certification_rule(**OLD)
    rule(kind=first.kind, in_force_from=date(2023, 1, 1)).save()
    rule(kind=first.kind, in_force_until=date(2019, 12, 31)).save()
    factories.certification_rule(**OLD)
    first.condition = "Selama bahan tidak berubah."
    first.save()
    assert CertificationRule.objects.count() == 4


def test_ending_the_old_rule_for_a_new_one_can_be_undone(officer: User):
    old = factories.certification_rule(in_force_from=date(2020, 1, 1))
    with recording(kind="edit", by=officer) as change_set:
        old.in_force_until = date(2022, 12, 31)
        old.save()
        rule(kind=old.kind, in_force_from=date(2023, 1, 1)).save()
    report = undo(change_set, by=officer, why="keliru")
    assert report.left == []
    assert [each.in_force_until for each in old.kind.rules.all()] == [None]


def test_a_deleted_rule_does_not_return_over_its_successor(officer: User):
    old = factories.certification_rule(in_force_from=date(2020, 1, 1))
    kind = old.kind
    with recording(kind="edit", by=officer) as change_set:
        old.delete()
    rule(kind=kind, in_force_from=date(2021, 1, 1)).save()
    report = undo(change_set, by=officer, why="keliru")
    assert len(report.left) == 1
    assert kind.rules.count() == 1


def test_guarding_twice_is_guarding_once():
    install(connection.alias)
    kind = factories.certification_rule(**OLD).kind
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(kind=kind).save()
