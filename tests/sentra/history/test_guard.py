"""Nobody edits the trail: not by the models, not past them, not by SQL."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from sentra.history import changes_of, recording
from sentra.history.guard import DOOR, TABLES
from sentra.models import Change, ChangeSet
from sentra.models.change_set import TrailIsFixed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def change() -> Change:
    return changes_of(factories.ikm()).first()


def test_the_models_refuse(change):
    for row in (change, change.change_set):
        with pytest.raises(TrailIsFixed):
            row.save()
        with pytest.raises(TrailIsFixed):
            row.delete()
    for rows in (Change.objects.all(), ChangeSet.objects.filter(pk=change.change_set_id), Change._base_manager.all()):
        with pytest.raises(TrailIsFixed):
            rows.update(pk=1)
        with pytest.raises(TrailIsFixed):
            rows.delete()
        with pytest.raises(TrailIsFixed):
            rows.bulk_update([change], ["title"])


def test_the_database_refuses_what_goes_past_the_models(change):
    plain = QuerySet(Change)
    for attempt in (
        lambda: plain.update(title="lain"),
        lambda: plain.filter(pk=change.pk)._raw_delete(using="default"),
        lambda: QuerySet(ChangeSet).update(why="lain"),
    ):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            attempt()
    assert Change.objects.filter(pk=change.pk, title="").exists()


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_sql(change, table):
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1000"):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_door_is_shut(change):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {DOOR}")
        assert cursor.fetchone() == (0,)


def test_an_account_may_go_and_its_name_stays():
    officer = factories.user()
    name = officer.get_username()
    with recording(kind="edit", by=officer) as change_set:
        factories.ikm()
    officer.delete()
    stored = ChangeSet.objects.get(pk=change_set.pk)
    assert stored.who_name == name
