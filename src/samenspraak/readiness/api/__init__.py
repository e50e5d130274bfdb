"""Are we ready, for programs: the same loaders, forms and actions as the pages."""

from samenspraak.readiness.api import rounds, together

ENDPOINTS = (*rounds.ENDPOINTS, *together.ENDPOINTS)

__all__ = ["ENDPOINTS"]
