"""Signing in: the password, then the code where there is a second step."""

from typing import TYPE_CHECKING, Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from semarang_ikm.accounts.forms import CodeForm, OwnPasswordForm, SignInForm
from semarang_ikm.accounts.second_factor import RECOVERY_DIGITS, check, codes_left, device_of
from semarang_ikm.accounts.sessions import ask_for_code, asked_for_code, begin

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


class SignInView(LoginView):
    """The right password opens the desk, or the page that asks for the code."""

    authentication_form = SignInForm
    template_name = "admin/login.html"

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def form_valid(self, form: Any) -> HttpResponse:
        user, shared = form.get_user(), bool(form.cleaned_data.get("shared"))
        leads_to = self.get_success_url()
        if device_of(user) is None:
            begin(self.request, user, shared=shared)
            return HttpResponseRedirect(leads_to)
        ask_for_code(self.request, user, shared=shared, leads_to=leads_to)
        return HttpResponseRedirect(reverse("admin:sign_in_code"))


class OwnPasswordView(PasswordChangeView):
    form_class = OwnPasswordForm
    template_name = "admin/own_password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}


def code_page(site: "AdminSite", request: HttpRequest) -> HttpResponse:
    """The second step. Who comes without the first, or too late, begins again."""
    asked = asked_for_code(request)
    if asked is None:
        return HttpResponseRedirect(reverse("admin:login"))
    user, step = asked
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _opens(request, user, step, form):
        return HttpResponseRedirect(step["leads_to"])
    context = {**site.each_context(request), "title": _("Verifikasi dua langkah"), "form": form, "account": user}
    response = TemplateResponse(request, "admin/sign_in_code.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _opens(request: Any, user: User, step: dict[str, Any], form: CodeForm) -> bool:
    """Look at the code; sign in when it is right, else say why not. Wrong ones count as wrong passwords do."""
    who = {"username": user.get_username()}
    if not AxesProxyHandler.is_allowed(request, who):
        # Its middleware then answers as at the password.
        request.axes_locked_out = True
        return False
    answer = check(user=user, code=form.cleaned_data["code"])
    if answer.device is not None:
        begin(request, user, shared=step["shared"], device=answer.device)
        if len(form.cleaned_data["code"]) == RECOVERY_DIGITS:
            left = codes_left(user)
            told = ngettext(
                "Anda masuk dengan kode cadangan; tersisa %(n)s. Telepon hilang? Pasang yang baru di Akun saya.",
                "Anda masuk dengan kode cadangan; tersisa %(n)s. Telepon hilang? Pasang yang baru di Akun saya.",
                left,
            )
            messages.warning(request, told % {"n": left})
        return True
    if answer.wait_until is not None:
        at = localtime(answer.wait_until).strftime("%H.%M.%S")
        form.add_error("code", _("Kode salah beberapa kali. Coba lagi sesudah pukul %(at)s.") % {"at": at})
        return False
    user_login_failed.send(sender=__name__, credentials=who, request=request)
    form.add_error(
        "code", _("Kode ini tidak cocok atau sudah terpakai. Tunggu kode berikutnya di telepon, lalu ketik yang itu.")
    )
    return False
