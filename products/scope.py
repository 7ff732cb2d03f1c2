"""Which products lie in some kecamatan: where their business does, or wherever their sentra does."""

from django.db.models import Q

from sentra.scope import Areas, of_ikm, of_sentra


def product_within(areas: Areas) -> Q:
    return of_ikm(areas) | (Q(ikm__isnull=True) & of_sentra(areas))
