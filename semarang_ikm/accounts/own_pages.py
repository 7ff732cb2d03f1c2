"""What officers do about their own account: read it, set up the second step of signing in, renew its recovery codes."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from semarang_ikm.accounts import second_factor
from semarang_ikm.accounts.forms import PasswordAgainForm, SetUpForm
from semarang_ikm.accounts.sessions import has_new_device
from semarang_ikm.accounts.sign_in import code_page
from semarang_ikm.accounts.words import areas_told, roles_of
from semarang_ikm.shared.qr import drawn

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


class OfficerRequest(HttpRequest):
    """Of somebody who is signed in: the admin lets nobody else through."""

    user: User


def own_urls(site: "AdminSite") -> list[URLPattern]:
    pages = OwnPages(site)

    def code(request: HttpRequest) -> HttpResponse:
        return code_page(site, request)

    own = [
        ("akun-saya/", pages.account, "own_account"),
        ("akun-saya/verifikasi/", pages.set_up, "second_factor"),
        ("akun-saya/kode-cadangan/", pages.renew_codes, "second_factor_codes"),
        ("akun-saya/lepas-verifikasi/", pages.remove, "second_factor_remove"),
    ]
    hidden = sensitive_post_parameters()
    return [
        path("login/kode/", hidden(code), name="sign_in_code"),
        *(path(address, site.admin_view(hidden(view)), name=name) for address, view, name in own),
    ]


class OwnPages:
    """The pages below "Akun saya". None of them is kept by a browser."""

    def __init__(self, site: "AdminSite") -> None:
        self.site = site

    def account(self, request: OfficerRequest) -> HttpResponse:
        context = {
            "title": _("Akun saya"),
            "roles": roles_of(request.user),
            "areas": areas_told(request.user),
            "device": second_factor.device_of(request.user),
            "codes_left": second_factor.codes_left(request.user),
            "required": second_factor.is_required(request.user),
        }
        return self._page(request, "admin/own_account.html", context)

    def set_up(self, request: OfficerRequest) -> HttpResponse:
        """GET offers a secret, POST proves that the telephone has it; the answer shows the recovery codes once."""
        before = second_factor.device_of(request.user)
        try:
            offered = second_factor.offer(request.user, request.POST.get("ticket", ""))
        except BadSignature:
            messages.warning(request, _("Halaman itu terlalu lama terbuka. Pindai kode yang baru di bawah ini."))
            return HttpResponseRedirect(reverse("admin:second_factor"))
        form = SetUpForm(request.POST or None, request=request, initial={"ticket": offered.ticket})
        if request.method == "POST" and form.is_valid():
            codes = second_factor.set_up(user=request.user, offered=offered, code=form.cleaned_data["code"])
            if codes is not None:
                has_new_device(request, offered.device)
                return self._codes(request, codes)
            form.add_error("code", _("Kode ini tidak cocok. Tunggu kode berikutnya, dan periksa jam telepon Anda."))
        context = {
            "title": _("Ganti telepon") if before else _("Pasang verifikasi dua langkah"),
            "form": form,
            "offered": offered,
            "qr": drawn(offered.address, error="m"),
            "replaces": before is not None,
            "held": before is None and second_factor.is_required(request.user),
        }
        return self._page(request, "admin/second_factor.html", context)

    def renew_codes(self, request: OfficerRequest) -> HttpResponse:
        self._need_device(request)
        form = PasswordAgainForm(request.POST or None, request=request)
        if request.method == "POST" and form.is_valid():
            return self._codes(request, second_factor.renew_codes(user=request.user))
        context = {
            "title": _("Kode cadangan baru"),
            "form": form,
            "question": _("Sepuluh kode baru tampil sekali. Yang lama tidak berlaku lagi."),
        }
        return self._page(request, "admin/password_again.html", context)

    def remove(self, request: OfficerRequest) -> HttpResponse:
        """Where the office does not ask for it. Whoever has no telephone any more goes to an account manager."""
        self._need_device(request)
        if second_factor.is_required(request.user):
            raise PermissionDenied
        form = PasswordAgainForm(request.POST or None, request=request)
        if request.method == "POST" and form.is_valid():
            second_factor.remove(user=request.user, by=request.user)
            messages.success(request, _("Verifikasi dua langkah dilepas. Masuklah lagi dengan kata sandi."))
            return HttpResponseRedirect(reverse("admin:login"))
        context = {
            "title": _("Lepas verifikasi dua langkah"),
            "form": form,
            "question": _("Sesudah ini kata sandi saja cukup untuk masuk, dan Anda keluar dari semua perangkat."),
        }
        return self._page(request, "admin/password_again.html", context)

    @staticmethod
    def _need_device(request: OfficerRequest) -> None:
        if second_factor.device_of(request.user) is None:
            raise PermissionDenied

    def _codes(self, request: OfficerRequest, codes: list[str]) -> HttpResponse:
        """The answer itself shows them; no address does."""
        context = {
            "title": _("Simpan kode cadangan Anda"),
            "codes": [[code[start : start + 4] for start in range(0, len(code), 4)] for code in codes],
        }
        return self._page(request, "admin/recovery_codes.html", context)

    def _page(self, request: OfficerRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        response = TemplateResponse(request, template, {**self.site.each_context(request), **context})
        response.headers["Cache-Control"] = "private, no-store"
        return response
