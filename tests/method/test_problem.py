from samenspraak.method.problem import EditionError, Problem

ONE = Problem("2025-04/nl/tools.yaml", 12, "The link 'x' is no https address", "Write https://host/path")
TWO = Problem("2025-04/en/norms.yaml", 1, "This file is missing", "Write it, with: norms")


def test_problem_reads_as_file_line_fault_and_mend() -> None:
    text = str(ONE)

    assert text == "2025-04/nl/tools.yaml:12: The link 'x' is no https address. Write https://host/path."


def test_error_keeps_and_tells_every_problem() -> None:
    error = EditionError([ONE, TWO])

    assert error.problems == (ONE, TWO)
    assert str(error) == f"{ONE}\n{TWO}"
