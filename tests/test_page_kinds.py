"""The registry of page kinds tells the truth about each of its pages."""

import pytest
from django.core.management import call_command
from django.test import Client

from tests.page_kinds import LANGUAGES, PAGE_KINDS, PageKind
from tests.pages import parse
from tests.weights import too_heavy


@pytest.fixture(scope="module", autouse=True)
def shipped(standing_db) -> None:
    """The shipped content."""
    call_command("seed", verbosity=0)


def test_every_page_has_a_name_of_its_own():
    assert len({kind.name for kind in PAGE_KINDS}) == len(PAGE_KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.name)
def test_the_page_is_as_the_registry_says_and_as_light_as_its_kind_must_be(
    client: Client, kind: PageKind, language: str
):
    answer = client.get(kind.path(language))
    assert answer.status_code == kind.status
    assert too_heavy(answer.content, kind.weight) == []
    robots = [meta.get("content") or "" for meta in parse(answer.content.decode()).all("meta", name="robots")]
    closed = kind.status != 200 or any("noindex" in content for content in robots)
    assert closed != kind.indexable
