"""How search texts of promotions follow their place, partners and sentra (sentra.indexing)."""

from promotions.models import Partner, Promotion
from sentra.indexing import area_words, public_sentra_name, register, set_texts, store_texts
from sentra.models import Kecamatan, Kelurahan, Sentra


def _write(rows: list[Promotion]) -> int:
    full = (
        Promotion.objects.filter(pk__in=[row.pk for row in rows])
        .select_related("kelurahan__kecamatan")
        .prefetch_related("partners", "sentra")
    )
    changed = [promotion for promotion in full if set_texts(promotion, promotion.name, promotion_words(promotion))]
    return store_texts(Promotion, changed)


def promotion_words(promotion: Promotion) -> list[str]:
    """What a promotion is found by besides its name."""
    return [
        promotion.name_en,
        promotion.place,
        *area_words(promotion.kelurahan),
        *(name for partner in promotion.partners.all() for name in (partner.name, partner.name_en)),
        *(public_sentra_name(sentra) for sentra in promotion.sentra.all()),
        str(promotion.starts_on.year),
    ]


register(
    Promotion,
    _write,
    {
        Partner: ["partners"],
        Sentra: ["sentra"],
        Kelurahan: ["kelurahan"],
        Kecamatan: ["kelurahan__kecamatan"],
    },
)
