"""The second step of signing in: set up, renewed, lost, taken away; and what of it is written down nowhere."""

import logging
import re

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from semarang_ikm.accounts import second_factor
from semarang_ikm.accounts.second_factor import digits_of
from sentra.history import changes_of
from sentra.models import Change, ChangeSet
from tests import officers, signing_in
from tests.signing_in import PASSWORD, code_of, codes_shown, first_step, is_in, second_step

pytestmark = pytest.mark.django_db

SET_UP, OWN, CODES = "admin:second_factor", "admin:own_account", "admin:second_factor_codes"


def ticket_of(page: str) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', page)[1]


def set_up(client: Client, *, password: str = PASSWORD, code: str = ""):
    """As an officer does: open the page, scan, type the code and the password."""
    ticket = ticket_of(client.get(reverse(SET_UP)).content.decode())
    device = second_factor.offer(client.user, ticket).device
    sent = {"ticket": ticket, "code": code or code_of(device), "password": password}
    return client.post(reverse(SET_UP), sent), sent


# -- setting it up ----------------------------------------------------------------------------------------------------


def test_the_page_shows_a_picture_and_the_same_secret_to_type_and_keeps_nothing():
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    answer = client.get(reverse(SET_UP))
    page = answer.content.decode()
    offered = second_factor.offer(client.user, ticket_of(page))
    assert '<svg class="qr"' in page
    assert offered.secret in page
    assert offered.address.startswith("otpauth://totp/Sentra%20Semarang%3A")
    assert "no-store" in answer["Cache-Control"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<img[^>]+http", page)
    assert not TOTPDevice.objects.exists()


def test_one_code_proves_the_telephone_and_ten_recovery_codes_are_shown_once():
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    answer, _sent = set_up(client)
    codes = codes_shown(answer)
    assert len(set(codes)) == 10
    assert "no-store" in answer["Cache-Control"]
    assert is_in(client)
    page = client.get(reverse(OWN)).content.decode()
    assert "Terpasang" in page
    assert not any(code[:4] in page for code in codes)
    assert TOTPDevice.objects.get().user == client.user


@pytest.mark.parametrize(
    ("password", "code"), [("salah", ""), (PASSWORD, "000000"), (PASSWORD, "12"), (PASSWORD, "satu")]
)
def test_a_wrong_code_or_password_sets_nothing_up_and_keeps_the_secret(password, code):
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    answer, sent = set_up(client, password=password, code=code)
    assert answer.status_code == 200
    assert ticket_of(answer.content.decode()) == sent["ticket"]
    assert 'class="errorlist' in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not TOTPDevice.objects.exists()


def test_sent_twice_it_is_set_up_once():
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    first, sent = set_up(client)
    again = client.post(reverse(SET_UP), sent)
    assert (len(codes_shown(first)), len(codes_shown(again))) == (10, 0)
    assert (TOTPDevice.objects.count(), StaticToken.objects.count()) == (1, 10)


def test_the_secret_of_another_officer_or_a_forged_one_is_not_taken():
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    other = second_factor.offer(signing_in.officer("Pelihat"))
    for ticket in (other.ticket, "karangan", other.ticket[:-2]):
        sent = {"ticket": ticket, "code": code_of(other.device), "password": PASSWORD}
        assert client.post(reverse(SET_UP), sent).status_code == 302
    assert not TOTPDevice.objects.exists()


def test_a_set_up_page_that_lay_open_too_long_offers_a_new_secret(monkeypatch):
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    monkeypatch.setattr(second_factor, "TICKET_SECONDS", -1)
    ticket = second_factor.signing.dumps([client.user.pk, "aa" * 20], salt="second-factor")
    assert client.post(reverse(SET_UP), {"ticket": ticket}).status_code == 302
    assert not TOTPDevice.objects.exists()


def test_another_telephone_takes_the_place_of_the_first_and_its_codes():
    user = signing_in.officer("Penyunting")
    old_codes = signing_in.with_telephone(user)
    client = signing_in.signed_in(user)
    TOTPDevice.objects.update(last_t=-1)
    elsewhere = signing_in.signed_in(user)
    old = TOTPDevice.objects.get()
    assert len(codes_shown(set_up(client)[0])) == 10
    assert TOTPDevice.objects.get().pk != old.pk
    assert is_in(client)
    assert not is_in(elsewhere)
    again, _answer = first_step(user)
    assert second_step(again, old_codes[0]).status_code == 200
    assert second_step(again, code_of(old)).status_code == 200
    assert not is_in(again)


# -- recovery codes, and taking it away -------------------------------------------------------------------------------


def test_new_recovery_codes_want_the_password_and_end_the_old_ones():
    user = signing_in.officer("Penyunting")
    old = signing_in.with_telephone(user)
    client = signing_in.signed_in(user)
    assert codes_shown(client.post(reverse(CODES), {"password": "salah"})) == []
    new = codes_shown(client.post(reverse(CODES), {"password": PASSWORD}))
    assert len(new) == 10
    assert is_in(client)
    for code, status in ((old[0], 200), (new[0], 302)):
        StaticDevice.objects.update(throttling_failure_count=0)
        assert second_step(first_step(user)[0], code).status_code == status


def test_a_guessed_password_on_these_pages_locks_as_at_the_door(settings):
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client = signing_in.signed_in(user)
    tries = [client.post(reverse(CODES), {"password": "salah"}).status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert tries[-1] == 429


def test_neither_is_the_own_password_guessed_where_it_is_changed(settings):
    client, page = signing_in.signed_in(signing_in.officer("Penyunting")), reverse("admin:password_change")
    new = "sandi-yang-berikutnya-5"
    sent = {"old_password": "tebakan-pertama-3", "new_password1": new, "new_password2": new}
    tries = [client.post(page, sent).status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert tries == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
    assert client.post(page, {**sent, "old_password": PASSWORD}).status_code == 429
    kept = str(list(AccessAttempt.objects.values_list()))
    assert "tebakan" not in kept
    assert new not in kept


def test_an_officer_takes_it_away_with_the_password_where_it_is_optional(settings):
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, remove = signing_in.signed_in(user), reverse("admin:second_factor_remove")
    client.post(remove, {"password": "salah"})
    assert second_factor.device_of(user)
    settings.SECOND_FACTOR = "required"
    assert client.post(remove, {"password": PASSWORD}).status_code == 403
    settings.SECOND_FACTOR = "optional"
    assert client.post(remove, {"password": PASSWORD}).status_code == 302
    assert not second_factor.device_of(user)
    assert not StaticToken.objects.exists()
    assert not is_in(client)


def test_who_has_none_has_nothing_to_renew_or_to_remove():
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    for name in (CODES, "admin:second_factor_remove"):
        assert client.get(reverse(name)).status_code == 403
        assert client.post(reverse(name), {"password": PASSWORD}).status_code == 403
    assert not StaticToken.objects.exists()


def test_an_account_manager_takes_a_lost_one_away_with_a_reason_that_stays():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client = signing_in.signed_in(user)
    manager = officers.signed_in("Pengelola akun", "Penyunting")
    step = reverse("admin:auth_user_step", args=[user.pk, "lepas-verifikasi"])
    assert step in manager.get(reverse("admin:auth_user_change", args=[user.pk])).content.decode()
    assert "Tulis alasannya" in manager.post(step, {"alasan_perubahan": "  "}).content.decode()
    assert second_factor.device_of(user)
    assert manager.post(step, {"alasan_perubahan": "Telepon hilang di angkot"}).status_code == 302
    assert not second_factor.device_of(user)
    assert not StaticToken.objects.exists()
    assert not is_in(client)
    set_of_it = ChangeSet.objects.get(why="Telepon hilang di angkot")
    assert set_of_it.who_id == manager.user.pk
    history = manager.get(reverse("admin:auth_user_history", args=[user.pk])).content.decode()
    assert "Verifikasi dua langkah" in history
    assert "TOTP" not in history
    assert "kolom=" not in history
    assert LogEntry.objects.filter(object_id=str(user.pk), change_message="Verifikasi dua langkah dilepas").exists()


@pytest.mark.parametrize("kind", ["superuser", "stronger", "self"])
def test_nobody_takes_away_the_telephone_of_who_may_do_more_or_their_own_this_way(kind, officer):
    manager = officers.signed_in("Pengelola akun", "Penyunting")
    others = {"superuser": officer, "self": manager.user}
    user = others[kind] if kind in others else officers.officer("Penerbit")
    TOTPDevice.objects.create(user=user, name="telepon")
    step = reverse("admin:auth_user_step", args=[user.pk, "lepas-verifikasi"])
    if kind == "self":
        TOTPDevice.objects.all().delete()
    assert manager.post(step, {"alasan_perubahan": "hilang"}).status_code == 403
    assert bool(second_factor.device_of(user)) == (kind != "self")


def test_who_leaves_leaves_no_telephone_behind():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    manager = officers.signed_in("Pengelola akun", "Penyunting")
    manager.post(reverse("admin:auth_user_step", args=[user.pk, "nonaktifkan"]))
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()


def test_a_lone_administrator_takes_it_away_by_command(officer, capsys):
    signing_in.with_telephone(officer)
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "bukan-siapa-siapa", reason="hilang")
    with pytest.raises(CommandError):
        call_command("remove_second_factor", officer.username, reason=" ")
    call_command("remove_second_factor", officer.username, reason="Telepon tercebur")
    assert not second_factor.device_of(officer)
    assert ChangeSet.objects.filter(why="Telepon tercebur").exists()
    with pytest.raises(CommandError):
        call_command("remove_second_factor", officer.username, reason="sekali lagi")


# -- what is written down ---------------------------------------------------------------------------------------------


def test_no_secret_and_no_code_is_in_the_trail_the_log_the_attempts_or_the_messages(caplog):
    caplog.set_level(logging.DEBUG)
    user = signing_in.officer("Penyunting")
    client = signing_in.signed_in(user)
    _answer, sent = set_up(client, password="salah-ketik-4")
    answer, sent = set_up(client)
    device, codes = TOTPDevice.objects.get(), codes_shown(answer)
    other, _answer = first_step(user)
    wrong = codes[0][:-1] + str((int(codes[0][-1]) + 1) % 10)
    second_step(other, wrong)
    second_step(other, codes[1])
    written = [
        *map(str, Change.objects.values_list("fields", "title")),
        *map(str, ChangeSet.objects.values_list()),
        *map(str, LogEntry.objects.values_list("change_message", "object_repr")),
        *map(str, AccessAttempt.objects.values_list()),
        *(record.getMessage() for record in caplog.records),
    ]
    secrets = [device.key, second_factor.offer(user, sent["ticket"]).secret.replace(" ", ""), sent["ticket"], wrong]
    secrets += [*codes, "salah-ketik-4", PASSWORD]
    assert AccessAttempt.objects.exists()
    assert [text for text in written for secret in secrets if secret in text] == []
    assert not StaticToken.objects.filter(token__in=codes).exists()


def test_the_trail_tells_that_it_came_and_that_it_went():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)

    def told() -> list[str]:
        return sorted(change.action for change in changes_of(user) if change.model == "otp_totp.totpdevice")

    assert told() == ["create"]
    before = Change.objects.count()
    signing_in.signed_in(user)
    assert Change.objects.count() == before
    second_factor.remove(user=user, by=user)
    assert told() == ["create", "delete"]
    assert all(set(change.fields) <= {"user"} for change in changes_of(user) if change.model == "otp_totp.totpdevice")


def test_the_librarys_tables_are_on_no_page_of_the_admin():
    assert not {TOTPDevice, StaticDevice} & set(admin.site._registry)


# -- codes as they are typed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [(" 123 456 ", "123456"), ("1234-5678-9012", "123456789012"), ("1234567", ""), ("١٢٣٤٥٦", ""), ("12345a", "")],
)
def test_codes_are_read_as_people_copy_them(typed, code):
    assert digits_of(typed) == code
