"""The datasets as JSON-LD, so that searches for data find them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from semarang_ikm.opendata.dataset import Dataset
from semarang_ikm.opendata.forms import FORMS
from semarang_ikm.opendata.heading import SITE_NAME
from semarang_ikm.opendata.licence import Licence
from semarang_ikm.shared.structured import Data, absolute, document, filled, trail

Context = Mapping[str, Any]


def data_page(context: Context) -> Data:
    datasets = [_dataset(overview.dataset, context["licence"]) for overview in context["datasets"]]
    catalog = {
        "@type": "DataCatalog",
        "name": f"{SITE_NAME}: {_('Data terbuka')}",
        "url": absolute(reverse("data")),
        "inLanguage": get_language(),
        "dataset": datasets,
    }
    return document(catalog, trail((_("Data terbuka"), "")))


def dataset_page(context: Context) -> Data:
    """With the files that the page links."""
    dataset, selection, updated = context["dataset"], context["selection"], context["updated"]
    files = {
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form.content_type.partition(";")[0],
                "contentUrl": absolute(reverse("data_file", args=[dataset, form])) + selection.query_string,
            }
            for form in FORMS.values()
        ],
        "dateModified": updated and updated.date().isoformat(),
    }
    steps: Iterable = ((_("Data terbuka"), reverse("data")), (str(dataset.title), ""))
    return document(_dataset(dataset, context["licence"], files), trail(*steps))


def _dataset(dataset: Dataset, licence: Licence | None, further: Data | None = None) -> Data:
    return filled(
        {
            "@type": "Dataset",
            "name": f"{SITE_NAME}: {dataset.title}",
            "description": str(dataset.about),
            "url": absolute(reverse("dataset", args=[dataset])),
            "isAccessibleForFree": True,
            "license": licence.url if licence else "",
            "spatialCoverage": {"@type": "Place", "name": _("Kota Semarang")},
            **(further or {}),
        }
    )
