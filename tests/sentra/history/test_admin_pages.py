"""Officers read the trail in words, put back a field, a record or a batch after a look, and restore what was deleted."""

import html
import re

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from promotions.models import FacilitationCase
from semarang_ikm.shared import bulk, deletion, publishing
from sentra.choices import ChangeKind
from sentra.history import changes_of, recording
from sentra.history.tasks import undo_later
from sentra.models import Change, ChangeSet, Ikm, Sentra
from tests import factories, officers

pytestmark = pytest.mark.django_db


def words(response) -> str:
    """The text of a page, without its marks."""
    assert response.status_code == 200
    main = response.content.decode().split('id="content"', 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def history(record) -> str:
    return address(record, "history")


def address(record, page: str) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


def edit(record, *, by=None, why="", kind=ChangeKind.EDIT, **values) -> ChangeSet:
    with recording(kind=kind, by=by, why=why) as change_set:
        for name, value in values.items():
            setattr(record, name, value)
        record.save()
    return change_set


def test_the_history_tells_who_when_why_and_what_in_words(officer, officer_client):
    officer.first_name, officer.last_name = "Dewi", "Lestari"
    officer.save()
    kelurahan = factories.kelurahan(name="Kandri")
    sentra = factories.sentra(activity="active")
    ikm = factories.ikm(name="Batik Satu", sentra=sentra)
    edit(ikm, by=officer, why="Menurut ketua kelompok", kelurahan=kelurahan, sentra=None, activity="quiet")
    text = words(officer_client.get(history(ikm)))
    assert "Dewi Lestari" in text
    assert "Suntingan" in text
    assert "“Menurut ketua kelompok”" in text
    assert f"kosong → menjadi: {kelurahan}" in text
    assert f"{sentra} → menjadi: kosong" in text
    assert "menjadi: Sepi" in text
    assert text.index("Menurut ketua") < text.index("Ditambahkan")


def test_rows_of_the_page_are_told_with_their_files(officer_client):
    sentra = factories.sentra(kelurahan=[factories.kelurahan()])
    photo = factories.sentra_photo(sentra=sentra, alt="Kain dijemur")
    page = officer_client.get(history(sentra)).content.decode()
    assert "Kain dijemur" in page
    assert storages["default"].url(photo.image.name) in page
    with recording(kind=ChangeKind.DELETE, by=None):
        deletion.delete(record=sentra.locations.get())
    assert "Dihapus Lokasi" in words(officer_client.get(history(sentra)))


def test_a_history_of_many_changes_asks_as_often_as_one_of_few(officer, officer_client, count_queries):
    types = [factories.product_type() for _ in range(3)]

    def busy(times: int) -> Ikm:
        ikm = factories.ikm(types=types[:1])
        for number in range(times):
            edit(ikm, by=officer, name=f"Nama {number}", kelurahan=factories.kelurahan(), sentra=factories.sentra())
            factories.contact(ikm=ikm, value=f"+62812345678{number:02}")
            ikm.product_types.set(types)
        return ikm

    few, many = busy(2), busy(12)
    officer_client.get(history(few))
    assert count_queries(lambda: officer_client.get(history(few))) == count_queries(
        lambda: officer_client.get(history(many))
    )


def test_one_field_is_put_back_after_a_look(officer, officer_client):
    ikm = factories.ikm(name="Lama", minimum_order="1 buah")
    edit(ikm, name="Baru", minimum_order="2 buah")
    page = officer_client.get(history(ikm)).content.decode()
    links = re.findall(r'href="([^"]*kolom=name)"', page)
    url = html.unescape(links[0])
    assert "Baru → menjadi: Lama" in words(officer_client.get(url))
    assert Ikm.objects.get(pk=ikm.pk).name == "Baru"
    response = officer_client.post(url, {"alasan_perubahan": "Salah baris"})
    assert response.headers["Location"] == history(ikm)
    ikm.refresh_from_db()
    assert (ikm.name, ikm.minimum_order) == ("Lama", "2 buah")
    put = changes_of(ikm).first().change_set
    assert (put.kind, put.who, put.why) == (ChangeKind.UNDO, officer, "Salah baris")


def test_a_record_is_put_back_to_before_a_change(officer_client):
    ikm = factories.ikm(name="Lama")
    first = edit(ikm, name="Kedua")
    edit(ikm, name="Ketiga", minimum_order="5 buah")
    url = f"{address(ikm, 'put_back')}?sejak={first.pk}"
    assert "Ketiga → menjadi: Lama" in words(officer_client.get(url))
    officer_client.post(url)
    ikm.refresh_from_db()
    assert (ikm.name, ikm.minimum_order) == ("Lama", "")


def test_what_cannot_be_put_back_is_told_before(officer_client):
    ikm = factories.ikm(nib="1111111111111")
    edit(ikm, nib="")
    factories.ikm(nib="1111111111111")
    page = words(officer_client.get(f"{address(ikm, 'put_back')}?perubahan={changes_of(ikm).first().pk}&kolom=nib"))
    assert "Tidak ada yang dapat dikembalikan" in page
    assert "NIB ini sudah dipakai usaha lain." in page


@pytest.mark.parametrize("query", ["", "?sejak=x", "?perubahan=0&kolom=name", "?perubahan=9999999&kolom=name"])
def test_an_address_that_means_nothing_is_not_found(officer_client, query):
    ikm = factories.ikm()
    assert officer_client.get(f"{address(ikm, 'put_back')}{query}").status_code == 404


def test_a_batch_is_undone_with_a_report_of_what_was_edited_since(officer, officer_client):
    first, second = factories.ikm(name="Satu"), factories.ikm(name="Dua")
    with recording(kind=ChangeKind.IMPORT, by=officer, why="Daftar") as batch:
        for ikm in (first, second):
            ikm.name += " impor"
            ikm.save()
    edit(second, name="Disunting")
    page = officer_client.get(address(batch, "change"))
    url = reverse("admin:sentra_changeset_undo", args=[batch.pk])
    assert url in page.content.decode()
    told = words(officer_client.get(url))
    assert "Satu impor → menjadi: Satu" in told
    assert "Sudah diubah lagi sesudah itu." in told
    response = officer_client.post(url, {"alasan_perubahan": "Berkas salah"}, follow=True)
    assert "1 data dikembalikan." in response.content.decode()
    assert [Ikm.objects.get(pk=ikm.pk).name for ikm in (first, second)] == ["Satu", "Disunting"]
    after = officer_client.get(address(batch, "change")).content.decode()
    assert "Dibatalkan oleh" in after
    assert url not in after


def test_what_was_deleted_is_listed_and_restored(officer, officer_client):
    sentra = factories.sentra(name="Batik Hilang", kelurahan=[factories.kelurahan()])
    factories.contact(sentra=sentra)
    key = sentra.pk
    with recording(kind=ChangeKind.DELETE, by=officer, why="Ganda"):
        deletion.delete(record=sentra)
    trash = reverse("admin:sentra_changeset_trash")
    page = officer_client.get(trash).content.decode()
    assert "Batik Hilang" in page
    assert "<b>Kontak</b>" not in page
    gone = Change.objects.get(model="sentra.sentra", object_id=key, action="delete")
    url = reverse("admin:sentra_changeset_restore", args=[gone.pk])
    assert "3 data akan dikembalikan" in words(officer_client.get(url))
    response = officer_client.post(url)
    assert response.headers["Location"] == reverse("admin:sentra_sentra_change", args=[key])
    assert Sentra.objects.get(pk=key).contacts.count() == 1
    assert "Batik Hilang" not in words(officer_client.get(trash))
    assert officer_client.get(url).status_code == 404


def import_of(count: int) -> ChangeSet:
    with recording(kind=ChangeKind.IMPORT, by=None, why="Daftar") as batch:
        bulk.create(Ikm(name=f"Impor {n}", code=f"U-{900 + n}", slug=f"impor-{n}") for n in range(count))
    return batch


@pytest.mark.django_db(transaction=True)
def test_a_large_batch_is_undone_by_the_worker_once(officer, officer_client):
    batch = import_of(450)
    kept, published = Ikm.objects.order_by("pk")[3], Ikm.objects.order_by("pk")[7]
    edit(kept, minimum_order="20 lembar")
    publishing.publish(record=published, by=officer)
    url = reverse("admin:sentra_changeset_undo", args=[batch.pk])
    assert "450 data: 450 ditambahkan, 0 dihapus" in words(officer_client.get(url))
    response = officer_client.post(url, {"alasan_perubahan": "Berkas salah"})
    assert response.headers["Location"] == address(batch, "change")
    assert set(Ikm.objects.all()) == {kept, published}
    page = officer_client.get(address(batch, "change"))
    assert "Dikembalikan: 448. Tetap seperti sekarang: 2." in words(page)
    assert "Sudah disunting sesudah itu, jadi tidak dihapus." in words(page)
    assert not page.has_header("Refresh")
    (undone,) = ChangeSet.objects.filter(undoes=batch)
    assert (undone.kind, undone.who, undone.why) == (ChangeKind.UNDO, officer, "Berkas salah")
    assert undone.changes.filter(action="delete").count() == 448


def test_an_undoing_at_work_is_not_asked_for_twice(officer, officer_client):
    batch = import_of(3)
    first = undo_later(change_set=batch, by=officer, why="")
    assert undo_later(change_set=batch, by=officer, why="") == first
    page = officer_client.get(address(batch, "change"))
    assert page.headers["Refresh"] == "3"
    assert "Batalkan seluruhnya" not in page.content.decode()


# -- who may --------------------------------------------------------------------------------------------------------------


def test_nobody_adds_changes_or_deletes_a_line_of_the_trail(officer_client):
    change_set = edit(factories.ikm(), name="Baru")
    assert officer_client.get(reverse("admin:sentra_changeset_add")).status_code == 403
    assert officer_client.get(address(change_set, "delete")).status_code == 403
    assert officer_client.post(address(change_set, "change"), {"why": "lain"}).status_code == 200
    change_set.refresh_from_db()
    assert change_set.why == ""


def test_personal_values_are_told_to_whoever_may_see_them():
    ikm = factories.ikm()
    factories.contact(ikm=ikm, value="+6281215550123")
    edit(ikm, nib="1234567890123")
    editor, privacy = officers.signed_in("Penyunting"), officers.signed_in("Penyunting", "Petugas privasi")
    hidden, seen = words(editor.get(history(ikm))), words(privacy.get(history(ikm)))
    for value in ("+6281215550123", "1234567890123"):
        assert value not in hidden
        assert value in seen
    assert "data pribadi, tidak ditampilkan" in hidden
    batch = changes_of(ikm).first().change_set
    assert "1234567890123" not in words(editor.get(address(batch, "change")))


def test_who_may_not_change_may_not_put_back():
    ikm = factories.ikm(name="Lama")
    batch = edit(ikm, name="Baru")
    viewer = officers.signed_in("Pelihat")
    page = viewer.get(history(ikm))
    assert "kolom=name" not in page.content.decode()
    url = f"{address(ikm, 'put_back')}?sejak={batch.pk}"
    assert viewer.get(url).status_code == 403
    assert viewer.post(url).status_code == 403
    for name, key in (("undo", batch.pk), ("restore", changes_of(ikm).first().pk)):
        assert viewer.post(reverse(f"admin:sentra_changeset_{name}", args=[key])).status_code in (403, 404)
    assert viewer.get(reverse("admin:sentra_changeset_trash")).status_code == 403
    assert Ikm.objects.get(pk=ikm.pk).name == "Baru"


def test_an_editor_does_not_put_back_what_is_published():
    ikm = factories.ikm(name="Lama", published=True)
    batch = edit(ikm, name="Baru")
    editor, publisher = officers.signed_in("Penyunting"), officers.signed_in("Penerbit")
    url = reverse("admin:sentra_changeset_undo", args=[batch.pk])
    editor.post(url)
    assert Ikm.objects.get(pk=ikm.pk).name == "Baru"
    publisher.post(url)
    assert Ikm.objects.get(pk=ikm.pk).name == "Lama"


def test_cases_are_told_only_to_whoever_may_see_cases():
    case = factories.case(title="Perkara rahasia")
    with recording(kind=ChangeKind.EDIT, by=None) as batch:
        case.title = "Perkara rahasia kedua"
        case.save()
    editor = officers.signed_in("Penyunting")
    told = words(editor.get(address(batch, "change")))
    assert "rahasia" not in told
    assert "1 data lain tidak dapat Anda buka" in told
    assert editor.post(reverse("admin:sentra_changeset_undo", args=[batch.pk])).status_code == 403
    case.delete()
    assert "rahasia" not in words(editor.get(reverse("admin:sentra_changeset_trash")))
    assert FacilitationCase.objects.count() == 0


def test_an_officer_of_one_kecamatan_sees_and_undoes_nothing_of_another():
    here, there = factories.kelurahan(), factories.kelurahan()
    mine, other = factories.ikm(name="Punya saya", kelurahan=here), factories.ikm(name="Punya lain", kelurahan=there)
    confined = officers.signed_in("Penerbit", kecamatan=[here.kecamatan])
    with recording(kind=ChangeKind.BULK, by=None) as batch:
        for ikm in (mine, other):
            ikm.name += " baru"
            ikm.save()
    told = words(confined.get(address(batch, "change")))
    assert "Punya saya baru" in told
    assert "Punya lain" not in told
    assert confined.post(reverse("admin:sentra_changeset_undo", args=[batch.pk])).status_code == 403
    assert confined.get(history(other)).status_code == 404
    deletion.delete(record=other)
    assert "Punya lain" not in words(confined.get(reverse("admin:sentra_changeset_trash")))


def test_the_reason_has_its_line_on_the_page_of_a_record_and_stays_after_a_mistake(officer_client):
    source = factories.source()
    url = address(source, "change")
    assert 'name="alasan_perubahan"' in officer_client.get(url).content.decode()
    page = officer_client.post(url, {"alasan_perubahan": "Alasan saya"}).content.decode()
    assert 'value="Alasan saya"' in page
    assert 'name="alasan_perubahan"' not in officer_client.get(reverse("admin:sentra_source_add")).content.decode()
