"""Addresses inside open data: full where SITE_URL says what the site is called, in each language."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.fields import Field, Read, in_english
from semarang_ikm.opendata.kinds import URL


def full(path: str) -> str:
    """The address as it can be passed on; only the path while the site has no SITE_URL."""
    return f"{settings.SITE_URL}{path}"


def pages(record: Read = lambda row: row.record) -> tuple[Field, Field]:
    """The fields with the pages of the row's record, or of the one that `record` reads."""

    def page_in(language: str) -> Read:
        def read(row: Any) -> str:
            with translation.override(language):
                return full(record(row).get_absolute_url())

        return read

    return (
        Field("url", URL, _("Halamannya"), page_in("id")),
        Field("url_en", URL, in_english(_("Halamannya")), page_in("en")),
    )
