"""The queue between editors and publishers: who asked since when, the answer, and what an editor cannot do."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from sentra.actions.reviews import waiting_for
from sentra.models import Ikm, Review, Sentra
from tests import factories, officers
from tests.admin_forms import admin_url, errors, submit
from tests.officers import signed_in

pytestmark = pytest.mark.django_db


def statuses(client, model, record=None) -> set[str]:
    url = admin_url(model, "change", record.pk) if record else admin_url(model, "add")
    return {value for value, _label in client.get(url).context["adminform"].form.fields["status"].choices}


def ask_url(record) -> str:
    return reverse("admin:sentra_review_ask", args=[ContentType.objects.get_for_model(record).pk, record.pk])


@pytest.fixture
def editor():
    return signed_in("Penyunting", first_name="Siti", last_name="Aminah")


@pytest.fixture
def publisher():
    return signed_in("Penerbit")


def test_an_editor_is_offered_draft_and_review_only(editor):
    assert statuses(editor, Ikm) == {"draft", "in_review"}
    assert statuses(editor, Ikm, factories.ikm()) == {"draft", "in_review"}


def test_a_publisher_is_offered_every_status(publisher):
    assert statuses(publisher, Ikm) == {"draft", "in_review", "published", "archived"}


def test_a_forged_status_is_refused_beside_its_field(editor):
    ikm = factories.ikm()
    refused = submit(editor, Ikm, {"status": "published"}, record=ikm)
    assert "status" in errors(refused)
    ikm.refresh_from_db()
    assert ikm.status == "draft"


def test_handing_over_opens_a_request_with_the_editors_words(editor, publisher):
    ikm = factories.ikm()
    response = submit(editor, Ikm, {"status": "in_review", "review_note": "NIB belum pasti"}, record=ikm)
    assert response.status_code == 302
    request = waiting_for(ikm).get()
    assert (request.asked_by, request.wish, request.kind) == (editor.user, "NIB belum pasti", "publication")
    queue = publisher.get(admin_url(Review, "changelist")).content.decode()
    assert "NIB belum pasti" in queue
    assert admin_url(Ikm, "change", ikm.pk) in queue
    page = publisher.get(admin_url(Ikm, "change", ikm.pk)).content.decode()
    assert "diminta Siti Aminah" in page


def test_publishing_answers_the_request(editor, publisher):
    ikm = factories.ikm()
    submit(editor, Ikm, {"status": "in_review"}, record=ikm)
    submit(publisher, Ikm, {"status": "published"}, record=ikm)
    request = Review.objects.get()
    assert (request.outcome, request.answered_by) == ("done", publisher.user)
    assert list(publisher.get(admin_url(Review, "changelist")).context["cl"].queryset) == []


def test_a_refusal_needs_a_sentence_which_the_editor_reads(editor, publisher):
    ikm = factories.ikm()
    submit(editor, Ikm, {"status": "in_review"}, record=ikm)
    assert "review_note" in errors(submit(publisher, Ikm, {"status": "draft"}, record=ikm))
    submit(publisher, Ikm, {"status": "draft", "review_note": "Lengkapi kelurahannya"}, record=ikm)
    assert Review.objects.get().outcome == "returned"
    page = editor.get(admin_url(Ikm, "change", ikm.pk)).content.decode()
    assert "Lengkapi kelurahannya" in page


def test_an_editor_takes_an_own_request_back(editor):
    ikm = factories.ikm()
    submit(editor, Ikm, {"status": "in_review"}, record=ikm)
    submit(editor, Ikm, {"status": "draft"}, record=ikm)
    assert Review.objects.get().outcome == "withdrawn"


def test_a_published_record_is_read_by_an_editor_and_changed_by_nobody_but_publishers(editor):
    ikm = factories.ikm(published=True)
    url = admin_url(Ikm, "change", ikm.pk)
    page = editor.get(url)
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert ask_url(ikm) in page.content.decode()
    assert editor.post(url, {"name": "Lain"}).status_code == 403
    ikm.refresh_from_db()
    assert ikm.name != "Lain"


def test_a_change_of_what_is_shown_is_asked_for_once_and_answered(editor, publisher):
    ikm = factories.ikm(published=True)
    assert editor.get(ask_url(ikm)).status_code == 200
    assert editor.post(ask_url(ikm), {"wish": ""}).status_code == 200
    for words in ("Alamat pindah", "Alamat pindah ke Malon"):
        assert editor.post(ask_url(ikm), {"wish": words}).status_code == 302
    request = Review.objects.get()
    assert request.wish == "Alamat pindah ke Malon"
    refused = submit(publisher, Review, {"outcome": "returned", "answer": ""}, record=request)
    assert "answer" in errors(refused)
    assert submit(publisher, Review, {"outcome": "done"}, record=request).status_code == 302
    request.refresh_from_db()
    assert (request.outcome, request.answered_by) == ("done", publisher.user)
    assert "Dikabulkan" in editor.get(admin_url(Ikm, "change", ikm.pk)).content.decode()


def test_a_viewer_neither_asks_nor_answers():
    viewer, record = signed_in("Pelihat"), factories.ikm(published=True)
    assert ask_url(record) not in viewer.get(admin_url(Ikm, "change", record.pk)).content.decode()
    assert viewer.get(ask_url(record)).status_code == 403
    assert viewer.get(admin_url(Review, "changelist")).status_code == 403


def test_an_editor_does_not_answer(editor):
    request = officers.review()
    url = admin_url(Review, "change", request.pk)
    assert editor.get(url).status_code == 200
    assert editor.post(url, {"outcome": "done"}).status_code == 403


def test_bulk_actions_of_an_editor_stop_at_what_is_published(editor):
    draft, public = factories.ikm("Masih Draf"), factories.ikm("Sudah Terbit", published=True)
    page = editor.get(admin_url(Ikm, "changelist")).content.decode()
    assert "publish_selected" not in page
    assert "archive_selected" not in page
    data = {"action": "ask_selected", "_selected_action": [draft.pk, public.pk], "confirmed": "1", "review_note": "Ya"}
    page = editor.post(admin_url(Ikm, "changelist"), data, follow=True).content.decode()
    assert "hanya penerbit" in page
    draft.refresh_from_db()
    public.refresh_from_db()
    assert (draft.status, public.status) == ("in_review", "published")
    assert waiting_for(draft).get().wish == "Ya"
    editor.post(admin_url(Ikm, "changelist"), {**data, "action": "publish_selected"})
    draft.refresh_from_db()
    assert draft.status == "in_review"


def test_marking_as_checked_leaves_published_rows_to_the_publisher(editor):
    draft, public = factories.ikm(), factories.ikm(published=True, checked_on=None)
    data = {"action": "check_selected", "_selected_action": [draft.pk, public.pk]}
    page = editor.post(admin_url(Ikm, "changelist"), data, follow=True).content.decode()
    assert "1 data sudah terbit" in page
    draft.refresh_from_db()
    public.refresh_from_db()
    assert (draft.checked_by, public.checked_by) == (editor.user, None)


def test_what_was_ever_public_is_deleted_by_publishers_only(editor, publisher):
    draft, former = factories.ikm(), factories.ikm(published=True)
    Ikm.objects.filter(pk=former.pk).update(status="draft")
    assert editor.post(admin_url(Ikm, "delete", draft.pk), {"post": "yes"}).status_code == 302
    assert editor.post(admin_url(Ikm, "delete", former.pk), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [former.pk], "post": "yes"}
    editor.post(admin_url(Ikm, "changelist"), data)
    assert list(Ikm.objects.all()) == [former]
    assert publisher.post(admin_url(Ikm, "delete", former.pk), {"post": "yes"}).status_code == 302


def test_requests_go_with_their_record():
    sentra = factories.sentra()
    officers.review(record=sentra, kind="publication")
    sentra.delete()
    assert not Review.objects.exists()


def test_the_queue_asks_as_often_for_many_as_for_few(publisher, count_queries):
    for _ in range(2):
        officers.review()
        officers.review(record=factories.sentra(published=True))
    few = count_queries(lambda: publisher.get(admin_url(Review, "changelist")))
    for _ in range(5):
        officers.review()
        officers.review(record=factories.sentra(published=True))
    assert Sentra.objects.count() == 7
    assert count_queries(lambda: publisher.get(admin_url(Review, "changelist"))) == few
