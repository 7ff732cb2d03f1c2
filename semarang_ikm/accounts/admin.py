"""The accounts page: who holds which role, one-time passwords, leavers, locks. Accounts are never deleted."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from semarang_ikm.accounts import managing, second_factor
from semarang_ikm.accounts.forms import AccountForm
from semarang_ikm.accounts.words import areas_told, roles_of
from semarang_ikm.recording import WHY
from semarang_ikm.shared.admin.together import ChangedTogether
from semarang_ikm.shared.admin.trail import WithTrail
from semarang_ikm.shared.journal import note
from sentra.models import Officer

# Step in the address: its button and the question before it.
STEPS: dict[str, tuple[Any, Any]] = {
    "kata-sandi": (
        _("Buat kata sandi sekali pakai"),
        _("Kata sandi lama tidak berlaku lagi dan orang ini keluar dari semua perangkat. Yang baru tampil sekali."),
    ),
    "nonaktifkan": (
        _("Nonaktifkan"),
        _(
            "Orang ini langsung keluar dan tidak dapat masuk lagi; verifikasi dua langkahnya dilepas. Namanya tetap pada "
            "semua yang pernah ia kerjakan."
        ),
    ),
    "aktifkan": (
        _("Aktifkan lagi"),
        _("Orang ini dapat masuk lagi dengan perannya yang lama. Buatkan juga kata sandi baru."),
    ),
    "buka-kunci": (
        _("Buka kunci"),
        _("Kata sandi dan kode yang salah dilupakan, dan orang ini dapat mencoba lagi sekarang."),
    ),
    "lepas-verifikasi": (
        _("Lepas verifikasi dua langkah"),
        _(
            "Untuk orang yang kehilangan telepon dan kode cadangannya. Pastikan dahulu bahwa benar dia yang meminta: "
            "sesudah ini kata sandi saja cukup untuk masuk, sampai telepon lain dipasang. Ia keluar dari semua perangkat."
        ),
    ),
}
# The steps that want a reason, which stays in the trail.
REASONED = {"lepas-verifikasi"}


class AccountAdmin(ChangedTogether, WithTrail, admin.ModelAdmin):
    form = AccountForm
    # Rights are one decision: what another manager gave or took is looked at before anything else is stored.
    merges = False
    change_form_template = "admin/account_change.html"
    change_list_template = "admin/account_list.html"
    list_display = ("username", "full_name", "roles", "areas", "second_factor", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "first_name", "last_name")
    ordering = ("username",)
    actions = None
    list_per_page = 50

    # -- who may ------------------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or managing.may_manage(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """What somebody signed keeps the name of who did."""
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """By what the list offers: a typed address would ask for a password's hash letter by letter."""
        return lookup.split("__")[0] in self.list_filter and super().lookup_allowed(lookup, value, request)

    # -- the page -----------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        officers = Prefetch("officer", Officer.objects.prefetch_related("kecamatan"))
        device = Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True))
        return super().get_queryset(request).prefetch_related("groups", officers).annotate(has_second_factor=device)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        reads_only = obj is not None and not self.has_change_permission(request, obj)
        rights = ("roles_told", "areas") if reads_only else ("roles", "kecamatan")
        more = ("is_superuser",) if request.user.is_superuser else ()
        sets: list[tuple[Any, dict[str, Any]]] = [
            (None, {"fields": ("username", ("first_name", "last_name"), "email")}),
            (_("Hak"), {"fields": (*rights, *more)}),
        ]
        return (
            [*sets, (_("Keadaan"), {"fields": (("state", "second_factor"), ("last_login", "date_joined"))})]
            if obj
            else sets
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return ("roles_told", "areas", "state", "second_factor", "last_login", "date_joined")

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> type:
        # Roles and kecamatan are no columns of the account; whoever only reads is shown them as words.
        kwargs["fields"] = ["username", "first_name", "last_name", "email"]
        if request.user.is_superuser:
            kwargs["fields"].append("is_superuser")
        form = super().get_form(request, obj, change, **kwargs)
        form.by, form.request = request.user, request
        return form

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        obj.is_staff = True
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        given = form.cleaned_data
        form.instance.groups.set(given["roles"])
        officer, _created = Officer.objects.get_or_create(user=form.instance)
        officer.kecamatan.set(given["kecamatan"])
        if {"roles", "kecamatan"} & set(form.changed_data):
            roles = ", ".join(group.name for group in given["roles"]) or "–"
            where = ", ".join(area.name for area in given["kecamatan"]) or str(_("seluruh kota"))
            note(record=form.instance, by=request.user, message=f"{_('Peran')}: {roles}; {where}")

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """A new account has no password yet: the next page makes one."""
        return HttpResponseRedirect(reverse("admin:auth_user_step", args=[obj.pk, "kata-sandi"]))

    # -- steps --------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("terkunci/", guarded(self.locked), name="auth_user_locked"),
            path("<int:pk>/langkah/<slug:name>/", guarded(self.step), name="auth_user_step"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        user = self.get_object(request, object_id)
        more: dict[str, Any] = {}
        if user is not None and self.has_change_permission(request, user):
            names = ["kata-sandi", "nonaktifkan"] if user.is_active else ["aktifkan"]
            lock = managing.locked_names().get(user.get_username())
            waits = second_factor.waits_until(user)
            names += ["buka-kunci"] if lock or waits else []
            names += ["lepas-verifikasi"] if second_factor.device_of(user) else []
            links = [(STEPS[name][0], reverse("admin:auth_user_step", args=[user.pk, name])) for name in names]
            more = {"steps": links, "lock": lock}
        kwargs["extra_context"] = {**(kwargs.get("extra_context") or {}), **more}
        return super().change_view(request, object_id, *args, **kwargs)

    def step(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """GET asks, POST does it; a one-time password is shown by the answer itself, and nowhere else."""
        user = self.get_object(request, str(pk))
        if user is None or name not in STEPS:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        password, reason = "", request.POST.get(WHY, "").strip()
        lacks_reason = request.method == "POST" and name in REASONED and not reason
        if request.method == "POST" and not lacks_reason:
            try:
                password = self._carry_out(user, name, request.user)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            if not password:
                return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        title, question = STEPS[name]
        context = {"title": title, "question": question, "account": user, "password": password}
        context |= {"asks_reason": name in REASONED, "lacks_reason": lacks_reason, "days": managing.ONE_TIME_DAYS}
        return self._page(request, "admin/account_step.html", context)

    @staticmethod
    def _carry_out(user: User, name: str, by: User) -> str:
        if name == "kata-sandi":
            return managing.lend_password(user=user, by=by)
        if name == "buka-kunci":
            managing.unlock(user=user, by=by)
        elif name == "lepas-verifikasi":
            managing.remove_second_factor(user=user, by=by)
        else:
            managing.set_active(user=user, active=name == "aktifkan", by=by)
        return ""

    def locked(self, request: HttpRequest) -> HttpResponse:
        """Who cannot sign in at the moment, each with a button."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        locks = managing.locked_names()
        known = {user.get_username(): user for user in self.get_queryset(request).filter(username__in=locks)}
        lines = [(user, locks[name], self.has_change_permission(request, user)) for name, user in sorted(known.items())]
        context = {"title": _("Masuk yang ditahan"), "lines": lines, "unknown": len(locks) - len(known)}
        return self._page(request, "admin/account_locked.html", context)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        response = TemplateResponse(request, template, {**shared, **context})
        response.headers["Cache-Control"] = "private, no-store"
        return response

    # -- what is shown ------------------------------------------------------------------------------------------------

    @admin.display(description=_("nama"), ordering="first_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name() or "–"

    @admin.display(description=_("peran"))
    def roles(self, user: User) -> str:
        return roles_of(user)

    @admin.display(description=_("peran"))
    def roles_told(self, user: User) -> str:
        return roles_of(user)

    @admin.display(description=_("keadaan"))
    def state(self, user: User) -> str:
        return str(_("aktif") if user.is_active else _("dinonaktifkan"))

    @admin.display(description=_("dua langkah"), boolean=True, ordering="has_second_factor")
    def second_factor(self, user: Any) -> bool:
        return bool(user.has_second_factor)

    @admin.display(description=_("wilayah"))
    def areas(self, user: User) -> str:
        return areas_told(user)
