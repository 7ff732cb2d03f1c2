from django.db import models

from semarang_ikm.shared.tracing import Traced


class CodeSequence(models.Model):
    """The last number issued for a prefix. Only ever raised (sentra.codes), so that no code is used twice."""

    prefix = models.CharField(max_length=8, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"


class CodeRedirect(models.Model):
    """A code whose record was merged into another: `/k/<code>` then leads to the survivor's page."""

    code = models.CharField(max_length=20, unique=True)
    survivor_code = models.CharField(max_length=20)

    history = Traced()

    def __str__(self) -> str:
        return f"{self.code} → {self.survivor_code}"
