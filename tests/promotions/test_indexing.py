"""Search texts of events follow whatever they mention; what is not public is no word to find them by."""

from datetime import date

import pytest

from promotions.actions.saving import delete, saved
from promotions.models import Promotion
from semarang_ikm.shared import publishing
from tests import factories

pytestmark = pytest.mark.django_db


def text(promotion: Promotion) -> str:
    return Promotion.objects.get(pk=promotion.pk).search_text


def test_an_event_is_found_by_its_name_place_partners_sentra_and_year() -> None:
    area = factories.kelurahan("Pandansari", kecamatan=factories.kecamatan("Semarang Tengah"))
    event = factories.promotion(
        "Pameran Kriya",
        name_en="Craft Fair",
        starts_on=date(2027, 3, 14),
        place="Balai Kota",
        kelurahan=area,
        partners=[factories.partner("Bea Cukai", name_en="Customs")],
        sentra=[factories.sentra("Batik Malon", published=True)],
    )

    words = ("pameran kriya", "craft fair", "balai kota", "pandansari", "semarang tengah", "bea cukai", "customs")
    assert [word for word in (*words, "batik malon", "2027") if word not in text(event)] == []
    assert Promotion.objects.get(pk=event.pk).sort_name == "pameran kriya"


def test_changes_of_what_it_mentions_reach_it() -> None:
    area, partner = factories.kelurahan("Pandansari"), factories.partner("Mitra Lama")
    event = factories.promotion(kelurahan=area, partners=[partner])
    for record, name in ((area, "Bubakan"), (area.kecamatan, "Mijen"), (partner, "Mitra Baru")):
        record.name = name
        record.save()
        saved(record=record)

    assert [word for word in ("bubakan", "mijen", "mitra baru") if word not in text(event)] == []
    assert "mitra lama" not in text(event)


def test_a_sentra_in_draft_is_no_word_until_it_is_public_and_none_after() -> None:
    sentra = factories.sentra("Batik Malon", types=[factories.product_type()], kelurahan=[factories.kelurahan()])
    event = factories.promotion(sentra=[sentra])
    assert "malon" not in text(event)

    publishing.publish(record=sentra, by=None)
    assert "batik malon" in text(event)
    publishing.archive(record=sentra, by=None)
    assert "malon" not in text(event)


def test_a_deleted_partner_is_forgotten() -> None:
    partner = factories.partner("Bea Cukai")
    event = factories.promotion(partners=[partner])

    delete(record=partner)

    assert "bea cukai" not in text(event)
