import datetime
import zipfile
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspraak.documents.blocks import Cell, Paragraph, Section, Table, TableColumn
from samenspraak.documents.excel import excel
from samenspraak.documents.words import WORDS
from tests.documents.factory import DAY, MOMENT, TABLE, excel_book, make_document


def written(*blocks: object, **more: object) -> openpyxl.Workbook:
    return excel_book(excel(make_document(*blocks, **more)))  # type: ignore[arg-type]


def one_cell(cell: Cell, **more: object) -> tuple[object, str]:
    """Write one cell and give what Excel reads: its value and its type (n, s or d)."""
    column = TableColumn(key="x", title="X", about="")
    sheet = written(Table(name="t", caption="", columns=(column,), rows=((cell,),)), **more)["t"]
    return sheet["A2"].value, sheet["A2"].data_type


def values(book: openpyxl.Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_each_table_is_a_sheet_between_the_text_and_the_code_book() -> None:
    book = written(Paragraph(text="Vooraf"), TABLE, Section(title="Deel", blocks=(TABLE,)))

    assert book.sheetnames == ["text", "Mandaat", "Mandaat 2", "codebook"]


def test_tables_alone_need_no_sheet_of_text() -> None:
    assert written(TABLE, kind="table").sheetnames == ["Mandaat", "codebook"]


def test_text_stands_in_reading_order_on_the_first_sheet() -> None:
    book = written(Section(title="Deel", blocks=(Paragraph(text="Zin\nen nog een"),)), lead="Vooraf", language="en")

    assert values(book, "text") == [
        ("Part", "Kind", "Text", "Detail"),
        (None, "title", "Een vraag", "Noorderdraad"),
        (None, "text", "Vooraf", None),
        ("Deel", "text", "Zin\nen nog een", None),
    ]


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        ("tekst", "tekst", "s"),
        (0, 0, "n"),
        (-12, -12, "n"),
        (True, 1, "n"),
        (Decimal("1234.50"), 1234.5, "n"),
        (DAY, datetime.datetime(2026, 11, 21), "d"),  # noqa: DTZ001  as Excel gives it
        (MOMENT, MOMENT, "d"),
        (MOMENT.replace(tzinfo=datetime.UTC), MOMENT, "d"),
        (None, None, "n"),
        ("", None, "n"),
        (datetime.date(1899, 5, 1), "1 mei 1899", "s"),
        (datetime.datetime(1850, 5, 1, 8, 0), "1 mei 1850, 08.00 uur", "s"),  # noqa: DTZ001
        (10**16, "10.000.000.000.000.000", "s"),
        (Decimal("NaN"), "NaN", "s"),
        (Decimal("Infinity"), "Infinity", "s"),
        ("x" * 40_000, "x" * 32_766 + "…", "s"),
        ("123", "123", "s"),
        ("https://example.org", "https://example.org", "s"),
        ("bel\x07", "bel⟨U+0007⟩", "s"),
        ("_x0041_", "_x0041_", "s"),
    ],
)
def test_a_cell_keeps_its_type(cell: Cell, value: object, kind: str) -> None:
    found, found_kind = one_cell(cell)

    # openpyxl shows the escape of an escape as it is written in the file.
    assert (str(found).replace("_x005F_", "_") if isinstance(found, str) else found, found_kind) == (value, kind)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_a_text_with_a_quote_mark(start: str) -> None:
    column = TableColumn(key="x", title=start + "titel", about=start)
    book = written(Table(name="t", caption=start, columns=(column,), rows=((start + "1+1",), ("veilig",))))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert (book["t"]["A2"].quotePrefix, book["t"]["A3"].quotePrefix) == (True, False)


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=30))
def test_typed_text_is_never_a_formula(text: str) -> None:
    column = TableColumn(key="x", title="X", about="")
    packed = excel(make_document(Table(name="t", caption="", columns=(column,), rows=((text,), ("=" + text,)))))

    with zipfile.ZipFile(BytesIO(packed)) as files:
        sheets = b"".join(files.read(name) for name in files.namelist() if name.startswith("xl/worksheets/"))
    assert (b"<f>" in sheets, b"<hyperlink" in sheets) == (False, False)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (1200, "#,##0"),
        (Decimal("1.500"), "#,##0.000"),
        (Decimal("1E+3"), "#,##0"),
        (DAY, "[$-413]d mmmm yyyy"),
        (MOMENT, "[$-413]d mmmm yyyy hh:mm"),
    ],
)
def test_numbers_and_days_are_shown_as_people_write_them(cell: Cell, shown: str) -> None:
    column = TableColumn(key="x", title="X", about="")
    book = written(Table(name="t", caption="", columns=(column,), rows=((cell,),)))

    assert book["t"]["A2"].number_format == shown


def test_an_english_paper_has_english_days() -> None:
    column = TableColumn(key="x", title="X", about="")
    book = written(Table(name="t", caption="", columns=(column,), rows=((DAY,),)), language="en")

    assert book["t"]["A2"].number_format == "[$-809]d mmmm yyyy"


def test_the_head_stays_in_view_and_can_be_filtered() -> None:
    sheet = written(TABLE)["Mandaat"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:F3", "$1:$1")
    assert {cell.font.bold for cell in sheet[1]} == {True}


def test_columns_are_as_wide_as_what_they_hold_within_reason() -> None:
    columns = tuple(TableColumn(key=key, title=key, about="") for key in ("a", "b", "c"))
    table = Table(name="t", caption="", columns=columns, rows=(("x", "y" * 30 + "\nz", "z" * 300),))

    widths = [written(table)["t"].column_dimensions[letter].width for letter in "ABC"]

    assert [round(width) for width in widths] == [11, 32, 61]


def test_rows_are_as_high_as_what_they_hold_within_reason() -> None:
    column = TableColumn(key="x", title="X", about="")
    rows = (("kort",), ("a\nb\n" + "c" * 61,), ("z" * 10_000,))

    sheet = written(Table(name="t", caption="", columns=(column,), rows=rows))["t"]

    assert [sheet.row_dimensions[number].height for number in (2, 3, 4)] == [
        None,
        60,
        408,
    ]  # 15 is what Excel gives a row anyway


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_code_book_explains_every_column_of_every_sheet(language: str) -> None:
    words = WORDS[language]  # type: ignore[index]
    book = written(Paragraph(text="Vooraf"), TABLE, language=language)

    head, *rows = values(book, "codebook")
    explained = [(sheet, title) for sheet, title, *_ in rows if title]
    assert head == words.code_titles
    assert explained == [(sheet, title) for sheet in book.sheetnames[:-1] for title in next(iter(values(book, sheet)))]
    assert [row for row in rows if not row[3] or not row[4]] == []
    assert ("Mandaat", None, None, "Mandaat per onderwerp", words.table) in rows
    assert ("Mandaat", "Uren", "hours", "Uren per jaar", words.column_kinds["number"]) in rows


def test_the_file_knows_its_title_and_day() -> None:
    about = written(TABLE, subject="Loon").properties

    assert (about.title, about.subject, about.creator, about.created.date()) == (
        "Een vraag",
        "Loon",
        "Noorderdraad",
        DAY,
    )


def test_an_empty_table_is_a_sheet_with_a_head() -> None:
    empty = Table(name="leeg", caption="", columns=TABLE.columns, rows=())

    assert values(written(empty), "leeg") == [("Onderwerp", "Uren", "Sinds", "Tijdstip", "Stand", "Bewijs")]
