"""Fills in admin pages as an officer does: starts from what the page shows, changes some, sends it back."""

from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def admin_url(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def shown(response: HttpResponse) -> dict[str, Any]:
    """What the page would send back if nothing were typed."""
    data: dict[str, Any] = {}
    _take(data, response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        _take(data, inline.formset.management_form)
        for form in inline.formset.forms:
            _take(data, form)
    return data


def _take(data: dict[str, Any], form: BaseForm) -> None:
    for bound in form:
        value = bound.value()
        if value is None or value is False or hasattr(value, "storage"):
            continue
        if isinstance(value, list | tuple):
            data[bound.html_name] = [getattr(item, "pk", item) for item in value]
        else:
            data[bound.html_name] = getattr(value, "pk", value)


def rows(prefix: str, *entries: dict[str, Any], initial: int = 0, stored: tuple = ()) -> dict[str, Any]:
    """The fields of an inline: `rows("contacts", {"kind": "whatsapp", ...})`."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(entries), f"{prefix}-INITIAL_FORMS": initial}
    for number, entry in enumerate(entries):
        data |= {f"{prefix}-{number}-{name}": value for name, value in entry.items()}
    return data


def submit(client: Client, model: type[Model], typed: dict[str, Any], record: Model | None = None) -> HttpResponse:
    """Open the page, type, save; the answer is a redirect when it was stored."""
    url = admin_url(model, "change", record.pk) if record else admin_url(model, "add")
    data = shown(client.get(url)) | typed
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """Every message of a refused page by field name, rows included ("contacts-0-value")."""
    assert response.status_code == 200, response.status_code
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): list(messages) for name, messages in form.errors.items()}
        if general := inline.formset.non_form_errors():
            found[inline.formset.prefix] = list(general)
    return found
