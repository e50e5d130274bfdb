"""One process at a time: a lock on a file, which the system lets go of when the process dies, however it dies."""

from __future__ import annotations

from pathlib import Path
from typing import IO

WORKER_LOCK = "worker.lock"
SERVER_LOCK = "server.lock"


def take_lock(path: Path) -> IO[bytes] | None:
    """The open file that holds the lock for as long as it is open; None when another process holds it."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows; there nobody is locked out
    except ImportError:
        return path.open("ab")
    lock = path.open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def is_locked(path: Path) -> bool:
    """Whether another process holds the lock now."""
    if not path.exists():
        return False
    lock = take_lock(path)
    if lock is None:
        return True
    lock.close()
    return False


def is_in_use(data: Path) -> bool:
    """Whether a server or a worker works on this data folder."""
    return is_locked(data / SERVER_LOCK) or is_locked(data / WORKER_LOCK)
