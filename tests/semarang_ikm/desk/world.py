"""A city in which every number of the desk is more than nothing, and something stands beside each that must not count."""

from datetime import timedelta

from django.utils import timezone

from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.time import today
from sentra.choices import ActivityStatus, ReportStatus
from sentra.models import Kelurahan
from tests import factories, officers

DAY = timedelta(days=1)


def fill(kelurahan: Kelurahan) -> None:
    sentra = factories.sentra(kelurahan=[kelurahan], checked_on=today(), checked_by=factories.user())
    factories.sentra(status=PublicationStatus.ARCHIVED)
    # Elsewhere: a filter with a single value is not shown, and then Django ignores what is asked of it.
    elsewhere = {"sentra": factories.sentra(), "kelurahan": factories.kelurahan()}
    factories.ikm(types=[factories.product_type()], published=True, **elsewhere)
    factories.sentra_photo(sentra=factories.sentra(activity=ActivityStatus.CLOSED))
    ikm = factories.ikm(sentra=sentra, kelurahan=kelurahan, types=[factories.product_type()], published=True)
    shown = factories.ikm(kelurahan=kelurahan, published=True, checked_on=today(), checked_by=factories.user())
    factories.appearance(ikm=shown)
    factories.appearance(ikm=ikm, promotion=factories.promotion(cancelled_on=today()))
    factories.appearance(ikm=ikm, appeared_on=today() + DAY)
    factories.ikm(activity=ActivityStatus.CLOSED)
    product = factories.product(ikm=ikm)
    factories.product_photo(product=factories.product(ikm=shown))
    factories.product(ikm=ikm, status=PublicationStatus.ARCHIVED)
    factories.certification(products=[product], expires_on=today() + 10 * DAY)
    factories.certification(ikm=ikm, expires_on=today() - DAY)
    factories.certification(ikm=ikm, needs_recheck=True)
    asked = factories.certification(ikm=ikm, stage="requested", number="", issued_on=None)
    type(asked).objects.filter(pk=asked.pk).update(created_at=asked.created_at - 100 * DAY)
    factories.case(ikm=ikm, due_on=today() - DAY)
    factories.case(ikm=ikm, due_on=today())
    factories.report()
    factories.report(status=ReportStatus.DONE, closed_at=timezone.now(), handled_by=factories.user())
    factories.edition()
    factories.edition(published=True)
    officers.review()
