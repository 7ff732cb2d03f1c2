"""Addresses of open data. Pages have a language; files and the API hold both."""

from django.urls import path, re_path, register_converter
from django.utils.translation import pgettext_lazy

from semarang_ikm.opendata import views
from semarang_ikm.opendata.dataset import Dataset
from semarang_ikm.opendata.datasets import DATASETS, IN_API
from semarang_ikm.opendata.forms import FORMS, Form


class DatasetName:
    regex = "|".join(DATASETS)

    def to_python(self, value: str) -> Dataset:
        return DATASETS[value]

    def to_url(self, value: Dataset | str) -> str:
        return value if isinstance(value, str) else value.name


class ApiName(DatasetName):
    regex = "|".join(IN_API)


class FormName:
    regex = "|".join(FORMS)

    def to_python(self, value: str) -> Form:
        return FORMS[value]

    def to_url(self, value: Form | str) -> str:
        return value if isinstance(value, str) else value.suffix


register_converter(DatasetName, "dataset")
register_converter(ApiName, "api_dataset")
register_converter(FormName, "form")

pages = [
    path(pgettext_lazy("url", "data/"), views.data_page, name="data"),
    path(pgettext_lazy("url", "data/<dataset:dataset>/"), views.dataset_page, name="dataset"),
]

urlpatterns = [
    path("data/<dataset:dataset>.<form:form>", views.download, name="data_file"),
    path("api/v1/", views.api_index, name="api"),
    path("api/v1/openapi.json", views.api_description, name="api_description"),
    path("api/v1/<api_dataset:dataset>/", views.api_list, name="api_list"),
    path("api/v1/<api_dataset:dataset>/<str:identity>/", views.api_record, name="api_record"),
    re_path(r"^api/(?P<rest>.*)$", views.api_nothing),
]
