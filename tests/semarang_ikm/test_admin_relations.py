"""Relations are found by typing, within what the officer may see; photos are shown as they are stored."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.db import models
from django.forms.models import InlineForeignKeyField
from django.http import HttpRequest
from django.urls import reverse

from products.models import Product, ProductPhoto
from semarang_ikm.roles import ROLES
from semarang_ikm.shared.admin.records import PhotoInline
from semarang_ikm.shared.photos import Photo
from sentra.models import Kecamatan, Sentra, SentraPhoto
from tests import factories
from tests.admin_forms import errors, submit
from tests.officers import signed_in
from tests.semarang_ikm.test_admin_every_page import MAKERS, OURS
from tests.sentra.test_admin_walk import picture

pytestmark = pytest.mark.django_db

# Relations chosen from a short list that stands there whole; the reason of each.
SHORT: dict[str, str] = {}
ROLE_NAMES = [role.name for role in ROLES]


def request_of(user: Any) -> HttpRequest:
    request = HttpRequest()
    request.user = user
    return request


def forms_of(model: type[models.Model], request: HttpRequest) -> Iterator[tuple[type[models.Model], forms.BaseForm]]:
    """The form of a model's page for a new record and of each kind of its rows, with the model that each is about."""
    page = admin.site._registry[model]
    yield model, page.get_form(request)()
    for inline in page.get_inline_instances(request):
        formset: Any = inline.get_formset(request)
        yield inline.model, formset(instance=model()).empty_form


def inner(widget: forms.Widget) -> forms.Widget:
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


@pytest.mark.parametrize(
    "model", [m for m in admin.site._registry if m._meta.app_label in OURS], ids=lambda m: m.__name__
)
def test_every_relation_of_a_form_and_of_its_rows_is_found_by_typing(model: type[models.Model]) -> None:
    request = request_of(factories.user(is_superuser=True, is_staff=True))
    wrong = [
        f"{about.__name__}.{name}"
        for about, form in forms_of(model, request)
        for name, field in form.fields.items()
        if isinstance(field, forms.ModelChoiceField)
        and not isinstance(field, InlineForeignKeyField)
        and not field.widget.is_hidden
        and not isinstance(inner(field.widget), AutocompleteMixin | forms.CheckboxSelectMultiple)
        and f"{about.__name__}.{name}" not in SHORT
    ]
    assert wrong == []


def suggesting() -> list[tuple[str, str, str]]:
    """Every relation for which a form of the desk offers suggestions."""
    found = set()
    for page in admin.site._registry.values():
        for each in (page, *page.inlines):
            model = each.model if isinstance(each, type) else page.model
            found |= {(model._meta.app_label, model._meta.model_name, name) for name in each.autocomplete_fields}
    return sorted(found)


def ask(client: Any, relation: tuple[str, str, str], term: str = "") -> Any:
    app, model, field = relation
    return client.get(
        reverse("admin:autocomplete"), {"app_label": app, "model_name": model, "field_name": field, "term": term}
    )


def aimed_at(relation: tuple[str, str, str]) -> type[models.Model]:
    from django.apps import apps

    return apps.get_model(*relation[:2])._meta.get_field(relation[2]).remote_field.model


def test_suggestions_come_in_one_order_page_by_page() -> None:
    """Also where the list counts what belongs to its rows."""
    request = request_of(User(is_active=True, is_staff=True, is_superuser=True))
    remotes = {aimed_at(relation) for relation in suggesting()}
    assert len(remotes) > 5
    assert [model for model in remotes if not admin.site._registry[model].get_queryset(request).ordered] == []


@pytest.mark.parametrize("relation", suggesting(), ids=".".join)
def test_suggestions_show_no_more_than_the_list_does(relation: tuple[str, str, str]) -> None:
    """For every role, in the whole city and in one kecamatan: who may not open the list gets none."""
    remote = aimed_at(relation)
    for _ in range(2):
        MAKERS[remote]()
    page = admin.site._registry[remote]
    near = Kecamatan.objects.first() or factories.kecamatan()
    for role in ROLE_NAMES:
        for areas in ((), (near,)):
            client = signed_in(role, kecamatan=areas)
            request = request_of(client.user)
            answer = ask(client, relation)
            if not page.has_view_permission(request):
                assert answer.status_code == 403, role
                continue
            shown = {row["id"] for row in json.loads(answer.content)["results"]}
            assert shown <= {str(pk) for pk in page.get_queryset(request).values_list("pk", flat=True)}, role


def test_an_officer_of_another_kecamatan_is_shown_no_business_of_this_one() -> None:
    near, far = factories.kelurahan("Sumurrejo"), factories.kelurahan("Tandang")
    factories.ikm(name="Usaha Dekat", kelurahan=near)
    factories.ikm(name="Usaha Jauh", kelurahan=far)
    client = signed_in("Penyunting", kecamatan=[near.kecamatan])
    text = ask(client, ("products", "product", "ikm")).content.decode()
    assert "Usaha Dekat" in text and "Usaha Jauh" not in text
    assert (
        ask(client, ("products", "product", "ikm"), "Jauh").content
        == ask(client, ("products", "product", "ikm"), "zzzz").content
    )


# -- photos -----------------------------------------------------------------------------------------------------------


def test_every_image_field_of_a_form_stands_beside_the_stored_photo() -> None:
    request = request_of(factories.user(is_superuser=True, is_staff=True))
    wrong = []
    for model, page in admin.site._registry.items():
        if any(isinstance(field, models.ImageField) for field in model._meta.fields):
            wrong.append(model.__name__)
        for inline in page.get_inline_instances(request):
            images = [field for field in inline.model._meta.fields if isinstance(field, models.ImageField)]
            if images and not (isinstance(inline, PhotoInline) and inline.fields[0] == "preview"):
                wrong.append(inline.model.__name__)
    assert wrong == []


@pytest.mark.parametrize("make", [factories.sentra_photo, factories.product_photo], ids=lambda make: make.__name__)
def test_a_stored_photo_is_shown_small_and_with_its_words(make: Any, officer_client: Any) -> None:
    photo = make(alt="Kain dijemur")
    shown = officer_client.get(page_of(photo)).content.decode()
    assert f'<a class="pratinjau" href="{photo.image.url}">' in shown
    assert f'<img src="{photo.image.url}"' in shown and 'alt="Kain dijemur"' in shown


def test_after_a_refusal_the_stored_photo_is_still_shown_and_the_new_one_asked_for_again(officer_client: Any) -> None:
    """A browser never fills in a file by itself: what was chosen must be chosen again, and the page says so."""
    photo = factories.sentra_photo(alt="Kain dijemur")
    response = submit(
        officer_client, Sentra, {"name": "", "photos-0-image": picture(size=(400, 300))}, record=photo.sentra
    )
    assert "name" in errors(response)
    shown = response.content.decode()
    assert f'<img src="{photo.image.url}"' in shown
    assert "Pilih lagi berkas fotonya" in shown
    assert SentraPhoto.objects.get().image.name == photo.image.name


def test_after_a_refusal_a_photo_that_is_not_stored_yet_is_asked_for_again(officer_client: Any) -> None:
    sentra = factories.sentra()
    typed = {
        "name": "",
        "photos-TOTAL_FORMS": "1",
        "photos-0-image": picture(),
        "photos-0-alt": "Kain",
        "photos-0-credit": "Dinas",
        "photos-0-usage_right": "izin",
    }
    response = submit(officer_client, Sentra, typed, record=sentra)
    assert "name" in errors(response)
    assert "Pilih lagi berkas fotonya" in response.content.decode()
    assert not SentraPhoto.objects.exists()


def test_a_page_without_a_refusal_asks_for_no_photo_again(officer_client: Any) -> None:
    photo = factories.product_photo()
    for address in (page_of(photo), reverse("admin:products_product_add")):
        assert "Pilih lagi berkas fotonya" not in officer_client.get(address).content.decode()


def page_of(photo: Photo) -> str:
    record: Any = photo.product if isinstance(photo, ProductPhoto) else photo.sentra
    model = Product if isinstance(photo, ProductPhoto) else Sentra
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
