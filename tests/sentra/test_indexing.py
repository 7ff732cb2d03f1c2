"""Search texts follow what they are made of."""

import pytest

from semarang_ikm.shared.publishing import archive, publish
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_business_is_found_by_its_sentra_only_while_that_is_public() -> None:
    sentra = factories.sentra(name="Kampung Rahasia", published=True)
    ikm = factories.ikm(sentra=sentra, published=True)
    product = factories.product(ikm=ikm, published=True)

    archive(record=sentra, by=None)
    ikm.refresh_from_db()
    product.refresh_from_db()
    assert "rahasia" not in ikm.search_text
    assert "rahasia" not in product.search_text


def test_a_published_sentra_lends_its_name_to_what_belongs_to_it() -> None:
    sentra = factories.sentra(name="Kampung Terang")
    factories.location(sentra=sentra)
    sentra.product_types.add(factories.product_type())
    ikm = factories.ikm(sentra=sentra, published=True)
    product = factories.product(ikm=ikm, published=True)

    publish(record=sentra, by=None)
    ikm.refresh_from_db()
    product.refresh_from_db()
    assert "terang" in ikm.search_text
    assert "terang" in product.search_text
