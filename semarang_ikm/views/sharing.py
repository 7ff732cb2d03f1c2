"""The pictures beside shared links, and the icons that browsers ask for by name."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from semarang_ikm.shared.cards.drawing import draw
from semarang_ikm.shared.cards.store import picture_of
from semarang_ikm.shared.kept_files import Busy
from semarang_ikm.sharing import find_card


@require_safe
def share_card(request: HttpRequest, kind: str, key: str, digest: str, ending: str) -> HttpResponse:
    """The card. The hash in its address is that of today's content: any other one leads to today's card.

    A browser may keep it for a day; a shared cache may not, because a name on it can be withdrawn.
    """
    card = find_card(kind, key)
    if card is None:
        raise Http404
    if (digest, ending) != (card.digest, card.ending):
        return HttpResponseRedirect(card.url)
    try:
        picture = picture_of(card, draw)
    except Busy:
        words = gettext("Gambar sedang dibuat; cobalah sebentar lagi.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "5"})
    response = HttpResponse(picture, content_type=card.content_type)
    response.headers["Cache-Control"] = "private, max-age=86400"
    response.headers["ETag"] = f'"{card.digest}"'
    # Already compressed: keeps the gzip layer from trying again.
    response.headers["Content-Encoding"] = "identity"
    return response


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """Browsers and phones ask for these names without reading a page; the files have hashed ones."""
    return HttpResponseRedirect(static(f"icons/{name}"))
