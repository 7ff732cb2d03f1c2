"""There and back: every relation, file and address is as it was, or the report says what is not and why."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from products.models import Product
from semarang_ikm.shared import bulk, deletion, publishing
from semarang_ikm.shared.files import own_files, remove_after_commit
from semarang_ikm.shared.images import write_copies
from semarang_ikm.shared.time import today
from sentra.actions.deletion import delete
from sentra.actions.saving import saved
from sentra.choices import ChangeAction, ChangeKind
from sentra.history import changes_of, recording
from sentra.history.redaction import RETURNS_WITHIN, forget_deleted
from sentra.history.undoing import preview, put_back, restore, undo
from sentra.models import Change, Contact, Ikm, Sentra, SentraLocation
from tests import factories
from tests.snapshots import differences, snapshot

live = pytest.mark.django_db(transaction=True)
pytestmark = pytest.mark.django_db


def full_sentra() -> Sentra:
    """A sentra with a row of every kind, a file in both rooms, and others that point to it."""
    kind = factories.product_type()
    sentra = factories.sentra(types=[kind], kelurahan=[factories.kelurahan()], published=True)
    factories.figure(sentra=sentra)
    factories.open_question(sentra=sentra).sources.add(factories.source())
    photo = factories.sentra_photo(sentra=sentra)
    write_copies(photo.image.name)
    factories.contact(sentra=sentra)
    factories.consent(sentra, "whatsapp", evidence=factories.photo_file())
    sentra.sources.add(factories.source())
    sentra.slug = "alamat-kedua"
    sentra.save()
    factories.promotion(sentra=[sentra])
    factories.sentra(successor=sentra)
    saved(record=sentra)
    return sentra


def deletion_of(model: str, key: int) -> Change:
    return Change.objects.filter(model=model, object_id=key, action=ChangeAction.DELETE).first()


@live
def test_a_deleted_record_comes_back_with_everything(client, officer):
    sentra = full_sentra()
    publishing.archive(record=sentra, by=officer)
    publishing.back_to_draft(record=sentra, by=officer)
    before, key = snapshot(), sentra.pk
    with recording(kind=ChangeKind.DELETE, by=officer):
        delete(record=Sentra.objects.get(pk=key))
    gone = differences(before, snapshot())
    assert {f"sentra.Sentra {key}", "files default"} <= gone.keys()
    assert client.get(reverse("sentra", args=["alamat-kedua"])).status_code == 410
    report = restore(deletion_of("sentra.sentra", key), by=officer)
    assert report.left == []
    assert differences(before, snapshot()) == {}
    back = Sentra.objects.get(pk=key)
    assert (back.code, back.slug, back.status) == (sentra.code, "alamat-kedua", "draft")
    publishing.publish(record=back, by=officer)
    assert client.get(reverse("sentra", args=["alamat-kedua"])).status_code == 200


@live
def test_a_deleted_row_of_a_record_comes_back_alone():
    sentra = full_sentra()
    before = snapshot()
    photo = sentra.photos.get()
    key = photo.pk
    with transaction.atomic():
        delete(record=photo)
    assert differences(before, snapshot())
    assert restore(deletion_of("sentra.sentraphoto", key), by=None).left == []
    assert differences(before, snapshot()) == {}


def test_what_came_back_can_be_deleted_and_brought_back_again(django_capture_on_commit_callbacks):
    ikm = factories.ikm(name="Kembali Lagi")
    contact = factories.contact(ikm=ikm)
    for _ in range(2):
        deletion.delete(record=Ikm.objects.get(pk=ikm.pk))
        assert restore(deletion_of("sentra.ikm", ikm.pk), by=None).left == []
    assert Contact.objects.get(pk=contact.pk).ikm == ikm


def test_a_row_without_its_record_stays_away_and_says_why():
    contact = factories.contact(ikm=factories.ikm())
    key = contact.pk
    contact.ikm.delete()
    report = restore(deletion_of("sentra.contact", key), by=None)
    assert report.done == []
    assert "tidak ada" in report.left[0].reason


def test_a_name_that_somebody_else_has_now_is_told():
    sentra = factories.sentra(name="Batik Satu")
    key = sentra.pk
    sentra.delete()
    factories.sentra(name="Batik Satu")
    report = restore(deletion_of("sentra.sentra", key), by=None)
    assert report.done == []
    assert report.left[0].reason
    assert not Sentra.objects.filter(pk=key).exists()


def test_an_address_that_somebody_else_has_now_is_replaced():
    ikm = factories.ikm(name="Sama Nama")
    key, slug = ikm.pk, ikm.slug
    ikm.delete()
    assert factories.ikm(name="Sama Nama").slug == slug
    report = restore(deletion_of("sentra.ikm", key), by=None)
    assert Ikm.objects.get(pk=key).slug != slug
    assert "alamat" in report.done[0].notes[0].lower()


def test_what_is_forgotten_stays_away():
    ikm = factories.ikm()
    key = ikm.pk
    ikm.delete()
    forget_deleted(timezone.now() + RETURNS_WITHIN + timedelta(minutes=1))
    report = restore(deletion_of("sentra.ikm", key), by=None)
    assert report.done == []
    assert not Ikm.objects.filter(pk=key).exists()


# -- a batch ----------------------------------------------------------------------------------------------------------


@live
def test_a_batch_is_undone_wholly():
    old = factories.ikm(name="Lama", sentra=factories.sentra())
    doomed = full_sentra()
    publishing.archive(record=doomed, by=None)
    publishing.back_to_draft(record=doomed, by=None)
    kind, officer = factories.product_type(), factories.user(is_superuser=True)
    before = snapshot()
    with recording(kind=ChangeKind.IMPORT, by=officer, why="uji") as batch:
        old.name, old.workers, old.workers_as_of = "Baru", 5, today()
        old.save()
        old.product_types.add(kind)
        new = factories.ikm(name="Dari impor", types=[kind])
        factories.contact(ikm=new)
        factories.product(ikm=new, product_type=kind)
        bulk.update(Contact.objects.all(), note="diimpor")
        delete(record=Sentra.objects.get(pk=doomed.pk))
    assert differences(before, snapshot())
    report = undo(batch, by=officer, why="salah berkas")
    assert report.left == []
    assert report.change_set.undoes == batch
    assert report.change_set.kind == ChangeKind.UNDO
    assert differences(before, snapshot()) == {}


@live
def test_an_undoing_can_be_undone():
    ikm = factories.ikm(name="Lama")
    with recording(kind=ChangeKind.EDIT, by=None) as change_set:
        ikm.name = "Baru"
        ikm.save()
        factories.contact(ikm=ikm)
    saved(record=ikm)
    after = snapshot()
    first = undo(change_set, by=None)
    assert Ikm.objects.get(pk=ikm.pk).name == "Lama"
    assert undo(first.change_set, by=None).left == []
    assert differences(after, snapshot()) == {}


def test_what_was_edited_since_stays_and_is_told():
    ikm, other = factories.ikm(name="Lama", nib="1111111111111"), factories.ikm(name="Lain")
    with recording(kind=ChangeKind.IMPORT, by=None) as batch:
        for row in (ikm, other):
            row.name = f"{row.name} impor"
            row.nib = f"222222222222{row.pk % 10}"
            row.save()
        new = factories.ikm(name="Baru dari impor")
    ikm.name = "Disunting petugas"
    ikm.save()
    new.minimum_order = "20 lembar"
    new.save()
    report = undo(batch, by=None)
    ikm.refresh_from_db()
    other.refresh_from_db()
    assert (ikm.name, ikm.nib) == ("Disunting petugas", "1111111111111")
    assert (other.name, other.nib) == ("Lain", "")
    assert Ikm.objects.filter(pk=new.pk).exists()
    assert {(left.effect.object_id, left.name) for left in report.left} == {(ikm.pk, "name"), (new.pk, "")}
    assert {done.effect.object_id for done in report.done} == {ikm.pk, other.pk}


def test_a_published_record_of_a_batch_is_not_deleted(officer):
    with recording(kind=ChangeKind.IMPORT, by=None) as batch:
        ikm = factories.ikm(name="Terbit")
    publishing.publish(record=ikm, by=officer)
    report = undo(batch, by=officer)
    assert report.done == []
    assert len(report.left) == 1
    assert Ikm.objects.get(pk=ikm.pk).is_published


def test_a_change_of_status_is_undone_through_its_action(officer):
    ikms = [factories.ikm() for _ in range(2)]
    with recording(kind=ChangeKind.BULK, by=officer) as batch:
        for ikm in ikms:
            publishing.publish(record=ikm, by=officer)
    assert undo(batch, by=officer).left == []
    assert {ikm.status for ikm in Ikm.objects.filter(pk__in=[ikm.pk for ikm in ikms])} == {"draft"}


def test_additions_of_others_to_a_list_stay():
    first, second, third = (factories.product_type() for _ in range(3))
    ikm = factories.ikm(types=[first])
    with recording(kind=ChangeKind.EDIT, by=None) as change_set:
        ikm.product_types.set([second])
    ikm.product_types.add(third)
    assert undo(change_set, by=None).left == []
    assert set(ikm.product_types.all()) == {first, third}


# -- one record, one field ---------------------------------------------------------------------------------------------


def test_one_field_is_put_back_and_no_other():
    ikm = factories.ikm(name="Lama", minimum_order="1 buah")
    with recording(kind=ChangeKind.EDIT, by=None):
        ikm.name, ikm.minimum_order = "Baru", "2 buah"
        ikm.save()
    (change,) = changes_of(ikm)[:1]
    report = put_back([change], by=None, fields=["name"])
    ikm.refresh_from_db()
    assert (ikm.name, ikm.minimum_order) == ("Lama", "2 buah")
    assert report.done[0].fields == {"name": ("Baru", "Lama")}
    assert changes_of(ikm).first().fields == {"name": ["Baru", "Lama"]}


def test_a_record_is_put_back_to_a_moment_with_its_rows():
    sentra = factories.sentra(name="Dahulu", kelurahan=[factories.kelurahan()])
    keeps = sentra.locations.get()
    moment = changes_of(sentra).first().pk
    sentra.name = "Kini"
    sentra.save()
    keeps.address = "Jalan Baru"
    keeps.save()
    added = SentraLocation.objects.create(sentra=sentra, kelurahan=factories.kelurahan())
    report = put_back(changes_of(sentra).filter(pk__gt=moment), by=None)
    assert report.left == []
    sentra.refresh_from_db()
    keeps.refresh_from_db()
    assert (sentra.name, keeps.address) == ("Dahulu", "")
    assert not SentraLocation.objects.filter(pk=added.pk).exists()


@live
def test_a_picture_is_put_back_with_its_file(media):
    photo = factories.sentra_photo()
    first = photo.image.name
    content = photo.image.open("rb").read()
    with transaction.atomic():
        remove_after_commit(own_files(photo))
        photo.image = ContentFile(content, "baru.jpg")
        photo.save()
    second = photo.image.name
    assert not photo.image.storage.exists(first)
    report = put_back(changes_of(photo.sentra)[:1], by=None, fields=["image"])
    assert report.left == []
    photo.refresh_from_db()
    assert photo.image.name == first
    assert photo.image.open("rb").read() == content
    assert not photo.image.storage.exists(second)


def test_what_the_rules_refuse_is_refused_with_words():
    first, second = factories.ikm(nib="1111111111111"), factories.ikm()
    first.nib = ""
    first.save()
    second.nib = "1111111111111"
    second.save()
    report = put_back(changes_of(first)[:1], by=None)
    assert report.done == []
    assert "NIB ini sudah dipakai usaha lain." in report.left[0].reason
    first.refresh_from_db()
    assert first.nib == ""


def test_a_published_record_is_not_put_back_to_what_it_cannot_be():
    sentra = factories.sentra(published=True, kelurahan=[factories.kelurahan()])
    sentra.product_types.add(factories.product_type())
    report = put_back(changes_of(sentra)[:1], by=None)
    assert report.done == []
    assert "Jenis produknya" in report.left[0].reason
    assert sentra.product_types.count() == 1


def test_a_status_is_never_put_back_with_a_record():
    ikm = factories.ikm(name="Lama")
    publishing.publish(record=ikm, by=None)
    ikm.name = "Baru"
    ikm.save()
    put_back(changes_of(ikm)[:2], by=None)
    ikm.refresh_from_db()
    assert (ikm.name, ikm.status) == ("Lama", "published")


def test_only_a_publisher_puts_back_what_is_shown():
    ikm = factories.ikm(name="Lama", published=True)
    ikm.name = "Baru"
    ikm.save()
    report = put_back(changes_of(ikm)[:1], by=factories.user())
    assert report.done == []
    assert "penerbit" in report.left[0].reason


def test_search_follows_what_is_put_back():
    ikm = factories.ikm(name="Kerupuk Lama")
    ikm.name = "Tahu Baru"
    ikm.save()
    saved(record=ikm)
    put_back(changes_of(ikm)[:1], by=None)
    ikm.refresh_from_db()
    assert "kerupuk" in ikm.search_text
    assert "tahu" not in ikm.search_text


def test_a_preview_tells_the_same_and_writes_nothing():
    ikm = factories.ikm(name="Lama")
    with recording(kind=ChangeKind.EDIT, by=None) as change_set:
        ikm.name = "Baru"
        ikm.save()
        factories.contact(ikm=ikm)
    before, count = snapshot(), Change.objects.count()
    told = preview(lambda: undo(change_set, by=None))
    assert differences(before, snapshot()) == {}
    assert Change.objects.count() == count
    assert told.change_set is None
    real = undo(change_set, by=None)
    assert [(each.effect.key, each.fields) for each in told.done] == [
        (each.effect.key, each.fields) for each in real.done
    ]
    assert Product.objects.count() == 0
