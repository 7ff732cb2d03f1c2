"""Pages stay light, also lists that are full of cards with photos (tests/test_page_kinds.py weighs the shipped content)."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from products.models import Product, ProductPhoto
from tests.page_kinds import LANGUAGES, PAGE_KINDS
from tests.pages import codes, parse
from tests.weights import CSS, compressed, too_heavy

ROOT = Path(__file__).resolve().parent.parent
FULL_LISTS = [kind for kind in PAGE_KINDS if kind.name in ("product_list-full", "product_list-second", "ikm_list-full")]


@pytest.fixture
def crowded(db) -> None:
    """The shipped content and many more businesses and products, every product with a photo of its own name."""
    call_command("seed", verbosity=0)
    call_command("seed_synthetic", ikm=40, products=120, verbosity=0)
    ProductPhoto.objects.bulk_create(
        ProductPhoto(
            product_id=number,
            image=f"foto/{number % 256:02x}/{number * 2654435761 % 2**32:08x}.jpg",
            width=1600,
            height=1200,
            alt="Foto uji",
            credit="Uji",
        )
        for number in Product.objects.values_list("pk", flat=True)
    )


def test_a_full_list_is_light(client: Client, crowded: None) -> None:
    for kind in FULL_LISTS:
        for language in LANGUAGES:
            answer = client.get(kind.path(language))
            assert len(codes(parse(answer.content.decode()))) == 24
            assert too_heavy(answer.content, kind.weight) == [], kind.path(language)


def test_styles_are_light() -> None:
    for style in ("site.css", "book.css"):
        assert compressed((ROOT / "static" / "css" / style).read_bytes()) <= CSS, style


def test_a_page_over_its_budget_is_named() -> None:
    heavy = "".join(f"<p>{number * 2654435761 % 2**64}</p>" for number in range(14_000)).encode()
    assert len(too_heavy(heavy, "list")) == 3
    assert len(too_heavy(heavy, "catalogue")) == 1
    assert too_heavy(b"<p>1</p>", "list") == []
