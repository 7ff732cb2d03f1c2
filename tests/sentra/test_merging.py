"""Two records become one: every relation moves, equal rows become one row, codes and addresses lead on."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from products.models import Product
from promotions.models import Appearance
from sentra.actions.merging import CannotMerge, choices, merge, moving
from sentra.choices import ContactKind
from sentra.history.undoing import undo
from sentra.indexing import refresh_all
from sentra.models import ChangeSet, Contact, Ikm, NotDuplicate, Sentra
from tests import factories, officers, selection_factories
from tests.snapshots import differences, snapshot

pytestmark = pytest.mark.django_db

WA, OTHER_WA = "+6281298765432", "+6281298765433"


def pointing_at(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Every column and every set of links of ours that leads to rows of this model, hidden ones too."""
    return [
        (each, field.name)
        for each in apps.get_models()
        for field in [*each._meta.concrete_fields, *each._meta.many_to_many]
        if field.is_relation and field.related_model is model
    ]


def rows_of(record: models.Model) -> Counter:
    """How many rows lead to this record, by where from."""
    found = Counter()
    for model, name in pointing_at(type(record)):
        found[f"{model.__name__}.{name}"] = model._base_manager.filter(**{name: record}).count()
    return +found


@pytest.fixture
def publisher():
    return officers.officer("Penerbit")


@pytest.fixture
def pair() -> tuple[Ikm, Ikm]:
    """The first knows little; the second has a row in every place that can point at a business."""
    place, sentra = factories.kelurahan("Tandang"), factories.sentra()
    kept = factories.ikm("Tahu Maju", kelurahan=place, indexed=True)
    gone = factories.ikm("Tahu Maju Jaya", nib="0220001234567", sentra=sentra, published=True, indexed=True)
    gone.product_types.add(factories.product_type())
    gone.sources.add(factories.source())
    factories.contact(ContactKind.WHATSAPP, WA, ikm=gone)
    factories.consent(gone, "whatsapp", channels=["web"])
    product = factories.product("Tahu putih", ikm=gone)
    factories.certification(ikm=gone, products=[product])
    factories.packaging_support(ikm=gone).products.add(product)
    factories.appearance(ikm=gone, products=[product])
    factories.case(ikm=gone)
    selection_factories.selection_decision(ikm=gone)
    selection_factories.withdrawal(ikm=gone)
    selection_factories.withdrawal(replaced_by=gone)
    factories.ikm("Penerus", successor=gone)
    return kept, gone


def unmade(record: models.Model) -> set[str]:
    """Places that the fixture leaves empty, so that nothing would be proven of them."""
    places = {f"{model.__name__}.{name}" for model, name in pointing_at(type(record))}
    return places - set(rows_of(record))


def test_the_fixture_fills_every_place_that_points_at_a_business(pair):
    assert unmade(pair[1]) <= {"NotDuplicate.first", "NotDuplicate.second"}


def test_every_relation_moves(pair, publisher):
    kept, gone = pair
    expected = rows_of(gone) + rows_of(kept)
    merge(kept=kept, gone=gone, take=[], by=publisher, why="didata dua kali")
    assert rows_of(kept) == expected
    assert not Ikm.objects.filter(pk=gone.pk).exists()
    assert set(kept.product_types.all()) and set(kept.sources.all())


def test_the_chosen_values_come_from_the_one_that_goes(pair, publisher):
    kept, gone = pair
    merge(kept=kept, gone=gone, take=["nib", "sentra"], by=publisher, why="")
    kept.refresh_from_db()
    assert (kept.name, kept.nib, kept.sentra, kept.status) == ("Tahu Maju", "0220001234567", gone.sentra, "draft")
    assert kept.kelurahan.name == "Tandang"


def test_equal_rows_become_one_and_lose_nothing(pair, publisher):
    kept, gone = pair
    factories.contact(ContactKind.WHATSAPP, WA, ikm=kept)
    factories.contact(ContactKind.WHATSAPP, OTHER_WA, ikm=kept)
    Contact.objects.filter(ikm=gone).update(note="pagi saja")
    theirs = gone.appearances.get()
    mine_product = factories.product("Tahu kuning", ikm=kept)
    mine = factories.appearance(
        ikm=kept, promotion=theirs.promotion, appeared_on=theirs.appeared_on, products=[mine_product]
    )
    merge(kept=kept, gone=gone, take=[], by=publisher, why="")
    assert sorted(kept.contacts.values_list("value", "note")) == [(WA, "pagi saja"), (OTHER_WA, "")]
    assert Appearance.objects.get(ikm=kept) == mine
    assert {product.name for product in mine.products.all()} == {"Tahu kuning", "Tahu putih"}


def test_codes_and_addresses_lead_to_the_one_that_stays(pair, publisher, client):
    kept, gone = pair
    Ikm.objects.filter(pk=kept.pk).update(status="published", published_at=gone.published_at)
    address, code = gone.get_absolute_url(), gone.code
    merge(kept=kept, gone=gone, take=[], by=publisher, why="")
    kept.refresh_from_db()
    assert client.get(address).headers["Location"] == kept.get_absolute_url()
    assert client.get(f"/k/{code}").headers["Location"] == kept.get_absolute_url()


def test_a_chain_of_mergers_leads_to_the_end(pair, publisher, client):
    kept, gone = pair
    Ikm.objects.filter(pk=kept.pk).update(status="published", published_at=gone.published_at)
    first = factories.ikm("Tahu Maju Lama", published=True)
    address, code = first.get_absolute_url(), first.code
    merge(kept=gone, gone=first, take=[], by=publisher, why="")
    merge(kept=kept, gone=gone, take=[], by=publisher, why="")
    kept.refresh_from_db()
    assert client.get(address).headers["Location"] == kept.get_absolute_url()
    assert client.get(f"/k/{code}").headers["Location"] == kept.get_absolute_url()


def test_search_finds_the_one_by_what_the_other_brought(pair, publisher):
    kept, gone = pair
    merge(kept=kept, gone=gone, take=["name"], by=publisher, why="")
    assert "jaya" in Ikm.objects.get(pk=kept.pk).search_text
    assert Product.objects.get(name="Tahu putih").ikm == kept


def test_a_successor_of_itself_is_nobody(pair, publisher):
    kept, gone = pair
    Ikm.objects.filter(pk=gone.pk).update(successor=kept)
    merge(kept=kept, gone=gone, take=["successor"], by=publisher, why="")
    kept.refresh_from_db()
    assert kept.successor is None


def test_what_was_told_apart_from_it_is_forgotten(pair, publisher):
    kept, gone = pair
    other = factories.ikm("Tahu Lain")
    NotDuplicate.objects.create(first=gone, second=other, said_by=publisher)
    merge(kept=kept, gone=gone, take=[], by=publisher, why="")
    assert not NotDuplicate.objects.exists()


def test_a_merger_that_breaks_a_rule_changes_nothing(pair, publisher):
    kept, gone = pair
    Ikm.objects.filter(pk=gone.pk).update(workers=5, workers_as_of=factories.days_ago(9))
    before = rows_of(gone)
    with pytest.raises(ValidationError):
        merge(kept=kept, gone=gone, take=["workers"], by=publisher, why="")
    assert rows_of(gone) == before
    assert not ChangeSet.objects.filter(kind="merge").exists()


@pytest.mark.parametrize("other", [lambda ikm: ikm, lambda ikm: factories.sentra()], ids=["itself", "another kind"])
def test_what_cannot_be_one_is_refused(pair, publisher, other):
    with pytest.raises(CannotMerge):
        merge(kept=pair[0], gone=other(pair[0]), take=[], by=publisher, why="")


def test_the_second_of_two_officers_is_told_that_it_is_done(pair, publisher):
    kept, gone = pair
    merge(kept=kept, gone=Ikm.objects.get(pk=gone.pk), take=[], by=publisher, why="")
    with pytest.raises(CannotMerge, match="sudah tidak ada"):
        merge(kept=kept, gone=gone, take=[], by=publisher, why="")


def test_a_sentra_keeps_one_main_place(publisher):
    kept = factories.sentra(kelurahan=[factories.kelurahan("Tandang")])
    gone = factories.sentra(kelurahan=[factories.kelurahan("Krobokan")])
    factories.ikm(sentra=gone)
    factories.figure(sentra=gone)
    factories.sentra_photo(sentra=gone)
    merge(kept=kept, gone=gone, take=[], by=publisher, why="")
    assert kept.locations.count() == 2
    assert kept.locations.get(is_main=True).kelurahan.name == "Tandang"
    assert (kept.ikm.count(), kept.figures.count(), kept.photos.count()) == (1, 1, 1)
    assert Sentra.objects.count() == 1


def test_products_keep_photos_certificates_and_appearances(publisher):
    maker = factories.ikm()
    kept, gone = factories.product("Wingko", ikm=maker), factories.product("Wingko babat", ikm=maker)
    factories.product_photo(product=gone)
    certificate = factories.certification(products=[gone])
    appearance = factories.appearance(ikm=maker, products=[kept, gone])
    merge(kept=kept, gone=gone, take=["name"], by=publisher, why="")
    assert (kept.name, kept.photos.count()) == ("Wingko babat", 1)
    assert list(certificate.products.all()) == [kept]
    assert list(appearance.products.all()) == [kept]


def test_what_moves_is_told_beforehand(pair):
    _kept, gone = pair
    assert sum(each.count for each in moving(gone)) == 11
    assert {"name", "nib", "kelurahan"} <= {field.name for field in choices(gone)}
    assert not {"code", "slug", "status", "search_text"} & {field.name for field in choices(gone)}


# -- undone -----------------------------------------------------------------------------------------------------------


def test_an_undone_merger_leaves_everything_as_it_was(pair, publisher, client):
    kept, gone = pair
    factories.contact(ContactKind.WHATSAPP, WA, ikm=kept)
    Contact.objects.filter(ikm=gone).update(note="pagi saja")
    theirs = gone.appearances.get()
    factories.appearance(ikm=kept, promotion=theirs.promotion, appeared_on=theirs.appeared_on)
    refresh_all()
    before, address, code = snapshot(), gone.get_absolute_url(), gone.code
    merge(kept=kept, gone=gone, take=["name", "nib", "sentra"], by=publisher, why="")
    assert differences(before, snapshot())
    report = undo(ChangeSet.objects.get(kind="merge"), by=publisher)
    assert report.left == []
    # It comes back unpublished, like everything that was deleted, until somebody publishes it.
    assert Ikm.objects.filter(pk=gone.pk, status="draft").update(status="published") == 1
    refresh_all()
    assert differences(before, snapshot()) == {}
    assert client.get(address).status_code == 200
    assert client.get(f"/k/{code}").headers["Location"] == address


def test_a_sentra_merged_by_mistake_comes_back_whole(publisher):
    kept = factories.sentra(kelurahan=[factories.kelurahan("Tandang")])
    gone = factories.sentra(kelurahan=[factories.kelurahan("Krobokan")])
    factories.ikm(sentra=gone)
    factories.figure(sentra=gone)
    factories.sentra_photo(sentra=gone)
    refresh_all()
    before = snapshot()
    merge(kept=kept, gone=gone, take=[], by=publisher, why="")
    assert differences(before, snapshot())
    undo(ChangeSet.objects.get(kind="merge"), by=publisher)
    assert differences(before, snapshot()) == {}


# -- the page ---------------------------------------------------------------------------------------------------------


def test_the_officer_compares_chooses_and_merges(pair, client, publisher):
    kept, gone = pair
    client.force_login(publisher)
    address = reverse("admin:sentra_ikm_merge", args=[kept.pk, gone.pk])
    page = client.get(address).content.decode()
    assert "Tahu Maju Jaya" in page
    assert "0220001234567" not in page
    answer = client.post(address, {"name": "gone", "alasan": "didata dua kali"}, follow=True)
    assert "menjadi bagian dari" in answer.content.decode()
    kept.refresh_from_db()
    assert (kept.name, kept.nib) == ("Tahu Maju Jaya", "0220001234567")
    assert ChangeSet.objects.get(kind="merge").why == "didata dua kali"
    assert client.post(address).status_code == 404


def test_who_sees_personal_data_chooses_it(pair, client):
    kept, gone = pair
    client.force_login(officers.officer("Penerbit", "Petugas privasi"))
    address = reverse("admin:sentra_ikm_merge", args=[kept.pk, gone.pk])
    assert "0220001234567" in client.get(address).content.decode()
    client.post(address, {"nib": "kept"})
    kept.refresh_from_db()
    assert kept.nib == ""


def test_a_refusal_keeps_the_choices(pair, client, publisher):
    kept, gone = pair
    Ikm.objects.filter(pk=gone.pk).update(workers=5, workers_as_of=factories.days_ago(9))
    client.force_login(publisher)
    address = reverse("admin:sentra_ikm_merge", args=[kept.pk, gone.pk])
    page = client.post(address, {"workers": "gone", "workers_as_of": "kept", "alasan": "kembar"}).content.decode()
    assert 'value="kembar"' in page
    assert "tanggal keadaannya" in page


def test_an_editor_may_not_take_away_what_is_published(pair, client):
    client.force_login(officers.officer("Penyunting"))
    assert client.get(reverse("admin:sentra_ikm_merge", args=[pair[0].pk, pair[1].pk])).status_code == 403


def test_two_ticked_rows_lead_to_the_comparison(pair, client, publisher):
    client.force_login(publisher)
    keys = [record.pk for record in pair]
    chosen = {"action": "merge_selected", "_selected_action": keys}
    answer = client.post(reverse("admin:sentra_ikm_changelist"), chosen)
    assert answer.headers["Location"] == reverse("admin:sentra_ikm_merge", args=sorted(keys))
