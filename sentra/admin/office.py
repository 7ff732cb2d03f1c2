"""The one office profile: its list leads straight to its page, and it can be neither added nor deleted."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin.forms import RecordForm
from sentra.admin.base import SentraRecordAdmin
from sentra.contact_values import phone_value
from sentra.models import OfficeProfile


class OfficeForm(RecordForm):
    """Numbers must be dialled as written; they are kept and shown as typed."""

    def clean_telephone(self) -> str:
        return self._number("telephone")

    def clean_whatsapp(self) -> str:
        return self._number("whatsapp", mobile_only=True)

    def _number(self, name: str, *, mobile_only: bool = False) -> str:
        typed = self.cleaned_data[name]
        if typed:
            phone_value(typed, mobile_only=mobile_only)
        return typed


@admin.register(OfficeProfile)
class OfficeProfileAdmin(SentraRecordAdmin):
    form = OfficeForm
    actions = ()
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "name_en"),
                    "address",
                    ("telephone", "whatsapp"),
                    "email",
                    ("hours", "hours_en"),
                    ("reply_promise", "reply_promise_en"),
                )
            },
        ),
        (
            _("Data terbuka"),
            {"fields": ("data_licence", ("data_licence_url", "data_licence_since"), "data_attribution")},
        ),
    )

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:sentra_officeprofile_change", args=[1]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> OfficeProfile | None:
        """The stored profile, or the empty one that the first save stores."""
        return OfficeProfile.load() if object_id == "1" else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
