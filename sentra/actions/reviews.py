"""Who waits for a publisher: a request opens when a record is handed over, and is answered by what becomes of it."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete
from django.utils import timezone
from django.utils.translation import gettext as _

from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.models import Publishable
from semarang_ikm.shared.publishing import NotAllowed, Step, may_publish, watch
from sentra.choices import ReviewKind, ReviewOutcome
from sentra.models import Review

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def reviews_of(record: Model) -> QuerySet[Review]:
    """All requests about a record, the newest first."""
    kind = ContentType.objects.get_for_model(record)
    return Review.objects.filter(content_type=kind, object_id=record.pk).order_by("-asked_at", "-pk")


def waiting_for(record: Model) -> QuerySet[Review]:
    """The requests about a record that nobody has answered yet."""
    return reviews_of(record).filter(outcome="")


@transaction.atomic
def ask_change(*, record: Publishable, by: "User", wish: str) -> Review:
    """Ask whoever may publish to change a record that is shown. Asked again, the new words take the place of the old."""
    if not wish.strip():
        raise ValidationError(_("Tulis apa yang perlu diubah."))
    kind = ContentType.objects.get_for_model(record)
    review, _created = Review.objects.update_or_create(
        content_type=kind,
        object_id=record.pk,
        kind=ReviewKind.CHANGE,
        asked_by=by,
        outcome="",
        defaults={"wish": wish.strip()},
    )
    return review


@transaction.atomic
def answer(*, review: Review, outcome: str, by: "User", answer: str = "") -> bool:
    """Close a request; whether it was still open. A refusal needs a sentence. Raises NotAllowed, ValidationError."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.outcome:
        return False
    own = outcome == ReviewOutcome.WITHDRAWN and review.asked_by_id == by.pk
    model = review.content_type.model_class()
    if not own and (model is None or not may_publish(by, model)):
        raise NotAllowed(_("Permintaan ini dijawab oleh penerbit."))
    if outcome == ReviewOutcome.RETURNED and not answer.strip():
        raise ValidationError({"answer": _("Tulis alasannya, supaya peminta tahu apa yang harus dibuat.")})
    _close(review, outcome, by, answer)
    if review.record is not None:
        message = f"{review.get_kind_display()}: {review.get_outcome_display()}"
        note(record=review.record, by=by, message=f"{message}. {answer}" if answer else message)
    return True


def _close(review: Review, outcome: str, by: "User", answer: str) -> None:
    review.outcome, review.answer = outcome, answer.strip()
    review.answered_by, review.answered_at = by, timezone.now()
    review.save()


def _follow(step: Step) -> None:
    """A record that is handed over waits; one that is led on from there has its answer."""
    open_requests = waiting_for(step.record).filter(kind=ReviewKind.PUBLICATION)
    if step.by is None:
        open_requests.delete()
        return
    if step.to == PublicationStatus.IN_REVIEW:
        if not open_requests.exists():
            kind = ContentType.objects.get_for_model(step.record)
            Review.objects.create(
                content_type=kind,
                object_id=step.record.pk,
                kind=ReviewKind.PUBLICATION,
                wish=step.note,
                asked_by=step.by,
            )
        return
    for review in open_requests:
        if step.to == PublicationStatus.PUBLISHED:
            outcome = ReviewOutcome.DONE
        elif review.asked_by_id == step.by.pk:
            outcome = ReviewOutcome.WITHDRAWN
        else:
            outcome = ReviewOutcome.RETURNED
        _close(review, outcome, step.by, step.note)


def _forget(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """What was asked about a record goes with it."""
    if isinstance(instance, Publishable):
        reviews_of(instance).delete()


watch(_follow)
post_delete.connect(_forget, dispatch_uid="reviews")
