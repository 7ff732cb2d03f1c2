"""The trail is no way around a right: what an officer reads, finds and puts back is what may be opened and done by hand."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from promotions.models import FacilitationCase
from semarang_ikm.shared import deletion, publishing
from sentra.actions.merging import merge
from sentra.choices import ChangeKind
from sentra.history import changes_of, recording
from sentra.models import Change, ChangeSet, Contact, Ikm
from tests import factories, officers
from tests.admin_forms import admin_url
from tests.sentra.history.test_admin_pages import address, edit, history, words
from tests.snapshots import differences, snapshot

pytestmark = pytest.mark.django_db

LIST = "admin:sentra_changeset_changelist"


def listed(client, **query) -> set[ChangeSet]:
    """The sets that this officer's list holds."""
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200, (query, response.status_code)
    return set(response.context["cl"].queryset)


def undo_url(change_set: ChangeSet) -> str:
    return reverse("admin:sentra_changeset_undo", args=[change_set.pk])


def restore_url(record: Model, key: int) -> str:
    gone = Change.objects.get(model=record._meta.label_lower, object_id=key, action="delete")
    return reverse("admin:sentra_changeset_restore", args=[gone.pk])


# -- of some kecamatan --------------------------------------------------------------------------------------------------


@pytest.fixture
def here():
    return factories.kelurahan("Sumurrejo")


@pytest.fixture
def there():
    return factories.kelurahan("Tandang")


def test_the_list_holds_what_touched_the_officers_kecamatan(here, there):
    client = officers.signed_in("Penerbit", kecamatan=[here.kecamatan])
    mine, foreign = factories.ikm(kelurahan=here), factories.ikm(kelurahan=there)
    inside = edit(mine, name="Di sini", why="SetDiSini")
    outside = edit(foreign, name="Di sana", why="SetDiSana")
    own = edit(foreign, by=client.user, name="Dulu di sini", why="SetSendiri")
    of_all = edit(factories.partner(), name="Mitra baru", why="SetSekota")
    with recording(kind=ChangeKind.BULK, by=None, why="SetKeduanya") as both:
        for ikm in (mine, foreign):
            ikm.minimum_order = "3 buah"
            ikm.save()
    held = listed(client)
    assert {inside, own, of_all, both} <= held
    assert outside not in held
    assert outside in listed(officers.signed_in("Penerbit"))
    page = words(client.get(reverse(LIST)))
    assert "SetDiSini" in page
    assert "SetDiSana" not in page


@pytest.mark.parametrize("query", [{"q": "SetDiSana"}, {"jenis": "sentra.ikm"}, {"kind": "edit"}], ids=str)
def test_no_search_and_no_filter_reaches_what_lies_elsewhere(here, there, query):
    client = officers.signed_in("Penerbit", kecamatan=[here.kecamatan])
    outside = edit(factories.ikm(kelurahan=there), name="Di sana", why="SetDiSana")
    assert outside in listed(officers.signed_in("Penerbit"), **query)
    assert outside not in listed(client, **query)


def test_rows_of_a_record_are_listed_where_it_lies(here, there):
    client = officers.signed_in("Penerbit", kecamatan=[here.kecamatan])
    sentra = {place: factories.sentra(kelurahan=[place]) for place in (here, there)}
    inside, outside = (edit(factories.figure(sentra=sentra[place]), value_min=9) for place in (here, there))
    held = listed(client)
    assert inside in held
    assert outside not in held


def test_a_set_that_lies_elsewhere_is_neither_opened_nor_undone(here, there):
    client = officers.signed_in("Penerbit", kecamatan=[here.kecamatan])
    foreign = factories.ikm("Lama", kelurahan=there)
    outside = edit(foreign, name="Baru")
    for url in (address(outside, "change"), address(outside, "history"), undo_url(outside)):
        assert client.get(url).status_code == 404, url
    assert client.post(undo_url(outside)).status_code == 404
    foreign.refresh_from_db()
    assert foreign.name == "Baru"


def test_what_was_deleted_elsewhere_is_not_brought_back(here, there):
    client = officers.signed_in("Penerbit", kecamatan=[here.kecamatan])
    foreign = factories.ikm("Di sana", kelurahan=there)
    key = foreign.pk
    deletion.delete(record=foreign)
    assert client.post(restore_url(foreign, key)).status_code == 404
    assert not Ikm.objects.filter(pk=key).exists()


# -- reasons ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def told_case() -> ChangeSet:
    """A set about a case and the business that has it, with the reason that its officer gave."""
    ikm = factories.ikm("Tahu Maju")
    case = factories.case(ikm=ikm)
    with recording(kind=ChangeKind.EDIT, by=factories.user(), why="UtangRahasia pemilik") as change_set:
        case.title, ikm.name = "Perkara lain", "Tahu Lain"
        case.save()
        ikm.save()
    return change_set


def pages_of_reasons(change_set: ChangeSet) -> list[str]:
    ikm = Ikm.objects.get(name="Tahu Lain")
    return [reverse(LIST), address(change_set, "change"), address(change_set, "history"), history(ikm)]


@pytest.mark.parametrize("role", ["Pelihat", "Penyunting", "Penerbit", "Petugas privasi"])
def test_the_reason_of_a_case_is_kept_from_who_may_not_see_cases(role, told_case):
    client = officers.signed_in(role)
    for url in pages_of_reasons(told_case):
        response = client.get(url)
        assert "UtangRahasia" not in response.content.decode(), url
    assert response.status_code == 200


def test_the_reason_of_a_case_is_told_to_who_may_see_both(told_case):
    client = officers.signed_in("Penyunting", "Petugas fasilitasi")
    for url in pages_of_reasons(told_case):
        assert "UtangRahasia" in words(client.get(url)), url


def test_the_own_reason_is_told():
    client = officers.signed_in("Penyunting")
    own = edit(factories.case(), by=client.user, title="Perkara lain", why="AlasanSendiri")
    assert "AlasanSendiri" in words(client.get(address(own, "change")))


def test_a_search_is_no_oracle_for_reasons(told_case):
    editor, both = officers.signed_in("Penyunting"), officers.signed_in("Penyunting", "Petugas fasilitasi")
    for typed in ("UtangRahasia", "utang", "pemilik UtangRahasia"):
        assert listed(editor, q=typed) == set()
        assert listed(both, q=typed) == {told_case}
    who = told_case.who_name
    assert told_case in listed(editor, q=who)
    assert told_case not in listed(editor, q=f"{who} utang")


@pytest.mark.parametrize("lookup", ["why", "why__icontains", "why__startswith", "undoes__why__contains"])
def test_neither_is_a_typed_address(lookup, told_case):
    response = officers.signed_in("Penyunting").get(reverse(LIST), {lookup: "UtangRahasia"})
    assert response.status_code == 400 or told_case not in response.context["cl"].queryset


# -- what was public ----------------------------------------------------------------------------------------------------


def deleted_after_public(record: Model) -> int:
    """Published, taken back to draft and deleted by a publisher; its key."""
    publisher, key = officers.officer("Penerbit"), record.pk
    publishing.back_to_draft(record=record, by=publisher)
    with recording(kind=ChangeKind.DELETE, by=publisher):
        deletion.delete(record=type(record).objects.get(pk=key))
    return key


@pytest.mark.parametrize("make", [factories.ikm, factories.sentra, factories.product, factories.promotion])
def test_what_had_been_public_is_brought_back_by_publishers(make):
    record = make(published=True)
    key = deleted_after_public(record)
    editor, publisher = officers.signed_in("Penyunting"), officers.signed_in("Penerbit")
    url, trash = restore_url(record, key), reverse("admin:sentra_changeset_trash")
    batch = ChangeSet.objects.get(kind="delete")
    assert url not in editor.get(trash).content.decode()
    for refused in (url, undo_url(batch)):
        assert editor.get(refused).status_code == 403
        assert editor.post(refused).status_code == 403
    assert not type(record).objects.filter(pk=key).exists()
    assert url in publisher.get(trash).content.decode()
    assert publisher.post(url).status_code == 302
    assert type(record).objects.get(pk=key).status == "draft"


def test_a_draft_is_brought_back_by_an_editor():
    ikm = factories.ikm()
    key = ikm.pk
    deletion.delete(record=ikm)
    assert officers.signed_in("Penyunting").post(restore_url(ikm, key)).status_code == 302
    assert Ikm.objects.filter(pk=key).exists()


# -- one row ------------------------------------------------------------------------------------------------------------


def test_rows_that_are_closed_are_not_put_back_from_the_page_of_a_draft():
    """An editor writes a contact down, and neither reads nor changes it."""
    ikm = factories.ikm("Lama")
    contact = factories.contact(ikm=ikm, value="+6281215550001")
    first = edit(ikm, name="Baru")
    edit(contact, value="+6281215550002")
    change = changes_of(ikm).first()
    url = address(ikm, "put_back")
    editor, privacy = officers.signed_in("Penyunting"), officers.signed_in("Penyunting", "Petugas privasi")
    one = f"{url}?perubahan={change.pk}&kolom=value"
    for method in (editor.get, editor.post):
        assert method(one).status_code == 403
    # Going back to a moment leaves them as they are.
    assert editor.post(f"{url}?sejak={first.pk}").status_code == 302
    contact.refresh_from_db()
    ikm.refresh_from_db()
    assert (contact.value, ikm.name) == ("+6281215550002", "Lama")
    assert privacy.post(one).status_code == 302
    assert Contact.objects.get().value == "+6281215550001"


def test_personal_fields_are_put_back_by_who_reads_them():
    ikm = factories.ikm("Lama", nib="0220001234567")
    batch = edit(ikm, name="Baru", nib="0220007654321")
    change, url = changes_of(ikm).first(), address(ikm, "put_back")
    editor, privacy = officers.signed_in("Penyunting"), officers.signed_in("Penyunting", "Petugas privasi")
    editor.post(f"{url}?perubahan={change.pk}&kolom=nib")
    assert changes_of(ikm).first() == change
    assert editor.post(undo_url(batch)).status_code == 403
    assert editor.post(f"{url}?sejak={batch.pk}").status_code == 302
    ikm.refresh_from_db()
    assert (ikm.name, ikm.nib) == ("Lama", "0220007654321")
    assert privacy.post(f"{url}?perubahan={change.pk}&kolom=nib").status_code == 302
    ikm.refresh_from_db()
    assert ikm.nib == "0220001234567"


def test_what_an_officer_filled_in_is_undone_by_that_officer():
    client = officers.signed_in("Penyunting")
    ikm = factories.ikm()
    batch = edit(ikm, by=client.user, nib="0220001234567")
    assert client.post(undo_url(batch)).status_code == 302
    ikm.refresh_from_db()
    assert ikm.nib == ""


# -- mergers ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def merged() -> tuple[Ikm, ChangeSet]:
    """A draft with products, contacts and a case became part of another draft, which is public now."""
    kept, gone = factories.ikm("Tahu Maju"), factories.ikm("Tahu Maju Jaya", nib="0220001234567")
    factories.product("Tahu putih", ikm=gone)
    factories.contact(ikm=gone)
    factories.case(ikm=gone, title="PerkaraRahasia")
    merge(kept=kept, gone=gone, take=["nib"], by=officers.officer("Penerbit"), why="kembar")
    batch = ChangeSet.objects.get(kind="merge")
    publishing.publish(record=Ikm.objects.get(pk=kept.pk), by=None)
    return kept, batch


@pytest.mark.parametrize("role", ["Pelihat", "Penyunting", "Petugas privasi", "Petugas fasilitasi", "Pengelola akun"])
def test_a_merger_into_what_is_public_is_undone_by_publishers_or_not_at_all(role, merged):
    _kept, batch = merged
    client = officers.signed_in(role)
    before = snapshot()
    for method in (client.get, client.post):
        assert method(undo_url(batch)).status_code == 403
    assert differences(before, snapshot()) == {}


def test_who_may_merge_may_undo_the_merger(merged):
    """Its contacts and cases moved without a right to read them, and go back without one."""
    kept, batch = merged
    client = officers.signed_in("Penerbit")
    assert undo_url(batch) in client.get(address(batch, "change")).content.decode()
    page = words(client.get(undo_url(batch)))
    assert not [hidden for hidden in ("0220001234567", "+6281215550123", "PerkaraRahasia") if hidden in page]
    assert client.post(undo_url(batch)).status_code == 302
    back = Ikm.objects.get(name="Tahu Maju Jaya")
    assert (back.products.count(), back.contacts.count(), back.nib) == (1, 1, "0220001234567")
    assert FacilitationCase.objects.get().ikm == back
    assert Ikm.objects.get(pk=kept.pk).nib == ""


# -- every role at every door -------------------------------------------------------------------------------------------

# Who works on a draft by hand, and who on what is public; what nobody else does, nobody does by way of the trail.
ON_DRAFTS = {"Penyunting", "Penerbit"}
ON_PUBLIC = {"Penerbit"}
ROLES = ["Pelihat", "Penyunting", "Penerbit", "Petugas privasi", "Petugas fasilitasi", "Pengelola akun"]


def of_undo(published: bool) -> str:
    ikm = factories.ikm("Lama", published=published)
    return undo_url(edit(ikm, name="Baru"))


def of_put_back(published: bool) -> str:
    ikm = factories.ikm("Lama", published=published)
    edit(ikm, name="Baru")
    return f"{address(ikm, 'put_back')}?perubahan={changes_of(ikm).first().pk}&kolom=name"


def of_moment(published: bool) -> str:
    ikm = factories.ikm("Lama", published=published)
    return f"{address(ikm, 'put_back')}?sejak={edit(ikm, name='Baru').pk}"


def of_restore(published: bool) -> str:
    ikm = factories.ikm("Lama", published=published)
    key = deleted_after_public(ikm) if published else ikm.pk
    if not published:
        deletion.delete(record=ikm)
    return restore_url(ikm, key)


def of_merge(published: bool) -> str:
    kept, gone = (factories.ikm(name, published=published) for name in ("Tinggal", "Pergi"))
    return reverse("admin:sentra_ikm_merge", args=[kept.pk, gone.pk])


@pytest.mark.parametrize("published", [False, True], ids=["draft", "public"])
@pytest.mark.parametrize("door", [of_undo, of_put_back, of_moment, of_restore, of_merge])
@pytest.mark.parametrize("role", ROLES)
def test_what_is_sent_by_a_role_that_may_not_changes_nothing(role, door, published):
    url = door(published)
    client, before = officers.signed_in(role), snapshot()
    may = role in (ON_PUBLIC if published else ON_DRAFTS)
    response = client.post(url, {"alasan_perubahan": "Coba"})
    changed = differences(before, snapshot())
    assert bool(changed) == may, (response.status_code, changed)
    if may:
        assert response.status_code == 302
    else:
        # An editor is told row by row that what is shown is the publisher's.
        told_so = role == "Penyunting" and response.status_code == 302
        assert response.status_code in (403, 404) or told_so, response.status_code


@pytest.mark.parametrize("door", [of_undo, of_put_back, of_moment, of_restore, of_merge])
def test_nobody_without_an_account_sends_anything(door, client):
    url, before = door(False), snapshot()
    response = client.post(url, {"alasan_perubahan": "Coba"})
    assert response.headers["Location"].startswith(reverse("admin:login"))
    assert differences(before, snapshot()) == {}


@pytest.mark.parametrize("role", ROLES)
def test_every_page_puts_back_for_who_may_change_its_record_alone(role):
    """All pages with this door, made from the registry: none opens to a role that may not change the record."""
    client = officers.signed_in(role)
    for model, page in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if client.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
            continue
        record = model._base_manager.first()
        response = client.post(f"{reverse(f'admin:{name}_put_back', args=[record.pk if record else 1])}?sejak=1")
        assert response.status_code in (403, 404), (page, response.status_code)


def test_the_addresses_of_lists_are_not_doors(officer_client):
    """A set is neither changed nor deleted by what is sent to its list."""
    batch = edit(factories.ikm(), name="Baru")
    sent = {"action": "delete_selected", "_selected_action": [batch.pk], "post": "yes"}
    officer_client.post(admin_url(ChangeSet, "changelist"), sent)
    assert ChangeSet.objects.filter(pk=batch.pk).exists()
