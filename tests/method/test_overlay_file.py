from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.method.nodes import REFUSED
from samenspraak.method.overlay import Overlay, OwnAction, OwnCondition, OwnExample, OwnLine, Wording, Words
from samenspraak.method.overlay_file import MOST, MOST_BYTES, MOST_CONDITIONS, longest, read_overlay, write_overlay
from tests.method.factory import write_edition

BOTH = Words(nl="Eigen", en="Own")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edition(tmp_path_factory.mktemp("editions"))


def condition(number: int = 1) -> OwnCondition:
    return OwnCondition(id=f"own-{number}", category="capacity", title=BOTH, statement=BOTH)


EVERYTHING = Overlay(
    edition="2025-04",
    wordings=(Wording(item="listing-item:condition-2-list--cost", field="title", text=Words(en="x")),),
    conditions=(condition(),),
    examples=(OwnExample(id="own-example", condition="own-1", title=BOTH, text=Words(nl="Een\nTwee", en="  ")),),
    actions=(OwnAction(id="own-act", condition="condition-1", text=Words(nl="no: 12:30 # geen")),),
    lines=(OwnLine(id="own-line", listing="condition-3-list", title=BOTH, about=BOTH),),
)


def faults(text: str | bytes, root: Path) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    read = read_overlay(content, root)
    assert (read.overlay is None) == bool(read.problems)
    return [f"{p.line}: {p.message}" for p in read.problems]


def wording(item: str, field: str = "title", text: str = "nl: x") -> str:
    return f'edition: "2025-04"\nwordings:\n  - item: {item}\n    field: {field}\n    text:\n      {text}\n'


def test_an_empty_overlay_is_one_line(root: Path) -> None:
    text = write_overlay(Overlay(edition="2025-04"))

    assert text.splitlines()[1:] == ['edition: "2025-04"']
    assert read_overlay(text.encode(), root).overlay == Overlay(edition="2025-04")


def test_everything_that_is_written_is_read_back(root: Path) -> None:
    sound = Overlay(
        **{f: getattr(EVERYTHING, f) for f in EVERYTHING.__struct_fields__ if f != "examples"},
        examples=(OwnExample(id="own-example", condition="own-1", title=BOTH, text=Words(nl="Een\nTwee")),),
    )

    text = write_overlay(sound)

    assert read_overlay(text.encode(), root) == type(read_overlay(b"", root))(sound, ())
    assert "      nl: |-\n        Een\n        Twee\n" in text


texts = st.text(max_size=40).filter(
    lambda t: t == t.strip() and "\n\n" not in t and not REFUSED.search(t) and unicodedata.is_normalized("NFC", t)
)


@given(texts.filter(bool), texts)
def test_typed_text_comes_out_of_the_file_unchanged(root: Path, one: str, two: str) -> None:
    overlay = Overlay(
        edition="2025-04",
        wordings=(Wording(item="question:why", field="answer", text=Words(nl=one, en=two)),),
    )

    text = write_overlay(overlay)

    assert read_overlay(text.encode(), root).overlay == overlay
    assert write_overlay(overlay) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["1: The file is empty"]),
        (b"\xff\xfe", ["1: This is not UTF-8"]),
        ("edition: 2025-04\n\twordings: []\n", None),
        ("a: &x 1\nb: *x\n", None),
        ("[" * 30, None),
        ("edition: '2025-04'\nedition: '2025-04'\n", ["2: The key 'edition' stands here twice, first on line 1"]),
        ("edition: '2025-04'\nlogo: x\n", ["2: Overlay has no field 'logo'"]),
        ("edition: '1999-01'\n", ["1: There is no edition '1999-01'"]),
        ("edition: '2025-04'\nwordings: x\n", ["2: 'wordings' must be a list"]),
        (wording("condition:nobody"), ["3: There is no item 'condition:nobody' to say otherwise"]),
        (wording("norm:norm", "text"), ["3: There is no item 'norm:norm' to say otherwise"]),
        (wording("question:why", "related"), ["4: 'related' of 'question:why' is fixed"]),
        (wording("question:why", "answer", "de: x"), ["6: Words has no field 'de'"]),
        (wording("question:why", "answer", "nl: 12"), ["6: 'nl' does not fit"]),
        (wording("question:why", "answer", "nl: ''"), ["6: 'text' is empty"]),
        (wording("question:why", "answer", 'nl: "x "'), ["6: 'nl' begins or ends with space"]),
        (wording("question:why", "answer", 'nl: "x\\n\\ny"'), ["6: 'nl' holds an empty paragraph"]),
        (wording("question:why", "question", 'nl: "x\\ny"'), ["6: 'text' has more than one line"]),
        (wording("question:why", "question", f"nl: {'x' * 121}"), ["6: 'text' has 121 characters"]),
        (wording("question:why", "answer", f"nl: {'x' * 10_001}"), ["6: 'nl' has 10001 characters"]),
        (wording("action:condition-1-act", "text", f"nl: {'x' * 201}"), ["6: 'text' has 201 characters"]),
        ("x" * (MOST_BYTES + 1), [f"1: This file has {MOST_BYTES + 1} bytes"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str | bytes, told: list[str] | None, root: Path) -> None:
    found = faults(text, root)

    assert found == told if told is not None else found


def test_all_faults_are_told_in_one_run(root: Path) -> None:
    text = """edition: "2025-04"
actions:
  - id: own-a
    condition: nobody
    text: {nl: x}
  - id: Own_B
    condition: condition-1
    text: {nl: x}
lines:
  - id: own-a
    listing: nobody
    title: {en: x}
conditions:
  - id: own-c
    category: nobody
    title: {nl: x}
    statement: {}
wordings:
  - {item: "question:why", field: answer, text: {nl: x}}
  - {item: "question:why", field: answer, text: {nl: y}}
"""

    assert faults(text, root) == [
        "4: There is no condition 'nobody' to add to",
        "6: The id 'Own_B' has another form than 'own-two-words'",
        "10: The id 'own-a' stands here twice",
        "11: There is no listing 'nobody' to add to",
        "15: There is no category 'nobody' to add to",
        "17: 'statement' is empty",
        "20: 'answer' of 'question:why' stands here twice",
    ]


def test_an_overlay_is_bounded(root: Path) -> None:
    conditions = tuple(condition(number) for number in range(MOST_CONDITIONS + 1))
    actions = tuple(OwnAction(id=f"own-a{n}", condition="own-1", text=BOTH) for n in range(MOST))

    found = faults(write_overlay(Overlay(edition="2025-04", conditions=conditions, actions=actions)), root)

    assert found == ["1: There are 421 changes and additions", "4: There are 21 own conditions"]


def test_a_fault_of_the_whole_stands_at_the_first_line_there_is(root: Path) -> None:
    text = 'conditions:\n  - {id: own-x, category: capacity, title: {nl: a}, statement: {nl: b}}\nedition: "1999-01"\n'

    assert faults(text, root) == ["3: There is no edition '1999-01'"]


@pytest.mark.parametrize(
    ("kind", "field", "most"), [("action", "text", 200), ("condition", "title", 120), ("question", "answer", 10_000)]
)
def test_every_text_has_a_limit(kind: str, field: str, most: int) -> None:
    assert longest(kind, field) == most
