"""The officers' site: its name, and what is used daily first."""

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

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

    @method_decorator(never_cache)
    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """One's own password. A lent one is replaced here before anything else opens."""
        from semarang_ikm.accounts.sign_in import OwnPasswordView  # asks models, as below

        officer = getattr(request.user, "officer", None)
        lent = officer is not None and officer.one_time_until is not None
        view = OwnPasswordView.as_view(
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {}), "lent": lent},
        )
        return view(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page of a list and below it keeps the list's filter."""
        from semarang_ikm.shared.admin.kept_filters import carry  # asks for the site, which is made from this module

        guarded = super().admin_view(view, cacheable)

        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return carry(request, guarded(request, *args, **kwargs))

        return update_wrapper(page, guarded)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The password; whoever has a second step is then asked for the code."""
        from semarang_ikm.accounts.sign_in import SignInView  # asks models, which are not there yet when this loads

        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        context = {
            **self.each_context(request),
            "title": _("Masuk"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            **(extra_context or {}),
        }
        return SignInView.as_view(extra_context=context)(request)

    def get_urls(self) -> list[Any]:
        from semarang_ikm.accounts.own_pages import own_urls  # ask models, as above
        from semarang_ikm.desk.pages import desk_urls

        return [*own_urls(self), *desk_urls(self), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The desk before the list of all pages."""
        from semarang_ikm.desk.tiles import buttons, tiles  # as above

        told = {"tiles": tiles(self, request), "buttons": buttons(self, request)}
        return super().index(request, {**told, **(extra_context or {})})

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
        from axes.models import AccessAttempt, AccessFailureLog, AccessLog
        from django.contrib import admin
        from django.contrib.auth.models import Group, User
        from django_otp.plugins.otp_static.models import StaticDevice
        from django_otp.plugins.otp_totp.models import TOTPDevice
        from django_tasks_db.models import DBTaskResult

        from semarang_ikm.accounts.admin import AccountAdmin

        # Roles are kept after a table, locks are opened on the page of the account, secrets are on no page.
        admin.site.unregister([DBTaskResult, Group, User, AccessAttempt, AccessFailureLog, AccessLog])
        admin.site.unregister([StaticDevice, TOTPDevice])
        admin.site.register(User, AccountAdmin)
