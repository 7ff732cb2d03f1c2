"""Public addresses of this app; each segment is translated in the catalogue under the context "url"."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from promotions import views

urlpatterns = [
    path(pgettext_lazy("url", "katalog/cetak/"), views.catalogue_print, name="catalogue_print"),
    path(pgettext_lazy("url", "katalog/pdf/"), views.catalogue_pdf, name="catalogue_pdf"),
]
