"""Accounts: roles in plain words, one-time passwords, leavers, locks; and nobody gives what they do not have."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from semarang_ikm.accounts.managing import may_manage
from semarang_ikm.roles import ROLES
from sentra.models import Officer
from tests import factories
from tests.admin_forms import errors, submit
from tests.officers import officer, signed_in

pytestmark = pytest.mark.django_db

NEW = "sebuah-kata-sandi-7"


def group(name: str) -> int:
    return Group.objects.get(name=name).pk


def step(user: User, name: str) -> str:
    return reverse("admin:auth_user_step", args=[user.pk, name])


def change(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def lent(client: Client, user: User) -> str:
    """The one-time password as the page shows it."""
    page = client.post(step(user, "kata-sandi")).content.decode()
    return re.search(r'<output class="kata-sandi">([^<]+)</output>', page)[1]


def sign_in(user: User, password: str) -> tuple[Client, int]:
    client = Client()
    answer = client.post(reverse("admin:login"), {"username": user.get_username(), "password": password})
    return client, answer.status_code


def lock(user: User, limit: int) -> None:
    for _try in range(limit):
        sign_in(user, "salah")
    assert sign_in(user, "salah")[1] == 429


@pytest.fixture
def manager():
    return signed_in("Pengelola akun", "Penyunting", "Pelihat")


# -- making an account ------------------------------------------------------------------------------------------------


def test_roles_are_told_with_what_they_may_do(officer_client):
    page = officer_client.get(reverse("admin:auth_user_add")).content.decode()
    for role in ROLES:
        assert f"{role.label}: {role.sentence}" in page


def test_a_new_account_gets_its_one_time_password_on_the_next_page(manager):
    typed = {"username": "siti.aminah", "first_name": "Siti", "roles": [group("Penyunting")]}
    answer = submit(manager, User, typed)
    user = User.objects.get(username="siti.aminah")
    assert answer.url == step(user, "kata-sandi")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)
    password = lent(manager, user)
    client, status = sign_in(user, password)
    assert status == 302
    for url in ("/admin/", "/admin/sentra/ikm/", reverse("admin:autocomplete")):
        answer = client.get(url)
        assert (answer.status_code, answer.url) == (302, reverse("admin:password_change"))
    assert "hanya untuk sekali masuk" in client.get(reverse("admin:password_change")).content.decode()


def test_a_lent_password_is_replaced_by_another_one_before_anything_opens(manager):
    user = officer("Penyunting")
    password = lent(manager, user)
    client, _status = sign_in(user, password)
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    assert client.post(reverse("admin:password_change"), same).status_code == 200
    assert client.get("/admin/").status_code == 302
    own = {"old_password": password, "new_password1": NEW, "new_password2": NEW}
    assert client.post(reverse("admin:password_change"), own).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert Officer.objects.get(user=user).one_time_until is None


def test_a_lent_password_is_stored_as_a_hash_only_and_ends(manager):
    user = officer("Penyunting")
    password = lent(manager, user)
    user.refresh_from_db()
    assert password not in user.password
    assert not LogEntry.objects.filter(change_message__contains=password).exists()
    assert "no-store" in manager.get(step(user, "kata-sandi"))["Cache-Control"]
    assert password not in manager.get(step(user, "kata-sandi")).content.decode()
    Officer.objects.filter(user=user).update(one_time_until=timezone.now() - timedelta(minutes=1))
    client, status = sign_in(user, password)
    assert status == 200
    assert client.get("/admin/").status_code == 302


def test_a_name_is_taken_whatever_its_letters(manager):
    factories.user(username="siti")
    assert "username" in errors(submit(manager, User, {"username": "SITI"}))


# -- nobody gives what they do not have -------------------------------------------------------------------------------


def test_a_manager_gives_only_roles_of_their_own(manager):
    page = manager.get(reverse("admin:auth_user_add"))
    offered = {g.name for g in page.context["adminform"].form.fields["roles"].queryset}
    assert offered == {"Pengelola akun", "Penyunting", "Pelihat"}
    refused = submit(manager, User, {"username": "baru", "roles": [group("Penerbit")]})
    assert "roles" in errors(refused)
    submit(manager, User, {"username": "baru", "roles": [group("Pelihat")], "is_superuser": "on"})
    assert not User.objects.get(username="baru").is_superuser


def test_a_publisher_gives_the_lesser_roles_that_publishing_contains():
    client = signed_in("Pengelola akun", "Penerbit")
    offered = client.get(reverse("admin:auth_user_add")).context["adminform"].form.fields["roles"].queryset
    assert {g.name for g in offered} == {"Pengelola akun", "Penerbit", "Penyunting", "Pelihat"}
    assert may_manage(client.user, officer("Penyunting"))
    assert not may_manage(client.user, officer("Petugas privasi"))
    assert not may_manage(client.user, officer("Petugas fasilitasi", is_active=False))


@pytest.mark.parametrize("name", ["kata-sandi", "nonaktifkan", "buka-kunci"])
@pytest.mark.parametrize("kind", ["superuser", "stronger", "self"])
def test_who_may_do_more_is_out_of_reach(manager, officer, name, kind):
    user = {"superuser": lambda: officer, "stronger": lambda: signed_in("Penerbit").user, "self": lambda: manager.user}
    other = user[kind]()
    before = User.objects.get(pk=other.pk).password
    assert manager.get(change(other)).status_code == 200
    assert 'name="_save"' not in manager.get(change(other)).content.decode()
    assert manager.post(change(other), {"username": "lain"}).status_code == 403
    assert manager.post(step(other, name)).status_code == 403
    other.refresh_from_db()
    assert (other.password, other.is_active) == (before, True)


def test_a_manager_of_some_kecamatan_reaches_nobody_who_works_elsewhere():
    here, there = factories.kecamatan("Gunungpati"), factories.kecamatan("Tembalang")
    client = signed_in("Pengelola akun", "Penyunting", kecamatan=[here])
    assert may_manage(client.user, officer("Penyunting", kecamatan=[here]))
    assert not may_manage(client.user, officer("Penyunting", kecamatan=[there]))
    assert not may_manage(client.user, officer("Penyunting"))
    assert "kecamatan" in errors(submit(client, User, {"username": "baru", "roles": [group("Penyunting")]}))
    submit(client, User, {"username": "baru", "roles": [group("Penyunting")], "kecamatan": [here.pk]})
    assert list(User.objects.get(username="baru").officer.kecamatan.all()) == [here]


def test_the_administrator_gives_every_role_and_a_scope(officer_client):
    area = factories.kecamatan("Mijen")
    typed = {"username": "baru", "roles": [group(role.name) for role in ROLES], "kecamatan": [area.pk]}
    submit(officer_client, User, typed)
    user = User.objects.get(username="baru")
    assert user.groups.count() == len(ROLES)
    submit(officer_client, User, {"roles": [group("Pelihat")], "kecamatan": []}, record=user)
    assert list(user.groups.values_list("name", flat=True)) == ["Pelihat"]
    assert not user.officer.kecamatan.exists()
    assert LogEntry.objects.filter(object_id=str(user.pk), change_message__contains="Peran: Pelihat").exists()


@pytest.mark.parametrize("role", [role.name for role in ROLES if role.name != "Pengelola akun"])
def test_other_roles_do_not_see_accounts(role):
    client = signed_in(role)
    for url in (reverse("admin:auth_user_changelist"), reverse("admin:auth_user_locked"), change(client.user)):
        assert client.get(url).status_code == 403


# -- leavers ----------------------------------------------------------------------------------------------------------


def test_who_leaves_is_out_at_once_and_stays_in_what_was_signed(manager):
    leaver = signed_in("Penyunting")
    ikm = factories.ikm(checked_on=timezone.localdate(), checked_by=leaver.user)
    assert leaver.get("/admin/").status_code == 200
    manager.post(step(leaver.user, "nonaktifkan"))
    assert leaver.get("/admin/").status_code == 302
    leaver.user.set_password(NEW)
    leaver.user.is_active = False
    leaver.user.save()
    assert sign_in(leaver.user, NEW)[1] == 200
    ikm.refresh_from_db()
    assert ikm.checked_by == leaver.user
    manager.post(step(leaver.user, "aktifkan"))
    assert sign_in(leaver.user, NEW)[1] == 302


def test_a_new_one_time_password_ends_open_sessions(manager):
    client = signed_in("Penyunting")
    assert client.get("/admin/").status_code == 200
    lent(manager, client.user)
    assert client.get("/admin/").status_code == 302


def test_accounts_are_not_deleted(officer_client):
    user = officer("Penyunting")
    assert officer_client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


# -- locks ------------------------------------------------------------------------------------------------------------


def test_a_locked_account_is_listed_and_opened_with_one_button(manager, settings):
    user = officer("Penyunting", username="terkunci")
    user.set_password(NEW)
    user.save()
    lock(user, settings.AXES_FAILURE_LIMIT)
    page = manager.get(reverse("admin:auth_user_locked")).content.decode()
    assert step(user, "buka-kunci") in page
    assert step(user, "buka-kunci") in manager.get(change(user)).content.decode()
    manager.post(step(user, "buka-kunci"))
    assert sign_in(user, NEW)[1] == 302
    assert "Tidak ada akun yang ditahan" in manager.get(reverse("admin:auth_user_locked")).content.decode()


def test_a_name_without_account_is_counted_and_not_shown(manager, settings):
    lock(User(username="bukan-siapa-siapa"), settings.AXES_FAILURE_LIMIT)
    page = manager.get(reverse("admin:auth_user_locked")).content.decode()
    assert "1 nama lain" in page
    assert "bukan-siapa-siapa" not in page


def test_tables_of_the_lock_and_groups_are_no_pages():
    assert not {AccessAttempt, AccessFailureLog, AccessLog, Group} & set(admin.site._registry)


def test_the_list_asks_as_often_for_many_as_for_few(manager, count_queries):
    area = factories.kecamatan()
    for _ in range(2):
        officer("Penyunting", kecamatan=[area])
    url = reverse("admin:auth_user_changelist")
    few = count_queries(lambda: manager.get(url))
    for _ in range(5):
        officer("Penyunting", "Pelihat", kecamatan=[area])
    assert count_queries(lambda: manager.get(url)) == few
