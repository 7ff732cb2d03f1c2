"""A certificate's journey: allowed steps only, each with its day and its officer, and renewed once."""

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from products.actions import certificate_steps as steps
from products.actions.certificates import composition_changed, rules_overlap
from products.badges import badges
from products.choices import CertificationStage
from products.models import Certification, CertificationRule, CertificationStep
from semarang_ikm.shared.time import today
from sentra.actions.purging import purge
from sentra.models import Change
from tests import factories
from tests.admin_forms import admin_url

pytestmark = pytest.mark.django_db
REQUESTED, FACILITATED, ISSUED, EXPIRED, REVOKED = CertificationStage.values


def request(**fields) -> Certification:
    return factories.certification(stage=REQUESTED, number="", issued_on=None, checked=False, **fields)


def paper(number: str = "BARU-1", **fields) -> steps.Paper:
    given = {"issued_on": today(), "expires_on": today() + timedelta(days=1800), "legal_basis": "Aturan Uji"}
    return steps.Paper(number=number, **given | fields)


def lines(certification: Certification) -> list[tuple]:
    return [(line.stage, line.reached_on, line.moved_by) for line in certification.steps.all()]


def test_every_step_has_its_day_and_its_officer(officer: User) -> None:
    certificate, day = request(), today() - timedelta(days=3)

    assert steps.move(certification=certificate, to=FACILITATED, by=officer, on=day)
    assert steps.issue(certification=certificate, paper=paper(), by=officer)

    certificate.refresh_from_db()
    assert (certificate.stage, certificate.number, certificate.legal_basis) == (ISSUED, "BARU-1", "Aturan Uji")
    assert (certificate.checked_on, certificate.checked_by) == (today(), officer)
    assert lines(certificate) == [(FACILITATED, day, officer), (ISSUED, today(), officer)]


def test_a_step_sent_twice_is_taken_once(officer: User) -> None:
    certificate = request()
    taken = [steps.move(certification=certificate, to=FACILITATED, by=officer, on=today()) for _ in range(2)]
    taken += [steps.issue(certification=certificate, paper=paper(), by=officer) for _ in range(2)]

    assert taken == [True, False, True, False]
    assert certificate.steps.count() == 2


@pytest.mark.parametrize(
    ("stage", "to"),
    [(REQUESTED, EXPIRED), (REQUESTED, REVOKED), (FACILITATED, REQUESTED), (ISSUED, REQUESTED), (REVOKED, ISSUED)],
)
def test_no_other_step_is_possible(stage: str, to: str, officer: User) -> None:
    certificate = factories.certification(stage=stage)
    with pytest.raises(ValidationError, match="tidak ada langkah"):
        steps.move(certification=certificate, to=to, by=officer, on=today())
    certificate.refresh_from_db()
    assert certificate.stage == stage
    assert lines(certificate) == []


def test_what_still_lasts_cannot_be_marked_as_ended(officer: User) -> None:
    lasting = factories.certification(expires_on=today())
    over = factories.certification(expires_on=today() - timedelta(days=1))

    assert steps.next_stages(lasting) == (REVOKED,)
    assert steps.next_stages(over) == (EXPIRED, REVOKED)


@pytest.mark.parametrize(
    ("rule", "basis", "offered"),
    [
        ({"has_fixed_end": False}, "", False),
        ({"has_fixed_end": False, "legal_basis": "Aturan Uji 5"}, "Aturan Uji 5", False),
        ({"has_fixed_end": True, "validity_months": 60, "legal_basis": "Aturan Uji 5"}, "Aturan Uji 5", True),
        ({"has_fixed_end": True, "validity_months": 60, "legal_basis": "Aturan Uji 5"}, "Ketetapan khusus", False),
        ({"has_fixed_end": None}, "", True),
        (None, "Aturan Uji 5", False),
        (None, "", True),
    ],
)
def test_what_never_ends_is_not_offered_an_end(rule: dict | None, basis: str, offered: bool) -> None:
    kind = factories.certification_rule(**rule).kind if rule is not None else factories.certificate_kind()
    certificate = factories.certification(kind=kind, expires_on=None, legal_basis=basis)

    assert (EXPIRED in steps.next_stages(certificate)) == offered
    assert REVOKED in steps.next_stages(certificate)


def test_the_page_of_a_halal_certificate_offers_no_end(officer_client: Client) -> None:
    kind = factories.certification_rule(has_fixed_end=False).kind
    certificate = factories.certification(kind=kind, expires_on=None)
    page = officer_client.get(admin_url(Certification, "change", certificate.pk)).content.decode()
    assert "Catat pencabutan" in page
    assert "Tandai habis" not in page


def test_the_first_lines_are_what_the_dates_tell(officer: User) -> None:
    issued, ended = today() - timedelta(days=900), today() - timedelta(days=30)
    dates = {"issued_on": issued, "expires_on": ended}
    rows = [factories.certification(stage=stage, **dates) for stage in (REQUESTED, ISSUED, EXPIRED, REVOKED)]
    undated = factories.certification(issued_on=None, expires_on=None)
    steps.begin(certifications=[*rows, undated], by=officer)

    told = [[(line.stage, line.reached_on) for line in row.steps.all()] for row in (*rows, undated)]
    assert told == [
        [(REQUESTED, today())],
        [(ISSUED, issued)],
        [(ISSUED, issued), (EXPIRED, ended + timedelta(days=1))],
        [(ISSUED, issued), (REVOKED, today())],
        [(ISSUED, today())],
    ]
    assert {line.moved_by for line in CertificationStep.objects.all()} == {officer}


def test_certificates_of_former_versions_get_their_first_lines() -> None:
    bare, begun = factories.certification(), factories.certification()
    steps.begin(certifications=[begun], by=None)
    migration = import_module("products.migrations.0008_first_steps")
    for _again in range(2):
        migration.give(apps, SimpleNamespace(connection=connection))
    assert [line.reached_on for line in bare.steps.all()] == [bare.issued_on]
    assert begun.steps.count() == 1


def test_a_number_of_another_business_is_refused(officer: User) -> None:
    taken = factories.certification(number="SAMA-1")
    asked, old = request(kind=taken.kind), factories.certification(kind=taken.kind)

    for refused in (
        lambda: steps.issue(certification=asked, paper=paper("SAMA-1"), by=officer),
        lambda: steps.renew(certification=old, paper=paper("SAMA-1"), by=officer),
    ):
        with pytest.raises(ValidationError) as refusal:
            refused()
        assert "number" in refusal.value.message_dict
    old.refresh_from_db()
    assert old.successor is None


# -- renewing ---------------------------------------------------------------------------------------------------------


def test_a_renewal_keeps_the_old_one_as_history(officer: User) -> None:
    product = factories.product()
    old = factories.certification(
        products=[product], holder_name="Kelompok Uji", expires_on=today() + timedelta(days=5), needs_recheck=True
    )

    new = steps.renew(certification=old, paper=paper(), by=officer)

    old.refresh_from_db()
    assert (old.successor, old.stage, old.needs_recheck) == (new, ISSUED, False)
    assert (new.kind, new.ikm, new.holder_name, list(new.products.all())) == (
        old.kind,
        old.ikm,
        "Kelompok Uji",
        [product],
    )
    assert (new.checked_on, new.checked_by, new.stage) == (today(), officer, ISSUED)
    assert lines(new) == [(ISSUED, today(), officer)]


def test_what_had_ended_is_marked_so_as_of_its_last_day(officer: User) -> None:
    last = today() - timedelta(days=20)
    old = factories.certification(expires_on=last, issued_on=last - timedelta(days=900))

    steps.renew(certification=old, paper=paper(), by=officer)

    old.refresh_from_db()
    assert old.stage == EXPIRED
    assert lines(old) == [(EXPIRED, last + timedelta(days=1), None)]


def test_sent_twice_it_renews_once(officer: User) -> None:
    old = factories.certification()
    first = steps.renew(certification=old, paper=paper(), by=officer)
    assert steps.renew(certification=old, paper=paper(), by=officer) == first
    assert Certification.objects.count() == 2


def test_a_number_that_the_business_has_recorded_already_is_linked(officer: User) -> None:
    old = factories.certification()
    recorded = factories.certification(kind=old.kind, ikm=old.ikm, number="ADA-1")

    assert steps.renew(certification=old, paper=paper("ADA-1"), by=officer) == recorded
    assert Certification.objects.count() == 2
    with pytest.raises(ValidationError):
        steps.renew(certification=recorded, paper=paper(old.number), by=officer)


@pytest.mark.parametrize("stage", [REQUESTED, FACILITATED, REVOKED])
def test_only_what_was_issued_can_be_renewed(stage: str, officer: User) -> None:
    with pytest.raises(ValidationError):
        steps.renew(certification=factories.certification(stage=stage), paper=paper(), by=officer)


def test_the_old_number_is_no_new_one(officer: User) -> None:
    old = factories.certification(number="LAMA-1")
    with pytest.raises(ValidationError, match="lama"):
        steps.renew(certification=old, paper=paper("LAMA-1"), by=officer)


def test_the_public_sees_the_new_one_instead_of_the_ended_one(officer: User) -> None:
    old = factories.certification(expires_on=today() - timedelta(days=1))
    new = steps.renew(certification=old, paper=paper(), by=officer)
    shown = badges(Certification.objects.select_related("kind"))
    assert [badge.certification for badge in shown] == [new]


# -- composition ------------------------------------------------------------------------------------------------------


def test_a_new_composition_is_told_and_cleared_with_a_reason(officer: User) -> None:
    product = factories.product()
    halal = factories.certification(kind=factories.certificate_kind("halal"), products=[product])

    assert composition_changed(product=product, on=today()) == 1
    assert composition_changed(product=product, on=today()) == 0
    assert steps.answer_recheck(certification=halal, by=officer, reason="Hanya kemasan")
    assert not steps.answer_recheck(certification=halal, by=officer, reason="Hanya kemasan")

    halal.refresh_from_db()
    assert not halal.needs_recheck
    assert [(line.moved_by, line.note) for line in halal.steps.all()][1] == (officer, "Hanya kemasan")
    assert product.name in halal.steps.first().note


def test_a_purge_takes_the_remarks_out_and_leaves_the_steps(officer: User) -> None:
    halal = factories.certification(needs_recheck=True)
    steps.answer_recheck(certification=halal, by=officer, reason="Kata Bu Zubaidah bahannya tetap")

    purge(subject=halal.ikm, by=officer, why="Diminta")

    assert [(line.stage, line.note) for line in halal.steps.all()] == [(ISSUED, "")]
    assert "Zubaidah" not in str(list(Change.objects.values_list("fields", flat=True)))


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((None, None), (2020, None), True),
        ((2019, 2020), (2021, None), False),
        ((None, 2020), (2020, 2022), True),
        ((2023, None), (2019, 2022), False),
    ],
)
def test_rules_overlap_where_a_day_falls_under_both(one: tuple, other: tuple, overlap: bool) -> None:
    def rule(years: tuple) -> CertificationRule:
        first, last = years
        return CertificationRule(in_force_from=first and date(first, 1, 1), in_force_until=last and date(last, 12, 31))

    assert rules_overlap(rule(one), rule(other)) == rules_overlap(rule(other), rule(one)) == overlap
