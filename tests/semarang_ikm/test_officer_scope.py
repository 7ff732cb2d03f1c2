"""An officer of some kecamatan: what lies elsewhere is not listed, not opened, not chosen, not entered."""

import json

import pytest
from django.contrib import admin
from django.urls import reverse

from products.models import Certification, PackagingSupport, Product
from promotions.models import Appearance, FacilitationCase, LedgerBusiness
from semarang_ikm.roles import ROLES
from semarang_ikm.shared.admin.scope import Scoped
from sentra.models import (
    Consent,
    Contact,
    DataReport,
    Figure,
    Ikm,
    Kecamatan,
    Kelurahan,
    OpenQuestion,
    Review,
    Sentra,
)
from tests import factories, officers
from tests.admin_forms import admin_url, errors, rows, submit
from tests.officers import signed_in

pytestmark = pytest.mark.django_db

EVERY_ROLE = [role.name for role in ROLES]


@pytest.fixture
def here():
    return factories.kelurahan("Sumurrejo", kecamatan=factories.kecamatan("Gunungpati"))


@pytest.fixture
def there():
    return factories.kelurahan("Tandang", kecamatan=factories.kecamatan("Tembalang"))


@pytest.fixture
def client(here):
    return signed_in(*EVERY_ROLE, kecamatan=[here.kecamatan])


def world(kelurahan):
    """One row of each kind that lies in this kelurahan."""
    sentra = factories.sentra(kelurahan=[kelurahan])
    ikm = factories.ikm(kelurahan=kelurahan)
    product = factories.product(ikm=ikm)
    return {
        Kecamatan: kelurahan.kecamatan,
        Kelurahan: kelurahan,
        Sentra: sentra,
        Ikm: ikm,
        Product: product,
        Contact: factories.contact(ikm=ikm),
        Consent: factories.consent(sentra, "whatsapp"),
        Figure: factories.figure(sentra=sentra),
        OpenQuestion: factories.open_question(sentra=sentra),
        Certification: factories.certification(ikm=ikm),
        PackagingSupport: factories.packaging_support(ikm=ikm),
        Appearance: factories.appearance(ikm=ikm),
        FacilitationCase: factories.case(sentra=sentra),
        LedgerBusiness: LedgerBusiness.objects.get(pk=factories.ikm(kelurahan=kelurahan, published=True).pk),
        DataReport: factories.report(subject_code=product.code),
        Review: officers.review(record=factories.ikm(kelurahan=kelurahan, published=True)),
    }


# Rows of these belong to the whole city.
CITY_WIDE = {
    "AreaAlias",
    "ProductType",
    "Source",
    "SearchVariant",
    "OfficeProfile",
    "CertificateKind",
    "Partner",
    "Promotion",
    "CatalogueEdition",
    "EditionFile",
    "FairSelection",
}


def test_every_page_is_scoped_or_said_to_be_city_wide():
    ours = {
        model.__name__
        for model in admin.site._registry
        if model._meta.app_label in ("sentra", "products", "promotions")
    }
    scoped = {
        model.__name__
        for model, page in admin.site._registry.items()
        if isinstance(page, Scoped) and page.within(frozenset({1})) is not None
    }
    assert ours == scoped | CITY_WIDE | {"Review", "ChangeSet"}
    assert not scoped & CITY_WIDE


def test_lists_and_pages_hold_what_lies_here(client, here, there):
    mine, foreign = world(here), world(there)
    for model, record in mine.items():
        listed = set(client.get(admin_url(model, "changelist")).context["cl"].queryset)
        assert record in listed, model
        assert foreign[model] not in listed, model
        assert client.get(admin_url(model, "change", record.pk)).status_code == 200, model
        assert client.get(admin_url(model, "change", foreign[model].pk)).status_code == 302, model


def test_a_sentra_of_several_kelurahan_belongs_to_each(client, here, there):
    both = factories.sentra(kelurahan=[there, here], types=[factories.product_type()])
    assert list(client.get(admin_url(Sentra, "changelist")).context["cl"].queryset) == [both]
    response = submit(client, Sentra, {"name": "Nama Baru"}, record=both)
    assert response.status_code == 302, errors(response)
    assert both.locations.count() == 2


def test_a_business_without_kelurahan_lies_where_its_sentra_does(client, here, there):
    mine = factories.ikm(sentra=factories.sentra(kelurahan=[here]))
    factories.ikm(sentra=factories.sentra(kelurahan=[there]))
    factories.ikm(kelurahan=there, sentra=mine.sentra)
    factories.ikm()
    assert list(client.get(admin_url(Ikm, "changelist")).context["cl"].queryset) == [mine]


def test_suggestions_hold_what_lies_here(client, here, there):
    for kelurahan in (here, there):
        factories.ikm(f"Usaha {kelurahan.name}", kelurahan=kelurahan)
    for app, model, field, expected in (
        ("products", "product", "ikm", ["Usaha Sumurrejo"]),
        ("sentra", "ikm", "kelurahan", ["Sumurrejo – Gunungpati"]),
    ):
        answer = client.get(
            reverse("admin:autocomplete"), {"app_label": app, "model_name": model, "field_name": field, "term": ""}
        )
        names = [row["text"].split(" (")[0] for row in json.loads(answer.content)["results"]]
        assert names == expected


def test_what_lies_elsewhere_is_refused_with_words(client, here, there):
    refused = errors(submit(client, Ikm, {"name": "Usaha Baru", "kelurahan": there.pk}))
    assert "Di luar wilayah Anda (Gunungpati)" in str(refused["kelurahan"])
    assert "Tandang" in str(refused["kelurahan"])
    foreign = factories.ikm(kelurahan=there)
    product = {"name": "Produk", "ikm": foreign.pk, "product_type": factories.product_type().pk}
    assert "ikm" in errors(submit(client, Product, product))
    assert not Product.objects.exists()


def test_a_record_without_a_place_is_refused_with_words(client, here):
    assert "Gunungpati" in str(errors(submit(client, Ikm, {"name": "Usaha Baru"}))["kelurahan"])
    refused = submit(client, Sentra, {"name": "Sentra Baru"} | rows("locations"))
    assert "Gunungpati" in str(errors(refused)["locations"])
    typed = {"name": "Sentra Baru", "product_types": [factories.product_type().pk]} | rows(
        "locations", {"kelurahan": here.pk, "role": "production"}
    )
    response = submit(client, Sentra, typed)
    assert response.status_code == 302, errors(response)


def test_a_stored_relation_to_elsewhere_stays(client, here, there):
    """A business here whose sentra lies elsewhere is saved as it is."""
    ikm = factories.ikm(kelurahan=here, sentra=factories.sentra(kelurahan=[there]))
    response = submit(client, Ikm, {"name": "Nama Baru"}, record=ikm)
    assert response.status_code == 302, errors(response)
    ikm.refresh_from_db()
    assert (ikm.name, ikm.sentra_id is None) == ("Nama Baru", False)


def test_bulk_actions_leave_rows_elsewhere_alone(client, here, there):
    mine, foreign = factories.ikm(kelurahan=here), factories.ikm(kelurahan=there)
    data = {"action": "publish_selected", "_selected_action": [mine.pk, foreign.pk], "confirmed": "1"}
    client.post(admin_url(Ikm, "changelist"), data)
    assert list(Ikm.objects.published()) == [mine]


def test_data_of_a_person_elsewhere_are_closed(client, here, there):
    mine, foreign = factories.ikm(kelurahan=here), factories.ikm("Asing", kelurahan=there)
    assert client.get(reverse("admin:sentra_person", args=[mine.code])).status_code == 200
    assert client.get(reverse("admin:sentra_person", args=[foreign.code])).status_code == 404
    page = client.get(reverse("admin:sentra_people"), {"q": "Asing"}).content.decode()
    assert foreign.code not in page


def test_without_a_scope_an_officer_works_on_the_whole_city(here, there):
    client = signed_in(*EVERY_ROLE)
    for kelurahan in (here, there):
        factories.ikm(kelurahan=kelurahan)
    assert client.get(admin_url(Ikm, "changelist")).context["cl"].queryset.count() == 2
