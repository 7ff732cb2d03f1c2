from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = _("Produk dan sertifikat")
    # Models that no public page reads: writing them leaves every kept page as it is (sentra.triggers).
    behind_the_counter: frozenset[str] = frozenset({"CertificationStep"})

    def ready(self) -> None:
        # Imported for what they register: how search texts follow makers, what is held of persons, what publishing needs.
        from products import indexing, personal_data, rule_guard  # noqa: F401 - for what it registers
        from products.actions import publishing, purging, saving  # noqa: F401 - for what it registers

        post_migrate.connect(rule_guard.after_migrate, sender=self)
