"""Beside every field of the officers' forms that is typed freely stands an example of what could be written there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import override

from products.admin.certificate_forms import PaperForm, RecheckForm
from products.admin.certificate_forms import StepForm as CertificateStepForm
from products.models import Certification
from promotions.admin.case_forms import ClosingForm, LetterForm
from semarang_ikm.accounts.forms import AccountForm
from semarang_ikm.shared.admin import examples
from sentra.admin.reviews import WishForm
from tests import factories
from tests.semarang_ikm.test_admin_every_page import MAKERS, OURS

pytestmark = pytest.mark.django_db

# The words that announce an example, in both languages; an example of the tables that stands in the text counts too.
WORDS = {"id": ("isalnya", "ontoh:"), "en": ("or example", "or instance")}
TYPED = (
    forms.CharField,
    forms.IntegerField,
    forms.DecimalField,
    forms.FloatField,
    forms.DateField,
    forms.DateTimeField,
    forms.TimeField,
)
# Fields that are typed, and need no example; the reason of each.
WITHOUT = {"EditionEntryForm.position": "a column of a table: the rows above and below are the example"}
# Forms that officers fill in and that belong to no page of a model; those that only carry hidden or chosen values too.
ALONE = {"WishForm", "RecheckForm", "ClosingForm", "AccountForm", "LetterForm", "PaperForm", "StepForm", "UploadForm"}
NOT_TYPED = {
    "QueueForm": "chosen values and a day",
    "DecisionForm": "a template of its own asks for it",
    "PromotionTarget": "one chosen value",
    "EditionTarget": "a chosen value, and a number that is filled in beforehand",
    "DuplicateWarning": "adds no field",
}


def is_free(field: forms.Field) -> bool:
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.BooleanField | forms.FileField)
    # The browser shows its own calendar, and the form that it wants.
    calendar = getattr(field.widget, "input_type", "") == "date"
    return isinstance(field, TYPED) and not chosen and not calendar and not field.widget.is_hidden


def has_example(field: forms.Field, column: models.Field | None, language: str) -> bool:
    text = f"{field.help_text} {field.widget.attrs.get('placeholder', '')}"
    said = examples.example_of(column) if column is not None else ""
    return any(word in text for word in WORDS[language]) or (bool(said) and said in text)


def lacking(form: forms.BaseForm, language: str) -> Iterator[str]:
    columns = {}
    if isinstance(form, forms.BaseModelForm):
        columns = {column.name: column for column in form._meta.model._meta.fields}
    for name, field in form.fields.items():
        where = f"{type(form).__name__}.{name}"
        if is_free(field) and where not in WITHOUT and not has_example(field, columns.get(name), language):
            yield where
        if sum(str(field.help_text).count(word) for word in WORDS[language]) > 1:
            yield f"{where} says two"


@pytest.fixture
def request_of_all(rf: Any) -> HttpRequest:
    request = rf.get("/admin/")
    request.user = factories.user(is_superuser=True, is_staff=True)
    return request


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "model",
    [model for model in admin.site._registry if model._meta.app_label in OURS | {"auth"}],
    ids=lambda m: m.__name__,
)
def test_the_page_of_a_record_and_its_rows_say_one_for_each(
    model: type[models.Model], language: str, request_of_all: HttpRequest
) -> None:
    page = admin.site._registry[model]
    made = MAKERS[model]() if model in MAKERS else None
    with override(language):
        wrong = []
        for record in (None, made):
            form = page.get_form(request_of_all, record, change=record is not None)
            wrong += lacking(form(instance=record) if record else form(), language)
            for inline in page.get_inline_instances(request_of_all, record):
                if not inline.has_change_permission(request_of_all, record):
                    continue
                wrong += lacking(inline.get_formset(request_of_all, record).form(), language)
    assert sorted(set(wrong)) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_forms_of_pages_of_our_own_say_one_for_each(language: str, request_of_all: HttpRequest) -> None:
    rule = factories.certification_rule(source=factories.source())
    case = factories.case(partner=factories.partner(), sentra=factories.sentra())
    with override(language):
        AccountForm.by = request_of_all.user
        made: list[forms.BaseForm] = [
            WishForm(),
            RecheckForm(),
            CertificateStepForm(),
            PaperForm(kind=rule.kind, instance=Certification(kind=rule.kind)),
            ClosingForm(case),
            LetterForm(case, request_of_all),
            AccountForm(),
        ]
        assert [where for form in made for where in lacking(form, language)] == []


def test_no_form_of_the_desk_is_left_out() -> None:
    """A form that no model's page makes is either among those above, or said to ask for nothing typed."""
    pages = set()
    for page in admin.site._registry.values():
        pages |= {page.form, *(inline.form for inline in page.inlines)}
    found = {
        form.__name__
        for form in _below(forms.BaseForm)
        if ".admin." in form.__module__ and form not in pages and not _is_made(form)
    }
    assert found <= ALONE | NOT_TYPED.keys() | {base.__name__ for form in pages for base in form.__mro__}, found


def _below(form: type) -> set[type]:
    return {each for child in form.__subclasses__() for each in {child} | _below(child)}


def _is_made(form: type) -> bool:
    """Made anew for each request by Django, from one of those that are written down."""
    return form.__module__.startswith("django.") or form.__qualname__ != form.__name__


# Lines in templates of our own: where one searches, and where a code that the page names is typed again.
BY_ITSELF = {
    "personal/person_purge.html": {"kode"},
    # Whatever is typed finds something or nothing; it is stored nowhere.
    "search_form.html": {"searchbar"},
}
ASKED = re.compile(r'<(?:input[^>]*type="text"|textarea)[^>]*>')


def test_lines_that_templates_ask_for_themselves_say_one_too() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "admin"
    wrong = []
    for template in folder.rglob("*.html"):
        name = str(template.relative_to(folder))
        for asked in ASKED.finditer(template.read_text()):
            named = re.search(r'\bid="([^"]*)"', asked[0])
            # In the line itself, in its label, or right behind it.
            near = template.read_text()[max(0, asked.start() - 120) : asked.end() + 200]
            if not re.search("isalnya", near) and not (named and named[1] in BY_ITSELF.get(name, ())):
                wrong.append(f"{name}: {asked[0]}")
    assert wrong == []
