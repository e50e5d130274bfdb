"""What exists is named in the documents, and what the documents name exists."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from django.apps import apps

from samenspraak import __version__
from samenspraak.site.commands import WORDS
from samenspraak.site.environment import NAMES
from tests.architecture.source import PACKAGE, ROOT, Breach, code, name_of, repository, rooms, text_of, told, tree_of
from tests.architecture.test_addresses import asked

DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
GLOSSARY = DOCS / "glossary.md"
JOURNEYS = DOCS / "journeys.md"
PARTS = ["Context", "Decision", "Consequences", "Alternatives"]
STANDS_FIRST = re.compile(r"^# (\d{4})\. (.+)$", re.MULTILINE)


def unnamed(names: Iterable[str], text: str) -> list[str]:
    """The names that a text does not have as a word of their own."""
    return [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)]


def unnamed_words(words: Iterable[str], text: str) -> list[str]:
    """The words of the command that no text shows in use: ``samenspraak doctor``, ``run.py demo``."""
    return [word for word in words if not re.search(rf"(samenspraak|run\.py) {word}\b", text)]


def cells(text: str, columns: int) -> list[list[str]]:
    """The rows of all tables with so many columns, without their heads."""
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| ")
    ]
    return [row for row in rows if len(row) == columns and not set(row[0]) <= {"-", " "} and row[0] != "Nederlands"]


def decision_problems(text: str, file: str) -> Iterator[Breach]:
    """A decision has its number and title first, and its four parts in order."""
    title = STANDS_FIRST.match(text)
    if not title or not file.startswith(title[1]):
        yield Breach(file, 1, "begins with its number and what was decided")
    if re.findall(r"^## (.+)$", text, re.MULTILINE) != PARTS:
        yield Breach(file, 1, f"has these parts in this order: {', '.join(PARTS)}")


def names_in_code() -> set[str]:
    """Every name code gives: classes, functions, fields, modules and rooms."""
    found = {f"samenspraak.{room.name}" for room in rooms()} | {path.stem for path in code()}
    for path in code():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.AnnAssign | ast.Assign):
                targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def glossary_problems(text: str, known: set[str]) -> Iterator[str]:
    """Words whose code is not there, and words marked “later” whose code has come."""
    for dutch, english, name in cells(text, 3):
        named = re.findall(r"`([^`]+)`", name)
        is_later = name.startswith("later")
        if not dutch or not english or not (named or is_later):
            yield f"{dutch or english}: a line has Dutch, English and a name in code"
        yield from (f"{dutch}: no {one} in code" for one in named if not is_later and one not in known)
        yield from (f"{dutch}: {one} has come" for one in named if is_later and one in known)


def journeys_in(text: str, heading: str) -> set[str]:
    """The journeys under a heading of docs/journeys.md."""
    part = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return {row[0] for row in cells(part[1] if part else "", 2) if row[0] != "journey"}


def journeys_of(sources: Iterable[str]) -> set[str]:
    """The first lines of the docstrings of journeys."""
    found = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and ast.get_docstring(node):
                found.add((ast.get_docstring(node) or "").splitlines()[0].rstrip("."))
    return found


def dead_links(text: str, folder: Path) -> list[str]:
    """Links and pictures that lead to a file that is not there."""
    links = [unquote(link.split("#")[0]) for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    return [link for link in links if link and "://" not in link and not (folder / link).exists()]


def pages() -> list[Path]:
    """Every page of the documents."""
    return [path for path in repository() if path.suffix == ".md"]


def test_every_setting_is_explained() -> None:
    assert unnamed([f"SAMENSPRAAK_{name}" for name in NAMES], text_of(DOCS / "settings.md")) == []


def test_every_word_of_the_command_is_shown_in_use() -> None:
    operating = DOCS / "operating.md"
    shown = text_of(ROOT / "README.md") + (text_of(operating) if operating.exists() else "")

    assert unnamed_words(WORDS, shown + text_of(ROOT / "CONTRIBUTING.md")) == []


def test_a_setting_or_word_that_is_not_named_is_found() -> None:
    assert unnamed(["SAMENSPRAAK_PORT", "SAMENSPRAAK_LISTEN"], "Set `SAMENSPRAAK_PORT` or SAMENSPRAAK_LISTENER.") == [
        "SAMENSPRAAK_LISTEN"
    ]
    assert unnamed_words(["demo", "doctor"], "python3 run.py demo starts a demo. A doctor knows.") == ["doctor"]


def test_every_file_of_an_edition_is_named() -> None:
    editions = PACKAGE / "method" / "editions"
    files = {path for path in repository() if path.is_relative_to(editions) and path.suffix == ".yaml"}

    told_in = {e: text_of(DOCS / "map.md") + text_of(editions / e / "SOURCE.md") for e in {p.parts[-3] for p in files}}

    assert {name_of(p) for p in files if unnamed([p.name], told_in[p.parts[-3]])} == set()
    assert files != set()


def test_every_decision_has_four_parts_and_stands_in_the_index() -> None:
    files = [path for path in repository() if path.parent == DECISIONS and path.name != "README.md"]
    index = text_of(DECISIONS / "README.md")

    assert told(b for path in files for b in decision_problems(text_of(path), path.name)) == []
    assert [path.name[:4] for path in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    titles = {path.name: STANDS_FIRST.findall(text_of(path))[0] for path in files}
    assert [n for n, (number, title) in titles.items() if f"| [{number}]({n}) | {title} |" not in index] == []


def test_a_decision_without_alternatives_or_with_a_strange_number_is_found() -> None:
    assert [b.what[:6] for b in decision_problems("# 0002. A\n## Context\n## Decision\n", "0001-a.md")] == [
        "begins",
        "has th",
    ]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    reasons = text_of(next(path for path in repository() if path.parent == DECISIONS and path.name.startswith("0003")))

    rows = {name.strip("`") for name, reason in cells(reasons, 2) if name.startswith("`") and len(reason) > 20}

    assert rows == asked(project["project"]["dependencies"])


def test_every_word_of_the_glossary_has_its_code() -> None:
    assert list(glossary_problems(text_of(GLOSSARY), names_in_code())) == []


def test_every_table_has_its_word_in_the_glossary() -> None:
    models = {m.__name__ for m in apps.get_models() if m.__module__.startswith("samenspraak.")}
    shape = {node.name for node in tree_of(PACKAGE / "method" / "types.py").body if isinstance(node, ast.ClassDef)}
    named = {name for row in cells(text_of(GLOSSARY), 3) for name in re.findall(r"`([^`]+)`", row[2])}

    assert models - named == set()
    assert {"Edition", "Condition", "Element", "Step"} <= shape & named


def test_a_word_without_code_and_code_that_has_come_are_found() -> None:
    text = (
        "| ronde | round | `Round` |\n| bord | board | later: `Board` |\n| nazorg | aftercare | later |\n| x | y | z |"
    )

    assert list(glossary_problems(text, {"Board"})) == [
        "ronde: no Round in code",
        "bord: Board has come",
        "x: a line has Dutch, English and a name in code",
    ]


def test_journeys_and_their_tests_have_the_same_titles() -> None:
    text = text_of(JOURNEYS)
    folder = ROOT / "tests" / "journeys"
    walked = journeys_of(text_of(p) for p in repository() if p.parent == folder and p.name.startswith("test_"))

    assert journeys_in(text, "Walked by a test") == walked
    assert journeys_in(text, "Still to be written") & walked == set()


def test_a_journey_is_known_by_the_first_line_of_its_docstring() -> None:
    table = "## Walked by a test\n\n| journey | so |\n| --- | --- |\n| A word is found | x |\n\n## Other\n| B | y |\n"

    assert journeys_of(['def test_find():\n    """A word is found.\n\n    More.\n    """\n']) == {"A word is found"}
    assert journeys_in(table, "Walked by a test") == {"A word is found"}


def test_no_link_in_the_documents_leads_nowhere() -> None:
    assert (
        sorted(f"{name_of(page)}: {link}" for page in pages() for link in dead_links(text_of(page), page.parent)) == []
    )


def test_a_dead_link_is_found() -> None:
    assert dead_links("[a](map.md) [b](none.md#x) [c](https://example.org) ![d](pictures/none.png)", DOCS) == [
        "none.md",
        "pictures/none.png",
    ]


def test_the_product_is_described_for_catalogues_of_public_code() -> None:
    described = yaml.safe_load(text_of(ROOT / "publiccode.yml"))

    assert described["publiccodeYmlVersion"] == "0.4"
    assert set(described) >= {
        *("name", "url", "platforms", "categories", "developmentStatus", "softwareType"),
        *("description", "legal", "maintenance", "localisation"),
    }
    assert described["legal"]["license"] == tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["license"]
    assert set(described["description"]) == {"nl", "en"} == set(described["localisation"]["availableLanguages"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_description_keeps_to_the_lengths_of_the_standard(language: str) -> None:
    described = yaml.safe_load(text_of(ROOT / "publiccode.yml"))["description"][language]

    assert len(described["shortDescription"]) <= 150
    assert 150 <= len(described["longDescription"]) <= 10_000
    assert 5 <= len(described["features"]) <= 20


def test_the_changelog_tells_of_this_version_in_both_languages() -> None:
    released = re.search(
        rf"^## {re.escape(__version__)}.*?(?=^## |\Z)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE | re.DOTALL
    )

    assert released
    assert re.findall(r"^### (.+)$", released[0], re.MULTILINE) == ["Nederlands", "English"]
