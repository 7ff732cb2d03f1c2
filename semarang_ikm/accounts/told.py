"""The trail tells who gave whom which rights; it never puts them back, which would be a way around who may give them."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from semarang_ikm.shared.tracing import Traced, trace

RIGHTS = ("is_staff", "is_active", "is_superuser", "groups", "user_permissions")
PERSON = ("username", "first_name", "last_name", "email", "date_joined")


def tell_of_accounts() -> None:
    trace(User, Traced(leave=("password", "last_login"), by_actions=(*RIGHTS, *PERSON)))
    # That a telephone came or went, and nothing of it.
    kept_back = [field.name for field in TOTPDevice._meta.concrete_fields if field.name not in ("id", "user")]
    trace(
        TOTPDevice,
        Traced(of=("user",), leave=tuple(kept_back), by_actions=("user",), called=_("verifikasi dua langkah")),
    )
