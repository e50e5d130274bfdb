"""A small sound edition in two languages, and ways to spoil it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from samenspraak.method.files import FILES, shape
from samenspraak.method.types import LANGUAGES, Edition, Language
from tests.method.workshop_factory import item, workshop

Files = dict[str, dict[str, Any]]
Change = Callable[[Files], object]

CATEGORIES = (("commitment", 2), ("capacity", 4), ("processes", 2))
PHASES = ((1, range(4)), (2, range(4, 7)), (3, range(7, 8)), (4, range(8, 10)))
# One element per step 1 to 9; the layers hold them from the core outwards.
LAYERS = (("core", range(1, 2)), ("inner", range(2, 5)), ("outer", range(5, 8)), ("ground", range(8, 10)))


def files(language: Language) -> Files:
    """What each file of a sound edition holds, as plain values that may be changed at will."""
    return {name: dict(contents) for name, contents in _contents(f"In {language} ")}


def _contents(word: str) -> Iterator[tuple[str, dict[str, Any]]]:
    link = "https://www.example.org/original"
    document = {"id": "manual", "title": f"{word}a manual", "link": link}
    document |= {"publisher": "Us", "published": "2025"}
    yield "edition", {"title": f"{word}title", "disclaimer": f"{word}no rights", "documents": [document]}
    yield "conditions", {"categories": list(_categories(word))}
    rule = item("rule", text=f"{word}rule", yes=2, partly=1, no=0, unknown=0, green_from=6)
    yield "elements", {"rule": rule, "elements": [_element(word, number) for number in range(1, 10)]}
    layers = [_layer(word, place, numbers) for place, numbers in LAYERS]
    model = item("model", title=f"{word}title", definition=f"{word}what", meaning=f"{word}why", layers=layers)
    yield "model", {"model": model}
    yield "steps", {"phases": [_phase(word, number, steps) for number, steps in PHASES]}
    related = ["condition:condition-1", "model:model"]
    yield "questions", {"questions": [item("why", question=f"{word}why", answer=f"{word}so", related=related)]}
    yield "glossary", {"terms": [item("chain", term=f"{word}chain", definition=f"{word}chain", also=["x", "y"])]}
    norm = {
        "title": f"{word}norm",
        "text": f"{word}norm",
        "status": f"{word}law",
        "checked_on": "2026-01-31",
        "sure": "A",
    }
    yield "norms", {"norms": [item("norm", reference="Art. 1", **norm)]}
    need = {"need_rule": f"{word}rule", "need_questions": [item("need", text=f"{word}need", is_strong=True)]}
    trait = item("trait", title=f"{word}trait", text=f"{word}trait")
    yield "facilitator", {"facilitator": item("facilitator", about=f"{word}about", traits=[trait], **need)}
    motives = [item("motive", title=f"{word}motive", text=f"{word}motive")]
    benefits = [item("benefit", title=f"{word}gain", text=f"{word}gain", motive="motive")]
    reasons = {"motives": motives, "benefits": benefits}
    yield "business-case", {"business_case": item("case", about=f"{word}about", costs=f"{word}costs", **reasons)}
    barriers = [item("barrier", title=f"{word}wall", text=f"{word}wall", measures=["measure"])]
    measures = [item("measure", title=f"{word}door", text=f"{word}door")]
    both = {"barriers": barriers, "measures": measures}
    yield "commitment", {"commitment": item("winning", about=f"{word}about", **both)}
    original = {"original_title": "Werkblad", "kind": "tool", "link": link, "sure": "read"}
    yield "tools", {"tools": [item("tool", title=f"{word}tool", about=f"{word}tool", in_samenspraak="", **original)]}
    yield "workshop", {"workshop": workshop(word)}
    yield "search", {"synonyms": [[f"{word}talk", f"{word}dialogue"]]}


def _categories(word: str) -> Iterator[dict[str, Any]]:
    number = 0
    for category, size in CATEGORIES:
        conditions = [_condition(word, number + place) for place in range(1, size + 1)]
        yield item(category, title=f"{word}{category}", about=f"{word}about", conditions=conditions)
        number += size


def _condition(word: str, number: int) -> dict[str, Any]:
    name = f"condition-{number}"
    cost = {"id": "cost", "title": f"{word}cost"}
    return item(
        name,
        code=f"V{number}",
        title=f"{word}{name}",
        statement=f"{word}statement",
        why=f"{word}why",
        signs=[f"{word}sign"],
        actions=[item(f"{name}-act", text=f"{word}act")],
        listings=[item(f"{name}-list", title=f"{word}list", items=[cost])],
        examples=[item(f"{name}-example", title=f"{word}once", text=f"{word}once")],
        tools=["tool"],
    )


def _element(word: str, number: int) -> dict[str, Any]:
    name = f"element-{number}"
    # The first statement of each element is the critical one.
    statements = [
        item(f"{name}-{letter}", text=f"{word}{letter}", critical=letter == "a", suggestion=f"{word}do {letter}")
        for letter in "abcd"
    ]
    texts = {"title": f"{word}{name}", "short": f"{word}short", "about": f"{word}about"}
    return item(name, number=number, statements=statements, steps=[f"step-{number}"], tools=["tool"], **texts)


def _layer(word: str, place: str, numbers: range) -> dict[str, Any]:
    elements = [f"element-{number}" for number in numbers]
    return item(place, place=place, title=f"{word}{place}", about=f"{word}about", elements=elements)


def _phase(word: str, number: int, steps: range) -> dict[str, Any]:
    texts = {"title": f"{word}phase", "label": f"{word}phase", "about": f"{word}about"}
    return item(f"phase-{number}", number=number, steps=[_step(word, step) for step in steps], **texts)


def _step(word: str, number: int) -> dict[str, Any]:
    links = {"elements": [f"element-{number}"], "conditions": ["condition-1"], "tools": ["tool"]} if number else {}
    texts = {"title": f"{word}step", "label": f"{word}step", "purpose": f"{word}purpose", "records": [f"{word}record"]}
    return item(f"step-{number}", number=number, has_official_name=number < 2, **texts, **links)


def put(*road: Any) -> Change:
    """A change that puts the last argument at the place the others lead to: put("norms", "norms", 0, "id", "x")."""

    def change(contents: Files) -> None:
        *way, last, value = road
        target: Any = contents
        for part in way:
            target = target[part]
        target[last] = value

    return change


def drop(*road: Any) -> Change:
    """A change that removes the place the arguments lead to."""

    def change(contents: Files) -> None:
        *way, last = road
        target: Any = contents
        for part in way:
            target = target[part]
        del target[last]

    return change


def make_edition(*changes: Change, language: Language = "nl") -> Edition:
    """The sound edition with changes, without touching a disk."""
    contents = files(language)
    for change in changes:
        change(contents)
    values: dict[str, Any] = {}
    for file in FILES:
        values |= msgspec.structs.asdict(msgspec.convert(contents[file], shape(file)))
    return Edition(name="2025-04", language=language, **values)


def write_edition(root: Path, name: str = "2025-04", **changes: Change) -> Path:
    """Write the sound edition into a root of editions, with a change per language; gives the root."""
    for language in LANGUAGES:
        contents = files(language)
        if language in changes:
            changes[language](contents)
        folder = root / name / language
        folder.mkdir(parents=True)
        for file, fields in contents.items():
            text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
            (folder / f"{file}.yaml").write_text(text, encoding="utf-8")
    return root
