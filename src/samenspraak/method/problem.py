"""What can be wrong with an edition, said so that somebody can mend it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault: the file as ``edition/language/file.yaml``, the line (from 1), what is wrong and how to mend it."""

    file: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. {self.mend}."


class EditionError(Exception):
    """An edition cannot be used; ``problems`` holds every fault of every file, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
