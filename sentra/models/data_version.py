from django.db import models
from django.db.models import Q


class DataVersion(models.Model):
    """The one row that changes with every committed write to what public pages show. Written by triggers only
    (sentra.triggers), so that commands, bulk updates and raw SQL count too."""

    # Random, never a counter: a restored backup must not give a new state the name of an old one.
    token = models.CharField(max_length=36)
    # Seconds since 1970, UTC.
    changed_at = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="sentra_dataversion_single")]

    def __str__(self) -> str:
        return self.token
