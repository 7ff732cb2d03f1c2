"""The second step of signing in: a code of the officer's own telephone, or a recovery code (ADR 31).

The telephone's secret stands in the database, because its codes cannot be computed without it; recovery codes stand there
as fingerprints. Neither goes into the trail, a log or an export. Whoever has no device has no second step.
"""

import secrets
import string
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from semarang_ikm.roles import ROLES
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.visitors import keyed_mark

# Digits only, so that a telephone's number pad types both kinds; their length tells them apart.
CODE_DIGITS, RECOVERY_DIGITS = 6, 12
RECOVERY_CODES = 10
# How long a set-up page may lie open.
TICKET_SECONDS = 3600
# Of the fingerprint of a recovery code, as many as the library's column holds.
_MARK_LENGTH = 16
_SALT = "second-factor"


# -- who must have it -------------------------------------------------------------------------------------------------


def required_roles(setting: str) -> frozenset[str] | None:
    """For whom SECOND_FACTOR asks: names of roles, none for nobody; None for everybody.

    Raises ImproperlyConfigured: a mistyped setting must not open a door.
    """
    mode, named, names = setting.partition(":")
    roles = frozenset(name.strip() for name in names.split(",") if name.strip())
    known = [role.name for role in ROLES]
    if mode in ("optional", "required") and not named:
        return None if mode == "required" else frozenset()
    if mode == "required-for" and roles and roles <= set(known):
        return roles
    raise ImproperlyConfigured(
        f"SECOND_FACTOR={setting} is not understood. Use optional, required, or required-for: with names of roles "
        f"separated by commas ({', '.join(known)})."
    )


def is_required(user: User) -> bool:
    """Superusers may do whatever any role may, so they are meant as soon as one role is."""
    roles = required_roles(settings.SECOND_FACTOR)
    if not roles:
        return roles is None
    return user.is_superuser or user.groups.filter(name__in=roles).exists()


# -- setting it up ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """A secret that an officer is about to scan. It is stored nowhere before a code proves that the telephone has it."""

    device: TOTPDevice
    # The same, signed for this officer: what the page sends back.
    ticket: str

    @property
    def address(self) -> str:
        """What the QR code says, and what opens the app on the telephone itself."""
        return str(self.device.config_url)

    @property
    def secret(self) -> str:
        """To be typed, in groups of four."""
        text = b32encode(self.device.bin_key).decode()
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def offer(user: User, ticket: str = "") -> Offer:
    """A new secret, or the one of a ticket. Raises signing.BadSignature when it is another's, changed, or too old."""
    ticket = ticket or signing.dumps([user.pk, random_hex(20)], salt=_SALT)
    owner, key = signing.loads(ticket, salt=_SALT, max_age=TICKET_SECONDS)
    if owner != user.pk:
        raise signing.BadSignature
    return Offer(TOTPDevice(user=user, key=key, name=_("telepon")), ticket)


@transaction.atomic
def set_up(*, user: User, offered: Offer, code: str) -> list[str] | None:
    """Store the telephone in place of any before it; the new recovery codes. None: not its code, or stored already."""
    User.objects.select_for_update().get(pk=user.pk)
    device = offered.device
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    if not code.isdecimal() or not totp.verify(int(code), device.tolerance):
        return None
    if TOTPDevice.objects.filter(user=user, key=device.key).exists():
        return None
    _delete_devices(user)
    # The code that proved it opens nothing more.
    device.last_t, device.drift = totp.t(), totp.drift
    device.save()
    note(record=user, by=user, message=_("Verifikasi dua langkah dipasang"))
    return _new_codes(user)


@transaction.atomic
def renew_codes(*, user: User) -> list[str]:
    """Ten new recovery codes; those before them open nothing more."""
    StaticDevice.objects.filter(user=user).delete()
    note(record=user, by=user, message=_("Kode cadangan dibuat baru"))
    return _new_codes(user)


@transaction.atomic
def remove(*, user: User, by: User | None) -> bool:
    """Take the telephone and the recovery codes away; sessions that they opened end. Whether there were any."""
    if not _delete_devices(user):
        return False
    note(record=user, by=by, message=_("Verifikasi dua langkah dilepas"))
    return True


def _delete_devices(user: User) -> bool:
    gone = [model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)]
    return any(gone)


def _new_codes(user: User) -> list[str]:
    device = StaticDevice.objects.create(user=user, name=_("kode cadangan"))
    codes = [
        "".join(secrets.choice(string.digits) for _digit in range(RECOVERY_DIGITS)) for _code in range(RECOVERY_CODES)
    ]
    for code in codes:
        device.token_set.create(token=_mark(user, code))
    return codes


def _mark(user: User, code: str) -> str:
    return keyed_mark("recovery code", str(user.pk), code)[:_MARK_LENGTH]


# -- asking for it ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What became of a code: the device that knows it, or none, and until when no other is looked at."""

    device: Device | None = None
    wait_until: datetime | None = None


def digits_of(typed: str) -> str:
    """A code as people copy it, in groups, without the marks between them; "" when it is no code."""
    digits = "".join(typed.replace("-", " ").split())
    known = len(digits) in (CODE_DIGITS, RECOVERY_DIGITS) and digits.isascii() and digits.isdecimal()
    return digits if known else ""


@transaction.atomic
def check(*, user: User, code: str) -> Answer:
    """Each code opens once. A wrong one makes the next wait: 1, 2, 4 … seconds, for each kind of code on its own."""
    model: Any = StaticDevice if len(code) == RECOVERY_DIGITS else TOTPDevice
    device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
    if device is None:
        return Answer()
    allowed, refusal = device.verify_is_allowed()
    if not allowed:
        return Answer(wait_until=refusal["locked_until"])
    return Answer(device if device.verify_token(_mark(user, code) if model is StaticDevice else code) else None)


@transaction.atomic
def forget_wrong_codes(*, user: User) -> None:
    for model in (TOTPDevice, StaticDevice):
        for device in model.objects.select_for_update().filter(user=user, throttling_failure_count__gt=0):
            device.throttle_reset()


# -- what there is ----------------------------------------------------------------------------------------------------


def device_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def waits_until(user: User) -> datetime | None:
    """Until when wrong codes keep this officer out; None when they do not."""
    device: Any = device_of(user)
    if device is None:
        return None
    allowed, refusal = device.verify_is_allowed()
    return None if allowed else refusal["locked_until"]


def codes_left(user: User) -> int:
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))
