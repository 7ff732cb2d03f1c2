from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionsConfig(AppConfig):
    name = "promotions"
    verbose_name = _("Promosi dan fasilitasi")
    # Models that no public page reads: writing them leaves every kept page as it is (sentra.triggers).
    behind_the_counter: frozenset[str] = frozenset(
        {
            "CaseDocument",
            "CaseLetter",
            "CaseStep",
            "EditionFreezing",
            "EditionWaiver",
            "FairSelection",
            "FairSelection_product_types",
            "LayoutCheck",
            "LedgerBusiness",
            "SelectionDecision",
            "SelectionReopening",
            "SelectionRule",
            "SelectionWithdrawal",
        }
    )

    def ready(self) -> None:
        # Imported for what they register: how search texts follow, what is held of persons, what a withdrawn consent closes.
        from promotions import indexing, personal_data, withdrawing  # noqa: F401 - for what it registers
        from promotions.actions import purging, saving  # noqa: F401 - for what it registers
