"""Synthetic rows: as many as asked for, the same for a seed, told from real ones, and gone without a trace."""

import datetime
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from products.matching import PRICE_FILTER_DAYS
from products.models import Certification, Product
from promotions.models import Appearance, Promotion
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.phones import parse_phone
from semarang_ikm.shared.time import today
from semarang_ikm.synthetic import generate
from sentra.choices import ContactKind
from sentra.codes import issue_codes
from sentra.indexing import refresh_all
from sentra.models import CodeSequence, Consent, Contact, Ikm, Sentra
from tests import factories

pytestmark = pytest.mark.django_db

FIXTURES = Path(django_settings.BASE_DIR) / "fixtures"


@pytest.fixture
def city():
    """Areas, a small tree of types, certificate kinds with and without an end."""
    for _ in range(4):
        factories.kelurahan()
    food = factories.product_type("Pangan", name_en="Food", is_food=True, position=1)
    factories.product_type("Lumpia", name_en="Spring rolls", parent=food, is_food=True, position=3)
    factories.product_type("Tempe", parent=food, is_food=True, position=2)
    factories.product_type("Batik", position=4)
    factories.certificate_kind(slug="halal", name="Halal", for_food_only=True)
    factories.certificate_kind(slug="sni", name="SNI")


def seed(**options) -> None:
    call_command("seed_synthetic", **{"ikm": 60, "products": 300, "seed": 7, "verbosity": 0, **options})


def contents() -> list:
    """Everything that a page would show, in a stable order, without keys and times of writing."""
    fields = ("slug", "name", "name_en", "status", "published_at", "search_text", "sort_name", "price_min", "price_on")
    certificates = ("number", "kind__slug", "stage", "issued_on", "expires_on", "checked_on", "products__slug")
    return [
        list(Product.objects.order_by("slug").values_list(*fields)),
        list(Ikm.objects.order_by("slug").values_list("slug", "name", "kelurahan__code", "search_text", "status")),
        list(Certification.objects.order_by("kind__slug", "ikm__slug", "products__slug").values_list(*certificates)),
        list(Contact.objects.order_by("ikm__slug", "kind").values_list("ikm__slug", "kind", "value")),
    ]


def count_everything() -> dict[str, int]:
    """Rows per table, except the counters of codes, which never go back."""
    return {
        model._meta.label: model._default_manager.count() for model in apps.get_models() if model is not CodeSequence
    }


def test_makes_as_many_as_asked_for(city):
    seed()
    assert (Ikm.objects.count(), Product.objects.count()) == (60, 300)
    assert Sentra.objects.count() == 3


def test_a_second_run_adds_others(city):
    seed()
    seed(ikm=5, products=9)
    assert (Ikm.objects.count(), Product.objects.count()) == (65, 309)
    assert Product.objects.filter(name__startswith="Produk Uji 000309 ").exists()


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(city):
    day = datetime.date(2026, 11, 24)
    runs = []
    for number in (7, 7, 8):
        # Codes are part of a row's search text and go on counting; only a test may turn them back.
        CodeSequence.objects.all().delete()
        generate(ikm=40, products=120, seed=number, at=day)
        runs.append(contents())
        seed(remove=True)
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_nobody_can_take_a_row_for_a_real_one(city):
    seed()
    assert not Product.objects.exclude(name__regex=r"^Produk Uji \d{6} ").exists()
    assert not Ikm.objects.exclude(name__regex=r"^IKM Uji \d{5} ").exists()
    assert not Sentra.objects.exclude(name__regex=r"^Sentra Uji \d{3} ").exists()
    assert not Certification.objects.exclude(number="").exclude(number__startswith="UJI-").exists()
    officer = Product.objects.filter(checked_by__isnull=False).first().checked_by
    assert officer.username == "petugas-uji-sintetis"
    assert not officer.is_active
    assert not officer.has_usable_password()


def test_contacts_reach_nobody_yet_look_like_contacts(city):
    seed()
    numbers = Contact.objects.filter(kind__in=(ContactKind.WHATSAPP, ContactKind.TELEPHONE))
    assert numbers.exists()
    for number in numbers:
        assert number.value.startswith("+6286000"), "0860 is given to no operator"
        assert parse_phone(number.value).is_mobile
    for kind in (ContactKind.EMAIL, ContactKind.WEBSITE):
        assert all(re.search(r"\.invalid/?$", row.value) for row in Contact.objects.filter(kind=kind))
    assert Consent.objects.exists()


def test_shape_is_that_of_real_data(city):
    seed(ikm=120, products=900)
    public = Product.objects.published()
    assert 0.6 < public.count() / 900 < 0.95
    assert set(Product.objects.values_list("status", flat=True)) == set(PublicationStatus.values)
    assert public.filter(price_min__isnull=True).exists()
    assert public.filter(price_on__lt=today() - datetime.timedelta(days=PRICE_FILTER_DAYS)).exists()
    assert public.filter(is_export_ready=True).exists()
    assert public.exclude(name_en="").exists()
    assert public.filter(name_en="").exists()
    assert public.filter(sentra__isnull=False).exists()
    assert Ikm.objects.filter(sentra__isnull=True).exists()
    assert Ikm.objects.filter(kelurahan__isnull=True).exists()
    assert Certification.objects.valid_on().exists()
    assert Certification.objects.exclude(pk__in=Certification.objects.valid_on()).exists()
    most = max(ikm.products.count() for ikm in Ikm.objects.all())
    assert most > 3 * 900 / 120, "a few businesses have far more than their share"


def test_food_certificates_are_not_given_to_craft(city):
    seed(ikm=120, products=300)
    food_only = Certification.objects.filter(kind__slug="halal")
    assert food_only.exists()
    assert not food_only.exclude(ikm__product_types__is_food=True).exists()


def test_texts_are_those_that_the_indexing_door_writes(city):
    seed()
    assert Ikm.objects.filter(name_is_personal=True).exists()
    assert refresh_all() == {"sentra": 0, "ikm": 0, "product": 0, "promotion": 0}


def test_every_row_passes_the_models_own_rules(city):
    seed()
    for model in (Sentra, Ikm, Product, Certification, Contact, Consent):
        for row in model.objects.all():
            row.full_clean(validate_unique=False)


def test_remove_leaves_nothing_behind_and_real_rows_alone(city):
    real = factories.product("Produk Uji Rasa", published=True)
    same_words = factories.ikm("Uji IKM 00001 Melati", published=True)
    before = count_everything()
    seed()
    seed(remove=True)
    assert count_everything() == before
    assert Product.objects.get() == real
    assert same_words in Ikm.objects.all()


def test_remove_takes_files_along_that_officers_added(city, media, django_capture_on_commit_callbacks):
    seed()
    photo = factories.product_photo(product=Product.objects.first())
    kept = factories.product_photo(product=factories.product("Lumpia Sungguhan"))
    with django_capture_on_commit_callbacks(execute=True):
        seed(remove=True)
    assert not photo.image.storage.exists(photo.image.name)
    assert kept.image.storage.exists(kept.image.name)


def test_codes_of_removed_rows_are_never_given_again(city):
    seed()
    used = set(Product.objects.values_list("code", flat=True))
    seed(remove=True)
    assert used.isdisjoint(issue_codes("P", 10))


def test_remove_refuses_whole_when_a_real_row_hangs_on_a_synthetic_one(city):
    seed()
    factories.product("Lumpia Sungguhan", ikm=Ikm.objects.first())
    before = count_everything()
    with pytest.raises(CommandError, match="Lumpia Sungguhan"):
        seed(remove=True)
    assert count_everything() == before


def test_a_real_site_is_refused_unless_insisted_on(city, settings):
    settings.HTTPS, settings.SITE_URL = True, "https://sentra.example.id"
    with pytest.raises(CommandError, match="--yes-i-know"):
        seed()
    assert not Product.objects.exists()
    seed(ikm=1, products=1, yes_i_know=True)
    assert Product.objects.count() == 1


@pytest.mark.parametrize("options", [{"ikm": -1}, {"products": 10_000_000}])
def test_impossible_numbers_are_refused_in_a_sentence(city, options):
    with pytest.raises(CommandError, match="from 0 to"):
        seed(**options)
    assert not Sentra.objects.exists()


def test_the_shipped_content_holds_no_synthetic_row():
    marks = re.compile(r"(?:IKM|Produk|Sentra) Uji |uji-(?:ikm|produk|sentra)-|petugas-uji-sintetis|data-uji-sintetis")
    guilty = [
        path.name
        for path in FIXTURES.rglob("*")
        if path.is_file() and marks.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert guilty == []


def test_events_of_every_state_are_made_told_from_real_ones_and_removed(city):
    seed()
    events = Promotion.objects.published().events()
    assert not Promotion.objects.exclude(name__regex=r"^Acara Uji \d{4} ").exists()
    assert events.upcoming().exists()
    assert events.past().exists()
    assert events.filter(cancelled_on__isnull=False).exists()
    assert any(event.is_running() for event in events.upcoming())
    assert not Promotion.objects.filter(partners__isnull=False).exists(), "no agency is said to have been there"
    assert Appearance.objects.filter(products__isnull=False).exists()

    seed(remove=True)
    assert not Promotion.objects.exists()
    assert not Appearance.objects.exists()
