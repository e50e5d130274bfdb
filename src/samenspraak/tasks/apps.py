"""Django's registration of this room."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The room tasks."""

    name = "samenspraak.tasks"
    label = "tasks"
