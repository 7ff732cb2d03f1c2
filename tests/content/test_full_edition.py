"""The edition of everything that ships: the pre-flight finds what is so, and nothing else."""

import copy

import pytest

from products.models import Product
from promotions.actions import editions
from promotions.catalogue import pdf
from promotions.choices import EditionLanguage, Paper
from promotions.editions.freezing import material_of
from promotions.models import CatalogueEdition
from promotions.preflight import measuring
from promotions.preflight.checks import examine
from semarang_ikm.content.loader import load
from tests import factories

pytestmark = pytest.mark.django_db
# True of the shipped content: nobody has checked it yet, its prices are old, and it comes without photos.
SO = {"stale-data", "stale-prices", "missing-photos"}
# Of the machine, not of the content.
MACHINE = {"typefaces", "not-measured"}


@pytest.fixture(scope="module")
def standing_edition(shipped, standing_db) -> CatalogueEdition:
    load(shipped)
    words = {"title_en": "Everything", "foreword": "Selamat membaca.", "foreword_en": "Enjoy.", "signed_by": "Dinas"}
    edition = factories.edition("Semuanya", language=EditionLanguage.BOTH, **words)
    editions.add_products(edition=edition, products=Product.objects.published(), by=None)
    return edition


@pytest.fixture
def everything(standing_edition, db, settings) -> CatalogueEdition:
    settings.SITE_URL = "https://sentra.example.org"
    return copy.deepcopy(standing_edition)


def test_its_findings_are_true(everything) -> None:
    findings = examine(everything).findings
    assert {finding.check for finding in findings} - MACHINE == SO
    for check, rows in (("missing-photos", Product.objects.published()), ("stale-prices", _priced())):
        told = {finding.code for finding in findings if finding.check == check}
        assert told == {row.code for row in rows}


@pytest.mark.pdf
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", EditionLanguage)
def test_nothing_is_wrong_with_its_pages(everything, language, paper) -> None:
    everything.language = language
    if not pdf.is_available():
        pytest.skip("the PDF libraries are not installed on this machine")
    assert measuring.measure(everything, material_of(everything), paper) == []


def _priced():
    return Product.objects.published().filter(price_min__isnull=False)
