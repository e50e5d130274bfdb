from __future__ import annotations

import pytest

from tests.architecture import sizes
from tests.architecture.source import Breach, told


def functions(source: str, file: str = "src/samenspraak/tasks/queries.py") -> list[sizes.Measured]:
    return list(sizes.functions_in(source, file))


def test_no_file_or_function_is_longer_than_a_person_reads_in_one_go() -> None:
    assert told(sizes.breaches()) == []


def test_a_long_function_is_found() -> None:
    body = "\n".join("    x = 1" for _ in range(40))

    found = told(sizes.broken_by_functions(functions(f"def long():\n{body}\n")))

    assert found == ["src/samenspraak/tasks/queries.py:1: long: 41 lines, at most 40"]


def test_keyword_only_arguments_count_and_self_does_not() -> None:
    five = functions("class A:\n    def f(self, a, b, *more, c, d, e, **rest): ...\n")
    six = functions("async def f(a, b, c, *, d, e, f): ...\n")

    assert told(sizes.broken_by_functions(five)) == []
    assert told(sizes.broken_by_functions(six)) == ["src/samenspraak/tasks/queries.py:1: f: 6 arguments, at most 5"]


def test_a_file_may_have_its_limit_and_no_line_more() -> None:
    assert sizes.broken_by_file("a.py", 400, 400) == []
    assert told(sizes.broken_by_file("a.py", 401, 400)) == ["a.py:401: 401 lines in a file, at most 400"]


def test_a_view_is_a_public_function_that_takes_a_request() -> None:
    source = "def page(request: MemberRequest): ...\ndef _part(request: MemberRequest): ...\ndef other(x: int): ...\n"

    kinds = [one.kind for one in functions(source, "src/samenspraak/tasks/views.py")]

    assert kinds == ["view", "function", "function"]


def test_the_table_is_told_and_a_broken_limit_is_an_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    sound, broken = sizes.tell([]), sizes.tell([Breach("a.py", 7, "too long")])

    output = capsys.readouterr()
    assert (sound, broken, output.err) == (0, 1, "a.py:7: too long\n")
    assert output.out.split("\n")[0].split() == ["number", "median", "goal", "longest"]
