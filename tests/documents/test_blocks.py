import pytest

from samenspraak.documents.blocks import (
    Block,
    Column,
    Columns,
    Drawing,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    Table,
    TableColumn,
)
from tests.documents.factory import SVG, make_document

ONE = TableColumn(key="one", title="Een", about="")
TWO = TableColumn(key="two", title="Twee", about="")
SIDE = Column(title="Wij", blocks=(Paragraph(text="wij"),))


def test_a_document_never_changes() -> None:
    document = make_document()

    with pytest.raises(AttributeError):
        document.title = "anders"  # type: ignore[misc]


@pytest.mark.parametrize("title", ["", " \n", "\u200b", "\ufeff", "\u00ad \u2003"])
def test_a_document_needs_a_title_that_can_be_seen(title: str) -> None:
    with pytest.raises(ValueError, match="needs a title"):
        make_document(title=title)


def test_a_document_of_one_page_has_no_page_breaks() -> None:
    with pytest.raises(ValueError, match="no page breaks"):
        make_document(PageBreak(), fits_one_page=True)


@pytest.mark.parametrize("block", [PageBreak(), Section(title="in", blocks=())])
def test_a_section_refuses_what_only_stands_alone(block: Block) -> None:
    with pytest.raises(ValueError, match="cannot stand inside a section"):
        Section(title="om", blocks=(Heading(text="kop"), block))


@pytest.mark.parametrize("block", [PageBreak(), Section(title="in", blocks=()), Columns(columns=(SIDE, SIDE))])
def test_a_column_refuses_what_needs_the_whole_width(block: Block) -> None:
    wide = Column(title="om", blocks=(block,))

    with pytest.raises(ValueError, match="cannot stand inside a column"):
        Columns(columns=(SIDE, wide))


@pytest.mark.parametrize("count", [0, 1, 4])
def test_columns_stand_two_or_three_side_by_side(count: int) -> None:
    with pytest.raises(ValueError, match="two or three"):
        Columns(columns=(SIDE,) * count)


def test_a_table_needs_columns() -> None:
    with pytest.raises(ValueError, match="table 'leeg' has no columns"):
        Table(name="leeg", caption="", columns=(), rows=())


def test_a_table_refuses_two_columns_with_one_key() -> None:
    with pytest.raises(ValueError, match="table 'dubbel' has two columns with one key"):
        Table(name="dubbel", caption="", columns=(ONE, ONE), rows=())


def test_a_table_names_the_row_of_the_wrong_length() -> None:
    with pytest.raises(ValueError, match="table 'scheef', row 2: 1 cells for 2 columns"):
        Table(name="scheef", caption="", columns=(ONE, TWO), rows=(("a", "b"), ("c",)))


@pytest.mark.parametrize("width", [0, -1.0])
def test_a_column_has_a_width(width: float) -> None:
    with pytest.raises(ValueError, match="wider than nothing"):
        TableColumn(key="one", title="Een", about="", width=width)


def test_a_drawing_says_what_it_shows() -> None:
    with pytest.raises(ValueError, match="says what it shows"):
        Drawing(svg=SVG, alt=" ", width_mm=40)


@pytest.mark.parametrize("logo", [b"", b"GIF89a", b"<svg/>"])
def test_a_logo_is_a_png_or_a_jpeg(logo: bytes) -> None:
    with pytest.raises(ValueError, match="a PNG or JPEG picture"):
        make_document(logo=logo)
