"""Pages of tasks."""

from samenspraak.tasks.views import doing, handing, proving

__all__ = ["doing", "handing", "proving"]
