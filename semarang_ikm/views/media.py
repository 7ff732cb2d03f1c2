"""Photos for everybody. Only names that semarang_ikm.shared.photos gives can be asked for."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.urls import register_converter
from django.views.decorators.http import require_safe

CONTENT_TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}


class PhotoName:
    """`foto/ab/abcdef….jpg` and its copies: no other path of the file store has an address."""

    regex = r"foto/[0-9a-f]{2}/[0-9a-f]{24}(?:-[0-9]{3})?\.(?:jpg|webp)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PhotoName, "photo_name")


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """The photo. A browser may keep it for a day; a shared cache may not: consent to a portrait can be withdrawn."""
    try:
        stored = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(stored, content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    response.headers["Cache-Control"] = "private, max-age=86400"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Already compressed: keeps the gzip layer from trying again.
    response.headers["Content-Encoding"] = "identity"
    return response
