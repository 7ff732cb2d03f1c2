"""Accounts as the office has them, and what editors ask of publishers."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from sentra.choices import ReviewKind
from sentra.models import Kecamatan, Officer, Review, SavedFilter
from tests import factories


def officer(*roles: str, kecamatan: Iterable[Kecamatan] = (), **fields: Any) -> User:
    """An account with these roles (names of groups) that works in these kecamatan; none: the whole city."""
    user = factories.user(**{"is_staff": True} | fields)
    groups = list(Group.objects.filter(name__in=roles))
    assert len(groups) == len(roles), roles
    user.groups.set(groups)
    if areas := list(kecamatan):
        profile(user=user).kecamatan.set(areas)
    return user


def signed_in(*roles: str, **fields: Any) -> Client:
    """The browser of such an officer; `client.user` is who it is."""
    client = Client()
    client.user = officer(*roles, **fields)
    client.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def profile(**fields: Any) -> Officer:
    if "user" not in fields:
        fields["user"] = factories.user()
    return Officer.objects.create(**fields)


def saved_filter(**fields: Any) -> SavedFilter:
    """The drafts among the businesses, under a name of the officer's own."""
    if "officer" not in fields:
        fields["officer"] = factories.user()
    return SavedFilter.objects.create(**{"page": "sentra.ikm", "name": "Draf", "query": "status__exact=draft"} | fields)


def review(**fields: Any) -> Review:
    """A wish of an editor to have a published business changed."""
    record = fields.pop("record", None) or factories.ikm(published=True)
    kind = ContentType.objects.get_for_model(record)
    fields = {"content_type": kind, "object_id": record.pk, "kind": ReviewKind.CHANGE, "wish": "Alamat pindah"} | fields
    if "asked_by" not in fields:
        fields["asked_by"] = factories.user()
    return Review.objects.create(**fields)
