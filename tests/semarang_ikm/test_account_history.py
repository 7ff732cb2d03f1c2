"""Who gave whom which rights is told for good, without passwords, and nothing of it is put back."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from sentra.choices import ChangeKind
from sentra.history import changes_of, recording
from sentra.history.undoing import undo
from sentra.models import Change, Officer
from tests import factories, officers

pytestmark = pytest.mark.django_db


def test_rights_are_told_and_never_put_back():
    user, publisher = factories.user(), Group.objects.get(name="Penerbit")
    area = factories.kecamatan()
    with recording(kind=ChangeKind.EDIT, by=factories.user()) as change_set:
        user.groups.set([publisher])
        user.is_superuser = True
        user.save()
        Officer.objects.create(user=user).kecamatan.set([area])
    told = {name: pair for change in changes_of(user) for name, pair in change.fields.items()}
    assert told["groups"] == [[], [publisher.pk]]
    assert told["kecamatan"] == [[], [area.pk]]
    report = undo(change_set, by=factories.user())
    assert report.done == []
    assert len(report.left) == 3
    user.refresh_from_db()
    assert user.is_superuser
    assert list(user.groups.all()) == [publisher]


def test_an_account_is_not_deleted_by_undoing_its_making():
    with recording(kind=ChangeKind.EDIT, by=None) as change_set:
        user = User.objects.create_user("baru", password="rahasia-baru-123")
        User.objects.create_user("lagi")
    assert undo(change_set, by=None).done == []
    assert User.objects.filter(pk=user.pk).exists()


def test_a_password_and_the_last_sign_in_leave_no_trace(client):
    user = User.objects.create_user("masuk", password="rahasia-masuk-123")
    before = Change.objects.count()
    user.set_password("rahasia-lain-123")
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert Change.objects.count() == before
    assert "rahasia" not in str(list(Change.objects.values_list("fields", flat=True)))
    assert "pbkdf2" not in str(list(Change.objects.values_list("fields", flat=True)))


def test_the_history_of_an_account_opens_for_whoever_manages_accounts(officer_client):
    user = officers.officer("Penyunting", kecamatan=[factories.kecamatan(name="Gunungpati")])
    url = reverse("admin:auth_user_history", args=[user.pk])
    page = officer_client.get(url).content.decode()
    assert "Penyunting" in page
    assert "Gunungpati" in page
    assert "kolom=" not in page
    assert "?sejak=" not in page
    assert officers.signed_in("Penerbit").get(url).status_code in (403, 404)
