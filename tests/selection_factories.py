"""Rows of fair selections, made like those of tests.factories."""

from typing import Any

from django.utils import timezone

from promotions.choices import DecisionKind
from promotions.models import (
    FairSelection,
    SelectionDecision,
    SelectionReopening,
    SelectionRule,
    SelectionWithdrawal,
)
from tests import factories


def fair_selection(**fields: Any) -> FairSelection:
    """For an exhibition in thirty days, with the rules that a new one has."""
    if "promotion" not in fields:
        fields["promotion"] = factories.promotion(starts_on=factories.days_ago(-30))
    return FairSelection.objects.create(**fields)


def selection_rule(**fields: Any) -> SelectionRule:
    if "selection" not in fields:
        fields["selection"] = fair_selection()
    if not {"kecamatan", "sentra", "product_type"} & set(fields):
        fields["kecamatan"] = factories.kecamatan()
    return SelectionRule.objects.create(**{"at_least": 1} | fields)


def selection_decision(**fields: Any) -> SelectionDecision:
    for name, make in (
        ("selection", fair_selection),
        ("ikm", lambda: factories.ikm(published=True)),
        ("decided_by", factories.user),
    ):
        if name not in fields:
            fields[name] = make()
    return SelectionDecision.objects.create(**{"kind": DecisionKind.PIN, "reason": "Tuan rumah."} | fields)


def withdrawal(**fields: Any) -> SelectionWithdrawal:
    """Somebody who does not come, for whom nobody comes yet."""
    for name, make in (
        ("selection", fair_selection),
        ("ikm", lambda: factories.ikm(published=True)),
        ("recorded_by", factories.user),
    ):
        if name not in fields:
            fields[name] = make()
    return SelectionWithdrawal.objects.create(**{"reason": "Sakit."} | fields)


def reopening(**fields: Any) -> SelectionReopening:
    for name, make in (
        ("selection", fair_selection),
        ("accepted_by", factories.user),
        ("reopened_by", factories.user),
    ):
        if name not in fields:
            fields[name] = make()
    return SelectionReopening.objects.create(
        **{"outcome": {}, "accepted_at": timezone.now(), "reason": "Aturannya keliru."} | fields
    )
