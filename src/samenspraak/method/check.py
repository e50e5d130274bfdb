"""Is an edition sound? What a schema cannot say, in every language, as a list of problems; and its command line."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from samenspraak.method.files import SCHEMA, write_schema
from samenspraak.method.load import ROOT, Reading, editions, read_edition
from samenspraak.method.problem import Problem
from samenspraak.method.rules import findings
from samenspraak.method.skeleton import differences
from samenspraak.method.types import LANGUAGES, Edition


def check_edition(name: str, root: Path = ROOT) -> tuple[Problem, ...]:
    """Everything wrong with an edition in all its languages, by file and line; empty when it is sound."""
    return _problems(_readings(name, root))


def counts(edition: Edition) -> dict[str, int]:
    """How many of each thing an edition holds. Sector kits are packs of their own; there are none yet."""
    conditions = edition.conditions
    return {
        "categories": len(edition.categories),
        "conditions": len(conditions),
        "elements": len(edition.elements),
        "statements": sum(len(element.statements) for element in edition.elements),
        "steps": len(edition.steps),
        "phases": len(edition.phases),
        "actions": sum(len(condition.actions) for condition in conditions),
        "questions": len(edition.questions),
        "terms": len(edition.terms),
        "norms": len(edition.norms),
        "tools": len(edition.tools),
        "kits": 0,
    }


def summary(name: str, root: Path = ROOT) -> dict[str, Any]:
    """The object of ``method check --json``: edition, languages that can be read, counts and errors.

    The counts are those of the first language that can be read, and empty when none can.
    """
    readings = _readings(name, root)
    readable = [reading.edition for reading in readings if reading.edition]
    return {
        "edition": name,
        "languages": [edition.language for edition in readable],
        "counts": counts(readable[0]) if readable else {},
        "errors": [msgspec.structs.asdict(problem) for problem in _problems(readings)],
    }


def report(result: dict[str, Any]) -> str:
    """A summary as text for people: a line of counts, then a line per problem."""
    numbers = ", ".join(f"{kind} {number}" for kind, number in result["counts"].items()) or "not readable"
    problems = [str(Problem(**error)) for error in result["errors"]]
    verdict = f"{len(problems)} to mend" if problems else "sound"
    head = f"{result['edition']} ({', '.join(result['languages'])}): {verdict}"
    return "\n".join([head, f"  {numbers}", *(f"  {problem}" for problem in problems)])


def main(argv: Sequence[str], root: Path = ROOT, schema: Path = SCHEMA) -> int:
    """The words after ``samenspraak method``: print what is wrong; 0 when nothing is, 1 otherwise.

    As text it reports on every edition; ``--json`` prints one object, of the newest or of ``--edition``.
    """
    parser = argparse.ArgumentParser(prog="samenspraak method", description="Check the editions of the method.")
    parser.add_argument("word", nargs="?", choices=["check"], default="check", help="the only word there is")
    parser.add_argument("--json", action="store_true", help="print one JSON object, of the newest edition")
    parser.add_argument("--edition", metavar="NAME", help="check this edition only")
    parser.add_argument("--schema", action="store_true", help="first write the JSON Schema of every file anew")
    words = parser.parse_args(argv)
    if words.schema:
        write_schema(schema)
    names = [words.edition] if words.edition else list(editions(root)) or ["none"]
    results = [summary(name, root) for name in (names[-1:] if words.json else names)]
    if words.json:
        print(json.dumps(results[0]))
    else:
        print("\n".join(report(result) for result in results))
    return 1 if any(result["errors"] for result in results) else 0


def _readings(name: str, root: Path) -> tuple[Reading, ...]:
    return tuple(read_edition(name, language, root) for language in LANGUAGES)


def _problems(readings: tuple[Reading, ...]) -> tuple[Problem, ...]:
    problems = {problem for reading in readings for problem in reading.problems}
    readable = [(reading, reading.edition) for reading in readings if reading.edition]
    for reading, edition in readable:
        problems |= {reading.problem(finding) for finding in findings(edition)}
    for (_, first), (reading, edition) in pairwise(readable):
        problems |= {reading.problem(finding) for finding in differences(first, edition)}
    return tuple(sorted(problems))
