"""Addresses inside open data, in each language."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.fields import Field, Read, in_english
from semarang_ikm.opendata.kinds import URL
from semarang_ikm.shared.structured import absolute


def pages(record: Read = lambda row: row.record) -> tuple[Field, Field]:
    """The fields with the pages of the row's record, or of the one that `record` reads."""

    def page_in(language: str) -> Read:
        def read(row: Any) -> str:
            with translation.override(language):
                return absolute(record(row).get_absolute_url())

        return read

    return (
        Field("url", URL, _("Halamannya"), page_in("id")),
        Field("url_en", URL, in_english(_("Halamannya")), page_in("en")),
    )
