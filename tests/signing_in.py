"""An officer's telephone, and the two steps of signing in, as tests take them."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from semarang_ikm.accounts import second_factor
from tests import officers

PASSWORD = "kunci-pintu-depan-7"
CODE_PAGE = "admin:sign_in_code"


def officer(*roles: str, **fields: Any) -> User:
    """An account whose password is PASSWORD."""
    user = officers.officer(*roles, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def code_of(device: TOTPDevice, *, steps: int = 0) -> str:
    """What the telephone shows now, or so many steps of 30 seconds later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = totp.time + 30 * steps
    return f"{totp.token():06d}"


def with_telephone(user: User) -> list[str]:
    """Set up the second step; the recovery codes. The telephone's code of the next half minute still opens."""
    offered = second_factor.offer(user)
    codes = second_factor.set_up(user=user, offered=offered, code=code_of(offered.device, steps=-1))
    assert codes is not None
    return codes


def next_code(user: User) -> str:
    """A code that has not been used yet, at most 30 seconds early."""
    device = TOTPDevice.objects.get(user=user)
    return code_of(device, steps=max(device.last_t + 1 - TOTP(device.bin_key).t(), 0))


def first_step(user: User, password: str = PASSWORD, **more: str) -> tuple[Client, HttpResponse]:
    client = Client()
    client.user = user
    return client, client.post(reverse("admin:login"), {"username": user.get_username(), "password": password, **more})


def second_step(client: Client, code: str) -> HttpResponse:
    return client.post(reverse(CODE_PAGE), {"code": code})


def signed_in(user: User) -> Client:
    """Through one step or both, as the account needs."""
    client, answer = first_step(user)
    if answer.url == reverse(CODE_PAGE):
        answer = second_step(client, next_code(user))
    assert answer.status_code == 302, answer.content.decode()
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:own_account")).status_code == 200


def codes_shown(answer: HttpResponse) -> list[str]:
    found = re.findall(r"<li><code>([\d ]+)</code></li>", answer.content.decode())
    return [code.replace(" ", "") for code in found]
