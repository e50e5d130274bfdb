from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from samenspraak.library.problem_words import SENTENCES, in_reader_words, told
from samenspraak.method import load, nodes, overlay_file, rules
from samenspraak.method.problem import Problem


def sentences() -> Iterator[str]:
    """What the modules that read an overlay pass on as message and as mend, with x for what is filled in."""
    noting = {"note": (1, 2), "Problem": (2, 3), "Finding": (1, 2)}
    functions = {"text_faults"}
    for module in (nodes, load, overlay_file, rules):
        tree: ast.AST = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        parts = [tree]
        if module is rules:
            parts = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in functions]
        for call in (node for part in parts for node in ast.walk(part) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            for place in noting.get(name, ()):
                if place < len(call.args) and (said := _said(call.args[place])):
                    yield said


def _said(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "12" for p in node.values)
    return ""


# Said only about an edition as a folder of files, which nobody uploads.
OF_A_FOLDER = re.compile(
    r"There is no such edition|This translation is missing|Write the \d+ files|This file is (not read|missing)|Write it, with|Name it one of"
)


@pytest.mark.parametrize("sentence", sorted(s for s in set(sentences()) if not OF_A_FOLDER.search(s)))
def test_every_sentence_about_a_file_is_said_in_dutch(sentence: str) -> None:
    with override("nl"):
        said = in_reader_words(sentence)

    assert said != sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_in_english_stays_as_it_is(sentence: str) -> None:
    filled = re.sub(r"%\(\w+\)s", "12", sentence)

    with override("en"):
        assert in_reader_words(filled) == filled


def test_what_is_wrong_comes_with_its_line_and_how_to_mend_it() -> None:
    with override("nl"):
        assert told(Problem("own-words.yaml", 3, "'text' is empty", "Keep one")) == (3, "'text' is leeg. Houd er één.")


def test_a_sentence_that_nobody_translated_stays_as_it_is() -> None:
    assert in_reader_words("Something new") == "Something new"
