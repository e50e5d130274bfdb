"""What may not lie in the repository: addresses of package registries, paths of a machine, files of others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Breach, name_of, repository, text_of, told

PICTURES = {".png", ".jpg", ".jpeg", ".ico"}
LOCKS = ("requirements/run.lock", "requirements/dev.lock")
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.", r"/simple" + "/", "index" + r"-url\s*[=:]"])
)
MACHINES = re.compile(
    r"(?<![\w.:/~$}-])/(?:home|root|Users|work|workspace|builds|runner|opt/(?:pypi|wheels))/\w|[A-Z]:\\Users\\"
)
REQUIREMENT = re.compile(r"[a-z0-9][a-z0-9._-]*==[^\s;]+(?: ; [^\\]+)?")
HASH = re.compile(r"sha256:[0-9a-f]{64}")


def addresses(text: str, file: str) -> Iterator[Breach]:
    """Lines that name a registry or a folder of one machine."""
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRIES.search(line):
            yield Breach(file, number, f"a package registry: {line.strip()[:60]}")
        if MACHINES.search(line):
            yield Breach(file, number, f"a path of one machine: {line.strip()[:60]}")


def of_others(file: str, text: str) -> Iterator[Breach]:
    """Files that somebody else made: they come in as packages, out of the lock."""
    path = Path(file)
    folders, binary = (
        {"vendor", "node_modules", "third_party"},
        {".whl", ".jar", ".woff", ".woff2", ".ttf", ".otf", ".zip"},
    )
    if (
        folders & set(path.parts)
        or path.suffix in binary
        or ".min." in path.name
        or path.name in ("uv.lock", "pylock.toml")
    ):
        yield Breach(file, 1, "a file of others")
    if path.suffix in (".js", ".css") and re.search(r"sourceMappingURL|@license|@preserve|Copyright \(c\)", text):
        yield Breach(file, 1, "a file of others, by what it says of itself")


def lock_problems(text: str, file: str) -> Iterator[Breach]:
    """Lines of a lock that are not a pinned package, its hashes or where it came from."""
    entries = re.sub(r"\\\n\s*", "", text)
    for number, entry in enumerate(line.strip() for line in entries.splitlines()):
        if not entry or entry.startswith("#"):
            continue
        requirement, *hashes = entry.split("--hash=")
        if not REQUIREMENT.fullmatch(requirement.strip()):
            yield Breach(file, number + 1, f"not a pinned package: {requirement[:60]}")
        if not hashes or not all(HASH.fullmatch(each.strip()) for each in hashes):
            yield Breach(file, number + 1, f"without hashes: {requirement[:60]}")
    if "://" in text:
        yield Breach(file, 1, "a lock names no address")


def asked(group: list[str]) -> set[str]:
    """The bare names of requirements."""
    return {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in group}


def locked(text: str) -> set[str]:
    """The names a lock pins."""
    return {match[1] for match in re.finditer(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE)}


def readable() -> list[Path]:
    """Files of text."""
    return [path for path in repository() if path.suffix not in PICTURES]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    assert told(b for path in readable() for b in addresses(text_of(path), name_of(path))) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index" + "-url=https://packages.example.org",
        "https://pypi" + ".org/project/django",
        "file:///opt" + "/pypi/simple" + "/",
        "cd /home" + "/sanne/samenspraak",
        r"C:\Users" + r"\sanne",
    ],
)
def test_an_address_or_path_is_found(line: str) -> None:
    assert [breach.line for breach in addresses(f"fine\n{line}\n", "notes.md")][:1] == [2]


def test_a_page_of_ours_is_not_a_path_of_a_machine() -> None:
    assert list(addresses("https://example.org/home/plan and src/home/plan and /tasks/new", "notes.md")) == []


def test_no_file_of_others_lies_here() -> None:
    assert told(b for path in readable() for b in of_others(name_of(path), text_of(path))) == []


@pytest.mark.parametrize("file", ["ui/static/htmx.min.js", "vendor/a.js", "ui/static/inter.woff2", "uv.lock"])
def test_a_file_of_others_is_found(file: str) -> None:
    assert [breach.what for breach in of_others(file, "")] == ["a file of others"]


def test_a_file_of_others_is_found_by_what_it_says_of_itself() -> None:
    assert [b.file for b in of_others("ui/static/own.js", "/*! @license MIT */")] == ["ui/static/own.js"]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_carry_hashes_and_no_addresses(lock: str) -> None:
    assert told(lock_problems(text_of(ROOT / lock), lock)) == []


@pytest.mark.parametrize(
    "line",
    [
        "django==5.2.19",
        "django>=5.2 --hash=sha256:" + "0" * 64,
        "django==5.2.19 --hash=md5:0",
        "django @ https://example.org/django.whl --hash=sha256:" + "0" * 64,
        "--find-links wheels",
    ],
)
def test_a_line_that_is_not_pinned_by_hash_is_found(line: str) -> None:
    assert list(lock_problems(f"# lock\n{line}\n", "run.lock")) != []


def test_a_package_with_its_hashes_is_in_order() -> None:
    text = "uvloop==0.23.0 ; sys_platform != 'win32' \\\n    --hash=sha256:" + "a" * 64 + "\n    # via samenspraak\n"

    assert list(lock_problems(text, "run.lock")) == []


def test_the_locks_hold_everything_that_is_asked_for() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    run, dev = (locked(text_of(ROOT / lock)) for lock in LOCKS)

    assert asked(project["project"]["dependencies"]) - run == set()
    assert asked(project["dependency-groups"]["dev"]) - dev == set()
    assert asked(["Django[x]>=5"]) == {"django"}
