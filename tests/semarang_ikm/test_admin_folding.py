"""Parts that are seldom needed are folded in the forms of the desk, and never hide what is wrong or was typed."""

import re
from typing import Any

import pytest
from django.urls import reverse

from sentra.models import Ikm, Sentra
from tests import factories
from tests.admin_forms import errors, rows, submit

pytestmark = pytest.mark.django_db

SENTRA_ADD = reverse("admin:sentra_sentra_add")


def folded(page: str) -> list[str]:
    """The headings of the parts that are shut, without those of the template for a further row."""
    page = re.sub(
        r'<div [^>]*class="[^"]*empty-form.*?(?=<div class="(?:inline-related|submit-row)|</fieldset>\s*</div>)',
        "",
        page,
        flags=re.S,
    )
    found = re.findall(r"<details><summary>\s*<h\d[^>]*>(.*?)</h\d>", page, flags=re.S)
    return [" ".join(each.split()) for each in found]


def test_a_new_sentra_asks_at_once_for_what_it_needs_and_folds_the_rest(officer_client: Any) -> None:
    page = officer_client.get(SENTRA_ADD).content.decode()
    assert {
        "Titik peta, tahun, catatan, dan sumber",
        "Titik peta dan catatan",
        "Dasar hukum, bukti, dan catatan",
    } <= set(folded(page))
    before_the_fold = page.split("Titik peta, tahun, catatan, dan sumber")[0]
    for needed in ("name", "product_types", "summary", "status", "locations-0-kelurahan", "locations-0-address"):
        assert f'name="{needed}"' in before_the_fold, needed
    assert 'name="locations-0-latitude"' not in before_the_fold


def test_every_field_is_in_the_page_whether_folded_or_not(officer_client: Any) -> None:
    """Folding is of the browser: without JavaScript the part opens, and what it holds is sent."""
    page = officer_client.get(SENTRA_ADD).content.decode()
    for name in ("locations-0-latitude", "locations-0-note", "contacts-0-longitude", "consents-0-legal_basis"):
        assert f'name="{name}"' in page


def test_what_is_wrong_is_never_folded_also_beside_another_field(officer_client: Any) -> None:
    kelurahan = factories.kelurahan()
    typed = {"name": "Sentra Uji", "product_types": [factories.product_type().pk]} | rows(
        "locations", {"kelurahan": kelurahan.pk, "role": "production", "latitude": "-6.2", "longitude": "106.8"}
    )
    response = submit(officer_client, Sentra, typed)
    assert any("latitude" in name or "longitude" in name for name in errors(response))
    assert "Titik peta, tahun, catatan, dan sumber" not in folded(response.content.decode())


def test_what_was_typed_is_shown_again_when_something_else_is_wrong(officer_client: Any) -> None:
    response = submit(officer_client, Sentra, {"name": "", "name_en": "Typed Centre"})
    shut = folded(response.content.decode())
    assert "name" in errors(response)
    assert not any(each.startswith("Bahasa Inggris") for each in shut)
    assert any(each.startswith("Pemeriksaan") for each in shut)


def test_the_heading_tells_how_much_a_stored_record_holds_there(officer_client: Any) -> None:
    sentra = factories.sentra(name_en="Stored Centre", summary_en="Told")
    shut = folded(officer_client.get(reverse("admin:sentra_sentra_change", args=[sentra.pk])).content.decode())
    assert "Bahasa Inggris (2 terisi)" in shut
    empty = factories.ikm()
    shut = folded(officer_client.get(reverse("admin:sentra_ikm_change", args=[empty.pk])).content.decode())
    assert "Bahasa Inggris" in shut


def test_a_stored_row_tells_it_too(officer_client: Any) -> None:
    place = factories.location(used_from=1998, note="di belakang balai RW")
    page = officer_client.get(reverse("admin:sentra_sentra_change", args=[place.sentra.pk])).content.decode()
    assert "Titik peta, tahun, catatan, dan sumber (2 terisi)" in folded(page)


def test_a_folded_group_of_a_new_record_says_nothing_of_defaults(officer_client: Any) -> None:
    for model in (Sentra, Ikm):
        page = officer_client.get(reverse(f"admin:sentra_{model._meta.model_name}_add")).content.decode()
        assert "terisi)" not in page
