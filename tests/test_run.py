"""run.py in a folder of its own, with an empty lock instead of the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = os.path.realpath(sys.executable)
INSTALL = "import run; run.install('run')"

pytestmark = pytest.mark.skipif(not (ROOT / ".boot").exists(), reason="uv was not brought by run.py, so nothing to use")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What run.py needs of a checkout, and an installer that is there already."""
    folder = tmp_path / "checkout"
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "run.py", folder)
    for name in ("run", "dev"):
        (folder / "requirements" / f"{name}.lock").write_text("")
    (folder / ".boot").symlink_to(ROOT / ".boot")
    return folder


def python(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("SAMENSPRAAK_") and n != "VIRTUAL_ENV"}
    return subprocess.run(
        [PYTHON, "-c", code], cwd=folder, env=environment, check=False, capture_output=True, text=True, timeout=60
    )


def installs(folder: Path) -> bool:
    """Whether this call installed anything."""
    told = python(folder, INSTALL)
    assert (told.returncode, told.stdout) == (0, ""), told.stderr
    return "Installed in" in told.stderr


def test_second_time_nothing_is_installed(checkout: Path) -> None:
    assert [installs(checkout), installs(checkout)] == [True, False]


def test_lock_that_changes_and_changes_back_is_installed_each_time(checkout: Path) -> None:
    lock = checkout / "requirements" / "run.lock"
    installs(checkout)

    lock.write_text("# other\n")
    other = installs(checkout)
    lock.write_text("")

    assert [other, installs(checkout), installs(checkout)] == [True, True, False]


def test_environment_whose_installing_was_broken_off_is_made_anew(checkout: Path) -> None:
    installs(checkout)
    (checkout / ".venv" / ".made-for").write_text("")
    (checkout / ".venv" / "half a package").touch()

    again = installs(checkout)

    assert (again, (checkout / ".venv" / "half a package").exists()) == (True, False)


def test_environment_of_a_folder_that_was_moved_is_made_anew(checkout: Path) -> None:
    installs(checkout)
    moved = checkout.rename(checkout.with_name("moved"))

    again = installs(moved)

    source = next((moved / ".venv").glob("lib/python*/site-packages/samenspraak.pth"))
    assert (again, source.read_text()) == (True, f"{moved / 'src'}\n")


def test_environment_without_its_python_is_made_anew(checkout: Path) -> None:
    installs(checkout)
    (checkout / ".venv" / "bin" / "python").unlink()

    assert [installs(checkout), installs(checkout)] == [True, False]


def test_without_uv_and_without_ensurepip_there_is_still_an_environment(checkout: Path) -> None:
    made = python(checkout, "import run; run.make_environment(None); print(run.PYTHON.exists())")

    assert made.stdout == "True\n", made.stderr


def test_package_that_is_not_what_was_locked_stops_everything(checkout: Path) -> None:
    (checkout / "requirements" / "run.lock").write_text("tzdata==2025.2 --hash=sha256:" + "0" * 64 + "\n")

    told = python(checkout, INSTALL)

    assert (told.returncode, told.stdout) == (1, "")
    assert "the same command tries again" in told.stderr


def test_data_stands_in_the_checkout_wherever_the_command_was_given(checkout: Path) -> None:
    code = "import os, run; print(run.environment()['SAMENSPRAAK_DATA'])"

    default = python(checkout, code).stdout
    given = python(checkout, "import os; os.environ['SAMENSPRAAK_DATA'] = '/elsewhere'; " + code).stdout

    assert (default, given) == (f"{checkout / 'data'}\n", "/elsewhere\n")


def test_older_python_is_told_which_one_is_needed(checkout: Path) -> None:
    told = python(
        checkout, "import sys; sys.version_info = (3, 10, 9); import run; raise SystemExit(run.main(['demo']))"
    )

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("Samenspraak needs Python 3.11 or newer.")


def test_help_is_all_there_is_without_a_word(checkout: Path) -> None:
    told = subprocess.run([PYTHON, "run.py"], cwd=checkout, check=False, capture_output=True, text=True, timeout=60)

    assert (told.returncode, told.stdout, "python3 run.py demo" in told.stderr) == (2, "", True)
    assert not (checkout / ".venv").exists()
