"""Sessions of officers: how one begins, with one step or two, how long it lasts, and what ends it."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp import login as remember_device
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

# Between the right password and the code.
STEP_SECONDS = 600
# Browsers that bring back their windows bring back cookies that should have gone with them.
SHARED_SECONDS = 10 * 3600
_STEP, _ENDS_AT = "second_step", "ends_at"


def ask_for_code(request: HttpRequest, user: Any, *, shared: bool, leads_to: str) -> None:
    """Remember whose password was right. Nobody is signed in: the session holds nothing else, and is a new one."""
    request.session.flush()
    request.session[_STEP] = {
        "user": user.pk,
        "backend": user.backend,
        "password": user.get_session_auth_hash(),
        "until": time.time() + STEP_SECONDS,
        "shared": shared,
        "leads_to": leads_to,
    }
    request.session.set_expiry(STEP_SECONDS)


def asked_for_code(request: HttpRequest) -> tuple[Any, dict[str, Any]] | None:
    """Who is between the two steps, and what was remembered; None when nobody is, or no more."""
    step = request.session.get(_STEP)
    if step is None or step["until"] < time.time():
        return None
    user: Any = User.objects.filter(pk=step["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(step["password"], user.get_session_auth_hash()):
        return None
    user.backend = step["backend"]
    return user, step


def begin(request: HttpRequest, user: User, *, shared: bool, device: Device | None = None) -> None:
    """Sign in, under a new session key. `shared`: the session goes with the browser's window, or with the working day."""
    request.session.pop(_STEP, None)
    login(request, user)
    request.session.set_expiry(0 if shared else None)
    if device is not None:
        remember_device(request, device)
    if shared or settings.SESSION_EXPIRE_AT_BROWSER_CLOSE:
        request.session[_ENDS_AT] = time.time() + SHARED_SECONDS


def has_new_device(request: HttpRequest, device: Device) -> None:
    """This session goes on with the device that was just set up; all others of the officer end."""
    request.session.cycle_key()
    remember_device(request, device)


def is_over(request: HttpRequest) -> bool:
    """Whether this officer has to sign in again: a shared computer's day is over, or the second step is another one now.

    Called before anything else looks at `request.user`: the library forgets which device opened a session whose device is gone.
    """
    with_device = DEVICE_ID_SESSION_KEY in request.session
    if request.session.get(_ENDS_AT, float("inf")) < time.time():
        return True
    user: Any = request.user
    if not user.is_authenticated:
        return False
    has_device = _look_up(user)
    return not user.is_verified() and (with_device or has_device)


def _look_up(user: User) -> bool:
    """Whether there is a telephone; the same question brings `user.officer`, which the gate and the scope ask for."""
    device = Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True))
    found = User.objects.select_related("officer").annotate(has_device=device).get(pk=user.pk)
    user._state.fields_cache["officer"] = getattr(found, "officer", None)
    return bool(found.has_device)
