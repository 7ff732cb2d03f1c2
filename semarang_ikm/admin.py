"""The name of the officers' pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("Sentra Semarang")
admin.site.site_title = _("Sentra Semarang")
admin.site.index_title = _("Meja kerja petugas")
