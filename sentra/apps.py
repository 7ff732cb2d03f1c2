from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SentraConfig(AppConfig):
    name = "sentra"
    verbose_name = _("Sentra dan usaha")
    # Models that no kept page reads: writing them leaves every kept page as it is (sentra.triggers).
    behind_the_counter: frozenset[str] = frozenset(
        {
            "Change",
            "ChangeSet",
            "CodeSequence",
            "DataReport",
            "DataVersion",
            "KeptFile",
            "NotDuplicate",
            "Officer",
            "Review",
            "SavedFilter",
            "SeedRecord",
            "SentForm",
            "TrailDoor",
            "UndoWork",
        }
    )

    def ready(self) -> None:
        # Imported for what they register: the memory of deleted addresses, what publishing needs, who waits for it, the
        # trail of changes.
        from sentra import tombstones  # noqa: F401 - for what it registers
        from sentra.actions import publishing, reviews, saving  # noqa: F401 - for what they register
        from sentra.history import files, guard, writing  # noqa: F401 - for what they register
        from sentra.triggers import after_migrate

        post_migrate.connect(after_migrate, sender=self)
        post_migrate.connect(guard.after_migrate, sender=self)
