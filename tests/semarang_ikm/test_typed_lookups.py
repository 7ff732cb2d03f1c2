"""No address that an officer types into a list asks for what the list does not show: secrets, and personal data."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse

from promotions.models import FairSelection, LedgerBusiness
from semarang_ikm.shared.tracing import declaration_of
from sentra.models import ChangeSet, Ikm
from tests import factories, officers, signing_in
from tests.admin_forms import admin_url

pytestmark = pytest.mark.django_db

MODELS = list(admin.site._registry)
EVERY_ROLE = ("Penerbit", "Petugas fasilitasi", "Pengelola akun")


def named(model: type[Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_personal_columns_are_asked_for_by_who_may_see_them_only(model):
    """Also of the same rows under another name, and of what only the trail hides."""
    declared = declaration_of(model._meta.concrete_model)
    columns = {*(declared.personal if declared else ()), *getattr(admin.site._registry[model], "personal_fields", ())}
    client = officers.signed_in(*EVERY_ROLE)
    for name in columns:
        assert client.get(admin_url(model, "changelist"), {f"{name}__isnull": "0"}).status_code in (400, 403), name


@pytest.mark.parametrize(
    "lookup",
    [
        {"password__startswith": "md5"},
        {"password__contains": "$"},
        {"totpdevice__key__startswith": "0"},
        {"staticdevice__token_set__token__startswith": "0"},
        {"groups__permissions__user__password__startswith": "md5"},
        {"email__startswith": "siti"},
    ],
    ids=str,
)
def test_no_address_asks_for_a_password_or_a_secret(lookup):
    signing_in.with_telephone(signing_in.officer("Penyunting"))
    manager = officers.signed_in("Pengelola akun", "Penyunting")
    assert manager.get(admin_url(User, "changelist"), lookup).status_code == 400


def test_the_filters_of_the_list_of_accounts_work():
    officers.officer("Penyunting", is_active=False)
    manager = officers.signed_in("Pengelola akun", "Penyunting")
    group = manager.user.groups.first()
    for lookup in ({"is_active__exact": "0"}, {"groups__id__exact": group.pk}, {"q": "petugas"}, {"o": "5"}):
        assert manager.get(admin_url(User, "changelist"), lookup).status_code == 200, lookup


@pytest.mark.parametrize("model", [Ikm, ChangeSet, FairSelection], ids=named)
@pytest.mark.parametrize(
    "lookup",
    [
        {"{field}__year": "99999999999"},
        {"{field}__year": "0"},
        {"{field}__year": "1"},
        {"{field}__year__gt": "99999"},
        {"{field}__month": "99"},
        {"{field}__hour": "99999999999999999999"},
        {"id__regex": "("},
        {"outcome__contains": "x"},
        {"id__exact": "9" * 30},
        {"id__in": "1," + "9" * 30},
        {"pk__gt": "9" * 30},
        {"id__range": "1"},
        {"{field}__range": ""},
        {"p": "9" * 30},
        {"o": "1.-2.99.x"},
    ],
    ids=str,
)
def test_no_typed_address_is_an_error_of_ours(model, lookup, officer_client):
    """What no database can be asked is refused, not tried."""
    officer_client.raise_request_exception = False
    field = "at" if model is ChangeSet else "created_at"
    asked = {name.format(field=field): value for name, value in lookup.items()}
    assert officer_client.get(admin_url(model, "changelist"), asked).status_code < 500


def test_the_years_of_a_list_still_narrow_it(officer_client):
    for lookup in ({"at__year": "2026"}, {"at__year": "2026", "at__month": "11"}):
        assert officer_client.get(admin_url(ChangeSet, "changelist"), lookup).status_code == 200


@pytest.mark.parametrize("field", ["password", "otp_device_id", "id"])
def test_a_popup_chooses_by_no_column_that_is_typed(field):
    """Django hands the value of the named column to the window that opened the list."""
    manager = officers.signed_in("Pengelola akun", "Penyunting")
    answer = manager.get(admin_url(User, "changelist"), {"_popup": "1", "_to_field": field})
    assert answer.status_code == (200 if field == "id" else 400)


def test_the_ledger_is_no_way_around_the_page_of_a_business():
    factories.ikm(nib="9120001234567", published=True)
    client = officers.signed_in("Pelihat")
    assert client.get(admin_url(LedgerBusiness, "changelist"), {"nib__startswith": "9"}).status_code == 400
    assert client.get(reverse("admin:promotions_ledgerbusiness_changelist")).status_code == 200
