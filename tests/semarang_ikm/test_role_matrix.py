"""Every role at every page of the desk: what the table grants opens, everything else is refused.

A page that is not in these tables fails the first tests: a new page needs a declared right.
"""

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from promotions.models import CaseDocument, CatalogueEdition, EditionFile, FairSelection, LedgerBusiness
from semarang_ikm.exchange.models import ImportProposal
from semarang_ikm.roles import ROLES
from sentra.models import ChangeSet, Consent, Contact, DataReport, Kecamatan, Kelurahan, OfficeProfile, Review
from tests import factories
from tests.officers import signed_in
from tests.semarang_ikm.test_admin_every_page import MAKERS as OURS

pytestmark = pytest.mark.django_db

NAMES = [role.name for role in ROLES]
STANDARD = ("changelist", "add", "change", "delete", "history")
MAKERS: dict[type[Model], Callable[[], Model]] = {
    **OURS,
    OfficeProfile: lambda: OfficeProfile.load(),
    User: factories.user,
}
# What no role does, whatever it is granted: who may is then nobody, and the reason stands in the admin class.
NOBODY: dict[type[Model], set[str]] = {
    Kecamatan: {"add", "delete"},
    Kelurahan: {"add", "delete"},
    OfficeProfile: {"add", "delete"},
    DataReport: {"add"},
    Review: {"add", "delete"},
    ChangeSet: {"add", "change", "delete"},
    CaseDocument: {"add", "delete"},
    EditionFile: {"add", "change", "delete"},
    LedgerBusiness: {"add", "change", "delete"},
    User: {"delete"},
}
# Rows that are personal throughout: reading and changing needs the right besides the grant.
PERSONAL = {Contact, Consent}
# Pages of our own, below a model's: which rights open them. Several names: all of them.
SEE, MANAGE = "sentra.see_personal_data", "sentra.manage_consent"
CASES, CASE_WORK = "promotions.view_facilitationcase", "promotions.change_facilitationcase"
EDITION, EDITION_WORK = "promotions.view_catalogueedition", "promotions.change_catalogueedition"
CERTIFICATE, CERTIFICATE_WORK = "products.view_certification", "products.change_certification"
SELECTION, SELECTION_WORK = "promotions.view_fairselection", "promotions.change_fairselection"
OWN_PAGES: dict[str, tuple[str, ...]] = {
    "sentra_changeset_undo": ("sentra.view_changeset", "sentra.change_sentra"),
    "sentra_changeset_trash": ("sentra.view_changeset",),
    "sentra_changeset_restore": ("sentra.view_changeset",),
    "sentra_retention": (SEE,),
    "sentra_people": (SEE,),
    "sentra_person": (SEE,),
    "sentra_person_copy": (SEE,),
    "sentra_person_json": (SEE,),
    "sentra_person_purge": (MANAGE,),
    "sentra_consent_evidence": ("sentra.view_consent", SEE),
    "sentra_duplicates": ("sentra.view_ikm",),
    "sentra_ikm_merge": ("sentra.change_ikm", "sentra.delete_ikm"),
    "sentra_sentra_merge": ("sentra.change_sentra", "sentra.delete_sentra"),
    "products_product_merge": ("products.change_product", "products.delete_product"),
    "sentra_review_ask": ("sentra.change_ikm",),
    "products_certification_queue": (CERTIFICATE,),
    "products_certification_letters": (CERTIFICATE,),
    "products_certification_table": (CERTIFICATE,),
    "products_certification_calendar": (CERTIFICATE,),
    "products_certification_step": (CERTIFICATE_WORK,),
    "products_certification_recheck": (CERTIFICATE_WORK,),
    "products_certification_renew": (CERTIFICATE_WORK,),
    "products_certification_scan": (CERTIFICATE, SEE),
    "promotions_casedocument_file": (CASES,),
    "promotions_case_step": (CASE_WORK,),
    "promotions_case_join": (CASE_WORK,),
    "promotions_caseletter_write": (CASE_WORK,),
    "promotions_caseletter_print": (CASES,),
    "promotions_caseletter_pdf": (CASES,),
    "promotions_edition_step": (EDITION_WORK, "promotions.publish_catalogueedition"),
    "promotions_edition_preflight": (EDITION,),
    "promotions_edition_files": (EDITION,),
    "promotions_edition_changes": (EDITION,),
    "promotions_edition_erratum": (EDITION,),
    "promotions_edition_erratum_pdf": (EDITION,),
    "promotions_editionfile_file": ("promotions.view_editionfile",),
    "promotions_coverage": ("promotions.view_ledgerbusiness",),
    "promotions_promotion_selection": ("promotions.view_promotion",),
    "promotions_selection_proposal": (SELECTION,),
    "promotions_selection_decide": (SELECTION_WORK,),
    "promotions_selection_accept": (SELECTION_WORK,),
    "promotions_selection_edition": (EDITION_WORK,),
    "promotions_selection_minutes": (SELECTION,),
    "promotions_selection_withdraw": (SELECTION_WORK, "promotions.delete_appearance"),
    "promotions_selection_replace": (SELECTION_WORK, "promotions.delete_appearance"),
    "promotions_selection_reopen": (SELECTION_WORK, "promotions.delete_appearance"),
    "exchange_template": ("exchange.add_importproposal",),
    "exchange_export_ask": ("sentra.view_ikm",),
    "exchange_export": ("sentra.view_ikm",),
    "exchange_wrong_rows": ("exchange.view_importproposal", SEE),
    "exchange_decide": ("exchange.change_importproposal",),
    "auth_user_locked": ("auth.change_user",),
    "auth_user_step": ("auth.change_user",),
}
# What stands in an address, where it is not the row's own key.
GIVEN: dict[str, dict[str, Any]] = {
    "promotions_edition_step": {"name": "terbitkan"},
    "promotions_case_step": {"name": "verifikasi"},
    "products_certification_step": {"name": "dicabut"},
    "auth_user_step": {"name": "kata-sandi"},
    "exchange_template": {"kind": "ikm"},
    "exchange_export_ask": {"kind": "ikm"},
    "exchange_export": {"kind": "ikm", "form": "csv"},
}


# Whose list holds published rows only, or whose status is its own.
SHOWN_ONLY = {LedgerBusiness, CatalogueEdition}
# Pages that need a frozen edition with its documents: there only that they refuse is asked here.
OF_FROZEN_EDITIONS = {"promotions_edition_changes", "promotions_edition_erratum", "promotions_edition_erratum_pdf"}
# Rows that are answered on pages of their own, or whose form is not sent by this test.
NOT_SENT = {
    Review,
    User,
    Consent,
    EditionFile,
    CatalogueEdition,
    FairSelection,
    ImportProposal,
    LedgerBusiness,
    ChangeSet,
}


def named(model: type[Model]) -> str:
    return model._meta.label


def page(model: type[Model], kind: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=args)


@pytest.fixture(scope="module")
def standing_records(standing_db) -> dict[type[Model], Model]:
    return {model: make() for model, make in MAKERS.items()}


@pytest.fixture
def records(standing_records, db) -> dict[type[Model], Model]:
    """A row of every model."""
    return copy.deepcopy(standing_records)


@pytest.fixture(scope="module")
def standing_browsers(standing_db) -> dict[str, Client]:
    return {name: signed_in(name) for name in NAMES}


@pytest.fixture
def browser(standing_browsers, db) -> Callable[[str], Client]:
    """The browser of an officer of this role."""

    def of(role: str) -> Client:
        client = Client()
        client.cookies = copy.deepcopy(standing_browsers[role].cookies)
        client.user = standing_browsers[role].user
        return client

    return of


@cache
def own_urls() -> dict[str, tuple[type[Model], list[str]]]:
    """Every named page of a model that Django did not bring: its model and what its address asks for."""
    found = {}
    for model, model_admin in admin.site._registry.items():
        standard = {f"{model._meta.app_label}_{model._meta.model_name}_{kind}" for kind in STANDARD}
        for url in model_admin.get_urls():
            if url.name and url.name not in standard:
                found[url.name] = (model, list(url.pattern.converters))
    return found


PUT_BACK = {f"{model._meta.app_label}_{model._meta.model_name}_put_back" for model in admin.site._registry}


def grants(role: str, model: type[Model]) -> set[str]:
    label = f"{model._meta.app_label}.{model._meta.model_name}"
    table = next(entry for entry in ROLES if entry.name == role)
    given = set(table.grants.get(label, ())) - NOBODY.get(model, set())
    if model in PERSONAL and SEE not in table.beyond:
        given -= {"view", "change", "delete"}
    return given


def test_every_model_with_a_page_is_in_the_table_of_roles() -> None:
    declared = {label for role in ROLES for label in role.grants}
    without = {
        named(model)
        for model in admin.site._registry
        if f"{model._meta.app_label}.{model._meta.model_name}" not in declared
    }
    assert without <= {"sentra.ChangeSet", "promotions.CaseDocument"}, without
    assert set(admin.site._registry) == set(MAKERS)


def test_every_page_of_our_own_has_a_declared_right() -> None:
    assert set(own_urls()) - PUT_BACK == set(OWN_PAGES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("model", list(MAKERS), ids=named)
def test_a_role_opens_what_it_was_granted_and_nothing_else(
    model: type[Model], name: str, records: dict[type[Model], Model], browser: Callable[[str], Client]
) -> None:
    record = records[model]
    if hasattr(record, "status") and hasattr(record, "published_at") and model not in SHOWN_ONLY:
        model._default_manager.filter(pk=record.pk).update(status="draft", published_at=None)
    given, client = grants(name, model), browser(name)
    reads = bool(given & {"view", "change"})
    shut = (403, 404) if not reads else (403,)

    def check(response: Any, may: bool, what: str) -> None:
        # A row that this officer's list does not hold does not exist: back to the desk.
        nowhere = response.status_code == 302 and response.url == reverse("admin:index")
        opened = response.status_code in (200, 302) and not nowhere
        assert opened == may, (what, response.status_code)
        assert may or nowhere or response.status_code in shut, (what, response.status_code)

    check(client.get(page(model, "changelist")), reads, "list")
    check(client.get(page(model, "change", record.pk or 1)), reads, "view")
    if model is not ChangeSet:
        check(client.get(page(model, "history", record.pk or 1)), reads, "history")
    check(client.get(page(model, "add")), "add" in given, "add")
    check(client.post(page(model, "add"), {}), "add" in given, "add, sent")
    if model not in NOT_SENT:
        check(client.post(page(model, "change", record.pk or 1), {}), "change" in given, "change, sent")
    if model not in (FairSelection, CatalogueEdition, ImportProposal):
        check(client.post(page(model, "delete", record.pk or 1), {}), "delete" in given, "delete")


@pytest.mark.parametrize("role", NAMES)
@pytest.mark.parametrize("name", list(OWN_PAGES))
def test_our_own_pages_open_with_their_right_only(
    name: str, role: str, records: dict[type[Model], Model], browser: Callable[[str], Client]
) -> None:
    client = browser(role)
    model, asked = own_urls()[name]
    record = records[model]
    standing = {
        "pk": record.pk,
        "object_id": record.pk,
        "kept": record.pk,
        "gone": record.pk + 1000,
        "letter": 1,
        "sentra": 1,
        "kind": "air",
        "name": "x",
        "form": "csv",
        "code": getattr(getattr(record, "ikm", None), "code", "U-01"),
    }
    if name == "sentra_review_ask":
        standing |= {"kind": record.content_type_id, "pk": record.object_id}
    if name in OF_FROZEN_EDITIONS and client.user.has_perms(OWN_PAGES[name]):
        return
    kwargs = {key: (standing | GIVEN.get(name, {}))[key] for key in asked}
    response = client.get(reverse(f"admin:{name}", kwargs=kwargs))
    nowhere = response.status_code == 302 and response.url == reverse("admin:index")
    status = 404 if nowhere else response.status_code
    if client.user.has_perms(OWN_PAGES[name]):
        assert status != 403, status
    else:
        assert status in (403, 404), status
    assert status < 500


# Pages of the desk itself, open to every officer; what they hold follows each officer's own rights.
OF_THE_DESK = {
    "desk_breakdown",
    "desk_filter_delete",
    "desk_filter_save",
    "desk_report",
    "desk_report_now",
    "desk_report_table",
}
# One's own account, and the second step of signing in: each officer's own, whatever the role.
OF_THE_ACCOUNT = {"sign_in_code", "own_account", "second_factor", "second_factor_codes", "second_factor_remove"}
OF_DJANGO = {
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
}


def test_every_page_of_the_desk_itself_is_declared() -> None:
    assert {
        url.name for url in admin.site.get_urls() if getattr(url, "name", None)
    } == OF_THE_DESK | OF_THE_ACCOUNT | OF_DJANGO


@pytest.mark.parametrize("name", ["desk_report_now", "index"])
def test_nobody_without_an_account_reads_the_desk(name: str, client: Any) -> None:
    assert client.get(reverse(f"admin:{name}")).status_code == 302


ACTIONS = {"publish_selected": "publish", "archive_selected": "publish", "delete_selected": "delete"}


@pytest.mark.parametrize("role", NAMES)
@pytest.mark.parametrize("action", list(ACTIONS))
@pytest.mark.parametrize("label", ["sentra.sentra", "sentra.ikm", "products.product", "promotions.promotion"])
def test_bulk_actions_are_offered_to_who_may(
    label: str, action: str, role: str, records: dict[type[Model], Model], browser: Callable[[str], Client]
) -> None:
    model = next(model for model in records if named(model).lower() == label)
    response = browser(role).get(page(model, "changelist"))
    offered = response.status_code == 200 and f'value="{action}"' in response.content.decode()
    assert offered == (ACTIONS[action] in grants(role, model))
