from django.db import models


class SeedRecord(models.Model):
    """What `seed` last wrote into one row, so that it can tell its own words from those of staff.

    Kept when the row is deleted: a row that is remembered but missing was deleted by staff and stays deleted.
    """

    # The table, "sentra.figure"; the key that the row has in the shipped files; the row's id.
    model = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    # Field name -> value as JSON; relations as the keys of the rows they lead to.
    written = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="sentra_seedrecord_once")]

    def __str__(self) -> str:
        return f"{self.model}: {self.key}"
