"""From today's rows to what an edition keeps: its words per language, whose data are in them, and its photos."""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.utils import translation

from products.models import Product
from promotions.catalogue import phrases, resources
from promotions.catalogue.compose import compose
from promotions.catalogue.entries import photo_of, portrait_of
from promotions.catalogue.model import NOTHING, EditionNote, Text
from promotions.catalogue.selection import Material, gather_chosen
from promotions.editions.plain import Plain, changed, dicts, is_picture, to_plain
from promotions.models import CatalogueEdition
from semarang_ikm.shared.background import Progress, silent
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.days import days_in_words
from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.time import today
from sentra.choices import PersonalField
from sentra.consent import Disclosure, Subject
from sentra.models import Ikm

# Raised when documents change their shape. 1 also held the pages; none of it was ever published.
FORMAT = 2
# Photos between two reports of how far it is.
TELL_EVERY = 5


@dataclass(frozen=True)
class Frozen:
    """`documents` by language; `photos` by key, each with the code it belongs to and its JPEG."""

    documents: dict[str, Plain]
    photos: dict[str, tuple[str, bytes]]


def chosen(edition: CatalogueEdition) -> list[Product]:
    """The public products of the plan, in its order, as paper may show them."""
    rows = Product.objects.published().filter(edition_entries__edition=edition).for_list(Channel.PRINT)
    return list(rows.order_by("edition_entries__position", "edition_entries__pk"))


def material_of(edition: CatalogueEdition) -> Material:
    day = edition.frozen_on or today()
    return gather_chosen(chosen(edition), edition.day, day, shows_prices=edition.shows_prices)


def prepare(edition: CatalogueEdition, report: Progress = silent) -> None:
    """Reduce the photos of the plan, which is nearly all the time that freezing takes; then `freeze` finds them ready.

    What is frozen does not rely on it: a photo that comes in meanwhile is reduced then.
    """
    found = to_plain(compose(material_of(edition), NOTHING, settings.SITE_URL))
    photos = sorted(
        {(part["picture"]["url"], _box(part)) for part in dicts(found) if is_picture(part.get("picture") or {})}
    )
    for place, (address, box) in enumerate(photos, 1):
        with suppress(resources.Refused):
            resources.for_print(address, box)
        if place % TELL_EVERY == 0:
            report(place, len(photos) + 1)
    report(len(photos), len(photos) + 1)


def freeze(edition: CatalogueEdition) -> Frozen:
    """Everything that the edition keeps, from today's rows through the print channel of the consent gate."""
    material = material_of(edition)
    photos: dict[str, tuple[str, bytes]] = {}
    documents = {language: content_in(edition, material, language, photos) for language in edition.languages}
    return Frozen(documents, photos)


def content_in(
    edition: CatalogueEdition, material: Material, language: str, photos: dict[str, tuple[str, bytes]] | None = None
) -> Plain:
    """The words of one language. Photos are copied into `photos` and named by their key; without it they are left out."""
    with translation.override(language):
        title, note = phrases.text_of(edition, "title"), note_of(edition)
        catalogue = to_plain(compose(material, title, settings.SITE_URL, note, edition.theme))
    catalogue = changed(catalogue, lambda part: _with_own_photo(part, photos))
    return {"format": FORMAT, "catalogue": catalogue, "personal": _personal(material)}


def note_of(edition: CatalogueEdition) -> EditionNote:
    """What the edition says of itself, in the active language."""
    event = edition.promotion
    return EditionNote(
        code=edition.code,
        printing=edition.printing,
        event=phrases.text_of(event, "name") if event else NOTHING,
        event_days=Text(days_in_words(event.starts_on, event.ends_on, event.date_precision) if event else ""),
        event_place=event.place if event else "",
        foreword=phrases.text_of(edition, "foreword"),
        signed_by=edition.signed_by,
    )


def _box(part: Plain) -> tuple[int, int]:
    """Of the photo in this part of a document, pixels. Only a sentra's part has entries."""
    return resources.PORTRAIT_BOX if "entries" in part else resources.PRINT_BOX


def _with_own_photo(part: dict, photos: dict[str, tuple[str, bytes]] | None) -> dict:
    picture = part.get("picture")
    if not isinstance(picture, dict) or not is_picture(picture):
        return part
    if photos is None:
        return part | {"picture": None}
    try:
        image = resources.for_print(picture["url"], _box(part))
    except resources.Refused:
        return part | {"picture": None}
    key = sha256(image).hexdigest()[:32]
    photos[key] = (part["code"], image)
    return part | {"picture": picture | {"url": key}}


def _personal(material: Material) -> dict[str, dict[str, list[str]]]:
    """Whose data are in the document: code, field, and the values as they may stand there."""
    found = {subject.code: _values(subject, told) for subject, told in material.disclosures.items()}
    shown: list[tuple[Subject | None, str, Photo | None]] = [
        *((product.ikm or product.sentra, product.code, photo_of(product, material)) for product in material.products),
        *((sentra, sentra.code, portrait_of(sentra, material)) for sentra in material.sentra),
    ]
    for owner, code, photo in shown:
        if owner and photo and photo.shows_people:
            found.setdefault(owner.code, {}).setdefault(PersonalField.PORTRAIT, []).append(code)
    return {code: values for code, values in sorted(found.items()) if values}


def _values(subject: Subject, told: Disclosure) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    if isinstance(subject, Ikm) and subject.name_is_personal and PersonalField.NAME in told.allowed:
        values[PersonalField.NAME] = [told.name]
    if told.owner_name:
        values[PersonalField.OWNER_NAME] = [told.owner_name]
    for contact in told.contacts:
        spelt = {contact.value, contact.national, contact.international}
        values.setdefault(contact.kind, []).extend(sorted(spelt))
    return values
