"""Django's registration of this room."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """The room readiness."""

    name = "samenspraak.readiness"
    label = "readiness"
