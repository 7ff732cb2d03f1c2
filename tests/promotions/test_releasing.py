"""A large edition is published by the worker: as its data are then, while it may be, once, and never half."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice, repeat

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from products.models import Product
from promotions.actions import editions, releasing
from promotions.actions.preflight import NotFit
from promotions.actions.releasing import Release, release
from promotions.choices import EditionStatus, FileVariant, Paper
from promotions.editions import freezing
from promotions.models import CatalogueEdition, EditionFreezing, EditionMask, Promotion
from promotions.tasks import freeze_edition
from semarang_ikm.shared.background import PATIENCE, WorkState
from sentra.actions.consent import withdraw_consent
from sentra.models import Change, ChangeSet, Consent, ConsentScope
from tests import factories
from tests.promotions.test_editions import no_setting_in_type, plan, product_of  # noqa: F401 - a fixture
from tests.promotions.waiving import waive_all

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER, TYPED = "+6281215550123", "0812-1555-0123"


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "AT_ONCE", 1)


@pytest.fixture
def queued(settings) -> None:
    """Work waits for the worker, as it does on a server."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def publisher() -> User:
    user = factories.user(is_staff=True)
    for name in ("view", "change", "publish"):
        user.user_permissions.add(Permission.objects.get(codename=f"{name}_catalogueedition"))
    return User.objects.get(pk=user.pk)


def large(*products: Product) -> CatalogueEdition:
    edition = plan(*(products or (product_of("Kain nila"), product_of("Kain lurik"))))
    waive_all(edition)
    return edition


def with_number() -> tuple[CatalogueEdition, Consent]:
    product = product_of()
    factories.contact(ikm=product.ikm, kind="whatsapp", value=NUMBER)
    consent = factories.consent(product.ikm, "whatsapp", channels=["web", "print"])
    return large(product, product_of()), consent


def run_worker() -> None:
    call_command("worker", "--batch", "--no-startup-delay", verbosity=0)


def assert_unpublished(edition: CatalogueEdition) -> None:
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT and edition.published_at is None
    assert not edition.documents.exists() and not edition.photos.exists() and not edition.files.exists()


def said_of(edition: CatalogueEdition) -> list[tuple[str, str]]:
    rows = LogEntry.objects.filter(object_id=str(edition.pk)).order_by("pk").select_related("user")
    return [(row.user.username, row.get_change_message()) for row in rows]


def published_in_the_trail() -> list[ChangeSet]:
    rows = Change.objects.filter(model="promotions.catalogueedition").select_related("change_set__who")
    return [row.change_set for row in rows if row.fields.get("status", [""])[-1] == EditionStatus.PUBLISHED]


def test_a_small_edition_is_published_while_the_officer_waits(queued, publisher) -> None:
    edition = large(product_of())
    assert release(edition=edition, by=publisher) == Release.PUBLISHED
    assert not EditionFreezing.objects.exists()
    edition.refresh_from_db()
    assert edition.status == EditionStatus.PUBLISHED and edition.documents.count() == 1


def test_a_large_one_waits_for_the_worker_and_carries_who_asked_and_why(queued, publisher) -> None:
    edition = large()
    assert release(edition=edition, by=publisher, why=" Pameran Juni ") == Release.ASKED
    assert_unpublished(edition)
    assert EditionFreezing.objects.get().work_state == WorkState.WAITING
    run_worker()
    edition.refresh_from_db()
    assert (edition.status, edition.published_by) == (EditionStatus.PUBLISHED, publisher)
    assert edition.files.get().work_state == WorkState.DONE
    assert EditionFreezing.objects.get().work_percent == 100
    assert (publisher.username, "Diminta terbit: 2 produk. Pameran Juni") in said_of(edition)
    (trail,) = published_in_the_trail()
    assert (trail.who, trail.why) == (publisher, "Pameran Juni")


def test_asked_for_twice_it_is_done_once(queued, publisher) -> None:
    edition = large()
    assert [release(edition=edition, by=publisher) for _press in range(2)] == [Release.ASKED, Release.NOTHING]
    assert DBTaskResult.objects.count() == 1
    run_worker()
    assert release(edition=edition, by=publisher) == Release.NOTHING
    # A task that a dead worker left behind comes once more.
    freeze_edition.call(EditionFreezing.objects.get().pk)
    assert edition.documents.count() == 1 and edition.files.count() == 1


def test_what_is_not_fit_is_not_even_queued(queued, publisher) -> None:
    edition = plan(product_of(), product_of())
    with pytest.raises(NotFit):
        release(edition=edition, by=publisher)
    assert not EditionFreezing.objects.exists() and not DBTaskResult.objects.exists()


def spoil_a_row(edition: CatalogueEdition) -> None:
    Product.objects.filter(edition_entries__edition=edition).update(status="draft")


def change_the_plan(edition: CatalogueEdition) -> None:
    editions.add_products(edition=edition, products=[product_of("Datang belakangan")], by=None)


def take_back_a_reason(edition: CatalogueEdition) -> None:
    edition.waivers.all().delete()


@pytest.mark.parametrize("spoil", [spoil_a_row, change_the_plan, take_back_a_reason])
def test_what_is_no_longer_fit_when_the_worker_comes_is_not_published(
    queued, publisher, spoil: Callable[[CatalogueEdition], None]
) -> None:
    edition = large()
    release(edition=edition, by=publisher)
    spoil(edition)
    run_worker()
    assert_unpublished(edition)
    work = EditionFreezing.objects.get()
    assert work.work_state == WorkState.FAILED and work.work_message.startswith("Belum dapat terbit:")
    name, message = said_of(edition)[-1]
    assert name == publisher.username and message.startswith("Tidak jadi terbit: Belum dapat terbit:")
    assert not published_in_the_trail()


def test_it_is_asked_for_again_once_it_is_mended(queued, publisher) -> None:
    edition = large()
    release(edition=edition, by=publisher)
    take_back_a_reason(edition)
    run_worker()
    waive_all(edition)
    assert release(edition=edition, by=publisher) == Release.ASKED
    run_worker()
    edition.refresh_from_db()
    assert edition.status == EditionStatus.PUBLISHED


@pytest.mark.parametrize("lost", [{"is_active": False}, {"user_permissions": []}])
def test_who_may_no_longer_publish_publishes_nothing(queued, publisher, lost: dict) -> None:
    edition = large()
    release(edition=edition, by=publisher)
    if "is_active" in lost:
        User.objects.filter(pk=publisher.pk).update(**lost)
    else:
        publisher.user_permissions.clear()
    run_worker()
    assert_unpublished(edition)
    assert "tidak boleh menerbitkan lagi" in EditionFreezing.objects.get().work_message


def test_a_worker_that_breaks_leaves_nothing_behind(queued, publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = large()
    release(edition=edition, by=publisher)

    def gone(*_args: object) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(editions, "_enter_in_ledger", gone)
    run_worker()
    assert_unpublished(edition)
    assert "Minta sekali lagi" in EditionFreezing.objects.get().work_message


def test_a_worker_that_died_is_noticed_and_the_edition_is_asked_for_again(queued, publisher) -> None:
    edition = large()
    release(edition=edition, by=publisher)
    DBTaskResult.objects.all().delete()
    rows = EditionFreezing.objects.all()
    rows.update(work_state=WorkState.RUNNING, work_changed_at=timezone.now() - PATIENCE / 2)
    assert release(edition=edition, by=publisher) == Release.NOTHING
    rows.update(work_changed_at=timezone.now() - PATIENCE - timedelta(seconds=1))
    assert release(edition=edition, by=publisher) == Release.ASKED
    run_worker()
    edition.refresh_from_db()
    assert edition.status == EditionStatus.PUBLISHED


# -- between the look and the freezing ----------------------------------------------------------------------------------


def elsewhere(act: Callable[[], object]) -> threading.Thread:
    """Somebody else, on a connection of their own."""

    def run() -> None:
        try:
            act()
        finally:
            connections["default"].close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def meanwhile(act: Callable[[], object]) -> None:
    """Somebody else commits something. SQLite has one writer at a time: there it can only be the same connection."""
    if connection.vendor == "sqlite":
        act()
    else:
        elsewhere(act).join(timeout=20)


def freezing_then(acts: Iterator[Callable[[], object]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each act of somebody else happens after a snapshot and before it is stored."""

    def freeze(edition: CatalogueEdition) -> freezing.Frozen:
        frozen = freezing.freeze(edition)
        for act in islice(acts, 1):
            meanwhile(act)
        return frozen

    monkeypatch.setattr(editions, "freeze", freeze)


def test_what_is_withdrawn_while_it_waits_is_not_in_the_edition(queued, publisher) -> None:
    edition, consent = with_number()
    release(edition=edition, by=publisher)
    withdraw_consent(consent=consent, by=None)
    waive_all(edition)
    run_worker()
    assert TYPED not in json.dumps(edition.documents.get().content)


def withdrawn_by_another_door() -> None:
    ConsentScope.objects.update(withdrawn_on=factories.days_ago(0))


@pytest.mark.parametrize(
    "withdraw_or_spoil", [withdrawn_by_another_door, lambda: Product.objects.update(status="draft")]
)
def test_what_changes_after_the_snapshot_is_looked_at_again(
    withdraw_or_spoil: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, _consent = with_number()
    freezing_then(iter([withdraw_or_spoil]), monkeypatch)
    with pytest.raises(NotFit):
        editions.publish(edition=edition, by=None)
    assert_unpublished(edition)


def test_a_harmless_change_after_the_snapshot_is_frozen_too(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = plan(product_of(), promotion=factories.promotion(published=True, place="Alun-alun"))
    freezing_then(iter([lambda: Promotion.objects.update(place="Balai kota")]), monkeypatch)
    # It would want the pages measured again.
    monkeypatch.setattr(editions, "must_be_fit", lambda edition: None)
    editions.publish(edition=edition, by=None)
    content = json.dumps(edition.documents.get().content)
    assert "Balai kota" in content and "Alun-alun" not in content


def test_data_that_never_rest_are_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = large()
    freezing_then(repeat(factories.ikm), monkeypatch)
    with pytest.raises(ValidationError, match="sedang banyak diubah"):
        editions.publish(edition=edition, by=None)
    assert_unpublished(edition)


def test_a_withdrawal_at_the_moment_of_publishing_waits_and_closes_what_it_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time: nobody withdraws while an edition is stored")
    edition, consent = with_number()
    others: list[threading.Thread] = []
    stored = editions._store

    def store(edition: CatalogueEdition, frozen: freezing.Frozen) -> None:
        others.append(elsewhere(lambda: withdraw_consent(consent=consent, by=None)))
        others[0].join(timeout=1)
        assert others[0].is_alive(), "it did not wait for the edition"
        stored(edition, frozen)

    monkeypatch.setattr(editions, "_store", store)
    editions.publish(edition=edition, by=None)
    others[0].join(timeout=20)
    assert EditionMask.objects.get(edition=edition).fields == ["whatsapp"]
    assert edition.files.get().restricted_on is not None


def test_two_workers_at_once_publish_once(publisher, queued) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    edition = large()
    release(edition=edition, by=publisher)
    pk = EditionFreezing.objects.get().pk
    for thread in [elsewhere(lambda: freeze_edition.call(pk)) for _worker in range(2)]:
        thread.join(timeout=60)
    assert edition.documents.count() == 1 and edition.files.count() == 1
    assert EditionFreezing.objects.get().work_state == WorkState.DONE


def test_a_file_asked_for_after_a_withdrawal_is_closed_from_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, consent = with_number()
    editions.publish(edition=edition, by=None)
    before, _new = editions.request_file(edition=edition, variant=FileVariant.READING, paper=Paper.A5, by=None)
    assert before.restricted_on is None
    edition.files.filter(paper=Paper.A5).delete()
    withdraw_consent(consent=consent, by=None)
    after, _new = editions.request_file(edition=edition, variant=FileVariant.READING, paper=Paper.A5, by=None)
    assert after.restricted_on is not None


# -- officers -----------------------------------------------------------------------------------------------------------


def address(edition: CatalogueEdition) -> str:
    return reverse("admin:promotions_catalogueedition_change", args=[edition.pk])


def press(client: Client, edition: CatalogueEdition, **posted: str):
    return client.post(reverse("admin:promotions_edition_step", args=[edition.pk, "terbitkan"]), posted, follow=True)


def test_the_page_tells_how_far_it_is_and_holds_nothing_that_its_renewal_loses(queued, officer_client: Client) -> None:
    edition = large()
    page = press(officer_client, edition, alasan_perubahan="Pameran Juni")
    shown = page.content.decode()
    assert page["Refresh"] == "2" and "<progress" in shown and "“Pameran Juni”" in shown
    assert 'name="title"' not in shown and "/langkah/terbitkan/" not in shown
    EditionFreezing.objects.update(work_state=WorkState.RUNNING, work_done=30, work_total=120)
    assert "langkah 30 dari 120" in officer_client.get(address(edition)).content.decode()
    run_worker()
    done = officer_client.get(address(edition))
    assert "Refresh" not in done and "<progress" not in done.content.decode()


def test_nothing_is_changed_through_the_page_meanwhile(queued, officer_client: Client) -> None:
    edition = large()
    press(officer_client, edition)
    assert officer_client.post(address(edition), {"title": "Lain"}).status_code == 403
    assert press(officer_client, edition).status_code == 403
    edition.refresh_from_db()
    assert edition.title != "Lain" and DBTaskResult.objects.count() == 1


def test_the_page_says_why_it_was_not_published_and_offers_it_again(queued, officer_client: Client) -> None:
    edition = large()
    press(officer_client, edition)
    take_back_a_reason(edition)
    run_worker()
    page = officer_client.get(address(edition))
    shown = page.content.decode()
    assert "Edisi ini belum terbit." in shown and "Belum dapat terbit:" in shown and 'name="title"' in shown
    assert "/langkah/terbitkan/" in shown and "Refresh" not in page


def test_the_page_says_when_the_work_has_stopped(queued, officer_client: Client) -> None:
    edition = large()
    press(officer_client, edition)
    EditionFreezing.objects.update(work_changed_at=timezone.now() - PATIENCE * 2)
    shown = officer_client.get(address(edition)).content.decode()
    assert "pekerjaannya terhenti" in shown and "/langkah/terbitkan/" in shown


def test_who_may_not_publish_asks_for_nothing(queued, client: Client) -> None:
    edition = large()
    editor = factories.user(is_staff=True)
    for name in ("view", "change"):
        editor.user_permissions.add(Permission.objects.get(codename=f"{name}_catalogueedition"))
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert press(client, edition).status_code == 403
    assert not EditionFreezing.objects.exists()
