"""An officer keeps a filter of a list under a name, and lets it go again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sentra.models import SavedFilter
from sentra.models.saved_filter import LONGEST_NAME, LONGEST_QUERY
from sentra.saved_filters import MOST, checked

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

View = Callable[..., HttpResponse]


def filter_urls(site: "AdminSite") -> list[URLPattern]:
    return [
        path("saringan/simpan/", site.admin_view(_save(site)), name="desk_filter_save"),
        path("saringan/<int:pk>/hapus/", site.admin_view(_delete(site)), name="desk_filter_delete"),
    ]


def _save(site: "AdminSite") -> View:
    @require_POST
    def save(request: HttpRequest) -> HttpResponse:
        """Sent twice, it is kept once; a name that is there already gets the new filter."""
        page = _list_of(site, request, request.POST.get("daftar", ""))
        label, chosen = page.opts.label_lower, checked(page, request, request.POST.get("saringan", ""))
        name = " ".join(request.POST.get("nama", "").split())[:LONGEST_NAME]
        mine = SavedFilter.objects.filter(officer=request.user.pk, page=label)
        if not chosen or len(chosen) > LONGEST_QUERY:
            messages.error(request, _("Saringan ini tidak dapat disimpan. Pilih saringan di daftar lalu coba lagi."))
        elif not name or not name.isprintable():
            messages.error(request, _("Tulis nama untuk saringan ini, lalu simpan lagi."))
        elif mine.exclude(name=name).count() >= MOST:
            full = _("Paling banyak %(count)d saringan tersimpan untuk satu daftar. Hapus dulu yang tidak dipakai.")
            messages.error(request, full % {"count": MOST})
        else:
            kept, _is_new = mine.get_or_create(
                name=name, defaults={"officer": request.user, "page": label, "query": chosen}
            )
            kept.query = chosen
            kept.save(update_fields=["query"])
            messages.success(request, _("Saringan “%(name)s” tersimpan.") % {"name": name})
        return _back(label, chosen)

    return save


def _delete(site: "AdminSite") -> View:
    @require_POST
    def delete(request: HttpRequest, pk: int) -> HttpResponse:
        kept = SavedFilter.objects.filter(officer=request.user.pk, pk=pk).first()
        if kept is None:
            # Another officer's, or deleted by the same button before.
            messages.warning(request, _("Saringan itu sudah tidak ada."))
            return HttpResponseRedirect(reverse("admin:index"))
        page = _list_of(site, request, kept.page)
        kept.delete()
        messages.success(request, _("Saringan “%(name)s” dihapus.") % {"name": kept.name})
        return _back(kept.page, checked(page, request, request.POST.get("saringan", "")))

    return delete


def _list_of(site: "AdminSite", request: HttpRequest, label: str) -> ModelAdmin:
    for model, page in site._registry.items():
        if model._meta.label_lower == label:
            if not page.has_view_permission(request):
                raise PermissionDenied
            return page
    raise Http404


def _back(label: str, chosen: str) -> HttpResponse:
    address = reverse(f"admin:{label.replace('.', '_')}_changelist")
    return HttpResponseRedirect(f"{address}?{chosen}" if chosen else address)
