"""What is the same for every answer under /api/: readable from any site, and nothing but read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from semarang_ikm.opendata.answers import allow_everybody, problem

METHODS = "GET, HEAD, OPTIONS"


class ApiMiddleware:
    """Answers OPTIONS and refuses every writing method in JSON before anything else sees it.

    Two headers without choice: no cookie is ever read there, so any site may read with none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Access-Control-Max-Age": "86400"})
        elif request.method not in ("GET", "HEAD"):
            response = problem(405)
        else:
            response = self.get_response(request)
        if response.status_code in (204, 405):
            response.headers["Allow"] = METHODS
        response.headers["Access-Control-Allow-Methods"] = METHODS
        return allow_everybody(response)
