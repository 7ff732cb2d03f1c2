from django.db import models
from django.utils import timezone


class KeptFile(models.Model):
    """A file that no row names any more, kept out of the public's reach for as long as its row may come back.

    Written by sentra.history.files alone.
    """

    # An entry of STORAGES, and the name in it by which rows knew the file.
    room = models.CharField(max_length=20)
    name = models.CharField(max_length=250)
    # Where it lies meanwhile, in the private room; blank until it was moved there.
    kept_as = models.CharField(max_length=250, blank=True)
    # Its row is back: it is on its way to where rows know it.
    returning = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "name"], name="sentra_keptfile_once")]

    def __str__(self) -> str:
        return f"{self.room}: {self.name}"
