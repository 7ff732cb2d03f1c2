from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


class Told:
    """A refusal inside becomes a message on the next page."""

    def __init__(self, page: admin.ModelAdmin, request: HttpRequest) -> None:
        self.page, self.request = page, request

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, refusal: BaseException | None, _trace: Any) -> bool:
        if not isinstance(refusal, ValidationError):
            return False
        self.page.message_user(self.request, " ".join(refusal.messages), messages.ERROR)
        return True
