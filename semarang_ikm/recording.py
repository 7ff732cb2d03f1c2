"""Whatever an officer's form writes is one change set: who sent it, what kind of act it was, and the reason given."""

from django.http import HttpRequest, HttpResponse

from semarang_ikm.middleware import GetResponse
from sentra.choices import ChangeKind
from sentra.history import recording_if_any

# The name of the field "reason for the change" in every form of the admin.
WHY = "alasan_perubahan"


class RecordingMiddleware:
    """For what is sent to the admin. Nothing is stored when nothing is written."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        with recording_if_any(kind=kind_of(request), by=request.user, why=request.POST.get(WHY, "")):
            return self.get_response(request)


def kind_of(request: HttpRequest) -> ChangeKind:
    """By Django's own addresses and fields of the admin: a deletion, an action on ticked rows, else an edit."""
    action = request.POST.get("action", "")
    if action == "delete_selected" or request.path_info.endswith("/delete/"):
        return ChangeKind.DELETE
    return ChangeKind.BULK if action else ChangeKind.EDIT
