"""A page of the admin that an officer has open while others go on."""

import html
import re
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from semarang_ikm.shared.admin.once import KEY
from semarang_ikm.shared.admin.together import VERSION
from sentra.models import Contact, Ikm
from tests import factories
from tests.admin_forms import admin_url, shown

ASKED = "Belum disimpan: data ini berubah sementara Anda menyuntingnya"


class Opened:
    """A page that an officer has open; sent later, it is still as it was."""

    def __init__(self, client: Client, record: Model) -> None:
        self.client, self.url = client, admin_url(type(record), "change", record.pk)
        self.data = self._read(client.get(self.url))

    @staticmethod
    def _read(page: HttpResponse) -> dict[str, Any]:
        hidden = {VERSION: page.context["version"]["value"]}
        if once := page.context.get("once"):
            hidden[KEY] = once["value"]
        form = page.context["adminform"].form
        for field in form:
            if field.field.show_hidden_initial:
                hidden[field.html_initial_name] = form.data.get(field.html_initial_name, field.initial)
        return {name: value for name, value in (shown(page) | hidden).items() if value is not None}

    def send(self, **typed: Any) -> HttpResponse:
        sent = self.data | {name.replace("__", "-"): value for name, value in typed.items()}
        answer = self.client.post(self.url, {name: value for name, value in sent.items() if value is not None})
        if answer.status_code == 200:
            self.data = self._read(answer)
        return answer


def stored(answer: HttpResponse) -> bool:
    return answer.status_code == 302


def text(answer: HttpResponse) -> str:
    main = answer.content.decode().split('class="bertemu"', 1)[1].split("</section>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def ikm(**fields: Any) -> Ikm:
    return factories.ikm(**{"kelurahan": factories.kelurahan(), "types": [factories.product_type()]} | fields)


def contact(record: Ikm, value: str = "+6281215550101") -> Contact:
    return factories.contact(ikm=record, kind="whatsapp", value=value, typed=value)


def notes(record: Ikm) -> list[str]:
    return list(record.contacts.order_by("pk").values_list("note", flat=True))
