from typing import Any

import pytest

from samenspraak.documents.blocks import (
    Bullets,
    Choice,
    Choices,
    Column,
    Columns,
    Heading,
    Paragraph,
    Section,
    Table,
    TableColumn,
    WritingLines,
)
from samenspraak.documents.draft import Draft, Limits
from samenspraak.documents.words import WORDS
from tests.documents.factory import make_document

ROOMY = Limits()


def titles(values: list[dict[str, Any]]) -> list[tuple[str, int]]:
    found = []
    for value in values:
        title = value if value["type"] == "heading" else value.get("title")
        found += [(title["text"], title["level"])] if title else []
        inner = value.get("blocks", []) + [block for column in value.get("columns", []) for block in column]
        found += titles([block for block in inner if "type" in block])
    return found


def test_titles_follow_one_another_without_a_gap() -> None:
    side = Column(title="Wij", blocks=(Heading(text="Uren"),))
    document = make_document(
        Heading(text="Klein", level=3),
        Heading(text="Groot"),
        Heading(text="Stuk", level=3),
        Section(title="Deel", blocks=(Heading(text="Fijn", level=3), Columns(columns=(side, side)))),
    )

    found = titles(Draft(document, ROOMY).values()["blocks"])

    assert found == [
        ("Klein", 2), ("Groot", 2), ("Stuk", 3), ("Deel", 2), ("Fijn", 3), ("Wij", 3), ("Uren", 4), ("Wij", 3), ("Uren", 4)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("verantwoordelijkheden", ["verantwoordelijkheden"]),
        ("x" * 24, ["x" * 24]),
        ("x" * 25, ["x" * 12, "x" * 12, "x"]),
        (
            "https://www.example.org/a-b/verantwoordelijk?x=1",
            ["https://", "www.", "example.", "org/", "a-", "b/", "verantwoorde", "lijk?", "x=", "1"],
        ),
        ("كلمةطويلةجداجداجداجداجداجدا", ["كلمةطويلةجداجداجداجداجداجدا"]),
    ],
)
def test_only_a_run_that_would_leave_its_column_may_be_broken(word: str, pieces: list[str]) -> None:
    text = Draft(make_document(Paragraph(text=word)), ROOMY).values()["blocks"][0]["text"]

    assert text.replace("\u200b", "") == word
    assert text.split("\u200b") == pieces


def test_long_texts_are_cut_and_short_ones_are_not() -> None:
    draft = Draft(make_document(Bullets(items=("kort", "een erg lange tekst die niet past"))), Limits(letters=20))

    values = draft.values()

    assert values["blocks"][0]["rows"] == ["kort", "een erg lange…"]
    assert values["notes"] == [WORDS["nl"].short_note]


def test_a_long_list_says_how_many_rows_are_left_out() -> None:
    column = TableColumn(key="x", title="X", about="")
    document = make_document(
        Bullets(items=("a", "b", "c")),
        Table(name="t", caption="", columns=(column,), rows=(("1",), ("2",), ("3",), ("4",))),
        language="en",
    )

    bullets, table = Draft(document, Limits(rows=2)).values()["blocks"]

    assert (bullets["type"], bullets["blocks"][0]["rows"], bullets["blocks"][1]["text"]) == (
        "group",
        ["a", "b"],
        "… and 1 more",
    )
    assert (table["blocks"][0]["rows"], table["blocks"][1]["text"]) == ([["1"], ["2"]], "… and 2 more")


def test_lines_to_write_on_give_way_without_a_word() -> None:
    document = make_document(WritingLines(count=9), Choices(items=(Choice(label="a", lines=9),)))

    draft = Draft(document, Limits(rows=3))
    lines, choices = draft.values()["blocks"]

    assert (lines["count"], choices["rows"][0]["lines"], draft.is_shortened) == (3, 3, False)


def test_nothing_is_said_about_shortening_when_nothing_was_cut() -> None:
    document = make_document(Paragraph(text="past"))

    values = Draft(document, Limits(density=4, letters=20, rows=1)).values()

    assert values["notes"] == []
