"""Records that may be one: told while entering one; businesses are also listed to be compared, merged or told apart."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from semarang_ikm.shared.admin.likely import MOST, DuplicateWarning
from semarang_ikm.shared.admin.personal import sees_personal_data
from sentra.actions.duplicates import tell_apart
from sentra.contact_values import contact_value
from sentra.duplicates import Known, Traits, telling
from sentra.models import Ikm, NotDuplicate

PAGE = 50


class BusinessWarning(DuplicateWarning):
    compared = frozenset({"name", "nib", "kelurahan"})

    def find_likely(self) -> list[tuple[Any, list[str]]]:
        """By what this officer may see: a typed number must not tell whose it is."""
        area, sees = self.cleaned_data.get("kelurahan"), sees_personal_data(self.request)
        traits = Traits(
            self.cleaned_data["name"],
            area.pk if area else None,
            self.cleaned_data.get("nib", "") if sees else "",
            frozenset(self._contacts() if sees else ()),
            self.instance.pk,
        )
        apart = _apart(self.instance.pk)
        matches = [match for match in Known.load().like(traits) if match.pk not in apart][:MOST]
        records = Ikm.objects.select_related("kelurahan__kecamatan").in_bulk([match.pk for match in matches])
        return [(records[match.pk], match.told) for match in matches]

    def _contacts(self) -> Iterator[tuple[str, str]]:
        """What is typed into the rows below, in whatever spelling."""
        for key, kind in self.data.items():
            if key.startswith("contacts-") and key.endswith("-kind"):
                try:
                    value = contact_value(kind, self.data.get(key.removesuffix("kind") + "value", ""))
                except ValidationError:
                    continue
                if value:
                    yield telling(kind, value)


class DuplicateViews:
    """For the admin of businesses: the list of pairs."""

    def get_urls(self: Any) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.duplicates)
        return [path("kembar/", view, name="sentra_duplicates"), *super().get_urls()]

    def duplicates(self: Any, request: HttpRequest) -> HttpResponse:
        """Every pair that nobody has told apart yet, of the businesses that this officer works on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._tell_apart(request)
        told = set(NotDuplicate.objects.values_list("first", "second"))
        mine = set(self.get_queryset(request).values_list("pk", flat=True))
        pairs = [
            (pk, match)
            for pk, match in Known.load().pairs()
            if (pk, match.pk) not in told and pk in mine and match.pk in mine
        ]
        page = Paginator(pairs, PAGE).get_page(request.GET.get("hal"))
        keys = {key for pk, match in page.object_list for key in (pk, match.pk)}
        records = self.get_queryset(request).select_related("sentra", "kelurahan__kecamatan").in_bulk(keys)
        rows = [
            (records[pk], records[match.pk], match.told, self.merge_url(pk, match.pk)) for pk, match in page.object_list
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mungkin satu usaha, tercatat dua kali"),
            "opts": self.opts,
            "rows": rows,
            "page": page,
            "may_decide": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/duplicates.html", context)

    def _tell_apart(self: Any, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        keys = [self.get_object(request, key) for key in request.POST.get("beda", "").split("-", 1)]
        if len(keys) == 2 and None not in keys and keys[0] != keys[1]:
            tell_apart(one=keys[0], other=keys[1], by=request.user)
            told = _("%(one)s dan %(other)s dicatat sebagai dua usaha.") % {"one": keys[0], "other": keys[1]}
            self.message_user(request, told)
        return HttpResponseRedirect(reverse("admin:sentra_duplicates"))


def _apart(pk: int | None) -> set[int]:
    """The businesses that an officer told apart from this one."""
    if pk is None:
        return set()
    pairs = [*NotDuplicate.objects.filter(first=pk).values_list("second", flat=True)]
    return {*pairs, *NotDuplicate.objects.filter(second=pk).values_list("first", flat=True)}
