"""Pages that are looked at before many rows are written: what a colleague changed after the look is left alone."""

from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from semarang_ikm.shared.admin.together import VERSION
from sentra.history import recording
from sentra.models import Ikm
from tests import factories, officers
from tests.admin_forms import admin_url
from tests.editing import ikm

pytestmark = pytest.mark.django_db

CHANGED = "Dewi Lestari mengubahnya sesudah Anda melihatnya. Periksa sekali lagi."


@pytest.fixture
def dewi() -> Any:
    return officers.officer("Penerbit", first_name="Dewi", last_name="Lestari")


def edit(record: Model, by: Any, **values: Any) -> None:
    with recording(kind="edit", by=by):
        fresh = type(record)._default_manager.get(pk=record.pk)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()


def act(client: Client, records: list[Ikm], action: str, **more: Any) -> HttpResponse:
    data = {"action": action, "_selected_action": [record.pk for record in records], **more}
    return client.post(admin_url(Ikm, "changelist"), data, follow=True)


def mark(page: HttpResponse) -> dict[str, Any]:
    assert f'name="{VERSION}"' in page.content.decode()
    return {VERSION: page.context["version"]["value"]}


def test_a_row_whose_field_was_changed_after_the_preview_keeps_that(dewi):
    stale, other_field, plain = ikm(activity="active"), ikm(activity="active"), ikm(activity="active")
    client, rows = officers.signed_in("Penerbit"), [stale, other_field, plain]
    asked = {"bidang": "activity", "nilai": "quiet"}
    seen = mark(act(client, rows, "change_many", langkah="lihat", **asked))
    edit(stale, dewi, activity="closed")
    edit(other_field, dewi, minimum_order="5 buah")
    done = act(client, rows, "change_many", langkah="ubah", **asked, **seen)
    assert "2 data diubah" in done.content.decode()
    assert "1 data ditolak" in done.content.decode()
    assert [Ikm.objects.get(pk=row.pk).activity for row in rows] == ["closed", "quiet", "quiet"]
    again = act(client, rows, "change_many", langkah="lihat", **asked)
    act(client, rows, "change_many", langkah="ubah", **asked, **mark(again))
    assert Ikm.objects.get(pk=stale.pk).activity == "quiet"


def test_what_was_changed_after_the_question_is_not_published_with_the_others(dewi):
    stale, with_row, plain = (ikm(sentra=factories.sentra(published=True), published=False) for _ in range(3))
    client, rows = officers.signed_in("Penerbit"), [stale, with_row, plain]
    seen = mark(act(client, rows, "publish_selected"))
    edit(stale, dewi, summary="Belum dibaca")
    with recording(kind="edit", by=dewi):
        factories.contact(ikm=with_row)
    told = act(client, rows, "publish_selected", confirmed="1", **seen).content.decode()
    assert told.count(CHANGED) == 2
    assert [Ikm.objects.get(pk=row.pk).is_published for row in rows] == [False, False, True]


def test_ones_own_change_after_the_question_is_no_surprise():
    client, record = officers.signed_in("Penerbit"), ikm(sentra=factories.sentra(published=True))
    seen = mark(act(client, [record], "publish_selected"))
    edit(record, client.user, summary="Sendiri")
    act(client, [record], "publish_selected", confirmed="1", **seen)
    assert Ikm.objects.get(pk=record.pk).is_published


def test_records_changed_after_they_were_compared_are_compared_again(dewi):
    kept, gone, client = ikm(name="Tahu Maju"), ikm(name="Tahu Maju Jaya"), officers.signed_in("Penerbit")
    address = admin_url(Ikm, "merge", kept.pk, gone.pk)
    seen = mark(client.get(address))
    edit(gone, dewi, minimum_order="12 buah")
    again = client.post(address, {"name": "gone", "alasan": "satu usaha", **seen})
    page = again.content.decode()
    assert CHANGED in page
    assert "12 buah" in page
    assert 'value="satu usaha"' in page
    assert [row["chosen"] for row in again.context["differing"] if row["name"] == "name"] == ["gone"]
    assert Ikm.objects.filter(pk=gone.pk).exists()
    client.post(address, {"name": "gone", "minimum_order": "gone", **mark(again)})
    stored = Ikm.objects.get()
    assert (stored.pk, stored.name, stored.minimum_order) == (kept.pk, "Tahu Maju Jaya", "12 buah")
