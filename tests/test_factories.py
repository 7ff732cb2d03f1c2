"""Every factory makes a row that the model's own validation accepts."""

import pytest
from django.db.models import Model

from tests import factories, help_given, officers, selection_factories
from tests.semarang_ikm.exchange import rows

MAKERS = [
    officers.profile,
    officers.review,
    officers.saved_filter,
    factories.kecamatan,
    factories.kelurahan,
    factories.area_alias,
    factories.product_type,
    factories.source,
    factories.sentra,
    factories.location,
    factories.figure,
    factories.open_question,
    factories.ikm,
    factories.contact,
    factories.product,
    factories.certificate_kind,
    factories.certification_rule,
    factories.certification,
    factories.packaging_support,
    factories.product_photo,
    factories.sentra_photo,
    factories.partner,
    factories.promotion,
    factories.appearance,
    factories.case,
    factories.case_step,
    help_given.case_letter,
    help_given.case_document,
    help_given.packaging_photo,
    factories.edition,
    factories.edition_entry,
    factories.edition_file,
    selection_factories.fair_selection,
    selection_factories.selection_rule,
    selection_factories.selection_decision,
    rows.import_proposal,
    rows.proposal_row,
]


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_factory_makes_two_different_valid_rows(make) -> None:
    first, second = make(), make()

    assert isinstance(first, Model)
    assert first.pk != second.pk
    first.full_clean()


@pytest.mark.django_db
def test_published_rows_are_public_and_others_are_not() -> None:
    shown, hidden = factories.product(published=True), factories.product()

    public = type(shown).objects.published()

    assert shown in public
    assert hidden not in public
