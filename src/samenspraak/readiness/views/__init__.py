"""Pages of ‘Are we ready?’, by what they are about."""

from samenspraak.readiness.views import answers, evidence, papers, rounds

__all__ = ["answers", "evidence", "papers", "rounds"]
