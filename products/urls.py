"""Public addresses of this app; each segment is translated in the catalogue under the context "url"."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from products.feeds import ProductFeed
from products.views.certificates import CertificateKindView, certificate_kind_list
from products.views.products import ProductListView, ProductView

product_urls = [
    path("", ProductListView.as_view(), name="product_list"),
    path(pgettext_lazy("url", "terbaru.atom"), ProductFeed(), name="product_feed"),
    path("<slug:slug>/", ProductView.as_view(), name="product"),
]
certificate_urls = [
    path("", certificate_kind_list, name="certificate_kind_list"),
    path("<slug:slug>/", CertificateKindView.as_view(), name="certificate_kind"),
]

urlpatterns = [
    path(pgettext_lazy("url", "produk/"), include(product_urls)),
    path(pgettext_lazy("url", "sertifikasi/"), include(certificate_urls)),
]
