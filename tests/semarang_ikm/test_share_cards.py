"""What a shared link shows: picture, name and kelurahan; for public records only, and only what the gate lets out."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from promotions.actions import editions
from promotions.editions.freezing import freeze
from promotions.models import EditionDocument
from semarang_ikm.shared.choices import Channel
from semarang_ikm.sharing import FINDERS, find_card
from semarang_ikm.views import sharing as view
from sentra.actions.consent import withdraw_consent
from sentra.choices import PersonalField
from tests import factories
from tests.pages import Element, read
from tests.semarang_ikm import pages

pytestmark = pytest.mark.django_db

SITE = "https://sentra.example"


@pytest.fixture(autouse=True)
def site(settings, tmp_path: Path) -> None:
    settings.SITE_URL = SITE
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def place():
    return factories.kelurahan("Krobokan", slug="krobokan", kecamatan=factories.kecamatan("Semarang Barat"))


def meta(page: Element, name: str) -> str:
    key = "name" if name.startswith("twitter") else "property"
    return str(page.one("meta", **{key: name}).get("content"))


def image_of(page: Element) -> str:
    address = meta(page, "og:image")
    assert address.startswith(SITE)
    return address.removeprefix(SITE)


def test_every_page_in_both_languages_has_its_card(client: Client) -> None:
    for name, address in pages.build().items():
        if name.endswith("catalogue_print"):
            continue  # a document for the printer with a frame of its own
        page = read(client, address)
        assert meta(page, "og:title"), name
        assert meta(page, "og:description"), name
        assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == ("1200", "630")
        assert meta(page, "og:image:alt"), name
        assert meta(page, "twitter:card") == "summary_large_image"
        assert meta(page, "og:locale") == ("en_GB" if name.startswith("en ") else "id_ID")
        assert image_of(page).startswith("/en/card/" if name.startswith("en ") else "/kartu/")
        answer = client.get(image_of(page))
        assert (answer.status_code, answer["Content-Type"]) == (200, meta(page, "og:image:type")), name
        assert Image.open(BytesIO(answer.content)).size == (1200, 630)
        assert len(answer.content) < 100_000


def test_a_link_in_a_chat_says_name_and_place(client: Client, place) -> None:
    kind = factories.product_type("Kerupuk", slug="kerupuk")
    maker = factories.ikm("Sari Rasa", published=True, kelurahan=place, types=[kind], summary="Sejak 1980.")
    product = factories.product("Kerupuk Udang", published=True, ikm=maker, product_type=kind)
    assert meta(read(client, maker.get_absolute_url()), "og:title") == "Sari Rasa – Krobokan, Semarang Barat"
    assert meta(read(client, maker.get_absolute_url()), "og:description").endswith("Sejak 1980.")
    page = read(client, product.get_absolute_url())
    assert meta(page, "og:title") == "Kerupuk Udang – Krobokan, Semarang Barat"
    assert "Krobokan, Semarang Barat" in meta(page, "og:description")


def test_marks_and_quotes_in_names_break_nothing(client: Client, place) -> None:
    centre = factories.sentra('Tahu "Pak <b>Min</b>" & Rekan', published=True, kelurahan=[place])
    page = read(client, centre.get_absolute_url())
    assert meta(page, "og:title") == 'Tahu "Pak <b>Min</b>" & Rekan – Krobokan, Semarang Barat'
    assert page.one("title").text.startswith('Tahu "Pak <b>Min</b>" & Rekan –')


def test_without_a_site_address_no_picture_is_named(client: Client, place, settings) -> None:
    settings.SITE_URL = ""
    page = read(client, factories.sentra(published=True, kelurahan=[place]).get_absolute_url())
    assert not page.all("meta", property="og:image")
    assert not page.all("meta", name="twitter:card")
    assert meta(page, "og:title").endswith("Krobokan, Semarang Barat")


# -- the gate ---------------------------------------------------------------------------------------------------------


def test_a_personal_name_is_on_no_card_without_a_receipt(client: Client, place) -> None:
    owner = factories.ikm("Zubaidah", name_is_personal=True, published=True, kelurahan=place)
    page = read(client, owner.get_absolute_url())
    assert meta(page, "og:title") == f"Usaha {owner.code} – Krobokan, Semarang Barat"
    assert find_card("usaha", owner.code).title == f"Usaha {owner.code}"


def test_after_withdrawal_the_old_address_leads_to_the_new_card(client: Client, place) -> None:
    owner = factories.ikm("Zubaidah", name_is_personal=True, published=True, kelurahan=place)
    receipt = factories.consent(owner, PersonalField.NAME, channels=[Channel.WEB])
    with_name = image_of(read(client, owner.get_absolute_url()))
    assert client.get(with_name).status_code == 200
    withdraw_consent(consent=receipt, by=receipt.recorded_by)

    answer = client.get(with_name)
    assert answer.status_code == 302
    assert answer["Location"] == image_of(read(client, owner.get_absolute_url())) != with_name


def test_consent_for_paper_puts_no_name_on_a_card(place) -> None:
    owner = factories.ikm("Zubaidah", name_is_personal=True, published=True, kelurahan=place)
    factories.consent(owner, PersonalField.NAME, channels=[Channel.PRINT, Channel.OPEN_DATA])
    assert find_card("usaha", owner.code).title == f"Usaha {owner.code}"


def test_what_is_drawn_is_the_card_and_nothing_else(client: Client, place, monkeypatch) -> None:
    """The drawing gets a Card, whose texts all come from the functions above; it reads no record."""
    owner = factories.ikm("Zubaidah", name_is_personal=True, published=True, kelurahan=place)
    drawn = []
    monkeypatch.setattr(view, "draw", lambda card: drawn.append(card) or b"picture")
    client.get(find_card("usaha", owner.code).url)
    assert drawn == [find_card("usaha", owner.code)]
    assert "Zubaidah" not in repr(drawn)


def test_a_portrait_that_was_taken_back_is_on_no_card(client: Client, place) -> None:
    centre = factories.sentra(published=True, kelurahan=[place])
    photo = factories.sentra_photo(sentra=centre, shows_people=True, portrait_consent_on=factories.days_ago(9))
    before = find_card("sentra", centre.code)
    assert before.photo == photo.image.name
    photo.delete()
    assert find_card("sentra", centre.code).photo == ""
    assert client.get(before.url).status_code == 302


# -- who gets a card --------------------------------------------------------------------------------------------------


def test_only_public_records_have_cards(client: Client, place) -> None:
    draft = factories.ikm("Draf", kelurahan=place)
    archived = factories.sentra("Arsip", published=True, status="archived", kelurahan=[place])
    hidden = factories.product("Tersembunyi", ikm=draft, published=True)
    for kind, key in (("usaha", draft.code), ("sentra", archived.code), ("produk", hidden.code)):
        assert find_card(kind, key) is None
        assert client.get(f"/kartu/{kind}/{key}.0123456789abcdef.png").status_code == 404


@pytest.mark.parametrize("kind", [*FINDERS, "lain"])
def test_what_never_was_has_no_card(client: Client, kind: str) -> None:
    assert client.get(f"/kartu/{kind}/tidak-ada.0123456789abcdef.png").status_code == 404


def test_guessed_addresses_draw_nothing(client: Client, place, monkeypatch) -> None:
    centre = factories.sentra(published=True, kelurahan=[place])
    monkeypatch.setattr(view, "draw", lambda card: pytest.fail("drew for a guess"))
    for guess in ("0123456789abcdef.png", "a.jpg", f"{find_card('sentra', centre.code).digest}.webp"):
        answer = client.get(f"/kartu/sentra/{centre.code}.{guess}")
        assert (answer.status_code, answer["Location"]) == (302, find_card("sentra", centre.code).url)


def test_a_busy_machine_says_when_to_come_back(client: Client, place, monkeypatch) -> None:
    def busy(card, draw):
        raise view.Busy

    monkeypatch.setattr(view, "picture_of", busy)
    centre = factories.sentra(published=True, kelurahan=[place])
    answer = client.get(find_card("sentra", centre.code).url)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_card_is_kept_by_browsers_and_by_nobody_between(client: Client, place) -> None:
    address = find_card("sentra", factories.sentra(published=True, kelurahan=[place]).code).url
    answer = client.get(address)
    assert answer["Cache-Control"] == "private, max-age=86400"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_languages_have_different_cards(place) -> None:
    kind = factories.product_type("Kerupuk", name_en="Crackers", slug="kerupuk")
    centre = factories.sentra("Kerupuk Krobokan", published=True, kelurahan=[place], types=[kind])
    indonesian = find_card("sentra", centre.code)
    with translation.override("en"):
        english = find_card("sentra", centre.code)
        assert english.label.endswith("Crackers")
        assert english.url.startswith("/en/card/")
    assert indonesian.digest != english.digest


def test_a_card_costs_the_same_few_queries_however_much_hangs_on_the_record(place, count_queries) -> None:
    kind = factories.product_type("Kerupuk", slug="kerupuk")
    centre = factories.sentra("Kerupuk Krobokan", published=True, kelurahan=[place], types=[kind])
    few = count_queries(lambda: find_card("sentra", centre.code).digest)
    for _ in range(5):
        factories.sentra_photo(sentra=centre)
        factories.location(sentra=centre)
        factories.ikm(sentra=centre, published=True)
    assert count_queries(lambda: find_card("sentra", centre.code).digest) == few <= 6


def test_browsers_find_the_icons_they_ask_for(client: Client) -> None:
    for address in ("/favicon.ico", "/apple-touch-icon.png"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"/static/icons{address}")


def test_an_event_shows_its_name_day_and_place(client: Client, place) -> None:
    event = factories.promotion("Pameran Kerupuk", published=True, kelurahan=place, starts_on=date(2027, 3, 14))
    page = read(client, event.get_absolute_url())
    assert meta(page, "og:title") == "Pameran Kerupuk – Krobokan, Semarang Barat"
    assert find_card("acara", event.slug).label == "Acara · 14 Maret 2027"
    assert client.get(image_of(page)).status_code == 200
    assert find_card("acara", factories.promotion("Draf").slug) is None


def published_edition(**fields):
    edition = factories.edition("Oleh-oleh Semarang 2027", title_en="Gifts of Semarang 2027", **fields)
    maker = factories.ikm("Zubaidah", name_is_personal=True, published=True)
    factories.consent(maker, PersonalField.NAME, channels=[Channel.WEB, Channel.PRINT])
    editions.add_products(edition=edition, products=[factories.product(published=True, ikm=maker)], by=None)
    for language, content in freeze(edition).documents.items():
        EditionDocument.objects.create(edition=edition, language=language, content=content, sha256="0" * 64)
    fields = {"status": "published", "published_at": timezone.now(), "frozen_on": date(2026, 11, 24)}
    type(edition).objects.filter(pk=edition.pk).update(**fields)
    edition.refresh_from_db()
    return edition


def test_an_edition_shows_its_title_day_and_public_event_and_nobody_inside(client: Client) -> None:
    event = factories.promotion("Pameran Kerupuk", published=True, starts_on=date(2027, 3, 14))
    edition = published_edition(promotion=event, theme="lumpia")
    page = read(client, edition.get_absolute_url())
    assert meta(page, "og:title") == "Oleh-oleh Semarang 2027 – Pameran Kerupuk"
    card = find_card("katalog", edition.code)
    assert card.label == f"Katalog {edition.code} · 24 November 2026"
    assert card.patterns[0] == "lumpia"
    assert "Zubaidah" not in str(card)
    assert card.url == image_of(page) and client.get(card.url).status_code == 200
    with translation.override("en"):
        assert find_card("katalog", edition.code).title == "Gifts of Semarang 2027"


def test_an_event_that_is_not_public_is_on_no_card_of_an_edition() -> None:
    edition = published_edition(promotion=factories.promotion("Rahasia", starts_on=date(2027, 3, 14)))
    assert "Rahasia" not in str(find_card("katalog", edition.code))


def test_drafts_and_archived_editions_have_no_card(client: Client) -> None:
    edition = published_edition()
    address = find_card("katalog", edition.code).url
    for status in ("draft", "archived"):
        type(edition).objects.filter(pk=edition.pk).update(status=status)
        assert find_card("katalog", edition.code) is None
        assert client.get(address).status_code == 404
