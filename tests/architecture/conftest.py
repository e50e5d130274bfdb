"""How a broken rule is told: every line of it, not the first."""

from __future__ import annotations


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Where nothing may be found, tell all that was."""
    if op == "==" and right == [] and isinstance(left, list):
        return ["nothing may be found, and there is:", *(f"  {line}" for line in left)]
    return None
