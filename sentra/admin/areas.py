"""Areas: given by law, so officers correct them but never add or delete one; other names they may add."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.records import RecordInline
from sentra.admin.base import SentraRecordAdmin
from sentra.models import AreaAlias, Kecamatan, Kelurahan
from sentra.scope import kecamatan_within, kelurahan_within


class AliasInline(RecordInline):
    model = AreaAlias
    fields = (("name", "kind"), "note")


class _AreaAdmin(SentraRecordAdmin):
    inlines = (AliasInline,)
    readonly_fields = ("code", "slug")
    actions = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Kecamatan)
class KecamatanAdmin(_AreaAdmin):
    within = staticmethod(kecamatan_within)
    list_display = ("name", "code", "kelurahan_count")
    search_fields = ("name", "code", "aliases__name")
    fields = ("name", ("code", "slug"), ("latitude", "longitude"))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(kelurahan_count=Count("kelurahan"))

    @admin.display(description=_("kelurahan"), ordering="kelurahan_count")
    def kelurahan_count(self, kecamatan: Kecamatan) -> int:
        return kecamatan.kelurahan_count


@admin.register(Kelurahan)
class KelurahanAdmin(_AreaAdmin):
    within = staticmethod(kelurahan_within)
    list_display = ("name", "kecamatan", "postal_code", "code")
    list_filter = (("kecamatan", RelatedFilter),)
    list_select_related = ("kecamatan",)
    # The officer types what people say: "Malon" finds Gunungpati, "Gunung Pati" too.
    search_fields = ("name", "code", "kecamatan__name", "aliases__name")
    readonly_fields = ("code", "slug", "kecamatan")
    fields = ("name", "kecamatan", ("code", "slug"), "postal_code", ("latitude", "longitude"))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("kecamatan")


@admin.register(AreaAlias)
class AreaAliasAdmin(SentraRecordAdmin):
    list_display = ("name", "kind", "kelurahan", "kecamatan")
    list_filter = ("kind",)
    list_select_related = ("kelurahan__kecamatan", "kecamatan")
    search_fields = ("name", "kelurahan__name", "kecamatan__name")
    autocomplete_fields = ("kelurahan", "kecamatan")
    fields = ("name", "kind", "kelurahan", "kecamatan", "note")
