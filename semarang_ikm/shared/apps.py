from django.apps import AppConfig


class SharedConfig(AppConfig):
    """The ground floor: no tables, imports no other app of ours."""

    name = "semarang_ikm.shared"
    label = "shared"
