"""How an edition is published from its page: a small one at once, a large one while the page tells how far it is."""

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from promotions.actions.releasing import Release, release
from promotions.models import CatalogueEdition, EditionFreezing

if TYPE_CHECKING:
    _Base = admin.ModelAdmin
else:
    _Base = object

# Seconds between two looks.
AGAIN = "2"


def freezing_of(edition: CatalogueEdition | None) -> EditionFreezing | None:
    """How the publishing of this edition stands; None where nobody asked for it, or it is done."""
    work = getattr(edition, "freezing", None)
    return work if work is not None and edition is not None and not edition.published_at else None


class ReleasePages(_Base):
    """Part of CatalogueEditionAdmin."""

    def has_change_permission(self, request: HttpRequest, obj: CatalogueEdition | None = None) -> bool:
        """Nothing is changed while the worker freezes it, so the page holds nothing that its renewal could lose."""
        work = freezing_of(obj)
        return super().has_change_permission(request, obj) and not (work and work.is_under_way)

    def publish(self, request: HttpRequest, edition: CatalogueEdition) -> CatalogueEdition:
        done = release(edition=edition, by=request.user, why=request.POST.get("alasan_perubahan", ""))
        if done == Release.PUBLISHED:
            self.message_user(request, _("Edisi terbit. PDF-nya sedang dibuat."), messages.SUCCESS)
        elif done == Release.ASKED:
            self.message_user(
                request, _("Edisi sedang dibekukan di latar belakang. Anda boleh meninggalkan halaman ini.")
            )
        return edition


def look_again(response: HttpResponse, work: EditionFreezing | None) -> HttpResponse:
    """The page renews itself while the worker is at it."""
    if work is not None and work.is_under_way:
        response.headers["Refresh"] = AGAIN
    return response
