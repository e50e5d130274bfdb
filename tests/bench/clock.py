"""How benches measure: in turns, and by the quiet moments of a busy machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable

Clock = Callable[[], float]


def timed(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Milliseconds of one run. ``time.thread_time`` leaves out what other programs take, for work on one thread."""
    started = clock()
    work()
    return (clock() - started) * 1000


def quiet(figures: Iterable[float]) -> float:
    """The lower decile: what it costs while nothing else wants the processor."""
    return statistics.quantiles(figures, n=10)[0]


def in_turns(
    ours: Callable[[], object], limit: Callable[[], object], turns: int, clock: Clock = time.perf_counter
) -> tuple[float, float]:
    """Both, measured one after the other so that a slow moment hits both."""
    for _ in range(3):
        ours()
        limit()
    pairs = [(timed(ours, clock), timed(limit, clock)) for _ in range(turns)]
    return quiet(p[0] for p in pairs), quiet(p[1] for p in pairs)
