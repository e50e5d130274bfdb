import json
from pathlib import Path

import pytest

from samenspraak.method import check
from samenspraak.method.problem import Problem
from tests.method.factory import drop, make_edition, put, write_edition
from tests.method.workshop_factory import write_kit

COUNTS = {
    "categories": 3,
    "conditions": 8,
    "elements": 9,
    "statements": 36,
    "steps": 10,
    "phases": 4,
    "actions": 8,
    "questions": 1,
    "terms": 1,
    "norms": 1,
    "tools": 1,
    "blocks": 2,
    "slides": 2,
    "worksheets": 1,
    "cards": 12,
    "roles": 3,
    "kits": 0,
}
OTHER_DAY = Problem(
    "2025-04/en/norms.yaml",
    8,
    "'checked_on' is 'soon' here and '2026-01-31' in the other language",
    "Make them the same",
)
NO_DAY = Problem("2025-04/en/norms.yaml", 8, "'soon' is no day", "Write year-month-day: 2025-04-30")
NO_TERMS = Problem("2025-04/nl/glossary.yaml", 1, "glossary.yaml lacks the field 'terms'", "Add 'terms'")
spoil_norms = put("norms", "norms", 0, "checked_on", "soon")
spoil_terms = drop("glossary", "terms")


def test_sound_edition_has_no_problems(tmp_path: Path) -> None:
    root = write_edition(tmp_path)

    problems = check.check_edition("2025-04", root)

    assert problems == ()


def test_faults_of_rules_and_of_translation_are_told_with_file_and_line(tmp_path: Path) -> None:
    root = write_edition(tmp_path, en=spoil_norms)

    problems = check.check_edition("2025-04", root)

    assert problems == (OTHER_DAY, NO_DAY)


def test_language_that_can_be_read_is_checked_beside_one_that_cannot(tmp_path: Path) -> None:
    root = write_edition(tmp_path, nl=spoil_terms, en=spoil_norms)

    problems = check.check_edition("2025-04", root)

    assert problems == (NO_DAY, NO_TERMS)


def test_edition_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    root = write_edition(tmp_path)

    problems = check.check_edition("2026-01", root)

    assert problems == (Problem("2026-01", 1, "There is no such edition", "Choose one of: 2025-04"),)


def test_everything_is_counted() -> None:
    numbers = check.counts(make_edition())

    assert list(numbers.items()) == list(COUNTS.items())


def test_summary_of_a_sound_edition(tmp_path: Path) -> None:
    root = write_edition(tmp_path)

    result = check.summary("2025-04", root)

    assert result == {"edition": "2025-04", "languages": ["nl", "en"], "counts": COUNTS, "errors": []}


def test_summary_names_only_languages_that_can_be_read(tmp_path: Path) -> None:
    root = write_edition(tmp_path, nl=spoil_terms)

    result = check.summary("2025-04", root)

    error = {"file": NO_TERMS.file, "line": 1, "message": NO_TERMS.message, "mend": NO_TERMS.mend}
    assert result == {"edition": "2025-04", "languages": ["en"], "counts": COUNTS, "errors": [error]}


def test_summary_of_an_edition_that_cannot_be_read_has_no_counts(tmp_path: Path) -> None:
    root = write_edition(tmp_path, nl=spoil_terms, en=spoil_terms)

    result = check.summary("2025-04", root)

    assert (result["languages"], result["counts"], len(result["errors"])) == ([], {}, 2)


def test_json_is_one_object_of_the_newest_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_edition(tmp_path, "2025-04", en=spoil_norms)
    root = write_edition(tmp_path, "2025-04.1")

    status = check.main(["check", "--json"], root)

    printed = json.loads(capsys.readouterr().out)
    assert (status, printed) == (0, check.summary("2025-04.1", root))


def test_json_of_a_named_edition_fails_when_it_has_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_edition(tmp_path, "2025-04", en=spoil_norms)
    root = write_edition(tmp_path, "2025-04.1")

    status = check.main(["--json", "--edition", "2025-04"], root)

    printed = json.loads(capsys.readouterr().out)
    assert (status, printed) == (1, check.summary("2025-04", root))


def test_text_reports_on_every_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_edition(tmp_path, "2025-04", en=spoil_norms)
    root = write_edition(tmp_path, "2025-04.1")

    status = check.main([], root)

    numbers = (
        "  categories 3, conditions 8, elements 9, statements 36, steps 10, phases 4, "
        "actions 8, questions 1, terms 1, norms 1, tools 1, "
        "blocks 2, slides 2, worksheets 1, cards 12, roles 3, kits 0"
    )
    lines = [
        "2025-04 (nl, en): 2 to mend",
        numbers,
        f"  {OTHER_DAY}",
        f"  {NO_DAY}",
        "2025-04.1 (nl, en): sound",
        numbers,
    ]
    assert (status, capsys.readouterr().out.splitlines()) == (1, lines)


def test_text_reports_on_one_edition_when_it_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_edition(tmp_path, "2025-04", en=spoil_norms)
    root = write_edition(tmp_path, "2025-04.1")

    status = check.main(["--edition", "2025-04.1"], root)

    assert (status, capsys.readouterr().out.splitlines()[0]) == (0, "2025-04.1 (nl, en): sound")


def test_no_editions_at_all_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = check.main([], tmp_path)

    problem = "none:1: There is no such edition. Choose one of: none."
    assert (status, capsys.readouterr().out.splitlines()) == (
        1,
        ["none (): 1 to mend", "  not readable", f"  {problem}"],
    )


def test_other_word_than_check_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        check.main(["chekc"], tmp_path)

    assert (caught.value.code, capsys.readouterr().out) == (2, "")


def test_schema_is_written_anew_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_edition(tmp_path / "editions")

    status = check.main(["--schema", "--json"], root, tmp_path / "schema")

    assert (status, len(list((tmp_path / "schema").iterdir()))) == (0, 15)
    assert json.loads(capsys.readouterr().out) == check.summary("2025-04", root)


def test_kits_beside_the_editions_are_counted_and_checked(tmp_path: Path) -> None:
    root = write_edition(tmp_path / "editions")
    write_kit(tmp_path / "kits", en={"version": 0})

    result = check.summary("2025-04", root)

    told = [(error["file"], error["line"], error["message"]) for error in result["errors"]]
    assert result["counts"] == COUNTS | {"kits": 1}
    assert told == [
        ("kits/small/en.yaml", 3, "'version' is '0' here and '1' in the other language"),
        ("kits/small/en.yaml", 3, "The version is 0"),
    ]


def test_only_the_newest_edition_answers_for_the_kits(tmp_path: Path) -> None:
    root = write_edition(write_edition(tmp_path / "editions"), "2025-04.1")
    write_kit(tmp_path / "kits", en={"version": 0})

    older, newer = check.summary("2025-04", root), check.summary("2025-04.1", root)

    assert (len(older["errors"]), len(newer["errors"])) == (0, 2)


def test_a_kit_that_cannot_be_read_is_told_beside_one_that_can(tmp_path: Path) -> None:
    kits = write_kit(write_kit(tmp_path), "other", nl={"colour": "red"}, en={"events": []})

    problems = check.check_kits(make_edition(), kits)

    assert [(problem.file, problem.message) for problem in problems] == [
        ("kits/other/en.yaml", "There are 0 events"),
        ("kits/other/nl.yaml", "Kit has no field 'colour'"),
    ]


def test_a_kit_in_the_folder_of_another_is_told(tmp_path: Path) -> None:
    kits = write_kit(tmp_path, "other", nl={"id": "small"})

    problems = check.check_kits(make_edition(), kits)

    assert [problem.message for problem in problems if problem.file == "kits/other/nl.yaml"] == [
        "The id of a kit is the name of its folder"
    ]
