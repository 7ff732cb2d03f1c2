from django.apps import AppConfig


class SemarangIkmConfig(AppConfig):
    """The root: home, search across apps, commands. No other app imports it (except `shared` below it)."""

    name = "semarang_ikm"
    label = "semarang_ikm"

    def ready(self) -> None:
        # Imported for the terms that it registers.
        from semarang_ikm import retention  # noqa: F401
