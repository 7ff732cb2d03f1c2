"""A contact is stored in one form, however it was typed."""

import pytest
from django.core.exceptions import ValidationError

from sentra.contact_values import contact_value


@pytest.mark.parametrize(
    "typed", ["0812-1555-0123", "+62 812 1555 0123", "6281215550123", "(0812) 1555 0123", "081215550123"]
)
def test_one_number_in_any_spelling(typed):
    assert contact_value("whatsapp", typed) == "+6281215550123"


@pytest.mark.parametrize("typed", ["(024) 760-1234", "+62247601234"])
def test_a_landline_is_a_telephone_but_has_no_whatsapp(typed):
    assert contact_value("telephone", typed) == "+62247601234"
    with pytest.raises(ValidationError) as refused:
        contact_value("whatsapp", typed)
    assert refused.value.code == "landline"


@pytest.mark.parametrize("typed", ["0812", "nomor pak budi", "0812-1555-0123-9999-1", "+1 23"])
def test_what_cannot_be_dialled_is_refused(typed):
    with pytest.raises(ValidationError):
        contact_value("telephone", typed)


def test_links_get_their_scheme_and_run_nothing():
    assert contact_value("website", "contoh.id/toko") == "https://contoh.id/toko"
    for typed in ("javascript:alert(1)", "data:text/html,x", "bukan alamat"):
        with pytest.raises(ValidationError):
            contact_value("website", typed)


def test_an_incomplete_mail_address_is_refused():
    assert contact_value("email", " sri@contoh.id ") == "sri@contoh.id"
    with pytest.raises(ValidationError):
        contact_value("email", "sri@contoh")


def test_names_are_only_tidied_and_a_point_has_no_text():
    assert contact_value("owner_name", "  Bu   Sri ") == "Bu Sri"
    assert contact_value("map_point", "apa saja") == ""
