import datetime
import unicodedata
from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Choice,
    Choices,
    Column,
    Columns,
    Document,
    Facts,
    Figure,
    Figures,
    Heading,
    Notice,
    Paragraph,
    Section,
    Signature,
    StateRow,
    States,
    Table,
    TableColumn,
    WritingLines,
)
from samenspraak.documents.render import MEDIA_TYPES, PaperKind, file_name, render
from tests.documents.factory import DAY, EACH_BLOCK, READERS, bare, make_document

KINDS: tuple[PaperKind, ...] = ("pdf", "docx", "xlsx")
STARTS = {"pdf": b"%PDF-1.7", "docx": b"PK", "xlsx": b"PK"}

# Everything that means something to Typst, Word, Excel, HTML or JSON, and letters of many kinds.
SIGNS = [
    *list("""#$<>&\\\"'`*_@=+-/[]{}()~^%:;,.!?|…–—‘’“”«»€"""),
    "--",
    "//",
    "/*",
    "#let",
    "$x$",
    "<b>",
    "&amp;",
    "{{",
    "\\u",
]
LETTERS = [*list("aeiozënïéüøßλжѣłŋ"), "日本", "한국", "😀", "👍", "→", "≤", "☐"]
FROM_THE_RIGHT = list("אבגדהוזחט")
typed = st.lists(
    st.lists(st.sampled_from(SIGNS + LETTERS), min_size=1, max_size=6).map("".join), min_size=1, max_size=3
)
from_the_right = st.lists(st.text("אבגדהוזחטسلامعربي", min_size=1, max_size=6), min_size=1, max_size=3)


def every_place(texts: list[str]) -> Document:
    """Put typed texts in every kind of place of a paper."""
    a, b, c, d, e, f = texts
    column = TableColumn(key="x", title=a, about=b)
    return make_document(
        Heading(text=a),
        Paragraph(text=b, tone="quote"),
        Section(title=c, blocks=(Bullets(items=(d,)), Facts(rows=((e, f),)))),
        States(rows=(StateRow(state="no", word=a, text=b, detail=c),)),
        Choices(items=(Choice(label=d, text=e),)),
        Notice(text=f),
        Table(name="x", caption=c, columns=(column,), rows=((d,), (e,))),
        title=f,
        organisation=a,
        sender_line=b,
        lead=c,
        foot_start=d,
        foot_end=e,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", EACH_BLOCK)
def test_each_block_comes_out_of_each_kind_of_paper(name: str, kind: PaperKind) -> None:
    block, texts = EACH_BLOCK[name]
    document = make_document(Paragraph(text="Vooraf"), block, Paragraph(text="Achteraf"))

    written = render(document, kind)

    found = bare(READERS[kind](written))
    assert written.startswith(STARTS[kind])
    assert [text for text in ("Vooraf", *texts, "Achteraf") if bare(text) not in found] == []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10, deadline=None)
@given(texts=st.lists(typed.map(" ".join), min_size=6, max_size=6))
def test_typed_text_comes_out_of_every_paper_unchanged(kind: PaperKind, texts: list[str]) -> None:
    document = every_place(texts)

    found = bare(READERS[kind](render(document, kind)))

    assert [text for text in texts if bare(text) not in found] == []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=5, deadline=None)
@given(texts=st.lists(from_the_right.map(" ".join), min_size=6, max_size=6))
def test_text_from_right_to_left_keeps_every_letter(kind: PaperKind, texts: list[str]) -> None:
    document = every_place(texts)

    found = READERS[kind](render(document, kind))

    # A PDF gives back joined letters and their order in its own way; what counts is that each is there.
    letters = Counter(unicodedata.normalize("NFKC", found))
    assert [text for text in texts if Counter(bare(text)) - letters] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("paper", ["page", "report", "form", "table"])
def test_every_kind_of_document_is_written_in_both_languages(paper: str, language: str, kind: PaperKind) -> None:
    document = make_document(*(block for block, _ in EACH_BLOCK.values()), kind=paper, language=language)

    found = bare(READERS[kind](render(document, kind)))

    texts = ("Een vraag", *(text for _, several in EACH_BLOCK.values() for text in several))
    assert [text for text in texts if bare(text) not in found] == []


@pytest.mark.parametrize("kind", KINDS)
def test_equal_documents_give_equal_bytes(kind: PaperKind) -> None:
    document = make_document(*(block for block, _ in EACH_BLOCK.values()))

    first, second = render(document, kind), render(msgspec.structs.replace(document), kind)

    assert first == second


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "intruder", ["\x00", "\x07", "\x1b", "\ud800", "\uffff", "\ue000", "\ufeff", "\r\n", "\u2028", "\t"]
)
def test_characters_that_a_field_refuses_do_not_break_a_paper(intruder: str, kind: PaperKind) -> None:
    document = every_place([f"voor{intruder}na"] * 6)

    found = READERS[kind](render(document, kind))

    assert "voor" in found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "block",
    [
        Heading(text=""),
        Heading(text="\n", level=3),
        Section(title="\ufeff", blocks=(Heading(text="\u200b"),)),
        Columns(columns=(Column(title=" ", blocks=()),) * 2),
        Paragraph(text=""),
        Paragraph(text="\n\n"),
        Bullets(items=()),
        Bullets(items=("",), is_numbered=True),
        States(rows=()),
        States(rows=(StateRow(state="open", word="", text=""),)),
        Figures(rows=()),
        Figures(rows=(Figure(big="", text=""),) * 5),
        Facts(rows=()),
        Facts(rows=(("", ""),)),
        Choices(items=()),
        Choices(items=(Choice(label=""),)),
        WritingLines(count=0),
        Signature(labels=()),
        Signature(labels=("",)),
        Notice(text=""),
        Section(title="", blocks=()),
        Columns(columns=(Column(title="", blocks=()),) * 3),
        Table(name="", caption="", columns=(TableColumn(key="", title="", about=""),), rows=()),
        Table(name="", caption="", columns=(TableColumn(key="", title="", about=""),), rows=(("",), (None,))),
    ],
)
def test_an_empty_block_is_no_error(block: Block, kind: PaperKind) -> None:
    document = make_document(block, block, organisation="")

    assert render(document, kind).startswith(STARTS[kind])


def test_a_kind_of_paper_we_do_not_make_is_refused() -> None:
    with pytest.raises(AssertionError):
        render(make_document(), "odt")  # type: ignore[arg-type]


def test_a_block_we_do_not_know_is_refused() -> None:
    for kind in KINDS:
        with pytest.raises(AssertionError):
            render(make_document("stray text"), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Mogen we met de spinnerij over lonen praten?", "mogen-we-met-de-spinnerij-over-lonen-praten-2026-11-21.pdf"),
        ("  Coöperatie / één ../..\\x ", "cooperatie-een-x-2026-11-21.pdf"),
        ("中文", "samenspraak-2026-11-21.pdf"),
        ("lang " * 50, "lang-" * 16 + "2026-11-21.pdf"),
    ],
)
def test_a_file_name_is_safe_on_every_system(title: str, name: str) -> None:
    assert file_name(make_document(title=title), "pdf") == name


def test_every_kind_has_its_media_type() -> None:
    assert tuple(MEDIA_TYPES) == (*KINDS, "pptx")


def test_a_file_name_ends_in_the_day_and_the_kind() -> None:
    document = make_document(title="Plan", day=datetime.date(2027, 1, 2))

    assert [file_name(document, kind) for kind in KINDS] == [
        "plan-2027-01-02.pdf",
        "plan-2027-01-02.docx",
        "plan-2027-01-02.xlsx",
    ]
    assert document.day != DAY
