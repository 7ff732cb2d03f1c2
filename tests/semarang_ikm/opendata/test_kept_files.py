"""Files that did not change are not made again, and none is held in memory."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests import factories
from tests.wsgi_asking import Site


@pytest.mark.django_db(transaction=True)
def test_a_file_that_did_not_change_is_not_made_again() -> None:
    product = factories.product("Kerupuk", published=True)
    site = Site(WSGIHandler())
    first = site.ask("/data/produk.json")
    same = site.ask("/data/produk.json", if_none_match=first.headers["etag"])
    other = site.ask("/data/produk.json?q=kerupuk", if_none_match=first.headers["etag"])
    product.delete()
    later = site.ask("/data/produk.json", if_none_match=first.headers["etag"])

    assert (first.status, same.status, same.body) == (200, 304, b"")
    assert (other.status, later.status) == (200, 200)
    assert b"Kerupuk" not in later.body


@pytest.mark.django_db(transaction=True)
def test_a_file_is_never_kept_in_memory() -> None:
    factories.product("Kerupuk", published=True)
    site = Site(WSGIHandler())
    site.ask("/data/produk.csv")
    site.ask("/data/produk.csv")

    assert (site.made, site.cache.store.bytes) == (2, 0)
