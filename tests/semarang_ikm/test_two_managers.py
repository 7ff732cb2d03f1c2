"""Two managers with one account open: a role that one took does not come back with the other's save."""

import pytest

from tests import factories, officers
from tests.editing import ASKED, Opened, stored, text

pytestmark = pytest.mark.django_db


def roles(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_a_role_that_was_taken_does_not_come_back_with_a_stale_page():
    leaver = officers.officer("Penyunting", "Pelihat")
    first, second = (Opened(officers.signed_in(is_superuser=True, first_name="Dewi"), leaver) for _manager in range(2))
    kept = leaver.groups.get(name="Pelihat").pk
    assert stored(first.send(roles=[kept]))
    answer = second.send(email="siti@contoh.id")
    told = text(answer)
    assert ASKED in told
    assert "Dewi" in told
    assert "Grup Pelihat" in told
    leaver.refresh_from_db()
    assert (roles(leaver), leaver.email) == ({"Pelihat"}, "")
    assert stored(second.send(roles=[kept]))
    leaver.refresh_from_db()
    assert (roles(leaver), leaver.email) == ({"Pelihat"}, "siti@contoh.id")


def test_an_area_given_meanwhile_is_asked_about_too():
    officer = officers.officer("Penyunting")
    area = factories.kecamatan()
    first, second = (Opened(officers.signed_in(is_superuser=True), officer) for _manager in range(2))
    assert stored(first.send(kecamatan=[area.pk]))
    assert str(area) in text(second.send(email="siti@contoh.id"))


def test_signing_in_meanwhile_is_no_question(client):
    officer = officers.officer("Penyunting")
    form = Opened(officers.signed_in(is_superuser=True), officer)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert stored(form.send(email="siti@contoh.id"))
