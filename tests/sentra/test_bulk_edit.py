"""One field of many records: a preview that writes nothing, then one change set that can be undone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from products.models import Product
from sentra.choices import ActivityStatus
from sentra.history.undoing import undo
from sentra.models import ChangeSet, Ikm
from tests import factories, officers

pytestmark = pytest.mark.django_db


def send(client, records, name, step="ubah", model="sentra_ikm", query="", **more):
    data = {"action": "change_many", "_selected_action": [record.pk for record in records], "bidang": name}
    return client.post(reverse(f"admin:{model}_changelist") + query, {**data, "langkah": step, **more})


def values(name):
    return set(Ikm.objects.values_list(name, flat=True))


def test_the_preview_tells_before_and_after_and_writes_nothing():
    rows = [factories.ikm(), factories.ikm(activity=ActivityStatus.QUIET)]
    client = officers.signed_in("Penerbit")
    before = values("activity"), ChangeSet.objects.count()
    first = send(client, rows, "", step="", query="?status__exact=draft").content.decode()
    assert 'value="product_types+"' in first
    assert 'value="nib"' not in first
    page = send(client, rows, "activity", step="lihat", nilai=ActivityStatus.QUIET).content.decode()
    assert "1 data berubah" in page
    assert "1 data sudah begitu" in page
    assert (values("activity"), ChangeSet.objects.count()) == before


def test_the_change_is_one_set_keeps_the_filters_and_can_be_undone():
    sentra, rows = factories.sentra(), [factories.ikm(sentra=None), factories.ikm(sentra=None)]
    client = officers.signed_in("Penerbit")
    query = "?status__exact=draft"
    answer = send(client, rows, "sentra", nilai=sentra.pk, alasan="Pendataan 2026", query=query)
    assert answer.headers["Location"].endswith(query)
    assert values("sentra") == {sentra.pk}
    change_set = ChangeSet.objects.get(kind="bulk")
    assert change_set.why == "Pendataan 2026"
    address = reverse("admin:sentra_changeset_change", args=[change_set.pk])
    assert address in client.get(reverse("admin:sentra_ikm_changelist")).content.decode()
    send(client, rows, "sentra", nilai=sentra.pk)
    assert ChangeSet.objects.filter(kind="bulk").count() == 1
    assert undo(change_set, by=client.user).left == []
    assert values("sentra") == {None}


def test_types_are_added_and_taken_away_without_touching_the_others():
    old, new = factories.product_type(), factories.product_type()
    row = factories.ikm()
    row.product_types.set([old])
    client = officers.signed_in("Penerbit")
    send(client, [row], "product_types+", nilai=[new.pk])
    assert set(row.product_types.all()) == {old, new}
    send(client, [row], "product_types-", nilai=[old.pk])
    assert set(row.product_types.all()) == {new}


def test_an_editor_changes_drafts_and_is_told_why_not_what_is_published():
    draft, shown = factories.ikm(), factories.ikm(status="published", published_at=timezone.now())
    client = officers.signed_in("Penyunting")
    page = send(client, [draft, shown], "activity", step="lihat", nilai=ActivityStatus.QUIET).content.decode()
    assert "hanya penerbit" in page
    send(client, [draft, shown], "activity", nilai=ActivityStatus.QUIET)
    assert list(Ikm.objects.filter(activity=ActivityStatus.QUIET)) == [draft]


def test_an_officer_of_one_kecamatan_chooses_nothing_outside_of_it():
    here, there = factories.kelurahan("Tandang"), factories.kelurahan("Krobokan")
    row = factories.ikm(status="draft", kelurahan=here)
    client = officers.signed_in("Penyunting", kecamatan=[here.kecamatan])
    for value in (there.pk, ""):
        send(client, [row], "kelurahan", nilai=value)
        assert Ikm.objects.get().kelurahan == here


@pytest.mark.parametrize("name", ["nib", "status", "code", "name"])
def test_a_field_that_is_not_declared_is_not_changed(name):
    row = factories.ikm()
    send(officers.signed_in("Penerbit", "Petugas privasi"), [row], name, nilai="0220001234567")
    assert not ChangeSet.objects.filter(kind="bulk").exists()


def test_who_only_reads_has_no_such_action():
    row = factories.ikm(activity=ActivityStatus.UNKNOWN)
    send(officers.signed_in("Pelihat"), [row], "activity", nilai=ActivityStatus.QUIET)
    assert values("activity") == {ActivityStatus.UNKNOWN}


def test_a_tick_of_products_is_answered_with_yes_or_no():
    product = factories.product()
    client = officers.signed_in("Penerbit")
    send(client, [product], "is_flagship", model="products_product", nilai="")
    assert not Product.objects.get().is_flagship
    send(client, [product], "is_flagship", model="products_product", nilai="True")
    assert Product.objects.get().is_flagship


def test_cancelling_leads_back_to_the_list_as_it_was_filtered():
    row = factories.ikm()
    client, query = officers.signed_in("Penerbit"), f"?status__exact={row.status}"
    back = f'href="{reverse("admin:sentra_ikm_changelist")}{query}"'
    assert back in send(client, [row], "activity", step="lihat", query=query).content.decode()
    asked = {"action": "archive_selected", "_selected_action": [row.pk]}
    assert back in client.post(reverse("admin:sentra_ikm_changelist") + query, asked).content.decode()
