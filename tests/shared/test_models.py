"""Publishing: only what is published is public; what was taken away is known as gone."""

import pytest
from django.utils import timezone

from products.models import Product
from semarang_ikm.shared.choices import PublicationStatus
from sentra.models import Ikm, Sentra
from tests import factories

pytestmark = pytest.mark.django_db

NOT_PUBLIC = [status for status in PublicationStatus if status != PublicationStatus.PUBLISHED]


@pytest.mark.parametrize("make", [factories.sentra, factories.ikm, factories.product, factories.promotion])
@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_no_other_status_is_public_even_with_a_date(make, status: str) -> None:
    shown = make(published=True)
    hidden = make(status=status, published_at=timezone.now())

    public = type(shown).objects.published()
    if make is factories.product:
        Ikm.objects.update(status=PublicationStatus.PUBLISHED, published_at=timezone.now())

    assert shown in public
    assert hidden not in public


@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_a_product_is_hidden_with_its_business(status: str) -> None:
    product = factories.product(published=True)
    Ikm.objects.filter(pk=product.ikm_id).update(status=status)

    assert product not in Product.objects.published()


@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_a_product_is_hidden_with_its_sentra(status: str) -> None:
    product = factories.product(published=True, sentra=factories.sentra(published=True))
    assert product in Product.objects.published()
    Sentra.objects.update(status=status)

    assert product not in Product.objects.published()


def test_only_what_was_public_can_be_gone() -> None:
    gone = factories.ikm(status=PublicationStatus.ARCHIVED, published_at=timezone.now())
    never = factories.ikm(status=PublicationStatus.ARCHIVED)
    shown = factories.ikm(published=True)

    archived = Ikm.objects.archived()
    assert gone in archived
    assert never not in archived
    assert shown not in archived
    assert gone.was_ever_public
    assert not never.was_ever_public
