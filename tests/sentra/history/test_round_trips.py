"""Deleted and restored, edited and put back: every row of every table and every file is what it was."""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction

from products.models import Product
from semarang_ikm.shared.files import own_files, remove_after_commit
from semarang_ikm.shared.images import write_copies
from semarang_ikm.shared.models import Publishable
from sentra.actions.deletion import delete
from sentra.actions.saving import saved
from sentra.choices import ChangeAction, ChangeKind
from sentra.history import changes_of, recording
from sentra.history.undoing import put_back, restore, undo
from sentra.indexing import refresh_all
from sentra.models import Change, ConsentScope, Ikm, NotDuplicate, PastSlug, Sentra
from tests import factories
from tests.snapshots import differences, snapshot

pytestmark = pytest.mark.django_db(transaction=True)

EVIDENCE = b"%PDF-1.4 uji"


def full_sentra() -> Sentra:
    kind, source = factories.product_type(), factories.source()
    sentra = factories.sentra("Sentra Penuh", types=[kind], kelurahan=[factories.kelurahan(), factories.kelurahan()])
    factories.figure(sentra=sentra)
    factories.open_question(sentra=sentra).sources.add(source)
    write_copies(factories.sentra_photo(sentra=sentra).image.name)
    _give_what_both_have(sentra, source)
    factories.promotion(sentra=[sentra])
    factories.sentra("Pendahulu", successor=sentra)
    return sentra


def full_business() -> Ikm:
    kind, source, older = factories.product_type(), factories.source(), factories.ikm("Serupa")
    ikm = factories.ikm("Usaha Penuh", types=[kind], nib="0220001234567", kelurahan=factories.kelurahan())
    _give_what_both_have(ikm, source)
    factories.ikm("Pendahulu", successor=ikm)
    for first, second in ((ikm, factories.ikm("Mirip")), (older, ikm)):
        NotDuplicate.objects.create(first=first, second=second, said_by=factories.user())
    return ikm


def _give_what_both_have(record: Sentra | Ikm, source: models.Model) -> None:
    owner = {record._meta.model_name: record}
    factories.contact(**owner)
    factories.contact("map_point", **owner)
    factories.consent(
        record, "whatsapp", "name", evidence=ContentFile(EVIDENCE, "surat.pdf"), channels=["web", "print"]
    )
    record.sources.add(source)
    _have_moved(record)


def full_product() -> Product:
    product = factories.product("Produk Penuh", price_min=5000, price_max=9000)
    product.sources.add(factories.source())
    write_copies(factories.product_photo(product=product).image.name)
    factories.certification(ikm=product.ikm, products=[product, factories.product(ikm=product.ikm)])
    factories.packaging_support(ikm=product.ikm).products.add(product)
    factories.appearance(ikm=product.ikm, products=[product])
    factories.edition_entry(product=product)
    _have_moved(product)
    return product


def _have_moved(record: models.Model) -> None:
    """It has been public under another address, so that addresses must come back too."""
    type(record).objects.filter(pk=record.pk).update(published_at="2026-01-05T03:00:00Z")
    record.refresh_from_db()
    record.slug = f"{record.slug}-kedua"
    record.save()


FULL = [full_sentra, full_business, full_product]


def leading_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column and every set of links that leads to rows of this model and does not forbid to delete them."""
    for each in apps.get_models():
        for field in [*each._meta.concrete_fields, *each._meta.many_to_many]:
            forbids = getattr(field.remote_field, "on_delete", None) is models.PROTECT
            if field.related_model is model and not forbids and not each._meta.proxy:
                yield each, field


@pytest.mark.parametrize("make", FULL)
def test_the_record_has_a_row_in_every_place_that_could_be_lost(make: Callable[[], Publishable]) -> None:
    record = make()
    assert [
        f"{model.__name__}.{field.name}"
        for model, field in leading_to(type(record))
        if not model._base_manager.filter(**{field.name: record}).exists()
    ] == []
    assert [field.name for field in record._meta.many_to_many if not getattr(record, field.name).exists()] == []
    assert PastSlug.objects.filter(kind=record.PAGE_KIND, target_id=record.pk).exists()


@pytest.mark.parametrize("make", FULL)
def test_what_was_deleted_comes_back_with_every_relation_and_file(make: Callable[[], Publishable]) -> None:
    record = make()
    refresh_all()
    before, label, key = snapshot(), record._meta.label_lower, record.pk
    with transaction.atomic():
        delete(record=record)
    gone = differences(before, snapshot())
    assert f"{record._meta.label} {key}" in gone
    assert len(gone) > 5

    report = restore(Change.objects.get(model=label, object_id=key, action=ChangeAction.DELETE), by=None)

    assert report.left == []
    assert differences(before, snapshot()) == {}


@pytest.mark.parametrize("make", FULL)
def test_a_deletion_in_a_batch_is_undone_with_every_relation_and_file(make: Callable[[], Publishable]) -> None:
    record = make()
    refresh_all()
    before = snapshot()
    with recording(kind=ChangeKind.BULK, by=None, why="uji") as batch:
        delete(record=record)
    assert differences(before, snapshot())

    assert undo(batch, by=None).left == []

    assert differences(before, snapshot()) == {}


def _edit_everything(record: Sentra | Ikm | Product) -> None:
    """Every list emptied, the name changed, what it owns deleted, changed and added, a picture replaced."""
    with transaction.atomic():
        record.name, record.name_is_personal = "Nama Baru", False
        record.save()
        for field in record._meta.many_to_many:
            getattr(record, field.name).clear()
        for model, field in leading_to(type(record)):
            if not isinstance(field, models.ForeignKey) or field.remote_field.on_delete is not models.CASCADE:
                continue
            for row in model._base_manager.filter(**{field.name: record}):
                _edit_or_delete(row)
        factories.contact("telepon", "+62241234567", **_owner(record))
    saved(record=record)


def _owner(record: models.Model) -> dict[str, models.Model]:
    return {record._meta.model_name: record} if not isinstance(record, Product) else {"ikm": record.ikm}


def _edit_or_delete(row: models.Model) -> None:
    names = {field.name for field in row._meta.concrete_fields}
    if "image" in names:
        content = row.image.open("rb").read()
        remove_after_commit(own_files(row))
        row.image = ContentFile(content, "lain.jpg")
        row.save()
    elif "note" in names and type(row).__name__ == "Contact":
        row.note = "pagi saja"
        row.save()
    else:
        delete(record=row)


@pytest.mark.parametrize("make", FULL)
def test_what_was_edited_everywhere_is_put_back_everywhere(make: Callable[[], Publishable]) -> None:
    record = make()
    refresh_all()
    before, moment = snapshot(), Change.objects.latest("pk").pk
    _edit_everything(record)
    assert len(differences(before, snapshot())) >= 5

    report = put_back(Change.objects.filter(pk__gt=moment), by=None)

    assert report.left == []
    assert differences(before, snapshot()) == {}
    assert changes_of(record).exists()
    assert ConsentScope.objects.exists() == (type(record) is not Product)
