"""Values leave the trail through one door; that something changed stays."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from semarang_ikm.shared import deletion
from semarang_ikm.shared.images import names_of, write_copies
from sentra.actions.purging import purge
from sentra.history import changes_of
from sentra.history.redaction import RETURNS_WITHIN, forget_deleted, redact
from sentra.models import Change, KeptFile, SentraPhoto, TrailDoor
from tests import factories

pytestmark = pytest.mark.django_db


def told(record) -> str:
    return str([(change.fields, change.title) for change in changes_of(record)])


def test_personal_values_go_and_the_change_stays():
    ikm = factories.ikm(nib="1234567890123", name="Tetap")
    contact = factories.contact(ikm=ikm, value="+6281234567890")
    contact.note = "Telepon sore"
    contact.save()
    contact.delete()
    before = changes_of(ikm).count()
    assert "+6281234567890" in told(ikm)
    assert redact(record=ikm) == 4
    assert changes_of(ikm).count() == before
    for value in ("+6281234567890", "Telepon sore", "1234567890123"):
        assert value not in told(ikm)
    assert "Tetap" in told(ikm)
    assert changes_of(ikm).filter(model="sentra.ikm").last().fields["nib"] is None
    assert not TrailDoor.objects.exists()


def test_what_is_said_of_others_stays():
    ikm, other = factories.ikm(), factories.ikm(nib="9999999999999")
    redact(record=ikm)
    assert "9999999999999" in told(other)


def test_the_purge_of_a_person_takes_them_out_of_the_trail(django_capture_on_commit_callbacks):
    ikm = factories.ikm(name="Siti Rahayu", name_is_personal=True, nib="1234567890123")
    factories.contact(ikm=ikm, value="+6281234567890")
    factories.consent(ikm, "whatsapp", person="Siti Rahayu")
    certificate = factories.certification(ikm=ikm, holder_name="Siti Rahayu")
    purge(subject=ikm, by=factories.user(), why="Permintaan pemilik")
    everything = str(list(Change.objects.values_list("fields", "title")))
    for value in ("Siti", "+6281234567890", "1234567890123"):
        assert value not in everything
    assert changes_of(certificate).exists()


def later() -> object:
    return timezone.now() + RETURNS_WITHIN + timedelta(minutes=1)


def test_what_is_deleted_is_forgotten_after_its_term():
    ikm, kept = factories.ikm(name="Hilang Sudah"), factories.ikm(name="Masih Ada")
    factories.contact(ikm=ikm, value="+6281234567890")
    key = ikm.pk
    deletion.delete(record=ikm)
    assert forget_deleted(timezone.now()) == 0
    assert forget_deleted(later()) == 2
    assert forget_deleted(later()) == 0
    everything = str(list(Change.objects.values_list("fields", "title")))
    assert "Hilang Sudah" not in everything
    assert "+6281234567890" not in everything
    assert Change.objects.filter(model="sentra.ikm", object_id=key, action="delete").exists()
    assert "Masih Ada" in told(kept)


def test_files_of_what_is_deleted_are_out_of_reach_at_once_and_gone_after_the_term(
    django_capture_on_commit_callbacks, media
):
    photo = factories.sentra_photo()
    name, public = photo.image.name, storages["default"]
    write_copies(name)
    with django_capture_on_commit_callbacks(execute=True):
        deletion.delete(record=photo)
    assert not any(public.exists(each) for each in names_of(name))
    (line,) = KeptFile.objects.all()
    assert storages["private"].exists(line.kept_as)
    with django_capture_on_commit_callbacks(execute=True):
        forget_deleted(later())
    assert not KeptFile.objects.exists()
    assert not storages["private"].exists(line.kept_as)
    assert not SentraPhoto.objects.exists()
