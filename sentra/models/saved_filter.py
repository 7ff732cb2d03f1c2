from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_NAME, LONGEST_QUERY = 60, 500


class SavedFilter(models.Model):
    """A filter of one list of the desk under the name that an officer gave it. It is nobody else's, and goes with the account.

    `query` holds keys and values of the list's own filters and its order; never words that were searched for.
    """

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    # The model of the list, as "app.model".
    page = models.CharField(max_length=60)
    name = models.CharField(_("nama saringan"), max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "page", "name"],
                name="sentra_savedfilter_once",
                violation_error_message=_("Nama saringan ini sudah dipakai di daftar ini."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
