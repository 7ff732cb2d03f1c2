"""Whether the process lives, and whether it can serve: for load balancers and people on call."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from products.models import Product
from sentra import triggers
from sentra.models import Ikm, Sentra

MIN_FREE_BYTES = 200 * 1024 * 1024
# Longer than the longest work that may be before it.
LONGEST_WAIT = timedelta(minutes=30)


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing, so a dead database does not restart the site."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Each check "ok" or a short reason; 503 when one fails without which the site cannot serve."""
    checks = {name: _outcome(check) for name, check in CHECKS.items()}
    healthy = all(outcome == "ok" for name, outcome in checks.items() if name not in NOT_NEEDED_TO_SERVE)
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


def _kept_pages() -> str:
    """Whether pages may be kept in memory at all: a table without its trigger switches that off."""
    unwatched = triggers.missing()
    return f"off: no trigger on {len(unwatched)} table(s); run migrate" if unwatched else "ok"


def _background() -> str:
    """Whether somebody does the long work: nothing has been waiting for long."""
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LONGEST_WAIT)
    return f"{waiting.count()} waiting" if waiting.exists() else "ok"


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "media": _media,
    "disk": _disk,
    "kept_pages": _kept_pages,
    "background": _background,
}
# The site serves without these: pages are slower, long work waits.
NOT_NEEDED_TO_SERVE = {"kept_pages", "background"}


def data_age_days() -> int | None:
    """Days since a public record was last written; None while there is none."""
    dates = [
        newest
        for model in (Sentra, Ikm, Product)
        if (newest := model.objects.published().aggregate(newest=Max("updated_at"))["newest"])
    ]
    return (timezone.now() - max(dates)).days if dates else None
