"""What every answer carries, errors included; and that visitors get no cookie."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.semarang_ikm import pages

pytestmark = pytest.mark.django_db

UNSAFE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/ld\+json")|\sstyle=|\son[a-z]+=|<style|javascript:"""
)


def check_policy(answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    for directive in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_every_public_page_is_guarded_and_sets_no_cookie(client: Client) -> None:
    for name, address in pages.build().items():
        answer = client.get(address)

        assert answer.status_code == 200, name
        check_policy(answer)
        assert not answer.cookies, name
        assert "Cookie" not in answer.headers.get("Vary", ""), name


def test_no_public_page_needs_what_the_policy_forbids(client: Client) -> None:
    for name, address in pages.build().items():
        assert not (found := UNSAFE.search(client.get(address).content.decode())), (name, found and found.group())


def test_errors_are_guarded_too(client: Client, settings) -> None:
    gone = factories.ikm("Sari Rasa", published=True)
    slug = gone.slug
    gone.delete()
    answers = {
        400: client.get("/", HTTP_HOST="evil.example"),
        404: client.get("/tidak-ada/"),
        405: client.post("/produk/"),
        410: client.get(f"/usaha/{slug}/"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        check_policy(answer)
        assert not answer.cookies


def test_an_error_of_the_server_is_guarded_and_tells_nothing(monkeypatch) -> None:
    from semarang_ikm.shared.listing import Catalog

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("rahasia di dalam galat")

    monkeypatch.setattr(Catalog, "narrow", fail)
    answer = Client(raise_request_exception=False).get("/produk/")

    assert answer.status_code == 500
    check_policy(answer)
    assert b"rahasia" not in answer.content
    assert b"<main" in answer.content


def test_a_refusal_at_the_door_is_plain_text_without_a_page(client: Client) -> None:
    answer = client.get("/", QUERY_STRING="q=%00")

    assert answer.status_code == 400
    assert "html" not in answer.headers["Content-Type"]


def test_the_officers_door_is_guarded(client: Client) -> None:
    answer = client.get("/admin/login/")

    assert answer.status_code == 200
    check_policy(answer)


def test_health_needs_no_cookie_and_no_language(client: Client) -> None:
    assert not client.get("/healthz").cookies
