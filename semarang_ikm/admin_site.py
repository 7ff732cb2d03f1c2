"""The officers' site: its name, and what is used daily first."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# Apps and, within them, models in the order of the work; whatever is not named follows by name.
ORDER = ["sentra", "products", "promotions", "auth", "axes"]
DAILY = [
    "DataReport",
    "Review",
    "Sentra",
    "Ikm",
    "Contact",
    "Consent",
    "Product",
    "Certification",
    "PackagingSupport",
    "Promotion",
]


class SentraAdminSite(AdminSite):
    site_header = _("Sentra Semarang")
    site_title = _("Sentra Semarang")
    index_title = _("Meja kerja petugas")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _rank(DAILY, model["object_name"]))
        return sorted(apps, key=lambda app: _rank(ORDER, app["app_label"]))


def _rank(order: list[str], name: str) -> int:
    """Sorting is stable, so what is not named keeps the order by name."""
    return order.index(name) if name in order else len(order)


class SentraAdminConfig(AdminConfig):
    default_site = "semarang_ikm.admin_site.SentraAdminSite"

    def ready(self) -> None:
        super().ready()
        # The queue of long work in its library's English, with tracebacks: officers see the records it works for.
        from django.contrib import admin
        from django_tasks_db.models import DBTaskResult

        admin.site.unregister(DBTaskResult)
