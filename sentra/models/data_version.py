from django.db import models


class DataVersion(models.Model):
    """The one row (1) that changes with every committed write to what public pages show. Written by triggers only
    (sentra.triggers), so that commands, bulk updates and raw SQL count too."""

    # Random, never a counter: a restored backup must not give a new state the name of an old one.
    token = models.CharField(max_length=36)
    # Seconds since 1970, UTC.
    changed_at = models.BigIntegerField()

    @classmethod
    def now(cls) -> str:
        """The version of what is committed at this moment."""
        return cls._default_manager.values_list("token", flat=True).get(pk=1)

    def __str__(self) -> str:
        return self.token
