"""The report of a year counts what happened when and where, and says what is not known."""

import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from promotions.choices import CaseStage
from semarang_ikm.desk.charts import by_place, by_quarter
from semarang_ikm.desk.report import Line, Report
from semarang_ikm.shared.choices import DatePrecision
from sentra.choices import ActivityStatus
from sentra.models import Ikm, Kelurahan, Sentra
from tests import factories, officers

pytestmark = pytest.mark.django_db
YEAR = 2024


def day(month: int, year: int = YEAR) -> datetime.date:
    return datetime.date(year, month, 15)


def moment(month: int, year: int = YEAR) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(year, month, 15, 12))


def told(client: Client, year: int = YEAR) -> Report:
    return client.get(reverse("admin:desk_report", args=[year])).context["report"]


def line(report: Report, key: str) -> Line:
    return next(line for line in report.lines if line.measure.key == key)


@pytest.fixture
def kelurahan() -> Kelurahan:
    return factories.kelurahan()


@pytest.fixture
def ikm(kelurahan: Kelurahan) -> Ikm:
    """Public since February, six workers."""
    sentra = factories.sentra(kelurahan=[kelurahan], published=True)
    Sentra.objects.filter(pk=sentra.pk).update(published_at=moment(1))
    business = factories.ikm(
        sentra=sentra,
        kelurahan=kelurahan,
        published=True,
        workers=6,
        workers_as_of=day(3),
        activity=ActivityStatus.ACTIVE,
    )
    Ikm.objects.filter(pk=business.pk).update(published_at=moment(2))
    return business


def test_each_thing_is_counted_in_its_quarter_and_kecamatan(officer_client: Client, ikm: Ikm) -> None:
    factories.certification(ikm=ikm, issued_on=day(5))
    factories.certification(ikm=ikm, issued_on=day(5), stage="revoked")
    factories.packaging_support(ikm=ikm, given_on=day(8))
    shown = factories.promotion(starts_on=day(11), kelurahan=ikm.kelurahan)
    factories.appearance(ikm=ikm, promotion=shown, appeared_on=day(11))
    factories.case(ikm=ikm, stage=CaseStage.SOLVED, opened_on=day(1), closed_on=day(12))
    factories.case(ikm=None, sentra=ikm.sentra, stage=CaseStage.SOLVED, opened_on=day(1), closed_on=day(9))

    report = told(officer_client)

    assert {each.measure.key: each.quarters for each in report.lines} == {
        "sentra": [1, 0, 0, 0],
        "usaha": [1, 0, 0, 0],
        "sertifikat": [0, 2, 0, 0],
        "kemasan": [0, 0, 1, 0],
        "promosi": [0, 0, 0, 1],
        "tampil": [0, 0, 0, 1],
        "perkara": [0, 0, 1, 1],
    }
    place = ikm.kelurahan.kecamatan
    assert all(each.by_place == {place.pk: each.total} for each in report.lines)
    assert report.places == [(place.pk, place.name)]


def test_what_did_not_happen_that_year_is_absent(officer_client: Client, ikm: Ikm) -> None:
    for beside in (YEAR - 1, YEAR + 1):
        factories.certification(ikm=ikm, issued_on=day(5, beside))
        factories.packaging_support(ikm=ikm, given_on=day(5, beside))
        factories.appearance(ikm=ikm, appeared_on=day(5, beside))
    factories.certification(ikm=ikm, issued_on=day(5), stage="requested")
    factories.promotion(starts_on=day(5), cancelled_on=day(4))
    factories.case(ikm=ikm, stage=CaseStage.REFUSED, opened_on=day(1), closed_on=day(12))
    joined = factories.case(ikm=None, sentra=ikm.sentra, opened_on=day(1))
    factories.case(ikm=ikm, stage=CaseStage.SOLVED, opened_on=day(1), closed_on=day(12), parent=joined)

    report = told(officer_client)

    assert {each.measure.key for each in report.lines if each.total} == {"sentra", "usaha"}


def test_the_workers_are_those_that_somebody_stated(officer_client: Client, ikm: Ikm) -> None:
    quiet = factories.ikm(published=True)
    Ikm.objects.filter(pk=quiet.pk).update(published_at=moment(2))
    report = told(officer_client)
    assert (report.whole.workers, report.whole.stated_by, report.whole.businesses) == (6, 1, 2)
    assert report.standing[None].workers is None
    page = officer_client.get(reverse("admin:desk_report", args=[YEAR])).content.decode()
    assert "disebut oleh 1 dari 2 usaha" in page
    assert told(officer_client, YEAR - 1).whole.workers is None


def test_a_promotion_of_which_only_the_year_is_known_has_no_quarter(officer_client: Client) -> None:
    factories.promotion(starts_on=datetime.date(YEAR, 1, 1), date_precision=DatePrecision.YEAR)
    promotions = line(told(officer_client), "promosi")
    assert (promotions.quarters, promotions.undated, promotions.total) == ([0, 0, 0, 0], 1, 1)
    assert "Tanggal tidak pasti" in officer_client.get(reverse("admin:desk_report", args=[YEAR])).content.decode()


def test_a_quarter_that_has_not_begun_is_not_nought() -> None:
    bars = by_quarter([3, 0, 0, 0], begun=2).bars
    assert [bar.value for bar in bars] == ["3", "0", "", ""]
    assert [bar.height > 0 for bar in bars] == [True, False, False, False]
    assert by_place([]).bars == []
    assert by_place([("Mijen", 0)]).bars[0].width == 0


def test_each_role_reads_what_it_may(ikm: Ikm) -> None:
    factories.case(ikm=ikm, stage=CaseStage.SOLVED, opened_on=day(1), closed_on=day(12))
    keys = {
        role: {each.measure.key for each in told(officers.signed_in(role)).lines}
        for role in ("Pelihat", "Petugas fasilitasi")
    }
    assert "perkara" not in keys["Pelihat"]
    assert "perkara" in keys["Petugas fasilitasi"]
    stranger = officers.signed_in()
    assert stranger.get(reverse("admin:desk_report", args=[YEAR])).status_code == 403
    assert stranger.get(reverse("admin:desk_report_table", args=[YEAR])).status_code == 403


def test_who_works_in_one_kecamatan_reads_of_it_alone(ikm: Ikm) -> None:
    other = factories.ikm(kelurahan=factories.kelurahan(), published=True)
    Ikm.objects.filter(pk=other.pk).update(published_at=moment(2))
    client = officers.signed_in("Pelihat", kecamatan=[ikm.kelurahan.kecamatan])
    assert told(client).whole.businesses == 1
    page = client.get(reverse("admin:desk_report", args=[YEAR])).content.decode()
    assert ikm.kelurahan.kecamatan.name in page
    assert other.kelurahan.kecamatan.name not in page


@pytest.mark.parametrize("year", [1999, 2999])
def test_of_other_years_nothing_is_told(year: int, officer_client: Client) -> None:
    assert officer_client.get(reverse("admin:desk_report", args=[year])).status_code == 404
    assert officer_client.get(reverse("admin:desk_report_now")).status_code == 302


def test_an_empty_year_says_so(officer_client: Client) -> None:
    assert (
        "Belum ada usaha yang tercatat."
        in officer_client.get(reverse("admin:desk_report", args=[YEAR])).content.decode()
    )


def test_the_workbook_holds_the_same_numbers(officer_client: Client, ikm: Ikm) -> None:
    factories.certification(ikm=ikm, issued_on=day(5))
    book = load_workbook(BytesIO(officer_client.get(reverse("admin:desk_report_table", args=[YEAR])).content))
    quarters = {row[0]: row[1:] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert quarters["Sertifikat terbit"] == (0, 1, 0, 0, None, 1)
    last = list(book.worksheets[1].iter_rows(values_only=True))[-1]
    assert last[:5] == ("Jumlah", 1, 1, 6, 1)


def test_many_rows_ask_as_often_as_few(officer_client: Client, ikm: Ikm, count_queries) -> None:
    url = reverse("admin:desk_report", args=[YEAR])
    officer_client.get(url)
    few = count_queries(lambda: officer_client.get(url))
    for _ in range(4):
        other = factories.ikm(kelurahan=factories.kelurahan(), published=True)
        Ikm.objects.filter(pk=other.pk).update(published_at=moment(4))
        factories.certification(ikm=other, issued_on=day(5))
        factories.packaging_support(ikm=other, given_on=day(6))
    assert count_queries(lambda: officer_client.get(url)) == few
    assert few <= 20
