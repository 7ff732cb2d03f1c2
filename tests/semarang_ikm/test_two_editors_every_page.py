"""Two editors at every page of the admin: a stale form that nobody typed into writes nothing, one that clashes asks."""

import pytest
from django import forms

from promotions.models import CaseDocument, EditionFile, FairSelection, LedgerBusiness
from semarang_ikm.exchange.models import ImportProposal
from sentra.history import changes_of, version_of
from sentra.models import ChangeSet, DataReport, Kelurahan, ProductType, Review
from tests import officers
from tests.editing import ASKED, Opened, stored, text
from tests.semarang_ikm.test_admin_every_page import LISTED, MAKERS, address, full_ikm, full_sentra, named

pytestmark = pytest.mark.django_db

# Pages without a form of the record; requests, which are answered once by their action.
NO_FORM = {CaseDocument, ChangeSet, EditionFile, ImportProposal, LedgerBusiness, Review}
EDITED = [model for model in LISTED if model not in NO_FORM]
# What two officers type where the last text of the page takes no free words.
TYPED = {
    Kelurahan: ("postal_code", "50211", "50212"),
    ProductType: ("name_en", "Theirs", "Mine"),
    FairSelection: ("places", "12", "13"),
}


def last_text(page: Opened) -> str:
    shown = page.client.get(page.url).context["adminform"]
    lines = [line for _title, options in shown.fieldsets for line in options["fields"]]
    names = [name for line in lines for name in ([line] if isinstance(line, str) else line)]
    fields = shown.form.fields
    return [name for name in names if name in fields and type(fields[name]) is forms.CharField and name != "slug"][-1]


@pytest.mark.parametrize("model", EDITED, ids=named)
def test_a_stale_form_left_alone_writes_nothing_and_a_clash_is_asked(model):
    record = MAKERS[model]()
    first, second, third = (Opened(officers.signed_in(is_superuser=True), record) for _officer in range(3))
    name, theirs, mine = TYPED.get(model) or (last_text(first), "Diubah rekan", "Diubah saya")
    assert stored(first.send(**{name: theirs})), name
    after = version_of(record)
    assert stored(second.send())
    assert list(changes_of(record).filter(pk__gt=after).values("model", "fields")) == []
    assert model._base_manager.filter(pk=record.pk, **{name: theirs}).exists()
    told = text(third.send(**{name: mine}))
    assert ASKED in told
    assert f"{theirs} {mine}" in told
    assert model._base_manager.filter(pk=record.pk, **{name: theirs}).exists()
    assert stored(third.send())
    assert model._base_manager.filter(pk=record.pk, **{name: mine}).exists()


def test_what_the_trail_does_not_keep_is_guarded_by_the_form_itself():
    record = MAKERS[DataReport]()
    first, second = (Opened(officers.signed_in(is_superuser=True, first_name="Dewi"), record) for _officer in range(2))
    assert stored(first.send(note="Sudah ditelepon\r\ndua kali"))
    assert stored(second.send(answer_note="Dijawab"))
    record.refresh_from_db()
    assert (record.note, record.answer_note) == ("Sudah ditelepon\r\ndua kali", "Dijawab")


@pytest.mark.parametrize("make", [full_sentra, full_ikm])
def test_a_page_of_many_changes_asks_as_often_as_one_of_few(make, officer_client, count_queries):
    few, many = make(), make()
    for number in range(12):
        many.summary = f"Ringkasan {number}"
        many.save()
    first, second = (address(type(few), "change", record.pk) for record in (few, many))
    officer_client.get(first)
    assert count_queries(lambda: officer_client.get(first)) == count_queries(lambda: officer_client.get(second))


def test_saving_costs_the_same_however_many_changes_came_between(officer_client, count_queries):
    few, many = full_sentra(), full_sentra()
    forms = [Opened(officer_client, record) for record in (few, many)]
    for record, times in ((few, 1), (many, 12)):
        for number in range(times):
            record.name_en = f"Name {number}"
            record.save()
    costs = [count_queries(lambda form=form: form.send(activity_note="Ramai pagi hari")) for form in forms]
    assert costs[0] == costs[1]
