"""The ledger by business: who waits longest, filters, and the way from the list into a plan."""

import random

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from products.models import Product
from promotions.ledger_querysets import ready_products
from promotions.models import Appearance, LedgerBusiness
from promotions.selecting.gathering import gather
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from tests import factories
from tests.officers import signed_in
from tests.promotions.test_selecting import ready_business
from tests.selection_factories import fair_selection

pytestmark = pytest.mark.django_db

URL = "admin:promotions_ledgerbusiness_changelist"


def listed(client: Client, **asked: str) -> list[str]:
    answer = client.get(reverse(URL), asked)
    assert answer.status_code == 200
    return [row.code for row in answer.context["cl"].result_list]


def staff(*permissions: str) -> Client:
    user = factories.user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def act(client: Client, action: str, *businesses, **typed):
    data = {"action": action, "index": 0, "_selected_action": [ikm.pk for ikm in businesses]}
    return client.post(reverse(URL), data | typed)


# -- the list ---------------------------------------------------------------------------------------------------------


def test_who_was_never_promoted_comes_first_then_who_waits_longest(officer_client: Client) -> None:
    late, early, never = (factories.ikm(published=True) for _number in range(3))
    factories.ikm()
    for ikm, days in ((late, [9, 900]), (early, [500])):
        for ago in days:
            factories.appearance(ikm=ikm, appeared_on=factories.days_ago(ago))

    assert listed(officer_client) == [never.code, early.code, late.code]
    rows = {row.code: row for row in LedgerBusiness.objects.with_ledger()}
    assert (rows[late.code].last, rows[late.code].times) == (factories.days_ago(9), 2)
    assert (rows[never.code].last, rows[never.code].times) == (None, 0)


def test_cancelled_and_coming_promotions_are_no_promotion_yet(officer_client: Client) -> None:
    ikm = factories.ikm(published=True)
    factories.appearance(ikm=ikm, promotion=factories.promotion(cancelled_on=factories.days_ago(20)))
    factories.appearance(ikm=ikm, appeared_on=factories.days_ago(-3))
    assert listed(officer_client, terakhir="belum") == [ikm.code]


def test_filters_by_last_promotion_and_readiness(officer_client: Client) -> None:
    never, ready = factories.ikm(published=True), ready_business()
    factories.appearance(ikm=ready, appeared_on=today().replace(year=today().year - 2))

    assert listed(officer_client, terakhir="belum") == [never.code]
    assert set(listed(officer_client, terakhir=str(today().year - 1))) == {never.code, ready.code}
    assert listed(officer_client, terakhir=str(today().year - 2)) == [never.code]
    assert listed(officer_client, siap="1") == [ready.code]
    assert listed(officer_client, siap="0") == [never.code]


def test_filters_by_place_and_type_with_all_below_it(officer_client: Client) -> None:
    cloth = factories.product_type("Kain")
    batik = factories.product_type("Batik Uji", parent=cloth)
    home, sentra = factories.kelurahan(), factories.sentra()
    ikm = factories.ikm(published=True, types=[batik, cloth], kelurahan=home, sentra=sentra)
    elsewhere = {"kelurahan": factories.kelurahan(), "sentra": factories.sentra()}
    factories.ikm(published=True, types=[factories.product_type()], **elsewhere)

    for asked in (
        {"product_types__ancestors__id__exact": cloth.pk},
        {"kelurahan__kecamatan__id__exact": home.kecamatan.pk},
        {"sentra__id__exact": sentra.pk},
    ):
        assert listed(officer_client, **asked) == [ikm.code]


@pytest.mark.parametrize("asked", [{"terakhir": "x"}, {"terakhir": "²"}, {"terakhir": "99999"}, {"siap": "y"}])
def test_a_filter_that_means_nothing_filters_nothing(officer_client: Client, asked: dict) -> None:
    ikm = factories.ikm(published=True)
    assert listed(officer_client, **asked) == [ikm.code]


def test_a_personal_name_stands_there_only_with_consent_for_paper(officer_client: Client) -> None:
    factories.ikm("Batik Bu Sri", published=True, name_is_personal=True)
    assert "Sri" not in officer_client.get(reverse(URL)).content.decode()


def test_readiness_is_what_a_new_selection_asks_for_today() -> None:
    """The same rule twice: as SQL for lists, in Python for reasons. On a day that is today both say the same."""
    chance = random.Random(7)
    food = factories.product_type("Pangan Uji", is_food=True)
    below, craft = factories.product_type(parent=food), factories.product_type()
    kind = factories.certificate_kind(for_food_only=True)
    for _number in range(40):
        ikm = factories.ikm(
            published=True, name_is_personal=chance.random() < 0.5, activity=chance.choice(["active", "closed"])
        )
        if chance.random() < 0.8:
            factories.consent(ikm, *chance.choice([["name"], ["whatsapp"]]), channels=[Channel.PRINT])
        for _product in range(chance.randrange(3)):
            product = factories.product(
                published=chance.random() < 0.9,
                ikm=ikm,
                product_type=chance.choice([food, below, craft]),
                price_min=chance.choice([None, 5000]),
            )
            if product.price_min and chance.random() < 0.3:
                Product.objects.filter(pk=product.pk).update(price_on=factories.days_ago(chance.choice([365, 366])))
            if chance.random() < 0.8:
                factories.product_photo(product=product)
            if chance.random() < 0.6:
                covered = [product] if chance.random() < 0.7 else []
                factories.certification(
                    ikm=ikm, kind=kind, products=covered, expires_on=factories.days_ago(chance.choice([-1, 0, 1]))
                )
    selection = fair_selection(promotion=factories.promotion(starts_on=today()))
    gathered = gather(selection)

    listed = {row.code for row in LedgerBusiness.objects.published().with_ledger() if row.is_ready}
    assert listed == {one.code for one in gathered.candidates if not one.obstacles}
    assert 0 < len(listed) < 40
    ready = {pk for products in gathered.ready_products.values() for pk in products}
    assert set(ready_products().values_list("pk", flat=True)) == ready


# -- into a plan ------------------------------------------------------------------------------------------------------


def test_ticked_businesses_go_to_the_promotion_that_comes_next(officer_client: Client) -> None:
    later = factories.promotion(starts_on=factories.days_ago(-60))
    coming = factories.promotion(starts_on=factories.days_ago(-30))
    factories.promotion(starts_on=factories.days_ago(-10), cancelled_on=today())
    chosen, other = factories.ikm(published=True), factories.ikm(published=True)

    asked = act(officer_client, "enter_promotion", chosen)
    assert asked.context["form"].initial["target"] == coming.pk
    assert not Appearance.objects.exists()

    done = act(officer_client, "enter_promotion", chosen, confirmed=1, target=later.pk)
    assert done.url == reverse("admin:promotions_promotion_change", args=[later.pk])
    assert Appearance.objects.get().ikm == chosen != other


def test_entering_twice_gives_one_line(officer_client: Client) -> None:
    promotion, ikm = factories.promotion(), factories.ikm(published=True)
    for _number in range(2):
        act(officer_client, "enter_promotion", ikm, confirmed=1, target=promotion.pk)
    assert Appearance.objects.count() == 1


def test_without_a_choice_the_page_asks_again(officer_client: Client) -> None:
    cancelled = factories.promotion(cancelled_on=today())
    ikm = factories.ikm(published=True)
    for target in ("", "0", "x", cancelled.pk):
        assert act(officer_client, "enter_promotion", ikm, confirmed=1, target=target).status_code == 200
    assert not Appearance.objects.exists()


def test_ticked_businesses_fill_a_draft_with_what_is_ready(officer_client: Client) -> None:
    ready, bare, edition = ready_business(), factories.ikm(published=True), factories.edition()
    second = factories.product(published=True, ikm=ready, price_min=3, is_flagship=True)
    factories.product_photo(product=second)

    told = act(officer_client, "fill_edition", ready, bare, confirmed=1, target=edition.pk, at_most=1)

    assert told.url == reverse("admin:promotions_catalogueedition_change", args=[edition.pk])
    assert [entry.product for entry in edition.entries.all()] == [second]
    shown = officer_client.get(told.url).content.decode()
    assert "1 usaha tidak punya produk yang siap" in shown


@pytest.mark.parametrize("typed", [{"at_most": 0}, {"at_most": ""}, {"target": ""}])
def test_an_impossible_number_of_products_is_asked_again(officer_client: Client, typed: dict) -> None:
    ikm, edition = ready_business(), factories.edition()
    asked = act(officer_client, "fill_edition", ikm, confirmed=1, **{"target": edition.pk, "at_most": 1} | typed)
    assert asked.status_code == 200
    assert not edition.entries.exists()


def test_nothing_ticked_is_said(officer_client: Client) -> None:
    assert act(officer_client, "enter_promotion").status_code == 302


def test_each_action_needs_the_permission_for_what_it_writes() -> None:
    ikm, promotion = factories.ikm(published=True), factories.promotion()
    reader = staff("view_ledgerbusiness")
    assert "enter_promotion" not in reader.get(reverse(URL)).content.decode()
    act(reader, "enter_promotion", ikm, confirmed=1, target=promotion.pk)
    assert not Appearance.objects.exists()

    act(staff("view_ledgerbusiness", "add_appearance"), "enter_promotion", ikm, confirmed=1, target=promotion.pk)
    assert Appearance.objects.exists()


def test_an_editor_is_offered_no_public_promotion_and_cannot_send_one() -> None:
    ikm, public = factories.ikm(published=True), factories.promotion(published=True)
    draft = factories.promotion()
    editor = signed_in("Penyunting")

    offered = act(editor, "enter_promotion", ikm).context["form"].fields["target"].choices
    assert [pk for pk, _name in offered] == ["", draft.pk]
    assert act(editor, "enter_promotion", ikm, confirmed=1, target=public.pk).status_code == 200
    assert not Appearance.objects.exists()

    act(signed_in("Penerbit"), "enter_promotion", ikm, confirmed=1, target=public.pk)
    assert Appearance.objects.get().promotion == public
