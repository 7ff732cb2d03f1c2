"""Many rows are put back with few questions, and each of them is judged as if it were alone."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import Product
from semarang_ikm.shared import bulk, publishing
from semarang_ikm.shared.time import today
from sentra.actions.saving import saved_together
from sentra.choices import ChangeKind, ContactKind
from sentra.history import recording
from sentra.history.undoing import undo
from sentra.models import Change, ChangeSet, Contact, Ikm, Sentra
from tests import factories, officers
from tests.snapshots import differences, snapshot

pytestmark = pytest.mark.django_db


def businesses(count: int, **values) -> list[Ikm]:
    return [factories.ikm(f"Usaha {number}", indexed=True, **values) for number in range(count)]


def imported(rows: list[Ikm], **values) -> ChangeSet:
    """A batch that writes the same values into all rows, and a name of its own into each."""
    with recording(kind=ChangeKind.IMPORT, by=None, why="uji") as batch:
        for row in rows:
            row.name = f"{row.name} impor"
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    return batch


def reasons(report) -> dict[tuple[int, str], str]:
    return {(left.effect.object_id, left.name): str(left.reason) for left in report.left}


# -- few questions ----------------------------------------------------------------------------------------------------


def edit(count: int) -> ChangeSet:
    return imported(businesses(count), minimum_order="20 lembar", kelurahan=factories.kelurahan())


def give_types(count: int) -> ChangeSet:
    old, new = factories.product_type(), factories.product_type()
    rows = businesses(count, types=[old])
    with recording(kind=ChangeKind.IMPORT, by=None, why="jenis") as batch:
        for row in rows:
            row.product_types.set([new])
    return batch


def add_contacts(count: int) -> ChangeSet:
    rows = businesses(count)
    with recording(kind=ChangeKind.IMPORT, by=None, why="kontak") as batch:
        for number, row in enumerate(rows):
            factories.contact(ContactKind.WHATSAPP, f"+62812987654{number:02d}", ikm=row)
    return batch


def edit_published_products(count: int) -> ChangeSet:
    kind = factories.product_type()
    maker = factories.ikm(published=True, types=[kind])
    for number in range(count):
        factories.product(f"Kain {number}", ikm=maker, product_type=kind, published=True)
    with recording(kind=ChangeKind.BULK, by=None, why="satuan") as batch:
        bulk.update(Product.objects.all(), price_unit="lembar")
    return batch


def queries_of_undoing(make: Callable[[int], ChangeSet], count: int) -> int:
    batch = make(count)
    with CaptureQueriesContext(connection) as asked:
        report = undo(batch, by=None)
    assert report.left == []
    assert len(report.done) == count
    return len(asked)


@pytest.mark.parametrize("make", [edit, give_types, add_contacts, edit_published_products])
def test_undoing_many_rows_asks_no_more_than_undoing_a_few(make):
    few = queries_of_undoing(make, 3)
    Product.objects.all().delete()
    Contact.objects.all().delete()
    Ikm.objects.all().delete()
    assert queries_of_undoing(make, 12) <= few + 2


# -- each is judged ---------------------------------------------------------------------------------------------------


def test_a_value_that_somebody_else_has_now_keeps_one_row_back_and_no_other():
    rows = [factories.ikm(f"Usaha {n}", nib=f"022000123456{n}") for n in range(5)]
    batch = imported(rows, nib="")
    factories.ikm("Pemakai baru", nib="0220001234562")

    report = undo(batch, by=None)

    assert [left.effect.object_id for left in report.left] == [rows[2].pk]
    assert "NIB ini sudah dipakai usaha lain." in report.left[0].reason
    assert list(Ikm.objects.filter(name__endswith=" impor")) == [rows[2]]
    assert {done.effect.object_id for done in report.done} == {row.pk for row in rows} - {rows[2].pk}


def test_a_published_record_that_would_lack_what_its_page_needs_stays_alone():
    kind = factories.product_type()
    drafts = [factories.sentra(f"Sentra {n}", kelurahan=[factories.kelurahan()]) for n in range(4)]
    with recording(kind=ChangeKind.IMPORT, by=None, why="jenis") as batch:
        for sentra in drafts:
            sentra.product_types.add(kind)
    publishing.publish(record=drafts[1], by=None)

    report = undo(batch, by=None)

    assert [left.effect.object_id for left in report.left] == [drafts[1].pk]
    assert "Jenis produknya" in report.left[0].reason
    assert list(Sentra.objects.filter(product_types=kind)) == [drafts[1]]


def test_a_field_that_was_edited_since_stays_and_the_rest_of_its_row_goes_back():
    rows = businesses(4)
    batch = imported(rows, minimum_order="20 lembar")
    rows[3].name = "Disunting petugas"
    rows[3].save()

    report = undo(batch, by=None)

    assert reasons(report) == {(rows[3].pk, "name"): "Sudah diubah lagi sesudah itu."}
    assert set(Ikm.objects.values_list("name", "minimum_order")) == {
        ("Usaha 0", ""), ("Usaha 1", ""), ("Usaha 2", ""), ("Disunting petugas", ""),
    }  # fmt: skip


def test_a_link_to_what_is_gone_is_emptied_and_said():
    lost, kept = factories.sentra("Hilang"), factories.sentra("Ada")
    rows = [factories.ikm(f"Usaha {n}", sentra=sentra) for n, sentra in enumerate([kept, lost, kept])]
    batch = imported(rows, sentra=None)
    lost.delete()

    report = undo(batch, by=None)

    assert [Ikm.objects.get(pk=row.pk).sentra for row in rows] == [kept, None, kept]
    assert {done.effect.object_id: bool(done.notes) for done in report.done} == {
        rows[0].pk: False, rows[1].pk: True, rows[2].pk: False,
    }  # fmt: skip


def test_additions_of_others_to_many_lists_stay():
    first, second, third = (factories.product_type() for _ in range(3))
    rows = businesses(3, types=[first])
    with recording(kind=ChangeKind.IMPORT, by=None) as batch:
        for row in rows:
            row.product_types.set([second])
    rows[0].product_types.add(third)

    assert undo(batch, by=None).left == []

    assert [set(row.product_types.all()) for row in rows] == [{first, third}, {first}, {first}]


def test_who_may_not_publish_puts_back_no_row_of_what_is_shown():
    rows = [*businesses(2), *(factories.ikm(f"Terbit {n}", published=True) for n in range(2))]
    batch = imported(rows)
    with recording(kind=ChangeKind.IMPORT, by=None) as contacts:
        for row in rows:
            factories.contact(ikm=row)
    editor = officers.officer("Penyunting")

    edited, added = undo(batch, by=editor), undo(contacts, by=editor)

    shown = {row.pk for row in rows[2:]}
    assert {left.effect.object_id for left in edited.left} == shown
    assert set(Ikm.objects.filter(name__endswith=" impor").values_list("pk", flat=True)) == shown
    assert set(Contact.objects.values_list("ikm", flat=True)) == shown
    assert len(added.left) == 2
    assert all("enerbit" in str(left.reason) for left in [*edited.left, *added.left])


def test_a_row_added_to_a_record_stays_when_it_was_worked_on_since():
    rows = businesses(3)
    with recording(kind=ChangeKind.IMPORT, by=None) as batch:
        made = [factories.contact(ikm=row) for row in rows]
    made[1].note = "pagi saja"
    made[1].save()

    report = undo(batch, by=None)

    assert [left.effect.object_id for left in report.left] == [made[1].pk]
    assert list(Contact.objects.all()) == [made[1]]


def test_search_follows_many_rows():
    rows = businesses(3)
    imported_rows = imported(rows)
    for row in rows:
        assert "impor" not in row.search_text
    Ikm.objects.update(search_text="basi")

    undo(imported_rows, by=None)

    assert all(f"usaha {n}" in row.search_text for n, row in enumerate(Ikm.objects.order_by("pk")))


def test_undoing_many_rows_can_itself_be_undone():
    place, kinds = factories.kelurahan(), [factories.product_type() for _ in range(2)]
    rows = businesses(3, types=kinds[:1])
    with recording(kind=ChangeKind.IMPORT, by=None) as batch:
        for row in rows:
            row.workers, row.workers_as_of, row.kelurahan = 5, today(), place
            row.save()
            row.product_types.set(kinds[1:])
            factories.contact(ikm=row)
    saved_together(rows)
    after = snapshot()

    first = undo(batch, by=None)
    assert differences(after, snapshot())
    assert undo(first.change_set, by=None).left == []

    assert differences(after, snapshot()) == {}


def test_the_trail_tells_what_each_row_got_back():
    rows = businesses(3)
    report = undo(imported(rows), by=None)

    told = {change.object_id: change.fields for change in Change.objects.filter(change_set=report.change_set)}
    assert told == {row.pk: {"name": [f"Usaha {n} impor", f"Usaha {n}"]} for n, row in enumerate(rows)}


def test_when_a_row_was_put_back_is_when_it_was_last_written():
    rows = businesses(2)
    batch = imported(rows)
    before = Ikm.objects.get(pk=rows[0].pk).updated_at

    undo(batch, by=None)

    assert Ikm.objects.get(pk=rows[0].pk).updated_at > before
