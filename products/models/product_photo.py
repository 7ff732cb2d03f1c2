from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.product import Product
from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.tracing import Traced


class ProductPhoto(Photo):
    """A picture of a product; the first by position stands on cards and in print."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")

    history = Traced(of=("product",))

    class Meta(Photo.Meta):
        verbose_name = _("foto produk")
        verbose_name_plural = _("foto produk")
