"""What a browser would send of a form's field: the way back from a value to the data of a request."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import QueryDict


def send(data: QueryDict, form: forms.BaseForm, name: str) -> None:
    """Put into `data` what stands in this field of an unbound form, as if it had been left alone. Files are not sent."""
    bound = form[name]
    if bound.field.widget.needs_multipart_form:
        return
    for key, values in _sent(bound.field.widget, bound.html_name, bound.value()).items():
        if values:
            data.setlist(key, values)
        else:
            data.pop(key, None)


def _sent(widget: forms.Widget, name: str, value: Any) -> dict[str, list[str]]:
    if isinstance(widget, RelatedFieldWidgetWrapper):
        return _sent(widget.widget, name, value)
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value)
        found: dict[str, list[str]] = {}
        for each, ending, part in zip(widget.widgets, widget.widgets_names, parts, strict=True):
            found |= _sent(each, name + ending, part)
        return found
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    shown: Any = widget.format_value(value)
    if isinstance(shown, list | tuple):
        several = getattr(widget, "allow_multiple_selected", False)
        return {name: [str(each) for each in shown if several or each != ""] or ([] if several else [""])}
    return {name: ["" if shown is None else str(shown)]}
