"""One demo and one empty installation that serve, for tests that only look; and a data folder to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import RunningServer, running_server


@pytest.fixture(scope="package")
def demo() -> Iterator[RunningServer]:
    with running_server("demo") as server:
        yield server


@pytest.fixture(scope="package")
def installation() -> Iterator[RunningServer]:
    with running_server("serve") as server:
        yield server


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was served once."""
    data = tmp_path_factory.mktemp("served") / "data"
    with running_server("serve", data):
        pass
    return data


@pytest.fixture
def data(served: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(served, tmp_path / "data"))
