"""Django's registration of this room."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The room library."""

    name = "samenspraak.library"
    label = "library"
