"""Public addresses of this app; each segment is translated in the catalogue under the context "url"."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from sentra.feeds import IkmFeed, SentraFeed
from sentra.views.areas import AreaListView, KecamatanView, KelurahanView
from sentra.views.ikm import IkmView
from sentra.views.lists import IkmListView, SentraListView
from sentra.views.map import map_page
from sentra.views.sentra import SentraView
from sentra.views.types import ProductTypeView, product_type_list

sentra_urls = [
    path("", SentraListView.as_view(), name="sentra_list"),
    path(pgettext_lazy("url", "terbaru.atom"), SentraFeed(), name="sentra_feed"),
    path("<slug:slug>/", SentraView.as_view(), name="sentra"),
]
ikm_urls = [
    path("", IkmListView.as_view(), name="ikm_list"),
    path(pgettext_lazy("url", "terbaru.atom"), IkmFeed(), name="ikm_feed"),
    path("<slug:slug>/", IkmView.as_view(), name="ikm"),
]
area_urls = [
    path("", AreaListView.as_view(), name="area_list"),
    path("<slug:slug>/", KecamatanView.as_view(), name="kecamatan"),
    path("<slug:kec_slug>/<slug:kel_slug>/", KelurahanView.as_view(), name="kelurahan"),
]
type_urls = [
    path("", product_type_list, name="product_type_list"),
    path("<slug:slug>/", ProductTypeView.as_view(), name="product_type"),
]

urlpatterns = [
    path(pgettext_lazy("url", "sentra/"), include(sentra_urls)),
    path(pgettext_lazy("url", "usaha/"), include(ikm_urls)),
    path(pgettext_lazy("url", "wilayah/"), include(area_urls)),
    path(pgettext_lazy("url", "jenis/"), include(type_urls)),
    path(pgettext_lazy("url", "peta/"), map_page, name="map"),
]
