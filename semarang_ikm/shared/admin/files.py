"""Upload fields that read the content, and the door through which staff download what is private."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse

from semarang_ikm.shared.admin.personal import sees_personal_data
from semarang_ikm.shared.evidence import CONTENT_TYPES, check_evidence
from semarang_ikm.shared.images import prepare


class PhotoField(forms.ImageField):
    """Accepts what semarang_ikm.shared.images accepts, and hands on the prepared master."""

    # The content decides, not the ending of the name.
    default_validators: list = []

    def to_python(self, data: File | None) -> ContentFile | None:
        return None if data in self.empty_values else prepare(data)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": "image/jpeg,image/png,image/webp"}


class EvidenceField(forms.FileField):
    """Accepts PDF, JPEG and PNG by content."""

    def to_python(self, data: File | None) -> ContentFile | None:
        return None if data in self.empty_values else check_evidence(data)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": "application/pdf,image/jpeg,image/png"}


class _Download:
    """A private file as the widget shows it: a plain name that leads to the staff's download."""

    def __init__(self, stored: FieldFile) -> None:
        self.name = PurePosixPath(stored.name).name
        self.url = private_file_url(stored)

    def __str__(self) -> str:
        return self.name


class PrivateFileInput(AdminFileWidget):
    """For files without a public address: links to the download that checks the permission."""

    def is_initial(self, value: Any) -> bool:
        return isinstance(value, FieldFile | _Download) and bool(value.name)

    def format_value(self, value: Any) -> _Download | None:
        return _Download(value) if self.is_initial(value) else None


def private_file_url(stored: FieldFile) -> str:
    record = stored.instance
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{stored.field.name}", args=[record.pk])


class PrivateFileAdmin:
    """For a ModelAdmin: adds a download address for each file field in the private store.

    Only an officer who may see the row gets the file, as an attachment that no browser runs.
    """

    def get_urls(self) -> list[URLPattern]:
        meta = self.model._meta
        own = [
            path(
                f"<int:pk>/{field.name}/",
                self.admin_site.admin_view(self.download),
                {"field": field.name},
                name=f"{meta.app_label}_{meta.model_name}_{field.name}",
            )
            for field in meta.concrete_fields
            if isinstance(field, models.FileField) and not isinstance(field, models.ImageField)
        ]
        return own + super().get_urls()

    def may_open(self, request: HttpRequest, record: models.Model) -> bool:
        """Scans carry names and signatures."""
        return sees_personal_data(request)

    def download(self, request: HttpRequest, pk: int, field: str) -> FileResponse:
        record = self.get_object(request, str(pk))
        stored = getattr(record, field, None)
        if not stored or not self.has_view_permission(request, record):
            raise Http404
        if not self.may_open(request, record):
            raise PermissionDenied
        try:
            content = stored.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        ending = PurePosixPath(stored.name).suffix
        response = FileResponse(
            content,
            as_attachment=True,
            filename=f"{record._meta.model_name}-{pk}{ending}",
            content_type=CONTENT_TYPES.get(ending, "application/octet-stream"),
        )
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response
