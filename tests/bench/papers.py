"""``samenspraak bench papers``: a paper against what Typst alone needs for the same source.

The limit is Typst's compiler on the very source and data that the renderer hands it; the rest of our time is what the
rows, the blocks and the glyphs cost. Each turn prints a report whose words differ from the last, as in use.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from tests.bench.clock import in_turns

TURNS = 15


def main(argv: list[str]) -> int:
    """Print one line per paper; 1 when a goal is missed."""
    del argv
    with tempfile.TemporaryDirectory(prefix="samenspraak-bench-") as folder:
        os.environ |= {"SAMENSPRAAK_MODE": "test", "SAMENSPRAAK_DATA": folder}
        import django

        django.setup()
        return run()


def run() -> int:
    """The full report of a round with tasks, history and evidence: 20 pages or so."""
    from django.core.management import call_command
    from django.utils import translation

    from samenspraak.site.texts import compile_catalogue

    compile_catalogue()
    call_command("migrate", verbosity=0)
    with translation.override("nl"):
        member, round_ = filled_round()
        source = Source()
        numbers = iter(range(10_000))

        def ours() -> None:
            round_.feasibility = f"Beurt {next(numbers)}."
            print_report(member, round_)

        with source.listening():
            ours()
        line = compared("papers.report.pdf", ours, lambda: source.typst_alone(f"Beurt {next(numbers)}."))
    line["note"] = f"{source.pages()} pages; words differ every turn"
    sys.stdout.write(json.dumps(line) + "\n")
    return 0 if line["ok"] else 1


def print_report(member: Any, round: Any) -> bytes:
    """Rows to bytes, as the view does it."""
    from samenspraak.documents.render import render
    from samenspraak.readiness import report

    return render(report.full_report(member, round, "nl"), "pdf")


def filled_round() -> tuple[Any, Any]:
    """The demo's newest round, with a task and three changes more for every condition."""
    from samenspraak.people.actions import Change, record
    from samenspraak.people.models import Member
    from samenspraak.readiness.queries import newest_round
    from samenspraak.site.demo_content import fill
    from samenspraak.tasks.actions import Origin, TaskDraft, add_task
    from tests.bench.rows import EDITION

    person = fill()["owner"]
    member = Member.objects.select_related("organisation", "person").get(person=person)
    round = newest_round(member)
    assert round is not None
    round.organisation = member.organisation
    for condition in EDITION.conditions:
        for action in condition.actions:
            draft = TaskDraft(title=action.text, owner=member, note="Wat handig is om te weten. " * 4)
            add_task(member, draft, Origin(route="readiness:condition", row=round.id, item=condition.id))
        for number in range(8):
            record(member, round.id, Change("how", "Eerst stond dit er. " * 5, f"Nu dit, {number}. " * 5, condition.id))
    return member, round


class Source:
    """What the renderer gave Typst: template, fonts and data."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}
        self.template: Any = None

    def listening(self) -> Any:
        """While this lasts, the next compiler that is made is remembered."""
        from contextlib import contextmanager

        import typst

        real = typst.Compiler

        def listen(template: Any, **given: Any) -> Any:
            self.template, self.given = template, given
            return real(template, **given)

        @contextmanager
        def while_listening() -> Any:
            typst.Compiler = listen  # type: ignore[assignment, misc]
            try:
                yield
            finally:
                typst.Compiler = real  # type: ignore[misc]

        return while_listening()

    def typst_alone(self, words: str) -> bytes:
        """Typst on the same source with the same standards and nothing around it."""
        import typst

        from samenspraak.documents.pdf import _STANDARDS

        paper = self.given["sys_inputs"]["paper"].replace("Beurt 0.", words)
        compiler = typst.Compiler(self.template, **(self.given | {"sys_inputs": {"paper": paper}}))
        return bytes(compiler.compile(format="pdf", pdf_standards=_STANDARDS))

    def pages(self) -> int:
        """How many pages the paper has."""
        from io import BytesIO

        from pypdf import PdfReader

        return len(PdfReader(BytesIO(self.typst_alone("Beurt 0."))).pages)


def compared(name: str, ours: Callable[[], object], limit: Callable[[], object]) -> dict[str, Any]:
    """One line."""
    value, floor = in_turns(ours, limit, TURNS)
    ratio = value / floor
    line = {"name": name, "value": round(value, 2), "limit": round(floor, 2), "unit": "ms", "ratio": round(ratio, 2)}
    return line | {"goal": 1.5, "ok": ratio <= 1.5, "n": TURNS}
