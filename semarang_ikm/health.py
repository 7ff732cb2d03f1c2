"""Whether the process lives, and whether it can serve: for load balancers and people on call."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from products.models import Product
from sentra.models import Ikm, Sentra

MIN_FREE_BYTES = 200 * 1024 * 1024


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing, so a dead database does not restart the site."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Database, migrations, media and disk, each "ok" or a short reason; 503 when one fails."""
    checks = {name: _outcome(check) for name, check in CHECKS.items()}
    healthy = all(outcome == "ok" for outcome in checks.values())
    body = {
        "status": "ok" if healthy else "fail",
        "checks": checks,
        "data_age_days": data_age_days() if checks["database"] == "ok" and checks["migrations"] == "ok" else None,
    }
    return JsonResponse(body, status=200 if healthy else 503)


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # a check must report, never crash the report
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} pending" if pending else "ok"


def _media() -> str:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=root):
        return "ok"


def _disk() -> str:
    free = shutil.disk_usage(Path(settings.MEDIA_ROOT)).free
    return "ok" if free >= MIN_FREE_BYTES else "less than 200 MB free"


CHECKS = {"database": _database, "migrations": _migrations, "media": _media, "disk": _disk}


def data_age_days() -> int | None:
    """Days since a public record was last written; None while there is none."""
    dates = [
        newest
        for model in (Sentra, Ikm, Product)
        if (newest := model.objects.published().aggregate(newest=Max("updated_at"))["newest"])
    ]
    return (timezone.now() - max(dates)).days if dates else None
