"""The trail tells who gave whom which rights; it never puts them back, which would be a way around who may give them."""

from django.contrib.auth.models import User

from semarang_ikm.shared.tracing import Traced, trace

RIGHTS = ("is_staff", "is_active", "is_superuser", "groups", "user_permissions")
PERSON = ("username", "first_name", "last_name", "email", "date_joined")


def tell_of_accounts() -> None:
    trace(User, Traced(leave=("password", "last_login"), by_actions=(*RIGHTS, *PERSON)))
