"""Publishing, archiving and deleting: what is refused, what stays behind."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.utils import translation

from products.models import Product
from sentra.actions import deletion, publishing
from sentra.choices import PageKind
from sentra.models import Ikm, KeptFile, PastSlug, ProductType, Sentra
from tests import factories

pytestmark = pytest.mark.django_db


def ready_sentra(**fields) -> Sentra:
    return factories.sentra(types=[factories.product_type()], kelurahan=[factories.kelurahan()], **fields)


def test_publishing_shows_a_sentra_and_notes_who_did_it(officer):
    sentra = ready_sentra()
    publishing.publish(record=sentra, by=officer)
    assert sentra in Sentra.objects.published()
    assert sentra.published_at is not None
    assert LogEntry.objects.get(object_id=str(sentra.pk)).user == officer


def test_a_sentra_without_type_or_place_is_refused_with_every_reason(officer):
    sentra = factories.sentra()
    with pytest.raises(publishing.NotReady) as refused:
        publishing.publish(record=sentra, by=officer)
    assert len(refused.value.messages) == 2
    assert sentra not in Sentra.objects.published()
    assert not LogEntry.objects.exists()


def test_a_product_waits_for_its_maker(officer):
    product = factories.product(published=False)
    with pytest.raises(publishing.NotReady, match="belum terbit"):
        publishing.publish(record=product, by=officer)
    publishing.publish(record=product.ikm, by=officer)
    publishing.publish(record=product, by=officer)
    assert product in Product.objects.published()


def test_a_published_product_gives_its_type_to_its_makers(officer):
    ikm = factories.ikm(sentra=ready_sentra(), published=True)
    product = factories.product(ikm=ikm)
    publishing.publish(record=product, by=officer)
    assert product.product_type in ikm.product_types.all()
    assert product.product_type in ikm.sentra.product_types.all()
    ikm.refresh_from_db()
    assert product.product_type.name.lower() in ikm.search_text


def test_the_first_day_in_public_stays_through_archive_and_return(officer):
    sentra = ready_sentra()
    publishing.publish(record=sentra, by=officer)
    first = sentra.published_at
    publishing.archive(record=sentra, by=officer)
    assert sentra not in Sentra.objects.published()
    assert sentra in Sentra.objects.archived()
    publishing.publish(record=sentra, by=officer)
    assert sentra.published_at == first


def test_a_stale_copy_does_not_undo_what_another_officer_did(officer):
    sentra = ready_sentra()
    stale = Sentra.objects.get(pk=sentra.pk)
    publishing.publish(record=sentra, by=officer)
    publishing.archive(record=stale, by=officer)
    assert stale.published_at == sentra.published_at


# -- deleting ---------------------------------------------------------------------------------------------------------


def test_what_is_published_is_not_deleted_and_the_way_is_named():
    sentra = ready_sentra(published=True)
    with pytest.raises(deletion.StillPublished, match="Arsip"):
        deletion.delete(record=sentra)
    assert Sentra.objects.filter(pk=sentra.pk).exists()


def test_a_copy_read_before_publishing_does_not_slip_through(officer):
    stale = ready_sentra()
    publishing.publish(record=Sentra.objects.get(pk=stale.pk), by=officer)
    with pytest.raises(deletion.StillPublished):
        deletion.delete(record=stale)


def test_a_deleted_archived_record_leaves_its_addresses_as_gone(officer):
    sentra = ready_sentra(name="Sentra Lama")
    publishing.publish(record=sentra, by=officer)
    sentra.slug = "sentra-baru"
    sentra.save()
    publishing.archive(record=sentra, by=officer)
    deletion.delete(record=sentra)
    gone = PastSlug.objects.filter(kind=PageKind.SENTRA, target_id=None)
    assert set(gone.values_list("slug", flat=True)) == {"sentra-lama", "sentra-baru"}


def test_the_address_of_a_deleted_record_is_never_given_again(officer):
    first = ready_sentra(name="Sentra Tempe")
    publishing.publish(record=first, by=officer)
    publishing.archive(record=first, by=officer)
    deletion.delete(record=first)
    assert factories.sentra(name="Sentra Tempe").slug != first.slug


def test_a_draft_that_nobody_saw_leaves_nothing():
    sentra = factories.sentra(name="Coba")
    sentra.slug = "coba-lagi"
    sentra.save()
    deletion.delete(record=sentra)
    assert not PastSlug.objects.exists()


def test_deleting_through_a_queryset_leaves_the_same_memory(officer):
    ikm = factories.ikm()
    publishing.publish(record=ikm, by=officer)
    publishing.archive(record=ikm, by=officer)
    Ikm.objects.filter(pk=ikm.pk).delete()
    assert PastSlug.objects.get(kind=PageKind.IKM).target_id is None


def test_a_product_type_was_always_public():
    kind = factories.product_type("Gerabah")
    ProductType.objects.filter(pk=kind.pk).delete()
    assert PastSlug.objects.get(kind=PageKind.PRODUCT_TYPE, slug="gerabah").target_id is None


def test_files_go_with_their_rows_but_only_after_the_commit(django_capture_on_commit_callbacks):
    sentra = factories.sentra()
    photo = factories.sentra_photo(sentra=sentra)
    private = storages["private"]
    receipt = factories.consent(sentra, "whatsapp", evidence=factories.photo_file())
    assert default_storage.exists(photo.image.name)
    with django_capture_on_commit_callbacks() as callbacks:
        deletion.delete(record=sentra)
    assert default_storage.exists(photo.image.name)
    for callback in callbacks:
        callback()
    assert not default_storage.exists(photo.image.name)
    # A private file stays where nobody but staff could open it, until it cannot come back any more.
    assert private.exists(receipt.evidence.name)
    assert KeptFile.objects.filter(name=receipt.evidence.name).exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_rolled_back_keeps_its_files():
    photo = factories.sentra_photo()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        deletion.delete(record=photo.sentra)
        1 / 0  # noqa: B018  whatever goes wrong after the deletion
    assert default_storage.exists(photo.image.name)


def test_refusals_speak_indonesian_by_default(officer):
    with translation.override("id"), pytest.raises(publishing.NotReady, match="Lokasinya"):
        publishing.publish(record=factories.sentra(types=[factories.product_type()]), by=officer)
