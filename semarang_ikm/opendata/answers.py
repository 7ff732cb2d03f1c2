"""How open data is answered: JSON that people can read too, and headers that allow anybody to read it."""

import hashlib
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.dataset import Dataset
from semarang_ikm.opendata.forms import Form
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.time import today
from sentra.data_version import data_version

Answer = TypeVar("Answer", bound=HttpResponseBase)
# Kept by anybody, but asked for again each time: a consent that is withdrawn acts on the next request.
CACHING = "public, no-cache"
IGNORED = "X-Ignored-Parameters"
MAX_HEADER = 1_000

_PROBLEMS = {
    404: _("Tidak ada data di alamat ini."),
    405: _("Data ini hanya dapat dibaca."),
    410: _("Data ini pernah terbit dan sudah ditarik."),
}


def as_json(content: Any, status: int = 200) -> JsonResponse:
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Cache-Control"] = CACHING
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def file_etag(request: HttpRequest, dataset: Dataset, form: Form) -> str | None:
    """Weak: two files of one day, one state of the data and one address differ in nothing but the minute they name."""
    version = data_version()
    if version is None:
        return None
    columns = ",".join(field.key for field in dataset.fields)
    parts = (version, today().isoformat(), request.build_absolute_uri(), settings.SITE_URL, columns)
    return f'W/"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]}"'


def problem(status: int) -> JsonResponse:
    message, message_en = in_both(_PROBLEMS[status])
    return as_json({"status": status, "message": message, "message_en": message_en}, status)


def allow_everybody(response: Answer) -> Answer:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = f"ETag, {IGNORED}"
    return response


def tell_ignored(response: Answer, ignored: tuple[str, ...]) -> Answer:
    """What an address asked for and nobody knows, percent-encoded."""
    if ignored:
        pairs = [part.partition("=")[::2] for part in ignored]
        response.headers[IGNORED] = urlencode(pairs)[:MAX_HEADER]
    return response
