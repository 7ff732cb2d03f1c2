"""Records with an address: a permanent code, a slug that is never regenerated, a memory of former slugs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sentra.choices import PageKind

SLUG_LENGTH = 120


class PastSlug(models.Model):
    """A slug that once led to a record: the page now answers 301, or 410 when the record is gone."""

    kind = models.CharField(max_length=10, choices=PageKind)
    slug = models.SlugField(max_length=SLUG_LENGTH)
    # Null: the record was deleted, the address answers 410.
    target_id = models.BigIntegerField(null=True)
    # Which record that was: its addresses come back with it.
    deleted_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="sentra_pastslug_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class Addressable(models.Model):
    """Gives a record its slug, and keeps the old one working when an officer changes it."""

    PAGE_KIND: ClassVar[str]

    slug = models.SlugField(
        _("alamat halaman"),
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text=_("Dibuat otomatis dan tidak ikut berubah bila nama diganti. Alamat lama tetap diteruskan."),
    )
    _stored_slug: str | None = None

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        record = super().from_db(db, field_names, values)
        record._stored_slug = record.__dict__.get("slug")
        return record

    def slug_parts(self) -> Iterable[str]:
        """The name, then what is appended one after the other while the slug is taken (maker, sentra)."""
        return [str(self)]

    def person_named(self) -> str:
        """A person's name that this record goes with and that may not stand in its address; "" for none."""
        return ""

    @property
    def slug_names_a_person(self) -> bool:
        name = slugify(self.person_named())
        return bool(name) and f"-{name}-" in f"-{self.slug}-"

    def clean(self) -> None:
        """Refuse another record's former address: links and printed matter would lead to the wrong page."""
        super().clean()
        former = PastSlug.objects.filter(kind=self.PAGE_KIND, slug=self.slug).exclude(target_id=self.pk)
        if self.slug and (self.pk is None or self.slug != self._stored_slug) and former.exists():
            raise ValidationError({"slug": _("Alamat ini pernah dipakai data lain. Pilih alamat yang lain.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if not self.slug or self.slug_names_a_person:
                self.slug = free_slug(self)
            super().save(*args, **kwargs)
            if self._stored_slug and self._stored_slug != self.slug:
                self._remember(self._stored_slug)
        self._stored_slug = self.slug

    def _remember(self, slug: str) -> None:
        PastSlug.objects.filter(kind=self.PAGE_KIND, slug=self.slug).delete()
        PastSlug.objects.update_or_create(kind=self.PAGE_KIND, slug=slug, defaults={"target_id": self.pk})


def free_slug(record: Addressable) -> str:
    """A slug that no record of the same kind has or ever had: name, then with maker, with sentra, with -2, -3 ..."""
    for candidate in _candidates(record):
        taken = type(record)._default_manager.filter(slug=candidate).exclude(pk=record.pk).exists()
        if not taken and not PastSlug.objects.filter(kind=record.PAGE_KIND, slug=candidate).exists():
            return candidate
    raise AssertionError("unreachable: the counter never ends")


def give_slugs(records: Sequence[Addressable]) -> None:
    """Slugs for many new records of one kind, as `free_slug` chooses them; addresses in use are read once."""
    if not records:
        return
    model = type(records[0])
    taken = set(model._default_manager.values_list("slug", flat=True))
    taken |= set(PastSlug.objects.filter(kind=model.PAGE_KIND).values_list("slug", flat=True))
    for record in records:
        record.slug = next(candidate for candidate in _candidates(record) if candidate not in taken)
        taken.add(record.slug)


def _candidates(record: Addressable) -> Iterator[str]:
    slug = ""
    for part in record.slug_parts():
        if addition := slugify(part):
            slug = f"{slug}-{addition}" if slug else addition
            yield slug[:SLUG_LENGTH].strip("-")
    base = (slug or record.PAGE_KIND)[: SLUG_LENGTH - 8].strip("-")
    if not slug:
        yield base
    for number in count(2):
        yield f"{base}-{number}"


class Coded(Addressable):
    """A record with a permanent code, taken at the first save and never changed."""

    CODE_PREFIX: ClassVar[str]

    code = models.CharField(_("kode"), max_length=20, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        from sentra.codes import issue_codes  # the counter is a model of this package

        with transaction.atomic():
            if not self.code:
                (self.code,) = issue_codes(self.CODE_PREFIX)
            super().save(*args, **kwargs)
