"""A form for a new record is stored once, however often it is sent (double click, back and again, two processes).

The app that has tables registers the memory of what was stored (sentra.admin.once).
"""

import secrets
from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

# The name of the hidden field.
KEY = "kunci_sekali"
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
    """For a ModelAdmin: every form for a new record carries a key."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        def go_on() -> HttpResponse:
            return super(StoredOnce, self).changeform_view(request, object_id, form_url, context)

        context = extra_context
        if object_id is not None:
            return go_on()
        key = _typed_key(request)
        context = {"once": {"name": KEY, "value": key or secrets.token_urlsafe(24)}, **(extra_context or {})}
        return self._stored_once(request, key, go_on) if key else go_on()

    @transaction.atomic
    def _stored_once(self, request: HttpRequest, key: str, go_on: Callable[[], HttpResponse]) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        memory = _memory[0]
        if not memory.claim(key, self.model):
            return self._lead_to(request, memory.recall(key, self.model))
        response = go_on()
        if (record := getattr(request, _STORED, None)) is not None:
            memory.keep(key, record)
        else:
            memory.release(key)
        return response

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        setattr(request, _STORED, obj)
        return super().log_addition(request, obj, message)

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


def _typed_key(request: HttpRequest) -> str:
    """The key that came with a sent form; "" when none did, or what came cannot be one."""
    key = request.POST.get(KEY, "")
    return key if len(key) <= 40 and key.replace("-", "").replace("_", "").isalnum() and key.isascii() else ""
