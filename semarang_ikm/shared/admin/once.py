"""A form is stored once, however often it is sent (double click, back and again, two processes).

The app that has tables registers the memory of what was stored (sentra.admin.once).
"""

import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

# The name of the hidden field.
KEY = "kunci_sekali"
KEY_LENGTH = 40
# What is sent along and says nothing of the record: which button was pressed, whose browser it is.
_ASIDE = {"csrfmiddlewaretoken", "_save", "_continue", "_addanother"}
_STORED = "_stored_record"


class Memory(Protocol):
    def claim(self, key: str, model: type[models.Model]) -> bool:
        """Whether the key is new. Of two at once the second waits until the first is stored, or was refused."""

    def keep(self, key: str, record: models.Model) -> None: ...

    def release(self, key: str) -> None: ...

    def recall(self, key: str, model: type[models.Model]) -> Any:
        """The key of the record that was stored with it; None: there is none of this model."""


_memory: list[Memory] = []


def register(memory: Memory) -> None:
    _memory[:] = [memory]


class StoredOnce:
    """For a ModelAdmin: every form carries a key. Of a new record the key alone counts; of a record that is there
    the key with what was typed, so that somebody who goes back and corrects is heard."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        def go_on() -> HttpResponse:
            return super(StoredOnce, self).changeform_view(request, object_id, form_url, context)

        typed = _typed_key(request)
        context = {"once": {"name": KEY, "value": typed or secrets.token_urlsafe(24)}, **(extra_context or {})}
        if not typed:
            return go_on()
        if object_id is None:
            return self._stored_once(request, typed, go_on)
        return self._changed_once(request, _key_of_content(request, typed, unquote(object_id)), go_on)

    @transaction.atomic
    def _stored_once(self, request: HttpRequest, key: str, go_on: Callable[[], HttpResponse]) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        memory = _memory[0]
        if not memory.claim(key, self.model):
            return self._lead_to(request, memory.recall(key, self.model))
        return self._remembered(request, key, go_on)

    @transaction.atomic
    def _changed_once(self, request: HttpRequest, key: str, go_on: Callable[[], HttpResponse]) -> HttpResponse:
        """The second answer is that of the first: nothing in it was lost, and nobody need hear of it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        memory = _memory[0]
        if memory.claim(key, self.model):
            return self._remembered(request, key, go_on)
        record = self.get_object(request, str(memory.recall(key, self.model)))
        if record is None or not self.has_view_or_change_permission(request, record):
            return self.response_post_save_change(request, record)
        return self.response_change(request, record)

    def _remembered(self, request: HttpRequest, key: str, go_on: Callable[[], HttpResponse]) -> HttpResponse:
        response = go_on()
        if (record := stored_by(request)) is not None:
            _memory[0].keep(key, record)
        else:
            _memory[0].release(key)
        return response

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        setattr(request, _STORED, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        setattr(request, _STORED, obj)
        return super().log_change(request, obj, message)

    def _lead_to(self, request: HttpRequest, pk: Any) -> HttpResponse:
        record = self.get_object(request, str(pk)) if pk is not None else None
        if record is None:
            text = _(
                "Isian ini sudah tersimpan sebelumnya, tetapi datanya kini tidak ada lagi atau di luar wilayah Anda."
            )
            self.message_user(request, text, messages.WARNING)
            return self.response_post_save_add(request, record)
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, record)
        text = _("Isian ini sudah tersimpan sebelumnya; tidak ada yang disimpan dua kali.")
        self.message_user(request, text, messages.SUCCESS)
        if not self.has_view_or_change_permission(request, record):
            return self.response_post_save_add(request, record)
        meta = self.opts
        return HttpResponseRedirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[pk]))


def stored_by(request: HttpRequest) -> Any:
    """The record that the form of this request stored; None: it was refused."""
    return getattr(request, _STORED, None)


def _typed_key(request: HttpRequest) -> str:
    """The key that came with a sent form; "" when none did, or what came cannot be one."""
    key = request.POST.get(KEY, "")
    fits = len(key) <= KEY_LENGTH and key.isascii()
    return key if fits and key.replace("-", "").replace("_", "").isalnum() else ""


def _key_of_content(request: HttpRequest, key: str, object_id: str) -> str:
    """One key for a form with all that was typed into it, files by what is in them."""
    digest = sha256(f"{key}\n{object_id}".encode())
    for name, values in sorted(request.POST.lists()):
        if name not in _ASIDE:
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()[:KEY_LENGTH]
