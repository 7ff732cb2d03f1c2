"""Taking synthetic rows away again. Their codes stay used, as every code does."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, ProtectedError, Q, QuerySet

from products.models import Certification, Product, ProductPhoto
from promotions.models import Appearance, Promotion
from semarang_ikm.shared.files import StoredFile, own_files, remove_after_commit
from semarang_ikm.shared.tracing import unrecorded
from semarang_ikm.synthetic import marks
from sentra.models import Consent, Ikm, PastSlug, Sentra, SentraPhoto, Source

# Rows deleted by one statement.
CHUNK = 500


class RowsInUse(RuntimeError):
    """Rows that are not synthetic hang on a synthetic one; their names are in `args`."""


@transaction.atomic
def remove(progress: Callable[[str], None] = lambda _text: None) -> int:
    """Delete every synthetic row with all that it owns, or nothing. Returns how many records with a page went.

    Leaves no trail of changes. Raises RowsInUse.
    """
    with unrecorded():
        return _remove(progress)


def _remove(progress: Callable[[str], None]) -> int:
    makers = marks.synthetic(Ikm)
    files = _added_files()
    try:
        _delete(Certification.objects.filter(ikm__in=makers))
        _delete(Appearance.objects.filter(promotion__in=marks.synthetic(Promotion)))
        total = 0
        for model in (Promotion, Product, Ikm, Sentra):
            slugs = list(marks.synthetic(model).values_list("slug", flat=True))
            removed = _delete(marks.synthetic(model))
            # A deleted page answers 410 for ever (sentra.tombstones); pages that never were real need not.
            for start in range(0, len(slugs), CHUNK):
                PastSlug.objects.filter(kind=model.PAGE_KIND, slug__in=slugs[start : start + CHUNK]).delete()
            total += removed
            progress(f"{model._meta.verbose_name}: {removed}")
        Source.objects.filter(key=marks.SOURCE_KEY).delete()
        User.objects.filter(username=marks.USERNAME).delete()
    except ProtectedError as error:
        raise RowsInUse(*sorted(str(row) for row in list(error.protected_objects)[:5])) from error
    remove_after_commit(files, for_good=True)
    return total


def _added_files() -> list[StoredFile]:
    """What officers uploaded while trying the site out; synthetic rows come without files."""
    makers, sentra = marks.synthetic(Ikm), marks.synthetic(Sentra)
    with_files: list[QuerySet] = [
        ProductPhoto.objects.filter(product__in=marks.synthetic(Product)),
        SentraPhoto.objects.filter(sentra__in=sentra),
        Certification.objects.filter(ikm__in=makers).exclude(scan=""),
        Consent.objects.filter(Q(ikm__in=makers) | Q(sentra__in=sentra)).exclude(evidence=""),
    ]
    return [file for rows in with_files for row in rows for file in own_files(row)]


def _delete(rows: QuerySet) -> int:
    model: type[Model] = rows.model
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        model._default_manager.filter(pk__in=keys[start : start + CHUNK]).delete()
    return len(keys)
