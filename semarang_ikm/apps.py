from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate


class SemarangIkmConfig(AppConfig):
    """The root: home, search across apps, commands. No other app imports it (except `shared` below it)."""

    name = "semarang_ikm"
    label = "semarang_ikm"

    def ready(self) -> None:
        # Imported for the terms that it registers.
        from semarang_ikm import retention  # noqa: F401 - for what it registers
        from semarang_ikm.accounts.second_factor import required_roles
        from semarang_ikm.accounts.told import tell_of_accounts
        from semarang_ikm.roles import keep_roles

        # A mistyped setting stops the start.
        required_roles(settings.SECOND_FACTOR)
        tell_of_accounts()

        # Last of those whose permissions the table names, so that the others' exist by then.
        post_migrate.connect(keep_roles, sender=apps.get_app_config("auth"))
