"""Run in `manage.py shell` of a site: a row of every kind at the desk, and the pages that this opens."""

import json
import os
from pathlib import Path

from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import resolve, reverse

from sentra.history import recording
from tests.e2e.server import Site
from tests.privacy.desk import pages
from tests.semarang_ikm.test_role_matrix import MAKERS

# One's own account, which holds no rows.
OF_THE_ACCOUNT = ("own_account", "second_factor", "password_change")


def filled(site: Site, officer: str, folder: Path) -> dict[str, str]:
    """{url name: address} of the pages that open as HTML to this officer, after a row of every kind was made."""
    found = folder / "pages.json"
    site.manage("shell", "-c", "from tests.e2e import filled_desk; filled_desk.fill()", FOUND=str(found), WHO=officer)
    return json.loads(found.read_text(encoding="utf-8"))


def fill() -> None:
    with recording(kind="edit", by=None, why="uji"):
        for make in MAKERS.values():
            make()
    Path(os.environ["FOUND"]).write_text(json.dumps(_opened()), encoding="utf-8")


def _opened() -> dict[str, str]:
    setup_test_environment()
    client = Client()
    client.force_login(User.objects.get(username=os.environ["WHO"]), "django.contrib.auth.backends.ModelBackend")
    found: dict[str, str] = {}
    others: set[str] = set()
    for address in [*(reverse(f"admin:{name}") for name in OF_THE_ACCOUNT), *pages()]:
        name = resolve(address.partition("?")[0]).url_name
        if name in found or name in others:
            continue
        answer = client.get(address)
        if answer.status_code == 200:
            if answer.headers["Content-Type"].startswith("text/html"):
                found[name] = address
            else:
                others.add(name)
    return found
