"""The roles: groups are kept after the table, and who may lead a record where is the same at every door."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db.models import Model

from products.models import Product
from promotions.models import Promotion
from semarang_ikm.roles import ROLES
from semarang_ikm.shared import publishing
from semarang_ikm.shared.choices import PublicationStatus
from sentra.models import Ikm, Review, Sentra
from tests import factories, officers

pytestmark = pytest.mark.django_db

DRAFT, IN_REVIEW = PublicationStatus.DRAFT, PublicationStatus.IN_REVIEW
PUBLISHED, ARCHIVED = PublicationStatus.PUBLISHED, PublicationStatus.ARCHIVED
PUBLISHABLE = [Sentra, Ikm, Product, Promotion]


def ready(model: type[Model], status: str) -> Model:
    """A record of that status that lacks nothing for the public."""
    public = status in (PUBLISHED, ARCHIVED)
    make = {
        Sentra: lambda: factories.sentra(
            types=[factories.product_type()], kelurahan=[factories.kelurahan()], published=public
        ),
        Ikm: lambda: factories.ikm(published=public),
        Product: lambda: factories.product(ikm=factories.ikm(published=True), published=public),
        Promotion: lambda: factories.promotion(published=public),
    }
    record = make[model]()
    model.objects.filter(pk=record.pk).update(status=status)
    record.refresh_from_db()
    return record


# -- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_right_in_the_table_exists_and_is_given(role):
    given = {f"{p.content_type.app_label}.{p.codename}" for p in Group.objects.get(name=role.name).permissions.all()}
    assert given == set(role.permissions())


def test_a_right_given_by_hand_is_taken_back_at_the_next_migrate():
    viewer = Group.objects.get(name="Pelihat")
    viewer.permissions.add(Permission.objects.get(codename="delete_ikm"))
    call_command("migrate", verbosity=0)
    assert not viewer.permissions.filter(codename="delete_ikm").exists()


def test_personal_data_is_seen_by_one_role_only():
    seeing = {role.name for role in ROLES if "sentra.see_personal_data" in role.beyond}
    assert seeing == {"Petugas privasi"}
    for role in ROLES:
        if role.name not in seeing:
            assert "view" not in role.grants.get("sentra.contact", ()), role.name
            assert "view" not in role.grants.get("sentra.consent", ()), role.name


def test_a_viewer_changes_nothing():
    viewer = next(role for role in ROLES if role.name == "Pelihat")
    assert {action for actions in viewer.grants.values() for action in actions} == {"view"}


def test_cases_are_seen_by_one_role_only():
    assert {role.name for role in ROLES if "promotions.facilitationcase" in role.grants} == {"Petugas fasilitasi"}


def test_every_publishable_model_has_the_right_to_publish():
    for label in ("sentra", "products", "promotions"):
        for model in apps.get_app_config(label).get_models():
            if hasattr(model, "published_at") and not model._meta.proxy:
                assert "publish" in model._meta.default_permissions, model


# -- who may lead a record where --------------------------------------------------------------------------------------

MAY = {
    "Pelihat": {},
    "Penyunting": {DRAFT: {DRAFT, IN_REVIEW}, IN_REVIEW: {DRAFT, IN_REVIEW}},
    "Penerbit": {status: set(PublicationStatus) for status in PublicationStatus},
}


@pytest.mark.parametrize("model", PUBLISHABLE, ids=lambda model: model.__name__)
@pytest.mark.parametrize("before", list(PublicationStatus))
@pytest.mark.parametrize("name", ["Penyunting", "Penerbit"])
def test_the_door_itself_knows_who_may(name, before, model):
    by = officers.officer(name)
    for to in PublicationStatus:
        record = ready(model, before)
        allowed = to == before or to in MAY[name].get(before, set())
        if allowed:
            publishing.move(record=record, to=to, by=by)
        else:
            with pytest.raises(publishing.NotAllowed, match="penerbit"):
                publishing.move(record=record, to=to, by=by)
        record.refresh_from_db()
        assert record.status == (to if allowed else before)


def test_a_command_without_an_officer_may():
    record = ready(Sentra, DRAFT)
    publishing.publish(record=record, by=None)
    assert record.is_published
    assert not Review.objects.exists()


def test_what_another_officer_just_published_is_no_longer_an_editors_to_hand_over():
    record = ready(Ikm, DRAFT)
    stale = Ikm.objects.get(pk=record.pk)
    publishing.publish(record=record, by=None)
    with pytest.raises(publishing.NotAllowed):
        publishing.back_to_draft(record=stale, by=officers.officer("Penyunting"))
    assert Ikm.objects.published().filter(pk=record.pk).exists()


def test_nobody_without_a_role_opens_the_desk(client):
    client.force_login(User.objects.create_user("tanpa", is_staff=False), "django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 302


def test_a_refusal_is_a_page_with_words_and_changes_nothing():
    client, ikm = officers.signed_in("Pelihat"), factories.ikm("Tetap")
    refused = client.post(f"/admin/sentra/ikm/{ikm.pk}/change/", {"name": "Lain"})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "Peran Anda: Pelihat" in page
    assert 'href="/admin/"' in page
    assert "belum punya peran" in officers.signed_in().get("/admin/sentra/ikm/").content.decode()
