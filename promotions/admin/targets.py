"""Where businesses go from a list: small forms that begin with what is most likely meant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from promotions.choices import EditionStatus
from promotions.models import CatalogueEdition, Promotion
from semarang_ikm.shared import publishing
from semarang_ikm.shared.choices import PublicationStatus

# Occasions offered; older ones are entered on their own page.
OCCASIONS = 200
MOST_PRODUCTS = 20


class PromotionTarget(forms.Form):
    """Of those that this officer may enter participants in, the one that comes next."""

    target = forms.ModelChoiceField(label=gettext_lazy("Acara atau promosi"), queryset=Promotion.objects.none())

    def __init__(self, *args: Any, officer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Promotion.objects.planned().exclude(status=PublicationStatus.ARCHIVED)
        if not publishing.may_publish(officer, Promotion):
            offered = offered.exclude(status=PublicationStatus.PUBLISHED)
        field: Any = self.fields["target"]
        field.queryset = offered.order_by("-starts_on", "-pk")
        # Only what is read is cut; any of them may be sent.
        field.choices = [("", "---------"), *((row.pk, str(row)) for row in field.queryset[:OCCASIONS])]
        self.initial.setdefault("target", offered.upcoming().values_list("pk", flat=True).first())


class EditionTarget(forms.Form):
    """A draft: of this promotion where there is one, else the newest."""

    target = forms.ModelChoiceField(
        label=gettext_lazy("Edisi (draf)"), queryset=CatalogueEdition.objects.filter(status=EditionStatus.DRAFT)
    )
    at_most = forms.IntegerField(
        label=gettext_lazy("Produk tiap usaha, paling banyak"), min_value=1, max_value=MOST_PRODUCTS, initial=2
    )

    def __init__(self, *args: Any, promotion: Promotion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["target"]
        likely = field.queryset.filter(promotion=promotion).first() if promotion else None
        self.initial.setdefault("target", likely or field.queryset.first())
