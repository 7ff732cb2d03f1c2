from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SentraConfig(AppConfig):
    name = "sentra"
    verbose_name = _("Sentra dan usaha")

    def ready(self) -> None:
        # Imported for what they register: the memory of deleted addresses, what publishing needs.
        from sentra import tombstones  # noqa: F401
        from sentra.actions import publishing  # noqa: F401
