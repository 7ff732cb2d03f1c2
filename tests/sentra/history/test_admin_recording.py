"""What an officer's form sends is one change set with the officer, the kind of act and the reason."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from products.models import Certification
from sentra.choices import ChangeKind
from sentra.history import changes_of
from sentra.models import Change, ChangeSet, Source
from tests import factories

pytestmark = pytest.mark.django_db


def form_of(page: str) -> dict[str, str]:
    """What a browser would send back from the page's main form, untouched."""
    from lxml import html

    form = next(form for form in html.fromstring(page).forms if form.get("id", "").endswith("_form"))
    return dict(form.form_values())


def send(client, url: str, **changes: str):
    data = form_of(client.get(url).content.decode()) | changes
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def test_a_form_is_one_change_set(officer, officer_client):
    source = factories.source()
    url = reverse("admin:sentra_source_change", args=[source.pk])
    response = send(officer_client, url, title="Judul baru", alasan_perubahan="Salah ketik")
    assert response.status_code == 302
    change = changes_of(source).first()
    assert change.fields["title"][1] == "Judul baru"
    assert (change.change_set.who, change.change_set.kind, change.change_set.why) == (officer, "edit", "Salah ketik")


def test_a_form_that_changes_nothing_leaves_nothing(officer_client):
    source = factories.source()
    before = ChangeSet.objects.count()
    send(officer_client, reverse("admin:sentra_source_change", args=[source.pk]))
    assert ChangeSet.objects.count() == before


def test_a_deletion_says_who(officer, officer_client):
    source = factories.source()
    key = source.pk
    officer_client.post(reverse("admin:sentra_source_delete", args=[key]), {"post": "yes"})
    assert not Source.objects.filter(pk=key).exists()
    gone = Change.objects.get(model="sentra.source", object_id=key, action="delete")
    assert (gone.change_set.who, gone.change_set.kind) == (officer, ChangeKind.DELETE)


def test_an_action_on_ticked_rows_is_one_set(officer, officer_client):
    rows = [factories.ikm() for _ in range(3)]
    data = {"action": "check_selected", ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    officer_client.post(reverse("admin:sentra_ikm_changelist"), data)
    sets = {changes_of(row).first().change_set for row in rows}
    assert [(each.kind, each.who) for each in sets] == [(ChangeKind.BULK, officer)]


def test_certificates_ticked_on_the_page_of_a_product_are_told(officer, officer_client):
    product = factories.product()
    certificate = factories.certification(ikm=product.ikm, products=[factories.product(ikm=product.ikm)])
    url = reverse("admin:products_product_change", args=[product.pk])
    prefix = "Certification_products"
    response = send(
        officer_client,
        url,
        **{f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-product": str(product.pk), f"{prefix}-0-id": ""},
        **{f"{prefix}-0-certification": str(certificate.pk)},
    )
    assert response.status_code == 302
    assert product in Certification.objects.get(pk=certificate.pk).products.all()
    change = changes_of(certificate).first()
    assert change.change_set.who == officer
    assert product.pk in change.fields["products"][1]
    assert product.pk not in change.fields["products"][0]
