"""A small sound workshop and a small sound sector kit, as plain values in one language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

from samenspraak.method.kit_types import Kit
from samenspraak.method.types import LANGUAGES, Language

Values = dict[str, Any]
BOXES = [f"box-{letter.lower()}" for letter in "ABCDEFGHIJ"]
PARTS = (("buyer", "us"), ("maker", "them"), ("observer", "beside"))


def item(id_: str, **fields: Any) -> Values:
    return {"id": id_, "source": "ours", **fields}


def workshop(word: str) -> Values:
    """Two blocks of 20 and 10 minutes, of which the manual wants 25."""
    return item(
        "workshop",
        title=f"{word}workshop",
        goal=f"{word}goal",
        for_whom=f"{word}whom",
        timing=_timing(word),
        group=_group(word),
        trainers=item(
            "trainers", advised=2, about=f"{word}two", alone=f"{word}one", split=f"{word}split", profile=[f"{word}who"]
        ),
        blocks=[_block(word, "open", 20), _block(word, "close", 10)],
        layouts=[item("circle", title=f"{word}circle", text=f"{word}circle")],
        materials=[_material(word)],
        preparation=_preparation(word),
        worksheets=[_worksheet(word)],
        decks=[_deck(word)],
        role_play=_role_play(word),
    )


def _timing(word: str) -> Values:
    shorter = item(
        "shorter", title=f"{word}shorter", text=f"{word}shorter", trims=[{"id": "open-segment", "minutes": 5}]
    )
    cut = item("cut", after="open", text=f"{word}cut", is_best=True)
    texts = {"about": f"{word}about", "gives_way_why": f"{word}why"}
    return item("timing", target=25, shortenings=[shorter], cuts=[cut], gives_way=["close", "open"], **texts)


def _group(word: str) -> Values:
    names = ("about", "too_few", "few", "many", "too_many", "extra_rooms")
    numbers = {"minimum": 8, "ideal_from": 12, "ideal_to": 20, "maximum": 24, "extra_rooms_from": 21}
    return item("group", tables=4, table_minimum=4, **numbers, **{name: f"{word}{name}" for name in names})


def _block(word: str, name: str, minutes: int) -> Values:
    slide = {
        "id": f"{name}-slide",
        "kind": "content",
        "title": f"{word}slide",
        "lines": [f"{word}line"],
        "notes": f"{word}note",
    }
    segment = item(
        f"{name}-segment",
        title=f"{word}segment",
        minutes=minutes,
        minimum=minutes - 5,
        way="table",
        lead="both",
        say=[f"{word}say"],
        watch=[f"{word}watch"],
        shorter=f"{word}shorter",
        assignment=f"{word}do",
        paper=f"{word}paper",
        phone=f"{word}phone",
        slides=[slide],
    )
    about = {"title": f"{word}{name}", "label": f"{word}{name}", "goal": f"{word}goal", "guest": ""}
    links = {"phase": "phase-1", "steps": ["step-1"], "layout": "circle", "materials": ["pens"]}
    return item(name, minutes=minutes, minimum=minutes - 5, segments=[segment], **about, **links)


def _material(word: str) -> Values:
    amounts = {"kind": "print", "amount": 1, "per": "person", "spare": 0, "is_optional": False}
    return item("pens", title=f"{word}pens", about=f"{word}pens", prints=["worksheet:dialogue-preparation"], **amounts)


def _preparation(word: str) -> Values:
    tasks = [
        item("read", title=f"{word}read", text=f"{word}read", minutes=45, days_before=7),
        item("pack", title=f"{word}pack", text=f"{word}pack", minutes=15, days_before=1),
    ]
    lists = {name: [_point(word, name)] for name in ("reading", "tailoring", "permissions", "prework", "aftercare")}
    return item("preparation", hours=1, about=f"{word}about", tasks=tasks, reminders=[7, 1], **lists)


def _point(word: str, name: str) -> Values:
    return item(f"{name}-point", title=f"{word}{name}", text=f"{word}{name}", related=["model:model"])


def _worksheet(word: str) -> Values:
    fields: list[Values] = [
        {"id": box, "code": box[-1].upper(), "title": f"{word}box", "hint": "", "kind": "lines", "rows": 2}
        for box in BOXES
    ]
    fields[0] |= {"kind": "table", "columns": [{"id": "who", "title": f"{word}who", "hint": ""}]}
    fields[1] |= {"kind": "choice", "choices": [f"{word}yes"], "element": "element-1"}
    example = item("example", title=f"{word}example", text=f"{word}example", filled=_filled(word))
    texts = {"title": f"{word}sheet", "about": f"{word}sheet", "closing": f"{word}closing"}
    return item("dialogue-preparation", per="group", fields=fields, examples=[example], **texts)


def _filled(word: str) -> list[Values]:
    return [{"id": box, "lines": [f"{word}{box}"]} for box in BOXES]


def _deck(word: str) -> Values:
    cards = [{"id": f"card-{number}", "title": f"{word}card", "question": f"{word}what"} for number in range(12)]
    return item("deck", title=f"{word}deck", about=f"{word}deck", cards=cards)


def _role_play(word: str) -> Values:
    heads = {name: f"{word}{name}" for name in ("public_goal", "private_worry", "if_trust", "red_line")}
    parts = [{"id": part, "title": f"{word}{part}", "about": f"{word}{part}", "side": side} for part, side in PARTS]
    castings = [_casting(word, size) for size in range(2, 7)]
    texts = {"title": f"{word}play", "about": f"{word}play", "safety": f"{word}safe"}
    return item("role-play", parts=parts, castings=castings, **heads, **texts)


def _casting(word: str, size: int) -> Values:
    first = [("buyer", "maker", "observer")[seat % 3] for seat in range(size)]
    second = [("maker", "buyer", "maker")[seat % 3] for seat in range(size)]
    return {"id": f"table-of-{size}", "size": size, "first": first, "second": second, "text": f"{word}{size}"}


def kit(language: Language) -> Values:
    """What the file of a sound kit holds, that leans on the small edition."""
    word = f"In {language} "
    names = ("title", "company", "topic", "risk", "sector", "country", "circumstances", "question")
    case = {"id": "case", **{name: f"{word}{name}" for name in names}}
    case |= {"known": [f"{word}known"], "unknown": [f"{word}unknown"]}
    case["chain"] = [{"id": "shop", "title": f"{word}shop", "text": f"{word}shop"}]
    case["counterparts"] = [{"id": "boss", "title": f"{word}boss", "text": f"{word}boss", "challenge": f"{word}hard"}]
    heads = {"title": f"{word}kit", "label": f"{word}kit", "about": f"{word}kit"}
    return item(
        "small",
        version=1,
        **heads,
        case=case,
        stakeholders=[_suggestion(word, number) for number in range(8)],
        roles=[_role(word, part) for part, _ in PARTS],
        events=[_event(word, number) for number in range(12)],
        stories=[{"id": "story", "title": f"{word}story", "text": f"{word}story", "element": "element-1"}],
        filled=_filled(word),
    )


def _suggestion(word: str, number: int) -> Values:
    texts = {name: f"{word}{name}" for name in ("title", "place_in_chain", "touched", "road")}
    return {"id": f"group-{number}", **texts, "is_rights_holder": number == 0}


def _role(word: str, part: str) -> Values:
    names = ("name", "who", "public_goal", "private_worry", "if_trust", "red_line", "opening")
    return {"id": part, **{name: f"{word}{name}" for name in names}}


def _event(word: str, number: int) -> Values:
    texts = {name: f"{word}{name}" for name in ("title", "text", "question")}
    return {"id": f"event-{number}", "moment": "during", **texts}


def make_kit(language: Language = "nl", **changes: Any) -> Kit:
    """The sound kit with fields changed."""
    return msgspec.convert(kit(language) | changes, Kit)


def write_kit(root: Path, name: str = "small", **changes: Values) -> Path:
    """Write the sound kit into a root of kits, with fields changed per language; gives the root."""
    for language in LANGUAGES:
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        values = kit(language) | {"id": name} | changes.get(language, {})
        text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        (folder / f"{language}.yaml").write_text(text, encoding="utf-8")
    return root
