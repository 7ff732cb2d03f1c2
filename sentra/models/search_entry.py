from django.db import models

from semarang_ikm.shared.bilingual import is_english


class SearchEntry(models.Model):
    """The two columns by which lists are searched and sorted. Written by the indexing door only (sentra.indexing)."""

    search_text = models.TextField(editable=False, default="")
    sort_name = models.CharField(max_length=200, editable=False, default="", db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def name_column(cls) -> str:
        """The column that puts rows in the order of the names that readers see."""
        return "sort_name"


class NamedTwice(SearchEntry):
    """An entry with a name in each language: English lists sort by the English one, where there is one."""

    name_en: str | models.CharField

    sort_name_en = models.CharField(max_length=200, editable=False, default="")

    class Meta:
        abstract = True

    @classmethod
    def name_column(cls) -> str:
        return "sort_name_en" if is_english() else "sort_name"
