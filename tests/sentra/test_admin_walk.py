"""The officer's walk: a sentra, a business with consent, a product with photo and certificate, published and seen."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from products.models import Certification, Product, ProductPhoto
from semarang_ikm.shared.time import today
from sentra.consent import disclose_one
from sentra.models import Consent, Contact, Ikm, Sentra, SentraLocation
from tests import factories
from tests.admin_forms import admin_url, errors, rows, submit

pytestmark = pytest.mark.django_db

NUMBER = "0812-1555-0123"


def picture(name: str = "IMG_Bu_Sri.jpg", size: tuple[int, int] = (1200, 800)) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", size, "#7a3e12").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def photo(**fields) -> dict:
    return {
        "image": picture(),
        "alt": "Kain dijemur",
        "credit": "Dinas",
        "usage_right": "Izin pemilik",
        "position": 0,
    } | fields


def new_sentra(client: Client, *, first, second, kind, **typed) -> Sentra:
    response = submit(
        client,
        Sentra,
        {"name": "Batik Warna Alam Uji", "product_types": [kind.pk], "status": "published"}
        | rows(
            "locations",
            {"kelurahan": first.pk, "role": "production", "is_main": "on"},
            {"kelurahan": second.pk, "role": "showroom"},
        )
        | typed,
    )
    assert response.status_code == 302, errors(response)
    return Sentra.objects.get(name="Batik Warna Alam Uji")


def test_the_whole_walk_ends_on_the_public_page(officer, officer_client, django_capture_on_commit_callbacks):
    kind = factories.product_type("Batik")
    first, second = factories.kelurahan("Gunungpati"), factories.kelurahan("Sumurrejo")

    sentra = new_sentra(officer_client, first=first, second=second, kind=kind)
    assert [str(place.kelurahan.name) for place in sentra.locations.all()] == ["Gunungpati", "Sumurrejo"]
    assert sentra in Sentra.objects.published()
    assert "gunungpati" in sentra.search_text

    response = submit(
        officer_client,
        Ikm,
        {"name": "Kelompok Uji Alam", "sentra": sentra.pk, "kelurahan": first.pk, "status": "published"}
        | rows("contacts", {"kind": "whatsapp", "value": NUMBER})
        | rows(
            "consents",
            {
                "data": ["whatsapp"],
                "channels": ["web"],
                "person": "Bu Sri",
                "method": "signed_form",
                "legal_basis": "consent",
                "given_on": today(),
            },
        ),
    )
    assert response.status_code == 302, errors(response)
    ikm = Ikm.objects.get()
    contact = Contact.objects.get()
    assert (contact.value, contact.typed) == ("+6281215550123", NUMBER)
    assert Consent.objects.get().recorded_by == officer
    assert disclose_one(ikm).whatsapp.value == "+6281215550123"
    assert disclose_one(ikm, "print").whatsapp is None

    with django_capture_on_commit_callbacks(execute=True):
        response = submit(
            officer_client,
            Product,
            {
                "name": "Kain Uji",
                "ikm": ikm.pk,
                "product_type": kind.pk,
                "status": "published",
                "price_min": "150000",
                "price_unit": "lembar",
                "price_on": today(),
            }
            | rows("photos", photo()),
        )
    assert response.status_code == 302, errors(response)
    product = Product.objects.get()
    image = ProductPhoto.objects.get().image
    assert "Sri" not in image.name
    for name in (image.name, *(ProductPhoto.objects.get().copy_name(width) for width in (160, 320, 480, 960))):
        assert default_storage.exists(name), name

    halal = factories.certificate_kind("halal")
    response = submit(
        officer_client,
        Certification,
        {
            "kind": halal.pk,
            "ikm": ikm.pk,
            "products": [product.pk],
            "stage": "issued",
            "number": "ID331100",
            "issued_on": today(),
            "checked_on": today(),
        },
    )
    assert response.status_code == 302, errors(response)
    assert Certification.objects.valid_on().get().checked_by == officer

    visitor = Client()
    page = visitor.get(product.get_absolute_url()).content.decode()
    assert "Kain Uji" in page
    assert "Kain dijemur" in page
    assert 'data-cert="halal"' in page
    assert "6281215550123" in visitor.get(ikm.get_absolute_url()).content.decode()
    assert "Kelompok Uji Alam" in visitor.get(sentra.get_absolute_url()).content.decode()
    assert product.code in visitor.get("/cari/", {"q": "kain uji"}).content.decode()
    answer = visitor.get(f"/media/{image.name}")
    assert answer.status_code == 200
    assert "sandbox" in answer["Content-Security-Policy"]


# -- what is typed wrong stays, with a message beside it ---------------------------------------------------------------


def test_a_second_sentra_of_the_same_name_is_told_beside_the_name(officer_client):
    factories.sentra("Sentra Tahu")
    response = submit(officer_client, Sentra, {"name": "Sentra Tahu", "summary": "Ringkasan yang diketik"})
    assert "name" in errors(response)
    assert "Ringkasan yang diketik" in response.content.decode()
    assert Sentra.objects.count() == 1


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ({"kind": "whatsapp", "value": "08-rusak"}, "value"),
        ({"kind": "whatsapp", "value": "(024) 760-1234"}, "value"),
        ({"kind": "email", "value": "bukan surel"}, "value"),
        ({"kind": "telephone", "value": ""}, "value"),
        ({"kind": "map_point", "value": ""}, "latitude"),
        ({"kind": "map_point", "latitude": "-7.08"}, "latitude"),
        ({"kind": "map_point", "latitude": "51.5", "longitude": "0.1"}, "latitude"),
    ],
)
def test_a_broken_contact_is_told_beside_the_field_and_kept(officer_client, contact, field):
    response = submit(officer_client, Ikm, {"name": "Usaha Ketikan"} | rows("contacts", contact))
    found = errors(response)
    assert any(name.startswith("contacts-0-") for name in found), found
    assert f"contacts-0-{field}" in found or "contacts-0-longitude" in found, found
    page = response.content.decode()
    assert "Usaha Ketikan" in page
    if contact.get("value"):
        assert contact["value"] in page
    assert not Ikm.objects.exists()


def test_the_same_contact_twice_is_refused(officer_client):
    twice = {"kind": "whatsapp", "value": NUMBER}, {"kind": "whatsapp", "value": "+62 812 1555 0123"}
    response = submit(officer_client, Ikm, {"name": "Usaha"} | rows("contacts", *twice))
    assert errors(response)
    assert not Contact.objects.exists()


def test_a_number_is_shown_back_as_it_was_typed(officer_client):
    submit(officer_client, Ikm, {"name": "Usaha"} | rows("contacts", {"kind": "whatsapp", "value": NUMBER}))
    page = officer_client.get(admin_url(Ikm, "change", Ikm.objects.get().pk)).content.decode()
    assert f'value="{NUMBER}"' in page


@pytest.mark.parametrize("typed", ["31-02-2026", "2026-02-31", "0026-01-01", "9999-01-01", "besok"])
def test_an_impossible_date_is_told_beside_the_field(officer_client, typed):
    response = submit(officer_client, Ikm, {"name": "Usaha", "checked_on": typed})
    assert "checked_on" in errors(response)
    assert typed in response.content.decode()


@pytest.mark.parametrize(
    "data",
    [b"", b"bukan foto", b"<svg onload=alert(1)>", picture().read()[:300], b"GIF89a" + b"\x00" * 50],
    ids=["empty", "text", "svg", "cut", "gif"],
)
def test_a_bad_photo_is_told_beside_the_field_and_the_words_stay(officer_client, data):
    bad = SimpleUploadedFile("foto.jpg", data, "image/jpeg")
    response = submit(
        officer_client,
        Sentra,
        {"name": "Sentra Berfoto", "product_types": [factories.product_type().pk]} | rows("photos", photo(image=bad)),
    )
    assert "photos-0-image" in errors(response)
    assert "Kain dijemur" in response.content.decode()
    assert not Sentra.objects.exists()


def test_two_main_places_are_refused_and_the_mark_can_move(officer_client):
    kind, first, second = factories.product_type(), factories.kelurahan(), factories.kelurahan()
    both = rows(
        "locations",
        {"kelurahan": first.pk, "role": "production", "is_main": "on"},
        {"kelurahan": second.pk, "role": "showroom", "is_main": "on"},
    )
    response = submit(officer_client, Sentra, {"name": "Dua Utama", "product_types": [kind.pk]} | both)
    assert "locations-1-is_main" in errors(response)

    sentra = new_sentra(officer_client, first=first, second=second, kind=kind)
    response = submit(officer_client, Sentra, {"locations-0-is_main": None, "locations-1-is_main": "on"}, record=sentra)
    assert response.status_code == 302, errors(response)
    assert SentraLocation.objects.get(sentra=sentra, is_main=True).kelurahan == second


def test_the_only_place_becomes_the_main_one(officer_client):
    submit(
        officer_client,
        Sentra,
        {"name": "Satu Tempat", "product_types": [factories.product_type().pk]}
        | rows("locations", {"kelurahan": factories.kelurahan().pk, "role": "production"}),
    )
    assert SentraLocation.objects.get().is_main


def test_what_is_not_ready_is_stored_as_a_draft_and_says_why(officer_client):
    product = factories.product()
    response = submit(officer_client, Product, {"status": "published", "summary": "Baru"}, record=product)
    assert response.status_code == 302
    product.refresh_from_db()
    assert (product.status, product.summary) == ("draft", "Baru")
    page = officer_client.get(response.url).content.decode()
    assert "belum terbit" in page
    assert product not in Product.objects.published()


def test_a_price_without_its_date_is_told_beside_the_date(officer_client):
    response = submit(officer_client, Product, {"price_min": "5000", "price_unit": "kg"}, record=factories.product())
    assert set(errors(response)) == {"price_on"}


def test_a_product_without_or_with_two_makers_is_told_beside_the_maker(officer_client):
    kind = factories.product_type()
    for makers in ({}, {"ikm": factories.ikm().pk, "sentra": factories.sentra().pk}):
        response = submit(officer_client, Product, {"name": "Produk", "product_type": kind.pk} | makers)
        assert set(errors(response)) == {"ikm"}
