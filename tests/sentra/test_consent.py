"""The consent gate: no receipt, no output; each channel apart; withdrawal at once."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.models import Product
from semarang_ikm.shared.choices import Channel
from sentra.choices import ContactKind, PersonalField
from sentra.consent import disclose, disclose_one
from sentra.models import ConsentScope, Contact, Ikm
from tests import factories

pytestmark = pytest.mark.django_db

CONTACTS = {
    ContactKind.OWNER_NAME: "Siti Rahayu",
    ContactKind.WHATSAPP: "+6281215550123",
    ContactKind.TELEPHONE: "+62243550123",
    ContactKind.EMAIL: "siti@example.test",
    ContactKind.ADDRESS: "Jalan Rahasia 9",
    ContactKind.WEBSITE: "https://siti.example.test",
    ContactKind.MAP_POINT: "",
}
NIB = "0220001234567"


@pytest.fixture
def ikm() -> Ikm:
    """A business of which every personal field is recorded, and named after its owner."""
    ikm = factories.ikm("Siti Rahayu", name_is_personal=True, nib=NIB, published=True)
    for kind, value in CONTACTS.items():
        factories.contact(kind, value, ikm=ikm)
    return ikm


def everything_in(disclosure) -> str:
    values = [contact.value for contact in disclosure.contacts]
    return " ".join([disclosure.name, disclosure.owner_name, disclosure.nib, str(disclosure.map_point), *values])


def test_without_a_receipt_nothing_leaves(ikm: Ikm) -> None:
    for channel in Channel:
        shown = disclose_one(ikm, channel)

        assert shown.name == f"Usaha {ikm.code}"
        assert shown.contacts == ()
        assert (shown.owner_name, shown.nib, shown.map_point, shown.consented_on) == ("", "", None, None)
        for secret in ("Siti", "Rahayu", "6281", "6224", "example.test", "Rahasia", NIB, "110.42"):
            assert secret not in everything_in(shown)


@pytest.mark.parametrize("given_channel", Channel)
def test_a_channel_opens_itself_and_no_other(ikm: Ikm, given_channel: str) -> None:
    factories.consent(ikm, *PersonalField, channels=[given_channel])

    for channel in Channel:
        shown = disclose_one(ikm, channel)
        assert bool(shown.contacts) == (channel == given_channel)
        assert (shown.name == "Siti Rahayu") == (channel == given_channel)
        assert (shown.nib == NIB) == (channel == given_channel)


@pytest.mark.parametrize("field", PersonalField)
def test_a_field_opens_itself_and_no_other(ikm: Ikm, field: str) -> None:
    factories.consent(ikm, field)
    shown = disclose_one(ikm)

    assert {contact.kind for contact in shown.contacts} <= {field}
    assert bool(shown.owner_name) == (field == PersonalField.OWNER_NAME)
    assert bool(shown.nib) == (field == PersonalField.NIB)
    assert bool(shown.map_point) == (field == PersonalField.MAP_POINT)
    assert (shown.name == "Siti Rahayu") == (field == PersonalField.NAME)


def test_a_receipt_of_one_business_opens_no_other(ikm: Ikm) -> None:
    other = factories.ikm(published=True)
    factories.contact(ikm=other, value="+6281215559999")
    factories.consent(other, *PersonalField)

    shown = disclose([ikm, other])

    assert shown[ikm].contacts == ()
    assert [contact.value for contact in shown[other].contacts] == ["+6281215559999"]


def test_withdrawal_acts_on_the_next_request(ikm: Ikm) -> None:
    receipt = factories.consent(ikm, PersonalField.WHATSAPP, channels=[Channel.WEB, Channel.PRINT])
    assert disclose_one(ikm).whatsapp is not None

    receipt.scopes.filter(channel=Channel.WEB).update(withdrawn_on=factories.days_ago(0))

    assert disclose_one(ikm).whatsapp is None
    assert disclose_one(ikm, Channel.PRINT).whatsapp is not None


def test_another_receipt_for_the_same_field_still_holds(ikm: Ikm) -> None:
    factories.consent(ikm, PersonalField.EMAIL).scopes.update(withdrawn_on=factories.days_ago(0))
    factories.consent(ikm, PersonalField.EMAIL)

    assert disclose_one(ikm).first(ContactKind.EMAIL).value == "siti@example.test"


def test_a_receipt_dated_tomorrow_opens_nothing_today(ikm: Ikm, day: datetime.date) -> None:
    tomorrow = day + datetime.timedelta(days=1)
    factories.consent(ikm, *PersonalField, given_on=tomorrow)

    assert disclose_one(ikm).contacts == ()
    assert disclose_one(ikm).name == f"Usaha {ikm.code}"
    assert Ikm.objects.with_public_name().get(pk=ikm.pk).public_name == f"Usaha {ikm.code}"
    assert disclose_one(ikm, at=tomorrow).contacts != ()


def test_the_date_of_the_latest_receipt_stands_beside_what_is_shown(ikm: Ikm) -> None:
    factories.consent(ikm, PersonalField.WHATSAPP, given_on=factories.days_ago(400))
    factories.consent(ikm, PersonalField.EMAIL, given_on=factories.days_ago(20))

    assert disclose_one(ikm).consented_on == factories.days_ago(20)


def test_a_landline_has_no_whatsapp(ikm: Ikm) -> None:
    Contact.objects.filter(ikm=ikm, kind=ContactKind.WHATSAPP).update(value="+62243550123")
    factories.consent(ikm, PersonalField.WHATSAPP, PersonalField.TELEPHONE)
    shown = disclose_one(ikm)

    assert shown.whatsapp is None
    assert shown.first(ContactKind.TELEPHONE).national == "(024) 3550123"


def test_a_telephone_that_was_not_given_as_whatsapp_has_no_whatsapp(ikm: Ikm) -> None:
    Contact.objects.filter(ikm=ikm, kind=ContactKind.TELEPHONE).update(value="+6281215550124")
    factories.consent(ikm, PersonalField.TELEPHONE)

    assert disclose_one(ikm).whatsapp is None


def test_the_whatsapp_link_carries_the_message_and_no_markup(ikm: Ikm) -> None:
    factories.consent(ikm, PersonalField.WHATSAPP)
    link = disclose_one(ikm).whatsapp.whatsapp_url('Halo, "Kerupuk" P-07 & <b>lain</b>?')

    assert link.startswith("https://wa.me/6281215550123?text=Halo%2C%20")
    assert not {'"', "<", "&", " "} & set(link)


def test_contacts_stand_in_one_fixed_order(ikm: Ikm) -> None:
    factories.consent(ikm, *PersonalField)

    assert [contact.kind for contact in disclose_one(ikm).contacts] == [
        "whatsapp",
        "telephone",
        "email",
        "address",
        "website",
    ]


def test_the_name_of_a_group_needs_no_receipt() -> None:
    group = factories.ikm("KUB Global Milk Fish")
    assert disclose_one(group).name == "KUB Global Milk Fish"


def test_a_sentras_organiser_is_behind_the_same_gate() -> None:
    centre = factories.sentra("Batik Malon", published=True)
    factories.contact(ContactKind.WHATSAPP, sentra=centre)
    assert disclose_one(centre).contacts == ()

    factories.consent(centre, PersonalField.WHATSAPP)
    assert disclose_one(centre).whatsapp.value == "+6281215550123"
    assert disclose_one(centre).name == "Batik Malon"


def test_a_business_and_a_sentra_of_one_number_are_not_mixed_up() -> None:
    centre, business = factories.sentra(), factories.ikm()
    type(centre).objects.filter(pk=centre.pk).update(id=business.pk)
    centre = type(centre).objects.get(pk=business.pk)
    factories.contact(ikm=business)
    factories.consent(centre, *PersonalField)

    shown = disclose([business, centre])

    assert shown[business].contacts == ()
    assert shown[centre].contacts == ()


def test_the_number_of_queries_does_not_grow(django_assert_num_queries) -> None:
    def people(number: int) -> list[Ikm]:
        rows = [factories.ikm(name_is_personal=True) for _row in range(number)]
        for row in rows:
            factories.contact(ikm=row)
            factories.consent(row, *PersonalField)
        return rows

    for subjects in (people(1), people(12)):
        with django_assert_num_queries(2):
            disclose(subjects)
    mixed = [*subjects, factories.sentra()]
    with django_assert_num_queries(4):
        disclose(mixed)


scopes = st.lists(
    st.tuples(
        st.sampled_from([PersonalField.NAME, PersonalField.WHATSAPP]),
        st.sampled_from(list(Channel)),
        st.integers(-2, 2),  # given so many days from today
        st.booleans(),  # withdrawn
    ),
    max_size=4,
)


@given(personal=st.booleans(), receipts=scopes)
def test_the_queryset_form_of_the_gate_says_what_the_gate_says(personal: bool, receipts: list) -> None:
    ikm = factories.ikm("Siti Rahayu", name_is_personal=personal, indexed=False)
    product = factories.product(ikm=ikm, indexed=False, product_type=factories.product_type())
    officer = factories.user()
    for field, channel, days, withdrawn in receipts:
        receipt = factories.consent(
            ikm, field, channels=[channel], given_on=factories.days_ago(-days), recorded_by=officer
        )
        if withdrawn:
            receipt.scopes.update(withdrawn_on=factories.days_ago(0))

    for channel in Channel:
        name = disclose_one(ikm, channel).name
        assert Ikm.objects.with_public_name(channel).get(pk=ikm.pk).public_name == name
        assert Product.objects.with_maker_name(channel).get(pk=product.pk).maker_name == name


def test_products_of_a_sentra_have_no_makers_name() -> None:
    product = factories.product(sentra=factories.sentra())
    assert Product.objects.with_maker_name().get(pk=product.pk).maker_name == ""


def test_a_name_that_is_not_shown_is_not_found_and_not_sorted_by() -> None:
    ikm = factories.ikm("Siti Rahayu", name_is_personal=True)
    product = factories.product("Wingko", ikm=ikm)
    product.refresh_from_db()
    ikm.refresh_from_db()

    for text in (ikm.search_text, ikm.sort_name, product.search_text):
        assert "siti" not in text
        assert "rahayu" not in text


def test_scopes_are_given_one_by_one() -> None:
    receipt = factories.consent(factories.ikm(), PersonalField.EMAIL, channels=[Channel.WEB, Channel.PRINT])
    assert ConsentScope.objects.filter(consent=receipt).count() == 2
