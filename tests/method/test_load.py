import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samenspraak.method.load import editions, load_edition, load_folder, read_edition, read_folder
from samenspraak.method.places import Finding, Place
from samenspraak.method.problem import EditionError, Problem
from tests.method.factory import drop, make_edition, put, write_edition


def rewrite(root: Path, file: str, text: str) -> Path:
    """Put other text in a Dutch file of the edition; gives the root."""
    (root / "2025-04/nl" / file).write_text(text, encoding="utf-8")
    return root


def faults(root: Path) -> list[tuple[str, int, str, str]]:
    return [(p.file, p.line, p.message, p.mend) for p in read_edition("2025-04", "nl", root).problems]


TERM = "terms:\n  - id: chain\n    source: ours\n    term: keten\n    definition: wie wat maakt\n"


def test_edition_is_read_as_it_was_written(tmp_path: Path) -> None:
    root = write_edition(tmp_path)

    edition = load_edition("2025-04", "en", root)

    assert edition == make_edition(language="en")


FIRST_IN_FIFTY_THREADS = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from samenspraak.method.load import load_edition
barrier = Barrier(50)

def read(_n):
    barrier.wait()
    return load_edition("2025-04", "nl")

with ThreadPoolExecutor(50) as pool:
    print(len({id(edition) for edition in pool.map(read, range(50))}))
"""


def test_fifty_threads_that_read_an_edition_for_the_first_time_get_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_IN_FIFTY_THREADS], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "1\n")


def test_edition_is_read_once(tmp_path: Path) -> None:
    root = write_edition(tmp_path)

    first, second = load_edition("2025-04", "nl", root), load_edition("2025-04", "nl", root)

    assert first is second


def test_folder_anywhere_can_be_read(tmp_path: Path) -> None:
    root = write_edition(tmp_path, "2025-04")

    edition = load_folder(root / "2025-04" / "nl", "own", "nl")

    assert (edition.name, edition.language, edition.title) == ("own", "nl", "In nl title")


def test_editions_are_told_oldest_first(tmp_path: Path) -> None:
    for name in ["2025-04.10", "2026-01", "2025-04", "2025-04.2", "draft", "__pycache__", "2025-4"]:
        (tmp_path / name).mkdir()
    (tmp_path / "2027-01").write_text("a file is no edition")

    names = editions(tmp_path)

    assert names == ("2025-04", "2025-04.2", "2025-04.10", "2026-01")


def test_no_folder_means_no_editions(tmp_path: Path) -> None:
    names = editions(tmp_path / "nowhere")

    assert names == ()


@pytest.mark.parametrize("name", ["2026-01", "", "../2025-04", "2025-04/nl"])
def test_edition_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    root = write_edition(tmp_path)

    with pytest.raises(EditionError) as caught:
        load_edition(name, "nl", root)

    assert caught.value.problems == (Problem(name, 1, "There is no such edition", "Choose one of: 2025-04"),)


def test_edition_is_told_to_be_missing_when_there_are_none(tmp_path: Path) -> None:
    reading = read_edition("2025-04", "nl", tmp_path)

    assert reading.problems == (Problem("2025-04", 1, "There is no such edition", "Choose one of: none"),)


def test_missing_translation_is_told(tmp_path: Path) -> None:
    (tmp_path / "2025-04").mkdir()

    problems = faults(tmp_path)

    assert problems == [("2025-04/nl", 1, "This translation is missing", "Write the 14 files of this language")]


def test_missing_file_is_told_with_what_it_holds(tmp_path: Path) -> None:
    root = write_edition(tmp_path)
    (root / "2025-04/nl/elements.yaml").unlink()

    problems = faults(root)

    assert problems == [("2025-04/nl/elements.yaml", 1, "This file is missing", "Write it, with: rule, elements")]


def test_misnamed_file_is_told(tmp_path: Path) -> None:
    root = write_edition(tmp_path)
    (root / "2025-04/nl/norm.yaml").write_text("norms: []")
    (root / "2025-04/nl/tools.yml").write_text("tools: []")
    (root / "2025-04/nl/notes.txt").write_text("no content")

    problems = faults(root)

    assert [problem[:3] for problem in problems] == [
        ("2025-04/nl/norm.yaml", 1, "This file is not read"),
        ("2025-04/nl/tools.yml", 1, "This file is not read"),
    ]
    assert problems[0][3][:43] == "Name it one of: edition.yaml, conditions.ya"


def test_faults_of_all_files_are_told_in_one_run(tmp_path: Path) -> None:
    root = write_edition(tmp_path)
    rewrite(root, "glossary.yaml", "terms: [\n")
    rewrite(root, "search.yaml", "synonyms: []\nsynonyms: []\n")
    (root / "2025-04/nl/model.yaml").unlink()

    problems = faults(root)

    assert [problem[:3] for problem in problems] == [
        ("2025-04/nl/model.yaml", 1, "This file is missing"),
        ("2025-04/nl/glossary.yaml", 2, "This is no YAML: did not find expected node content"),
        ("2025-04/nl/search.yaml", 2, "The key 'synonyms' stands here twice, first on line 1"),
    ]


def test_unknown_key_is_told_on_its_own_line(tmp_path: Path) -> None:
    root = rewrite(write_edition(tmp_path), "glossary.yaml", TERM + "    defintion: x\n")

    problems = faults(root)

    mend = "Use only: id, source, term, definition, also"
    assert problems == [("2025-04/nl/glossary.yaml", 6, "Term has no field 'defintion'", mend)]


def test_missing_key_is_told_on_the_line_of_the_item(tmp_path: Path) -> None:
    root = rewrite(
        write_edition(tmp_path), "glossary.yaml", TERM + "  - id: link\n    term: schakel\n    source: ours\n"
    )

    problems = faults(root)

    assert problems == [("2025-04/nl/glossary.yaml", 6, "Term lacks the field 'definition'", "Add 'definition'")]


def test_missing_part_of_a_file_is_told(tmp_path: Path) -> None:
    root = write_edition(tmp_path, nl=drop("elements", "rule"))

    problems = faults(root)

    assert problems == [("2025-04/nl/elements.yaml", 1, "elements.yaml lacks the field 'rule'", "Add 'rule'")]


def test_list_where_fields_belong_is_told(tmp_path: Path) -> None:
    root = rewrite(write_edition(tmp_path), "glossary.yaml", "- terms\n")

    problems = faults(root)

    assert problems == [("2025-04/nl/glossary.yaml", 1, "glossary.yaml must have fields", "Write: terms")]


def test_text_where_a_list_belongs_is_told(tmp_path: Path) -> None:
    root = rewrite(write_edition(tmp_path), "glossary.yaml", TERM + "    also: schakel\n")

    problems = faults(root)

    mend = "Start each line of it with a dash"
    assert problems == [("2025-04/nl/glossary.yaml", 6, "'also' must be a list", mend)]


@pytest.mark.parametrize(
    ("road", "field", "mend"),
    [
        (
            ("glossary", "terms", 0, "term", 2025),
            "term",
            "Write text, between quotes where it looks like something else",
        ),
        (
            ("glossary", "terms", 0, "also", [None]),
            "also",
            "Write text, between quotes where it looks like something else",
        ),
        (("steps", "phases", 0, "number", "one"), "number", "Write a whole number, without quotes"),
        (("steps", "phases", 0, "number", 1.5), "number", "Write a whole number, without quotes"),
        (("steps", "phases", 0, "number", True), "number", "Write a whole number, without quotes"),
        (
            ("facilitator", "facilitator", "need_questions", 0, "is_strong", 1),
            "is_strong",
            "Write true or false, without quotes",
        ),
        (
            ("facilitator", "facilitator", "need_questions", 0, "is_strong", {"a": 1}),
            "is_strong",
            "Write true or false, without quotes",
        ),
        (("norms", "norms", 0, "sure", "D"), "sure", "Choose one of: A, B, C"),
        (("tools", "tools", 0, "kind", ["tool"]), "kind", "Choose one of: tool, document, training, page, case"),
    ],
)
def test_value_of_another_type_is_told_with_what_to_write(
    road: tuple[Any, ...], field: str, mend: str, tmp_path: Path
) -> None:
    root = write_edition(tmp_path, nl=put(*road))

    problems = faults(root)

    assert [problem[2:] for problem in problems] == [(f"'{field}' does not fit", mend)]


def test_yes_without_quotes_is_no_answer_to_true_or_false(tmp_path: Path) -> None:
    root = write_edition(tmp_path)
    path = root / "2025-04/nl/facilitator.yaml"
    path.write_text(path.read_text().replace("is_strong: true", "is_strong: yes"))

    problems = faults(root)

    assert [problem[2] for problem in problems] == ["'is_strong' does not fit"]


def test_all_faults_of_one_item_are_told(tmp_path: Path) -> None:
    root = rewrite(
        write_edition(tmp_path), "glossary.yaml", "terms:\n  - id: 1\n    source: ours\n    word: x\n    also: [2]\n"
    )

    problems = faults(root)

    assert [problem[1:3] for problem in problems] == [
        (4, "Term has no field 'word'"),
        (2, "Term lacks the field 'term'"),
        (2, "Term lacks the field 'definition'"),
        (2, "'id' does not fit"),
        (5, "'also' does not fit"),
    ]


def test_error_holds_the_problems_of_the_folder(tmp_path: Path) -> None:
    root = write_edition(tmp_path, en=drop("search", "synonyms"))

    with pytest.raises(EditionError) as caught:
        load_folder(root / "2025-04/en", "2025-04", "en")

    message = "search.yaml lacks the field 'synonyms'"
    assert caught.value.problems == (Problem("2025-04/en/search.yaml", 1, message, "Add 'synonyms'"),)


def test_finding_gets_the_line_of_its_place(tmp_path: Path) -> None:
    root = rewrite(write_edition(tmp_path), "glossary.yaml", TERM)
    reading = read_folder(root / "2025-04/nl", "2025-04", "nl")

    problem = reading.problem(Finding(("terms", 0, "definition"), "Too short", "Write more"))

    assert problem == Problem("2025-04/nl/glossary.yaml", 5, "Too short", "Write more")


def test_finding_at_something_left_out_gets_the_line_of_what_holds_it(tmp_path: Path) -> None:
    other = TERM.replace("terms:\n", "").replace("chain", "link")
    root = rewrite(write_edition(tmp_path), "glossary.yaml", TERM + other)
    reading = read_folder(root / "2025-04/nl", "2025-04", "nl")

    places: list[Place] = [("terms", 1, "also", 3), ("terms", 1, "also"), ("terms", 2), ()]
    problems = [reading.problem(Finding(place, "Too few", "Write more")) for place in places]

    terms = "2025-04/nl/glossary.yaml"
    expected = [(terms, 6), (terms, 6), (terms, 2), ("2025-04/nl/edition.yaml", 1)]
    assert [(problem.file, problem.line) for problem in problems] == expected
