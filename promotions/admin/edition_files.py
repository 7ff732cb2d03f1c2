"""The page "Berkas" of a published edition: the files there are, how far those in the making are, and further ones to ask for."""

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from promotions.actions import editions
from promotions.choices import FileVariant, Paper
from promotions.models import CatalogueEdition

if TYPE_CHECKING:
    _Base = admin.ModelAdmin
else:
    _Base = object

# What an office needs, in the order in which it is asked for: name in the form, use, paper, what it is for.
OFFERED = (
    ("percetakan-a4", FileVariant.PRESS, Paper.A4, gettext_lazy("Untuk percetakan, buku A4")),
    ("percetakan-a5", FileVariant.PRESS, Paper.A5, gettext_lazy("Untuk percetakan, buku A5")),
    ("lipat-a5", FileVariant.BOOKLET, Paper.A5, gettext_lazy("Buku lipat A5, dicetak bolak-balik pada kertas A4")),
    ("lipat-a4", FileVariant.BOOKLET, Paper.A4, gettext_lazy("Buku lipat A4, dicetak bolak-balik pada kertas A3")),
    ("layar-a5", FileVariant.READING, Paper.A5, gettext_lazy("Untuk dibaca di layar, halaman A5")),
)


class FilePages(_Base):
    """Part of CatalogueEditionAdmin."""

    def file_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.files)
        return [path("<int:pk>/berkas/", page, name="promotions_edition_files")]

    def files(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET lists them; POST asks for one more, once."""
        edition = self.get_object(request, str(pk))
        if edition is None or not edition.published_at or not self.has_view_permission(request, edition):
            raise Http404
        may_ask = self.has_change_permission(request, edition)
        if request.method == "POST" and may_ask:
            return self._request(request, edition)
        rows = list(edition.files.all())
        there = {(row.variant, row.paper) for row in rows}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Berkas"),
            "opts": self.opts,
            "edition": edition,
            "files": rows,
            "at_work": any(row.is_at_work for row in rows),
            "offered": [(name, label) for name, *kind, label in OFFERED if may_ask and tuple(kind) not in there],
        }
        return TemplateResponse(request, "admin/edition_files.html", context)

    def _request(self, request: HttpRequest, edition: CatalogueEdition) -> HttpResponse:
        kinds = {name: (variant, paper) for name, variant, paper, _label in OFFERED}
        chosen = kinds.get(request.POST.get("kind", ""))
        if chosen is None:
            self.message_user(request, _("Pilih satu berkas."), messages.ERROR)
        else:
            try:
                editions.request_file(edition=edition, variant=chosen[0], paper=chosen[1], by=request.user)
                self.message_user(request, _("Berkas sedang dibuat di latar belakang."), messages.SUCCESS)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:promotions_edition_files", args=[edition.pk]))
