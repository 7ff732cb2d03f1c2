from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionsConfig(AppConfig):
    name = "promotions"
    verbose_name = _("Promosi dan fasilitasi")
    # Models that no public page reads: writing them leaves every kept page as it is (sentra.triggers).
    behind_the_counter: frozenset[str] = frozenset({"CaseStep", "EditionWaiver", "FacilitationCase"})

    def ready(self) -> None:
        # Imported for what it registers: how search texts follow.
        from promotions import indexing  # noqa: F401
