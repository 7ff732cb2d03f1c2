from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Produk dan sertifikat")

    def ready(self) -> None:
        from products import indexing  # noqa: F401  registers how product search texts follow their makers
