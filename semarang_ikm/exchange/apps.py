from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """What officers bring and take as spreadsheets. Of the root, since it knows every app; nothing imports it."""

    name = "semarang_ikm.exchange"
    label = "exchange"
    verbose_name = _("Impor dan ekspor")
    # Models that no public page reads: writing them leaves every kept page as it is (sentra.triggers).
    behind_the_counter: frozenset[str] = frozenset({"ImportProposal", "ProposalRow"})

    def ready(self) -> None:
        # Imported for what it registers: how long rows are kept, what the purge of a person takes out of them.
        from semarang_ikm.exchange import retention  # noqa: F401 - for what it registers
