"""Signing in with one step or two: what opens, what is counted, what ends a session, and what is held back."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from semarang_ikm.accounts import second_factor
from semarang_ikm.accounts.middleware import ALWAYS, SET_UP
from semarang_ikm.accounts.second_factor import required_roles
from semarang_ikm.roles import ROLES
from sentra.models import Officer
from tests import factories, officers, signing_in
from tests.signing_in import PASSWORD, code_of, first_step, is_in, next_code, second_step

pytestmark = pytest.mark.django_db


# -- asking for it ----------------------------------------------------------------------------------------------------


def test_without_a_telephone_the_password_is_enough():
    client, answer = first_step(signing_in.officer("Penyunting"))
    assert answer.url == reverse("admin:index")
    assert is_in(client)


def test_with_one_nothing_opens_between_the_two_steps():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, answer = first_step(user, next="/admin/sentra/ikm/")
    assert answer.url == reverse(signing_in.CODE_PAGE)
    assert "_auth_user_id" not in client.session
    for url in ("/admin/", "/admin/sentra/ikm/", reverse("admin:password_change"), *map(reverse, SET_UP)):
        assert client.get(url).url.startswith(reverse("admin:login")), url
    answer = second_step(client, next_code(user))
    assert (answer.status_code, answer.url) == (302, "/admin/sentra/ikm/")
    assert is_in(client)


def test_the_page_for_the_code_is_made_for_a_telephone():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, _answer = first_step(user)
    answer = client.get(reverse(signing_in.CODE_PAGE))
    assert 'autocomplete="one-time-code"' in answer.content.decode()
    assert 'inputmode="numeric"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "000000", "١٢٣٤٥٦", "0" * 12, "9" * 4000])
def test_a_wrong_code_opens_nothing(code):
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, _answer = first_step(user)
    assert second_step(client, code).status_code == 200
    assert not is_in(client)


def test_a_code_opens_once():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    code = next_code(user)
    client, _answer = first_step(user)
    assert second_step(client, code).status_code == 302
    thief, _answer = first_step(user)
    assert second_step(thief, code).status_code == 200
    assert not is_in(thief)


def test_a_recovery_code_opens_once_and_tells_how_many_are_left():
    user = signing_in.officer("Penyunting")
    codes = signing_in.with_telephone(user)
    client, _answer = first_step(user)
    written = "-".join(codes[0][start : start + 4] for start in (0, 4, 8))
    assert second_step(client, written).status_code == 302
    assert "tersisa 9" in client.get(reverse("admin:own_account")).content.decode()
    other, _answer = first_step(user)
    assert second_step(other, codes[0]).status_code == 200
    assert not is_in(other)


def test_nobody_comes_to_the_second_step_without_the_first():
    signing_in.with_telephone(signing_in.officer("Penyunting"))
    assert Client().get(reverse(signing_in.CODE_PAGE)).url == reverse("admin:login")
    assert second_step(Client(), "123456").url == reverse("admin:login")


@pytest.mark.parametrize("meanwhile", ["late", "password", "left"])
def test_what_happens_between_the_steps_counts(meanwhile, monkeypatch):
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, _answer = first_step(user)
    if meanwhile == "late":
        monkeypatch.setattr("semarang_ikm.accounts.sessions.time.time", lambda: timezone.now().timestamp() + 601)
    elif meanwhile == "password":
        user.set_password("yang-lain-lagi-9")
        user.save()
    else:
        user.is_active = False
        user.save()
    assert second_step(client, next_code(user)).url == reverse("admin:login")
    assert not is_in(client)


def test_the_session_has_another_key_after_each_step():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client = Client()
    client.get(reverse("admin:login"))
    keys = [client.session.session_key]
    client.post(reverse("admin:login"), {"username": user.get_username(), "password": PASSWORD})
    keys.append(client.session.session_key)
    second_step(client, next_code(user))
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_a_wrong_password_never_says_whether_there_is_a_second_step():
    with_one, without = signing_in.officer("Penyunting"), signing_in.officer("Penyunting")
    signing_in.with_telephone(with_one)

    def told(user):
        page = first_step(user, "salah")[1].content.decode()
        return re.sub(r'(csrfmiddlewaretoken" value|name="username" value)="[^"]*"', "", page)

    assert told(with_one) == told(without)


# -- wrong codes ------------------------------------------------------------------------------------------------------


def guess(user, client: Client) -> int:
    """Another wrong code, as soon as one is looked at again."""
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(days=365))
    return second_step(client, "000000").status_code


def test_wrong_codes_make_the_next_wait_and_say_until_when():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, _answer = first_step(user)
    second_step(client, "000000")
    page = second_step(client, next_code(user)).content.decode()
    assert "Coba lagi sesudah pukul" in page
    assert not is_in(client)
    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_wrong_codes_of_the_telephone_do_not_hold_up_a_recovery_code():
    user = signing_in.officer("Penyunting")
    codes = signing_in.with_telephone(user)
    client, _answer = first_step(user)
    second_step(client, "000000")
    assert second_step(client, codes[0]).status_code == 302


def test_ten_wrong_codes_lock_as_ten_wrong_passwords_do(settings):
    user = signing_in.officer("Penyunting")
    codes = signing_in.with_telephone(user)
    client, _answer = first_step(user)
    assert [guess(user, client) for _try in range(settings.AXES_FAILURE_LIMIT)][-1] == 429
    assert second_step(client, codes[0]).status_code == 429
    assert StaticToken.objects.count() == 10
    assert first_step(user)[1].status_code == 429


def test_the_right_password_alone_forgets_no_wrong_one(settings):
    """Else whoever knows the password could guess codes for ever."""
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    for _try in range(settings.AXES_FAILURE_LIMIT - 1):
        client, _answer = first_step(user)
        guess(user, client)
    assert guess(user, first_step(user)[0]) == 429


def test_an_account_manager_opens_the_lock_of_codes_too():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, _answer = first_step(user)
    second_step(client, "000000")
    manager = officers.signed_in("Pengelola akun", "Penyunting")
    unlock = reverse("admin:auth_user_step", args=[user.pk, "buka-kunci"])
    assert unlock in manager.get(reverse("admin:auth_user_change", args=[user.pk])).content.decode()
    manager.post(unlock)
    assert second_step(client, next_code(user)).status_code == 302


# -- where it is required ---------------------------------------------------------------------------------------------


def admin_addresses() -> list[str]:
    """Every address below /admin/, with something in each of its places."""
    found = []

    def walk(patterns, before: str) -> None:
        for pattern in patterns:
            shape = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, shape)
            else:
                found.append("/admin/" + re.sub(r"<[^>]+>", "1", shape).replace("^", "").replace("$", ""))

    resolver = next(entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "admin")
    walk(resolver.url_patterns, "")
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_must_set_it_up_first_does_nothing_else(settings, method, officer):
    settings.SECOND_FACTOR = "required"
    officer.set_password(PASSWORD)
    officer.save()
    client, answer = first_step(officer)
    assert answer.status_code == 302
    ikm = factories.ikm()
    addresses = [*admin_addresses(), "/admin/", f"/admin/sentra/ikm/{ikm.pk}/delete/", "/admin/tidak-ada/"]
    assert len(addresses) > 150
    open_pages = {reverse(name) for name in (*ALWAYS, *SET_UP)}
    for url in addresses:
        if url not in open_pages:
            answer = getattr(client, method)(url, {"post": "yes", "action": "delete_selected"})
            assert (answer.status_code, answer.url) == (302, reverse("admin:second_factor")), url
    ikm.refresh_from_db()


def test_after_the_password_of_their_own_comes_the_telephone_and_then_the_desk(settings):
    settings.SECOND_FACTOR = "required"
    user = signing_in.officer("Penyunting")
    Officer.objects.create(user=user, one_time_until=timezone.now() + timedelta(days=1))
    client, _answer = first_step(user)
    for name in ("admin:index", "admin:second_factor", "admin:own_account"):
        assert client.get(reverse(name)).url == reverse("admin:password_change")
    new = "sandi-milik-sendiri-8"
    client.post(
        reverse("admin:password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert client.get(reverse("admin:index")).url == reverse("admin:second_factor")
    page = client.get(reverse("admin:second_factor")).content.decode()
    assert "wajib" in page
    assert 'id="nav-sidebar"' not in page
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    device = second_factor.offer(user, ticket).device
    sent = {"ticket": ticket, "code": code_of(device), "password": new}
    assert "Simpan kode cadangan" in client.post(reverse("admin:second_factor"), sent).content.decode()
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_lent_password_does_not_go_around_the_code():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    Officer.objects.create(user=user, one_time_until=timezone.now() + timedelta(days=1))
    client, answer = first_step(user)
    assert answer.url == reverse(signing_in.CODE_PAGE)
    second_step(client, next_code(user))
    assert client.get(reverse("admin:index")).url == reverse("admin:password_change")


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_it_is_required_of_the_roles_that_are_named_and_of_no_other(settings, role):
    settings.SECOND_FACTOR = "required-for:Petugas privasi,Pengelola akun"
    held = not is_in(officers.signed_in(role))
    assert held == (role in ("Petugas privasi", "Pengelola akun"))


def test_where_a_role_is_named_a_superuser_is_meant_too(settings, officer_client):
    settings.SECOND_FACTOR = "required-for:Petugas privasi"
    assert officer_client.get(reverse("admin:index")).url == reverse("admin:second_factor")
    settings.SECOND_FACTOR = "optional"
    assert officer_client.get(reverse("admin:index")).status_code == 200


def test_a_session_of_before_is_held_as_soon_as_the_setting_asks(settings):
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    settings.SECOND_FACTOR = "required"
    assert not is_in(client)


def test_what_the_setting_says():
    assert required_roles("optional") == frozenset()
    assert required_roles("required") is None
    assert required_roles("required-for:Petugas privasi, Pengelola akun") == {"Petugas privasi", "Pengelola akun"}


@pytest.mark.parametrize(
    "text", ["", "on", "Required", "required:", "required-for:", "required-for:Penjaga", "optional:x"]
)
def test_a_mistyped_setting_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="SECOND_FACTOR"):
        required_roles(text)


# -- how long a session lasts -----------------------------------------------------------------------------------------


def test_a_session_of_before_the_telephone_ends_when_it_is_set_up_elsewhere():
    user = signing_in.officer("Penyunting")
    client = signing_in.signed_in(user)
    signing_in.with_telephone(user)
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_a_session_that_a_telephone_opened_ends_with_it():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client = signing_in.signed_in(user)
    second_factor.remove(user=user, by=user)
    assert not is_in(client)


def test_another_persons_device_opens_no_session():
    user, other = signing_in.officer("Penyunting"), signing_in.officer("Penerbit")
    for each in (user, other):
        signing_in.with_telephone(each)
    client = signing_in.signed_in(user)
    session = client.session
    session["otp_device_id"] = TOTPDevice.objects.get(user=other).persistent_id
    session.save()
    assert not is_in(client)


def test_a_new_password_ends_the_sessions_elsewhere_and_keeps_this_one():
    user = signing_in.officer("Penyunting")
    here, elsewhere = signing_in.signed_in(user), signing_in.signed_in(user)
    new = "sandi-milik-sendiri-8"
    here.post(reverse("admin:password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert is_in(here)
    assert not is_in(elsewhere)


@pytest.mark.parametrize("steps", [1, 2])
def test_on_a_shared_computer_the_session_ends_with_the_browser_or_the_working_day(steps, monkeypatch):
    user = signing_in.officer("Penyunting")
    if steps == 2:
        signing_in.with_telephone(user)
    client, _answer = first_step(user, shared="on")
    if steps == 2:
        second_step(client, next_code(user))
    assert is_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.session.get_expire_at_browser_close()
    later = timezone.now().timestamp() + 10 * 3600 + 5
    monkeypatch.setattr("semarang_ikm.accounts.sessions.time.time", lambda: later)
    assert not is_in(client)


def test_without_the_tick_it_outlives_the_browser():
    client, _answer = first_step(signing_in.officer("Penyunting"))
    assert client.cookies["sessionid"]["max-age"] > 0


def test_by_setting_every_session_ends_with_the_browser_and_nobody_is_asked(settings):
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    client, _answer = first_step(signing_in.officer("Penyunting"))
    assert client.cookies["sessionid"]["max-age"] == ""
    assert "ends_at" in client.session
    assert 'name="shared"' not in Client().get(reverse("admin:login")).content.decode()


def test_the_session_after_the_code_lasts_as_long_as_any():
    user = signing_in.officer("Penyunting")
    signing_in.with_telephone(user)
    client, _answer = first_step(user)
    assert client.session.get_expiry_age() <= 600
    second_step(client, next_code(user))
    assert client.session.get_expiry_age() > 86400


# -- where it leads ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "leads_to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize("steps", [1, 2])
def test_signing_in_never_leads_off_the_site(leads_to, steps):
    user = signing_in.officer("Penyunting")
    if steps == 2:
        signing_in.with_telephone(user)
    client, answer = first_step(user, next=leads_to)
    answer = second_step(client, next_code(user)) if steps == 2 else answer
    assert answer.url == reverse("admin:index")


def test_who_is_signed_in_already_is_not_asked_again():
    client = signing_in.signed_in(signing_in.officer("Penyunting"))
    assert client.get(reverse("admin:login")).url == reverse("admin:index")
    assert admin.site.has_permission(client.get(reverse("admin:own_account")).wsgi_request)
