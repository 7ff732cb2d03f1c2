"""What an account manager does to other people's accounts, and to whose."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from semarang_ikm.accounts import second_factor
from semarang_ikm.shared.journal import note
from sentra.models import Officer

# How long a one-time password opens the door.
ONE_TIME_DAYS = 3
# Without what looks alike when read out or written down.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def areas_of(user: User) -> frozenset[int]:
    """The kecamatan in which an officer works; empty: the whole city."""
    officer = Officer.objects.filter(user=user).first()
    return frozenset(officer.kecamatan.values_list("pk", flat=True)) if officer else frozenset()


def may_manage(by: User, user: User) -> bool:
    """Whoever manages accounts does so for people with no more rights than their own, and never for themselves.

    A one-time password for somebody else opens all that this person may do, so it is the same as having those rights.
    """
    if by.pk == user.pk or not by.has_perm("auth.change_user"):
        return False
    if by.is_superuser:
        return True
    within = not areas_of(by) or (areas_of(user) and areas_of(user) <= areas_of(by))
    return not user.is_superuser and bool(within) and _rights(user) <= by.get_all_permissions()


def givable(by: User) -> list[int]:
    """The roles (groups, by key) that this account manager may give: those whose every right is his own."""
    own = by.get_all_permissions()
    groups = Group.objects.prefetch_related("permissions__content_type")
    return [group.pk for group in groups if _named(group.permissions.all()) <= own]


def _rights(user: User) -> set[str]:
    """What the account may do, also while it is deactivated."""
    given = Permission.objects.filter(Q(group__user=user) | Q(user=user)).select_related("content_type")
    return _named(given)


def _named(permissions: Iterable[Permission]) -> set[str]:
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def _refuse_strangers(by: User, user: User) -> None:
    if not may_manage(by, user):
        raise ValidationError(_("Akun ini punya hak yang tidak Anda punya, atau akun Anda sendiri."))


@transaction.atomic
def lend_password(*, user: User, by: User) -> str:
    """A new password that opens once within days and must then be changed; sessions end. Raises ValidationError.

    It is returned to be shown once; only its hash is stored.
    """
    _refuse_strangers(by, user)
    password = "-".join("".join(secrets.choice(ALPHABET) for _letter in range(4)) for _group in range(3))
    user.set_password(password)
    user.save(update_fields=["password"])
    officer, _created = Officer.objects.get_or_create(user=user)
    officer.one_time_until = timezone.now() + timedelta(days=ONE_TIME_DAYS)
    officer.save()
    reset(username=user.get_username())
    second_factor.forget_wrong_codes(user=user)
    note(record=user, by=by, message=_("Kata sandi sekali pakai dibuat"))
    return password


@transaction.atomic
def set_active(*, user: User, active: bool, by: User) -> None:
    """Close the account of who has left (open sessions end at once), or open it again. Raises ValidationError.

    The leaver's telephone opens nothing more; who comes back sets one up anew.
    """
    _refuse_strangers(by, user)
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        note(record=user, by=by, message=_("Akun diaktifkan") if active else _("Akun dinonaktifkan"))
        if not active:
            second_factor.remove(user=user, by=by)


@transaction.atomic
def unlock(*, user: User, by: User) -> int:
    """Forget the wrong passwords and codes of an account; how many addresses they came from. Raises ValidationError."""
    _refuse_strangers(by, user)
    second_factor.forget_wrong_codes(user=user)
    count = reset(username=user.get_username())
    if count:
        note(record=user, by=by, message=_("Kunci masuk dibuka"))
    return count


@transaction.atomic
def remove_second_factor(*, user: User, by: User) -> bool:
    """For somebody who lost the telephone and the recovery codes; whether there were any. Raises ValidationError."""
    _refuse_strangers(by, user)
    return second_factor.remove(user=user, by=by)


def locked_names() -> dict[str, dict]:
    """The names that cannot sign in now from some address, with the time of the last try and of opening."""
    cooloff = timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = (
        AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - cooloff)
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("last")
    )
    return {row["username"]: {"last": row["last"], "opens": row["last"] + cooloff} for row in tries}


@transaction.atomic
def has_changed_password(*, user: User) -> None:
    """The lent password was replaced by the officer's own."""
    officer = Officer.objects.filter(user=user, one_time_until__isnull=False).first()
    if officer is not None:
        officer.one_time_until = None
        officer.save()
