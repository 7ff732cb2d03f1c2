from django.db import models
from django.utils import timezone


class SentForm(models.Model):
    """The one-time key of an admin form that stored a record, with that record: sent again, it stores nothing.

    The key is unique, and stored in the transaction that stores the record: of two processes one waits for the other.
    """

    key = models.CharField(primary_key=True, max_length=40)
    # The model as "app.model", and the record's key; null only inside that transaction.
    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
