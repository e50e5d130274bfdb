"""Django's registration of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room people."""

    name = "samenspraak.people"
    label = "people"
