"""Every admin page opens in both languages, and a list of many rows asks the database as often as one of few."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse

from products.models import CertificateKind, Certification, PackagingSupport, Product
from promotions.models import (
    Appearance,
    CaseDocument,
    CatalogueEdition,
    EditionFile,
    FacilitationCase,
    FairSelection,
    LedgerBusiness,
    Partner,
    Promotion,
)
from semarang_ikm.exchange.models import ImportProposal
from sentra.history import recording
from sentra.models import (
    AreaAlias,
    ChangeSet,
    Consent,
    Contact,
    DataReport,
    Figure,
    Ikm,
    Kecamatan,
    Kelurahan,
    OfficeProfile,
    OpenQuestion,
    ProductType,
    Review,
    SearchVariant,
    Sentra,
    Source,
)
from tests import factories, help_given, officers, selection_factories
from tests.semarang_ikm.exchange import rows

pytestmark = pytest.mark.django_db

OURS = {"sentra", "products", "promotions", "exchange"}
MAX_QUERIES = 16


def full_sentra() -> Sentra:
    sentra = factories.sentra(types=[factories.product_type()], kelurahan=[factories.kelurahan()], published=True)
    factories.figure(sentra=sentra)
    factories.open_question(sentra=sentra)
    factories.sentra_photo(sentra=sentra)
    factories.contact(sentra=sentra)
    factories.consent(sentra, "whatsapp", "telephone", channels=["web", "print"])
    return sentra


def full_ikm() -> Ikm:
    ikm = factories.ikm(sentra=factories.sentra(), kelurahan=factories.kelurahan(), types=[factories.product_type()])
    factories.contact(ikm=ikm)
    factories.consent(ikm, "whatsapp")
    return ikm


def full_product() -> Product:
    product = factories.product(price_min=5000, price_source=factories.source())
    factories.product_photo(product=product)
    factories.certification(products=[product])
    return product


def full_kind() -> CertificateKind:
    rule = factories.certification_rule(source=factories.source())
    factories.certification(kind=rule.kind)
    return rule.kind


def full_case() -> FacilitationCase:
    case = factories.case(partner=factories.partner(), sentra=factories.sentra())
    factories.case_step(case=case, done_by=factories.user())
    help_given.case_letter(case=case)
    help_given.case_document(case=case)
    return case


def full_promotion() -> Promotion:
    return factories.appearance(promotion=factories.promotion(kelurahan=factories.kelurahan())).promotion


def full_edition() -> CatalogueEdition:
    edition = factories.edition(published=True)
    factories.edition_entry(edition=edition)
    factories.edition_file(edition=edition)
    return edition


def full_selection() -> FairSelection:
    selection = selection_factories.fair_selection()
    selection_factories.selection_rule(selection=selection)
    selection_factories.selection_decision(selection=selection)
    return selection


def ledger_business() -> LedgerBusiness:
    ikm = factories.ikm(
        published=True,
        sentra=factories.sentra(),
        kelurahan=factories.kelurahan(),
        types=[factories.product_type()],
    )
    factories.appearance(ikm=ikm)
    return LedgerBusiness.objects.get(pk=ikm.pk)


def edited() -> ChangeSet:
    ikm = factories.ikm()
    with recording(kind="edit", by=factories.user(), why="uji") as change_set:
        ikm.name += " baru"
        ikm.save()
    return change_set


MAKERS: dict[type[Model], Callable[[], Model]] = {
    AreaAlias: factories.area_alias,
    ChangeSet: edited,
    Kecamatan: factories.kecamatan,
    Kelurahan: factories.kelurahan,
    ProductType: lambda: factories.product_type(parent=factories.product_type()),
    Source: lambda: factories.figure().source,
    SearchVariant: lambda: factories.search_variant("kerupuk", f"krupuk{factories.number()}"),
    Sentra: full_sentra,
    Ikm: full_ikm,
    Contact: factories.contact,
    Consent: lambda: factories.consent(factories.ikm(), "whatsapp", channels=["web", "print"]),
    Review: officers.review,
    DataReport: lambda: factories.report(subject_code=full_ikm().code, contact="+6281215550123"),
    Figure: factories.figure,
    OpenQuestion: factories.open_question,
    Product: full_product,
    CertificateKind: full_kind,
    Certification: lambda: factories.certification(products=[factories.product()]),
    PackagingSupport: lambda: help_given.packaging_photo().support,
    Partner: factories.partner,
    Promotion: full_promotion,
    Appearance: factories.appearance,
    FacilitationCase: full_case,
    CaseDocument: help_given.case_document,
    CatalogueEdition: full_edition,
    EditionFile: factories.edition_file,
    FairSelection: full_selection,
    ImportProposal: lambda: rows.proposal_row().proposal,
    LedgerBusiness: ledger_business,
}
REGISTERED = [model for model in admin.site._registry if model._meta.app_label in OURS]
LISTED = [model for model in REGISTERED if model is not OfficeProfile]


def named(model: type[Model]) -> str:
    return model._meta.label


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_listed_model_is_covered_here():
    assert set(LISTED) == set(MAKERS)


@pytest.mark.parametrize("model", LISTED, ids=named)
def test_a_list_of_many_rows_asks_as_often_as_one_of_few(model, officer_client, count_queries):
    """Few is two: a filter with a single value is not shown, and then counts nothing."""
    for _ in range(2):
        MAKERS[model]()
    url = address(model, "changelist")
    officer_client.get(url)
    few = count_queries(lambda: officer_client.get(url))
    for _ in range(5):
        MAKERS[model]()
    many = count_queries(lambda: officer_client.get(url))
    assert many == few
    assert many <= MAX_QUERIES


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("model", LISTED, ids=named)
def test_every_page_of_a_model_opens(model, language, officer_client):
    officer_client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    record = MAKERS[model]()
    pages = [address(model, "changelist"), address(model, "change", record.pk), address(model, "history", record.pk)]
    if admin.site._registry[model].has_add_permission(officer_client.get("/admin/").wsgi_request):
        pages.append(address(model, "add"))
    for url in pages:
        response = officer_client.get(url)
        assert response.status_code == 200, url
        assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("model", LISTED, ids=named)
def test_searching_a_list_answers(model, officer_client):
    MAKERS[model]()
    for query in ("a", "'\"%_\\", "x" * 500, "𝔘"):
        assert officer_client.get(address(model, "changelist"), {"q": query}).status_code == 200


@pytest.mark.parametrize("model", LISTED, ids=named)
def test_every_relation_is_typed_not_scrolled(model):
    """A select of thousands of businesses would be neither quick nor usable."""
    page = admin.site._registry[model]
    own = {
        name
        for _, options in page.get_fieldsets(_Request())
        for row in options["fields"]
        for name in ([row] if isinstance(row, str) else row)
    }
    for field in model._meta.get_fields():
        if field.name in own and field.is_relation and field.name not in page.get_readonly_fields(_Request()):
            assert field.name in page.autocomplete_fields, field.name


class _Request:
    user = User(is_superuser=True, is_active=True, is_staff=True)


def test_the_profile_of_the_office_opens_without_a_list(officer_client):
    response = officer_client.get(address(OfficeProfile, "changelist"), follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == address(OfficeProfile, "change", 1)
    assert not OfficeProfile.objects.exists()


def test_nothing_in_the_pages_needs_what_the_policy_forbids(officer_client):
    record = full_sentra()
    for url in ("/admin/", address(Sentra, "changelist"), address(Sentra, "change", record.pk)):
        page = officer_client.get(url).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son[a-z]+=", page), url


def test_machine_tables_are_not_offered():
    assert LogEntry not in admin.site._registry
    assert User in admin.site._registry
