"""The registry of page kinds names every address of the site, and tells the truth about each of its pages."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver

from semarang_ikm.urls import urlpatterns
from tests.page_kinds import LANGUAGES, NOT_PAGES, PAGE_KINDS, PageKind, named
from tests.pages import read


@pytest.fixture(scope="module", autouse=True)
def shipped(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The shipped content, loaded once for this module and taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed", verbosity=0)
        yield
        transaction.set_rollback(True)


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= set() if pattern.app_name == "admin" else names(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


def test_every_address_of_the_site_is_a_page_kind_or_is_said_to_be_none():
    assert names(urlpatterns) == named() | set(NOT_PAGES)
    assert not named() & set(NOT_PAGES)


def test_every_page_has_a_name_of_its_own():
    assert len({kind.name for kind in PAGE_KINDS}) == len(PAGE_KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.name)
def test_the_page_answers_as_the_registry_says(client: Client, kind: PageKind, language: str):
    html = read(client, kind.path(language), kind.status)
    robots = [meta.get("content") or "" for meta in html.all("meta", name="robots")]
    closed = kind.status != 200 or any("noindex" in content for content in robots)
    assert closed != kind.indexable
