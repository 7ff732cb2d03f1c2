"""The life of an edition: its plan, its freezing, its printings (docs/adr/0017-editions.md)."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from products.models import Product
from promotions.actions.holding import hold
from promotions.actions.preflight import must_be_fit
from promotions.choices import EditionStatus, PromotionKind
from promotions.editions.freezing import Frozen, freeze
from promotions.editions.masking import lost
from promotions.editions.plain import digest
from promotions.models import Appearance, CatalogueEdition, EditionDocument, EditionEntry, EditionFile, EditionPhoto
from semarang_ikm.shared import bulk
from semarang_ikm.shared.background import WorkState
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.time import today
from sentra.models import DataVersion, Ikm

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# More would be a telephone book, and sets too slowly.
MOST_ENTRIES = 500
# Room between two entries, so that one can be put between them with one number.
STEP = 10
# Of looking and freezing, when somebody writes in between.
ATTEMPTS = 5


class NotOpen(ValidationError):
    """The edition is no draft any more; the message says what can be done instead."""

    def __init__(self) -> None:
        super().__init__(_("Edisi ini bukan draf lagi, jadi isinya tidak dapat diubah. Buat cetakan berikutnya."))


class Unsettled(ValidationError):
    """The data change so fast that what was looked at is not what would be frozen."""

    def __init__(self) -> None:
        super().__init__(_("Data sedang banyak diubah, jadi edisi belum terbit. Tunggu sebentar, lalu coba lagi."))


@transaction.atomic
def add_products(*, edition: CatalogueEdition, products: Iterable[Product], by: "AbstractBaseUser | None") -> int:
    """Put products at the end of the plan; those that are there already stay in their place. Returns how many are new."""
    hold(edition)
    _must_be_open(edition)
    there = set(edition.entries.values_list("code", flat=True))
    new = [product for product in dict.fromkeys(products) if product.code not in there]
    if len(there) + len(new) > MOST_ENTRIES:
        raise ValidationError(_("Satu edisi memuat paling banyak %(most)d produk.") % {"most": MOST_ENTRIES})
    last = edition.entries.aggregate(last=Max("position"))["last"] or 0
    bulk.create(
        EditionEntry(edition=edition, product=product, code=product.code, position=last + STEP * place)
        for place, product in enumerate(new, 1)
    )
    if new:
        message = _("Produk ditambahkan: %(codes)s") % {"codes": ", ".join(product.code for product in new)}
        note(record=edition, by=by, message=message)
    return len(new)


@transaction.atomic
def renumber(*, edition: CatalogueEdition) -> None:
    """Give the entries even numbers in their present order."""
    entries = list(edition.entries.order_by("position", "pk"))
    for place, entry in enumerate(entries, 1):
        entry.position = STEP * place
    bulk.change(entries, ["position"])


def products_of_participants(edition: CatalogueEdition) -> list[Product]:
    """What the ledger shows at the edition's occasion: the products it names, else all of a business that names none."""
    if edition.promotion_id is None:
        return []
    lines = Appearance.objects.filter(promotion=edition.promotion_id).prefetch_related("products")
    named = {product.pk for line in lines for product in line.products.all()}
    silent = [line.ikm_id for line in lines if not line.products.all()]
    visible = Product.objects.published().order_by("sort_name", "pk")
    return [product for product in visible if product.pk in named or product.ikm_id in silent]


@transaction.atomic
def set_ready(*, edition: CatalogueEdition, ready: bool, by: "AbstractBaseUser | None") -> None:
    """Close the plan for whoever publishes, or open it again."""
    hold(edition)
    if edition.status not in {EditionStatus.DRAFT, EditionStatus.READY}:
        raise NotOpen
    _move(edition, EditionStatus.READY if ready else EditionStatus.DRAFT, by)


@transaction.atomic
def publish(*, edition: CatalogueEdition, by: "AbstractBaseUser | None") -> bool:
    """Freeze the edition and queue its PDFs. Returns False when it was published already: a second press does nothing.

    Raises NotFit while the pre-flight has findings that nobody mended or gave a reason for: no door goes around it.
    Raises Unsettled while others keep changing the data. Quick only where the photos are prepared (`freezing.prepare`).
    """
    hold(edition)
    if edition.status in {EditionStatus.PUBLISHED, EditionStatus.ARCHIVED}:
        return False
    frozen, day = _fit_and_frozen(edition)
    _store(edition, frozen)
    edition.frozen_on, edition.published_at, edition.published_by_id = day, timezone.now(), by.pk if by else None
    edition.save(update_fields=["frozen_on", "published_at", "published_by", "updated_at"])
    _move(edition, EditionStatus.PUBLISHED, by)
    _enter_in_ledger(edition)
    queue(file=EditionFile.objects.create(edition=edition, language=edition.language))
    return True


@transaction.atomic
def archive(*, edition: CatalogueEdition, by: "AbstractBaseUser | None") -> None:
    """Take a published edition from the shelf; its address answers 410."""
    hold(edition)
    if edition.status == EditionStatus.PUBLISHED:
        _move(edition, EditionStatus.ARCHIVED, by)


@transaction.atomic
def second_printing(*, edition: CatalogueEdition, by: "AbstractBaseUser | None") -> CatalogueEdition:
    """A new draft with this plan and a code of its own; the one that exists when it was asked for before."""
    hold(edition)
    if not edition.published_at:
        raise ValidationError(_("Cetakan berikutnya dibuat dari edisi yang sudah terbit."))
    if (next_one := edition.reprints.first()) is not None:
        return next_one
    kept = ("title", "title_en", "language", "promotion", "day", "theme", "foreword", "foreword_en", "signed_by")
    plan = {name: getattr(edition, name) for name in (*kept, "density", "shows_prices")}
    reprint = CatalogueEdition.objects.create(reprint_of=edition, printing=edition.printing + 1, **plan)
    bulk.create(
        EditionEntry(edition=reprint, product=entry.product, code=entry.code, position=entry.position)
        for entry in edition.entries.select_related("product")
    )
    note(record=reprint, by=by, message=_("Dibuat dari %(edition)s") % {"edition": edition})
    return reprint


@transaction.atomic
def rebuild(*, file: EditionFile, by: "AbstractBaseUser | None") -> bool:
    """Queue a file that was never built or failed. A stored one is the edition and is never made again."""
    held = EditionFile.objects.select_for_update().get(pk=file.pk)
    is_running = held.work_state == WorkState.RUNNING and not held.is_stalled
    if held.file or is_running or not held.edition.published_at:
        return False
    queue(file=held)
    note(record=held.edition, by=by, message=_("Pembuatan PDF diulang: %(file)s") % {"file": held})
    return True


@transaction.atomic
def request_file(
    *, edition: CatalogueEdition, variant: str, paper: str, by: "AbstractBaseUser | None"
) -> tuple[EditionFile, bool]:
    """Queue a file of a published edition, and whether it is new: each kind is made once."""
    hold(edition)
    if not edition.published_at:
        raise ValidationError(_("Berkas dibuat dari edisi yang sudah terbit."))
    file, is_new = EditionFile.objects.get_or_create(
        edition=edition,
        language=edition.language,
        paper=paper,
        variant=variant,
        # It is set from the frozen words, so what was withdrawn since stands in it too.
        defaults={"restricted_on": today() if lost(row.content for row in edition.documents.all()) else None},
    )
    if is_new:
        queue(file=file)
        asked = f"{file.get_variant_display()}, {file.get_paper_display()}"
        note(record=edition, by=by, message=_("Berkas diminta: %(kind)s") % {"kind": asked})
    return file, is_new


def queue(*, file: EditionFile) -> None:
    """Hand the file to the worker, in the transaction of the caller."""
    from promotions.tasks import build_edition_file  # it imports what the actions write

    EditionFile.objects.filter(pk=file.pk).update(work_state=WorkState.WAITING, work_message="")
    transaction.on_commit(partial(build_edition_file.enqueue, file.pk))


@transaction.atomic
def purge_files(*, edition: CatalogueEdition, by: "AbstractBaseUser | None") -> int:
    """Delete the contents of restricted files for good; the line stays, with the day. Returns how many."""
    doomed = list(edition.files.exclude(file="").filter(restricted_on__isnull=False))
    for row in doomed:
        transaction.on_commit(partial(row.file.storage.delete, row.file.name))
    EditionFile.objects.filter(pk__in=[row.pk for row in doomed]).update(file="", sha256="", size=0)
    if doomed:
        note(record=edition, by=by, message=_("Isi %(count)d berkas dihapus") % {"count": len(doomed)})
    return len(doomed)


def _must_be_open(edition: CatalogueEdition) -> None:
    if not edition.is_open:
        raise NotOpen


def _move(edition: CatalogueEdition, to: EditionStatus, by: "AbstractBaseUser | None") -> None:
    before = edition.get_status_display()
    edition.status = to
    edition.save(update_fields=["status", "updated_at"])
    after = edition.get_status_display()
    note(record=edition, by=by, message=_("Status: %(before)s → %(after)s") % {"before": before, "after": after})


def _fit_and_frozen(edition: CatalogueEdition) -> tuple[Frozen, date]:
    """What is frozen, and its day: exactly the data that the pre-flight looked at, also while others write."""
    for _attempt in range(ATTEMPTS):
        seen, day = DataVersion.now(), today()
        # Anew each time: its rows remember what belongs to them, its promotion among it.
        hold(edition)
        must_be_fit(edition=edition)
        frozen = freeze(edition)
        if (DataVersion.now(), today()) == (seen, day):
            return frozen, day
    raise Unsettled


def _store(edition: CatalogueEdition, frozen: Frozen) -> None:
    for language, content in frozen.documents.items():
        EditionDocument.objects.create(edition=edition, language=language, content=content, sha256=digest(content))
    _store_photos(edition, frozen.photos)


def _store_photos(edition: CatalogueEdition, photos: Mapping[str, tuple[str, bytes]]) -> None:
    for key, (code, image) in photos.items():
        photo = EditionPhoto(edition=edition, key=key, code=code)
        photo.image.save(f"{key}.jpg", ContentFile(image), save=True)


def _enter_in_ledger(edition: CatalogueEdition) -> None:
    """A business in a catalogue has been promoted: one line each, where the edition belongs to a catalogue's promotion.

    An edition for an exhibition enters nothing: its participants stand in the ledger of the exhibition.
    """
    promotion = edition.promotion
    if promotion is None or promotion.kind != PromotionKind.CATALOGUE:
        return
    products = Product.objects.published().filter(edition_entries__edition=edition, ikm__isnull=False)
    for ikm in Ikm.objects.filter(pk__in=products.values("ikm")):
        line = promotion.appearances.filter(ikm=ikm).first() or Appearance.objects.create(
            promotion=promotion, ikm=ikm, appeared_on=edition.frozen_on or today()
        )
        line.products.add(*products.filter(ikm=ikm))
