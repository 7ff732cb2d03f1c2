"""What officers edit leaves a trail: no model of the admin without one, and no write that goes past it."""

import ast

from django.contrib import admin
from django.db import models

from semarang_ikm.shared.tracing import traced_models
from tests.test_architecture import MODULES

OURS = {"sentra", "products", "promotions", "semarang_ikm"}
# Models with an admin page, or rows on one, that leave no trail; the reason of each.
UNTRACED = {
    "promotions.LedgerBusiness": "the rows of sentra.Ikm, which leave theirs; nothing is written here",
    "promotions.EditionFile": "written by the worker alone; officers look at it",
    "sentra.ChangeSet": "the trail itself",
    "sentra.Review": "a request and its answer, itself the record of who and when",
    "promotions.EditionWaiver": "given once with its reason, and itself the record of who gave it",
}
# Rows that go with a traced record and do not come back with it; the reason of each.
NOT_RESTORED = {
    "admin.LogEntry": "accounts cannot be deleted",
    "sentra.SavedFilter": "accounts cannot be deleted; one officer's own shortcut, of no record",
    "otp_static.StaticDevice": "recovery codes, of which the trail keeps nothing; accounts cannot be deleted",
    "sentra.BoundaryShape": "imported as a whole; a kecamatan cannot be deleted",
    "promotions.EditionDocument": "exists for published editions only, which cannot be deleted",
    "promotions.EditionPhoto": "exists for published editions only, which cannot be deleted",
    "promotions.EditionFile": "exists for published editions only, which cannot be deleted",
    "promotions.EditionMask": "exists for published editions only, which cannot be deleted",
    "promotions.EditionWaiver": "belongs to one look at the draft; asked for anew",
    "promotions.LayoutCheck": "measured anew by the worker",
    "promotions.EditionFreezing": "an act of the worker; what came of it stands in the log of the edition",
}
# Modules that write many rows without semarang_ikm.shared.bulk; the reason of each.
PAST_THE_TRAIL = {
    "semarang_ikm.shared.bulk": "the door itself",
    "semarang_ikm.shared.background": "columns of progress, written while work runs",
    "semarang_ikm.content.loader": "shipped content that nobody entered; what it changes later is saved row by row",
    "sentra.admin.once": "keys of sent forms, which leave no trail",
    "sentra.actions.forgetting": "takes personal data out, which must not go into the trail",
    "sentra.actions.boundaries": "an imported drawing, replaced as a whole",
    "sentra.actions.merging": "former addresses, which come back with the record that had them",
    "sentra.actions.reports": "erases what senders wrote, of which the trail keeps nothing",
    "sentra.actions.purging": "takes personal data out, which must not go into the trail",
    "sentra.actions.reviews": "requests leave no trail",
    "sentra.codes": "the counter of codes",
    "sentra.history.files": "files that no row names any more",
    "sentra.history.redaction": "the door that takes values out of the trail",
    "sentra.history.writing": "the trail itself",
    "sentra.lineage": "a table that follows from another",
    "sentra.models.addressable": "former addresses, which follow from the slug",
    "sentra.personal_data.retention": "takes personal data out, which must not go into the trail",
    "sentra.tombstones": "former addresses, which follow from the slug",
    "semarang_ikm.exchange.actions": "proposals leave no trail; what they write does",
    "semarang_ikm.exchange.retention": "takes personal data out of proposals, which leave no trail",
    "semarang_ikm.retention": "takes personal data out of what the worker's tasks left",
    "semarang_ikm.exchange.tasks": "proposals leave no trail; what they write does",
    "semarang_ikm.exchange.writing": "links of new records, between the two halves of shared.bulk.linking",
    "products.actions.purging": "takes personal data out, which must not go into the trail",
    "promotions.actions.editions": "stored files of an edition, which leave no trail",
    "promotions.actions.purging": "takes personal data out, which must not go into the trail",
    "promotions.actions.preflight": "waivers leave no trail",
    "promotions.withdrawing": "masks and stored files of an edition, which leave no trail",
}
WRITES = {"bulk_create", "bulk_update", "update_or_create", "_raw_delete"}


def test_every_model_of_the_admin_leaves_a_trail() -> None:
    shown = set(admin.site._registry)
    for page in admin.site._registry.values():
        shown |= {inline.model for inline in page.inlines}
    wrong = [
        model._meta.label
        for model in shown
        if model._meta.app_label in OURS
        and not model._meta.auto_created
        and model not in traced_models()
        and model._meta.label not in UNTRACED
    ]
    assert wrong == []


def test_whatever_goes_with_a_record_leaves_a_trail_too() -> None:
    wrong = [
        f"{relation.related_model._meta.label} goes with {model._meta.label}"
        for model in traced_models()
        for relation in model._meta.get_fields(include_hidden=True)
        if getattr(relation, "on_delete", None) is models.CASCADE
        and relation.auto_created
        and not relation.related_model._meta.auto_created
        and relation.related_model not in traced_models()
        and relation.related_model._meta.label not in NOT_RESTORED
    ]
    assert wrong == []


def test_no_write_to_many_rows_goes_past_the_trail() -> None:
    wrong = [
        module.at(call.lineno, ast.unparse(call.func))
        for module in MODULES
        if module.name not in PAST_THE_TRAIL and "synthetic" not in module.below_room
        for call in module.calls()
        if isinstance(call.func, ast.Attribute) and (call.func.attr in WRITES or _updates_rows(call.func))
    ]
    assert wrong == []


def test_every_exception_is_still_one() -> None:
    writing = {
        module.name
        for module in MODULES
        for call in module.calls()
        if isinstance(call.func, ast.Attribute) and (call.func.attr in WRITES or _updates_rows(call.func))
    }
    assert PAST_THE_TRAIL.keys() <= writing


def _updates_rows(called: ast.Attribute) -> bool:
    """`.update(` on what a manager or a queryset method gave; not on a dict or a set in a variable."""
    owner = called.value
    if called.attr != "update":
        return False
    names = {node.attr for node in ast.walk(owner) if isinstance(node, ast.Attribute)}
    return bool(names & {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all"})


def test_the_rule_sees_a_write() -> None:
    for text, seen in {
        "Ikm.objects.filter(pk=1).update(name='x')": True,
        "rows.exclude(pk=1).update(name='x')": True,
        "values.update(name='x')": False,
    }.items():
        call = ast.parse(text).body[0].value
        assert _updates_rows(call.func) == seen
