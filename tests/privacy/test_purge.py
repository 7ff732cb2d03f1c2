"""After a purge no row of any table and no stored file names the person, whatever held it; the neighbour stays."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.files.storage import storages

from semarang_ikm.shared.choices import Channel
from sentra.actions.purging import purge
from sentra.choices import PersonalField
from sentra.models import Contact, Ikm
from tests import factories
from tests.privacy import world
from tests.privacy.reading import words_in
from tests.privacy.values import NIK, OF_OWNER, PERSONAL, seen_in
from tests.snapshots import files

pytestmark = pytest.mark.django_db

# What the office wrote of her or of her case, beside the values that are hers.
HERS = [
    *OF_OWNER,
    NIK,
    "CatatanKontak",
    "PemberiIzin",
    "CatatanIzin",
    "BerkasIzin",
    "CatatanSertifikat",
    "LangkahRahasia",
    "SuratPerkara",
    "BerkasPerkara",
    "SalahMenurutPelapor",
    "BenarMenurutPelapor",
    "81377712345",
    "JawabanUntukPelapor",
    "KeinginanPenyunting",
]


def rows() -> Iterator[tuple[str, str]]:
    """Every row of every table, the trail, the admin's log, sessions and queues of work included."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed:
            for row in model._base_manager.values():
                yield f"{model._meta.label} {row.get('id')}", json.dumps(row, default=str, ensure_ascii=False)


def stored() -> Iterator[tuple[str, str]]:
    for alias in ("default", "private"):
        for name in files(alias):
            with storages[alias].open(name) as file:
                yield f"{alias} {name}", f"{name} {words_in(file.read())}"


def places_of(secrets: list[str]) -> dict[str, set[str]]:
    """Where each of them stands."""
    found: dict[str, set[str]] = {}
    for place, text in [*rows(), *stored()]:
        for secret in seen_in(text, secrets):
            found.setdefault(secret, set()).add(place)
    return found


def test_a_purge_reaches_every_table_and_every_file(
    owner: Ikm, printed: Callable, officer, django_capture_on_commit_callbacks: Callable
) -> None:
    world.consent(owner, *PersonalField, channels=list(Channel))
    printed(owner)
    before = places_of(HERS)
    assert set(HERS) - set(before) == set()
    with django_capture_on_commit_callbacks(execute=True):
        purge(subject=owner, by=officer, why="permintaan pemilik")
    assert places_of(HERS) == {}
    neighbour = Contact.objects.get(sentra=owner.sentra)
    assert neighbour.value == "+6281366654321"


def test_what_was_deleted_before_is_purged_from_the_trail_too(owner: Ikm, officer) -> None:
    contact = owner.contacts.get(kind="email")
    contact.delete()
    assert PERSONAL[PersonalField.EMAIL][0] in places_of(OF_OWNER)
    purge(subject=owner, by=officer, why="permintaan pemilik")
    assert PERSONAL[PersonalField.EMAIL][0] not in places_of(OF_OWNER)
    assert factories.ikm().pk
