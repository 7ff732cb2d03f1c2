"""Two records of one business are seen by number, NIB, place and name; two businesses are not taken for one."""

import pytest
from django.urls import reverse

from sentra.actions.duplicates import tell_apart
from sentra.choices import ContactKind
from sentra.duplicates import Known, Reason, Traits, telling
from sentra.models import Ikm, NotDuplicate
from tests import admin_forms, factories, officers

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return factories.kelurahan("Tandang")


def reasons(traits: Traits) -> dict[int, tuple]:
    return {match.pk: match.reasons for match in Known.load().like(traits)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tempe Pak Gito", "Tempe Pak Gitto"),
        ("KUB Mekar Sari", "Mekar Sari"),
        ("Batik Zie", "Zie Batik"),
        ("Bu Sri Wahyuni", "SRI  WAHYUNI"),
        ("Tahu “Maju”", "Tahu Maju"),
    ],
)
def test_names_alike_in_one_kelurahan_may_be_one(here, one, other):
    known = factories.ikm(one, kelurahan=here)
    assert reasons(Traits(other, here.pk)) == {known.pk: (Reason.NAME,)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tahu Maju", "Tahu Mekar"), ("Kerupuk 1", "Kerupuk 2"), ("Lumpia Mbak Lien", "Lumpia Mataram")],
)
def test_names_that_differ_are_two(here, one, other):
    factories.ikm(one, kelurahan=here)
    assert reasons(Traits(other, here.pk)) == {}


def test_one_name_in_two_kelurahan_is_two_businesses(here):
    factories.ikm("Sumber Rejeki", kelurahan=factories.kelurahan("Krobokan"))
    assert reasons(Traits("Sumber Rejeki", here.pk)) == {}


def test_one_name_without_a_kelurahan_may_be_one(here):
    known = factories.ikm("Sumber Rejeki")
    assert reasons(Traits("Sumber Rejeki", here.pk)) == {known.pk: (Reason.NAMESAKE,)}


def test_a_number_tells_as_whatsapp_and_as_telephone(here):
    known = factories.ikm("Tahu Maju", kelurahan=here)
    factories.contact(ContactKind.WHATSAPP, "+6281298765432", ikm=known)
    asked = Traits("Bandeng Juwita", None, contacts=frozenset({telling(ContactKind.TELEPHONE, "+6281298765432")}))
    assert reasons(asked) == {known.pk: (Reason.NUMBER,)}


def test_an_address_tells_whatever_its_commas():
    known = factories.ikm("Tahu Maju")
    factories.contact(ContactKind.ADDRESS, "Gang Kelinci 77, RT 03", ikm=known)
    asked = Traits("Bandeng", contacts=frozenset({telling(ContactKind.ADDRESS, "gang kelinci 77 RT.03")}))
    assert reasons(asked) == {known.pk: (Reason.PLACE,)}


def test_the_strongest_reason_stands_first(here):
    by_name = factories.ikm("Tahu Maju", kelurahan=here)
    by_nib = factories.ikm("Lain", nib="0220001234567")
    matches = Known.load().like(Traits("Tahu Maju", here.pk, "0220001234567"))
    assert [match.pk for match in matches] == [by_nib.pk, by_name.pk]


def test_a_business_is_not_its_own_duplicate_and_a_pair_stands_once(here):
    one, other = factories.ikm("Tahu Maju", kelurahan=here), factories.ikm("Tahu Maju", kelurahan=here)
    factories.ikm("Lumpia Mataram", kelurahan=here)
    assert [(pk, match.pk) for pk, match in Known.load().pairs()] == [(one.pk, other.pk)]


def test_an_owner_s_name_or_a_sentra_s_number_is_no_reason(here):
    """People own several businesses, and organisers answer for many."""
    known = factories.ikm("Tahu Maju", kelurahan=here)
    factories.contact(ContactKind.OWNER_NAME, "Siti", ikm=known)
    factories.contact(ContactKind.WHATSAPP, "+6281298765432", sentra=factories.sentra())
    asked = frozenset({telling(ContactKind.OWNER_NAME, "Siti"), telling(ContactKind.WHATSAPP, "+6281298765432")})
    assert reasons(Traits("Bandeng", here.pk, contacts=asked)) == {}


def test_ten_thousand_are_read_in_two_queries(django_assert_num_queries):
    factories.ikm("Tahu Maju")
    with django_assert_num_queries(2):
        Known.load().pairs()


# -- told while entering ----------------------------------------------------------------------------------------------


def enter(client, here, **typed: str):
    """A new business, as an officer enters it."""
    nobody = admin_forms.rows("consents")
    return admin_forms.submit(client, Ikm, nobody | {"name": "Tahu Maju", "kelurahan": here.pk} | typed)


def test_a_new_business_like_a_known_one_is_asked_about_and_loses_nothing(here, admin_client):
    known = factories.ikm("Tahu Maju", kelurahan=here)
    page = enter(admin_client, here, summary="Sejak 1990.").content.decode()
    assert reverse("admin:sentra_ikm_change", args=[known.pk]) in page
    assert str(Reason.NAME.label) in page
    assert "Sejak 1990." in page
    assert Ikm.objects.count() == 1


def test_it_is_saved_when_the_officer_says_that_it_is_another(here, admin_client):
    factories.ikm("Tahu Maju", kelurahan=here)
    assert enter(admin_client, here, is_another="1").status_code == 302
    assert Ikm.objects.count() == 2


def test_a_number_typed_below_tells_too(here, admin_client):
    factories.contact(ContactKind.WHATSAPP, "+6281298765432", ikm=factories.ikm("Lumpia Mataram"))
    row = admin_forms.rows("contacts", {"kind": "telephone", "value": "0812 9876 5432"})
    page = enter(admin_client, here, **row).content.decode()
    assert "Lumpia Mataram" in page
    assert str(Reason.NUMBER.label) in page


def test_a_typed_number_does_not_tell_an_editor_whose_it_is(here):
    known = factories.ikm("Lumpia Mataram", nib="0220001234567")
    factories.contact(ContactKind.WHATSAPP, "+6281298765432", ikm=known)
    client = officers.signed_in("Penyunting")
    row = admin_forms.rows("contacts", {"kind": "telephone", "value": "0812 9876 5432"})
    assert enter(client, here, **row).status_code == 302
    assert Ikm.objects.count() == 2


def test_a_change_that_touches_no_trait_is_not_asked_about(here, admin_client):
    factories.ikm("Tahu Maju", kelurahan=here)
    mine = factories.ikm("Tahu Maju", kelurahan=here)
    admin_forms.submit(admin_client, Ikm, {"summary": "Baru."}, mine)
    mine.refresh_from_db()
    assert mine.summary == "Baru."


# -- the list of pairs ------------------------------------------------------------------------------------------------


def test_the_list_shows_pairs_until_somebody_tells_them_apart(here, admin_client):
    one, other = factories.ikm("Tahu Maju", kelurahan=here), factories.ikm("Tahu Maju", kelurahan=here)
    factories.ikm("Lumpia Mataram", kelurahan=here)
    page = admin_client.get(reverse("admin:sentra_duplicates")).content.decode()
    assert reverse("admin:sentra_ikm_merge", args=[one.pk, other.pk]) in page
    assert "Lumpia Mataram" not in page
    for _twice in range(2):
        admin_client.post(reverse("admin:sentra_duplicates"), {"beda": f"{other.pk}-{one.pk}"})
    assert NotDuplicate.objects.get().first == one
    page = admin_client.get(reverse("admin:sentra_duplicates")).content.decode()
    assert reverse("admin:sentra_ikm_merge", args=[one.pk, other.pk]) not in page


def test_what_was_told_apart_is_not_asked_about_again(here, admin_client):
    one, other = factories.ikm("Tahu Maju", kelurahan=here), factories.ikm("Tahu Maju B", kelurahan=here)
    tell_apart(one=one, other=other, by=factories.user())
    admin_forms.submit(admin_client, Ikm, {"name": "Tahu Maju"}, other)
    other.refresh_from_db()
    assert other.name == "Tahu Maju"


@pytest.mark.parametrize("sent", ["", "x", "1", "1-x", "999999-999998"])
def test_nonsense_tells_nothing_apart(sent, admin_client):
    assert admin_client.post(reverse("admin:sentra_duplicates"), {"beda": sent}).status_code == 302
    assert not NotDuplicate.objects.exists()


def test_a_scoped_officer_sees_pairs_of_the_own_kecamatan_only(here):
    for place in (here, factories.kelurahan("Krobokan")):
        for _twice in range(2):
            factories.ikm(f"Tahu {place.name}", kelurahan=place)
    client = officers.signed_in("Penyunting", kecamatan=[here.kecamatan])
    page = client.get(reverse("admin:sentra_duplicates")).content.decode()
    assert "Tahu Tandang" in page
    assert "Tahu Krobokan" not in page
