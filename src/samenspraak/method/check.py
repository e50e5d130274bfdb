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
from samenspraak.method.kit_rules import kit_findings
from samenspraak.method.kits import KITS, KitReading, kit_ids, read_kit
from samenspraak.method.load import ROOT, Reading, editions, read_edition
from samenspraak.method.places import Finding
from samenspraak.method.problem import Problem
from samenspraak.method.rules import findings
from samenspraak.method.skeleton import differences
from samenspraak.method.types import LANGUAGES, Edition


def check_edition(name: str, root: Path = ROOT) -> tuple[Problem, ...]:
    """Everything wrong with an edition in all its languages, by file and line; empty when it is sound."""
    return _problems(_readings(name, root))


def check_kits(edition: Edition, kits: Path = KITS) -> tuple[Problem, ...]:
    """Everything wrong with the sector kits in all languages, as they lean on an edition; empty when they are sound."""
    problems: set[Problem] = set()
    for kit_id in kit_ids(kits):
        readings = [read_kit(kit_id, language, kits) for language in LANGUAGES]
        problems |= {problem for reading in readings for problem in reading.problems}
        problems |= {_other_name(kit_id, reading) for reading in readings if reading.kit and reading.kit.id != kit_id}
        readable = [(reading, reading.kit) for reading in readings if reading.kit]
        for reading, kit in readable:
            problems |= {reading.problem(finding) for finding in kit_findings(kit, edition)}
        for (_, first), (reading, kit) in pairwise(readable):
            problems |= {reading.problem(finding) for finding in differences(first, kit)}
    return tuple(sorted(problems))


def _other_name(kit_id: str, reading: KitReading) -> Problem:
    return reading.problem(Finding(("id",), "The id of a kit is the name of its folder", f"Write '{kit_id}'"))


def counts(edition: Edition, kits: int = 0) -> dict[str, int]:
    """How many of each thing an edition holds, and how many sector kits stand beside it."""
    conditions, workshop = edition.conditions, edition.workshop
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
        "blocks": len(workshop.blocks),
        "slides": len(workshop.slides),
        "worksheets": len(workshop.worksheets),
        "cards": sum(len(deck.cards) for deck in workshop.decks),
        "roles": len(workshop.role_play.parts),
        "kits": kits,
    }


def summary(name: str, root: Path = ROOT) -> dict[str, Any]:
    """The object of ``method check --json``: edition, languages that can be read, counts and errors.

    The counts are those of the first language that can be read, and empty when none can. The sector kits beside the
    editions lean on the newest edition, so it is there that what is wrong with them is told.
    """
    readings = _readings(name, root)
    readable = [reading.edition for reading in readings if reading.edition]
    kits = root.parent / KITS.name
    problems = _problems(readings)
    if readable and name == editions(root)[-1]:
        problems += check_kits(readable[0], kits)
    return {
        "edition": name,
        "languages": [edition.language for edition in readable],
        "counts": counts(readable[0], len(kit_ids(kits))) if readable else {},
        "errors": [msgspec.structs.asdict(problem) for problem in problems],
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
    parser = argparse.ArgumentParser(
        prog="samenspraak method", description="Check the editions of the method and the sector kits."
    )
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
