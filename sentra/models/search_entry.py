from django.db import models


class SearchEntry(models.Model):
    """The two columns by which lists are searched and sorted. Written by the indexing door only (sentra.indexing)."""

    search_text = models.TextField(editable=False, default="")
    sort_name = models.CharField(max_length=200, editable=False, default="", db_index=True)

    class Meta:
        abstract = True


class NamedTwice(SearchEntry):
    """An entry with a name in each language: English lists sort by the English one, where there is one."""

    name_en: str | models.CharField

    sort_name_en = models.CharField(max_length=200, editable=False, default="")

    class Meta:
        abstract = True
