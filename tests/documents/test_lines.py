import pytest

from samenspraak.documents.blocks import (
    Bullets,
    Column,
    Columns,
    Facts,
    Figure,
    Figures,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    StateRow,
    States,
    Table,
)
from samenspraak.documents.lines import lines, named_tables
from tests.documents.factory import TABLE, make_document


def told(*blocks: object, **more: object) -> list[tuple[str, str, str, str]]:
    return [(line.part, line.kind, line.text, line.detail) for line in lines(make_document(*blocks, **more))]  # type: ignore[arg-type]


def named(*names: str) -> list[str]:
    tables = [Table(name=name, caption="", columns=TABLE.columns, rows=()) for name in names]
    return [name for name, _ in named_tables(make_document(*tables), taken=("text", "codebook"))]


def test_a_paper_is_read_from_top_to_bottom() -> None:
    wij = Column(title="Wij", blocks=(Paragraph(text="links"),))
    zij = Column(title="", blocks=(Bullets(items=("rechts",)),))
    standing = States(rows=(StateRow(state="partly", word="Deels", text="Tijd", detail="te weinig"),))

    read = told(
        Heading(text="Deel"),
        Section(title="Vraag", blocks=(Columns(columns=(wij, zij)), standing)),
        PageBreak(),
        Columns(columns=(wij, zij)),
        Figures(rows=(Figure(big="92", text="uur"),)),
        Facts(rows=(("Door", "Sanne"),)),
        TABLE,
        lead="Vooraf",
        foot_end="editie",
    )

    assert read == [
        ("", "title", "Een vraag", "Noorderdraad"),
        ("", "text", "Vooraf", ""),
        ("", "heading", "Deel", ""),
        ("Vraag – Wij", "text", "links", ""),
        ("Vraag", "item", "rechts", ""),
        ("Vraag", "state", "Tijd", "Deels\nte weinig"),
        ("Wij", "text", "links", ""),
        ("", "item", "rechts", ""),
        ("", "figure", "uur", "92"),
        ("", "fact", "Door", "Sanne"),
        ("", "foot", "editie", ""),
    ]


def test_tables_alone_need_no_lines() -> None:
    assert told(TABLE, Section(title="Deel", blocks=(TABLE,)), PageBreak(), foot_start="voet") == []


def test_tables_are_found_wherever_they_stand() -> None:
    side = Column(title="", blocks=(TABLE,))
    document = make_document(TABLE, Section(title="Deel", blocks=(Columns(columns=(side, side)), TABLE)))

    assert [name for name, _ in named_tables(document, taken=())] == ["Mandaat", "Mandaat 2", "Mandaat 3", "Mandaat 4"]


@pytest.mark.parametrize(
    ("names", "given"),
    [
        (["Antwoorden"], ["Antwoorden"]),
        (["Taken", "taken", "TAKEN"], ["Taken", "taken 2", "TAKEN 3"]),
        (["Text", "codebook"], ["Text 2", "codebook 2"]),
        (["a/b\\c:d*e?f[g]"], ["a b c d e f g"]),
        (["'tussen'"], ["tussen"]),
        (["", "[]"], ["table", "table 2"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
        (["y" * 30 + " z"], ["y" * 30]),
        (["bel\x07\ud800"], ["bel"]),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(names: list[str], given: list[str]) -> None:
    assert named(*names) == given
