import io
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
import typst
from pdfua import validate

from samenspraak.documents.blocks import (
    Block,
    Bullets,
    Choice,
    Choices,
    Document,
    Drawing,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Table,
    TableColumn,
    WritingLines,
)
from samenspraak.documents.pdf import pdf
from samenspraak.documents.pictures import png
from samenspraak.documents.words import WORDS
from tests.documents.factory import EACH_BLOCK, SVG, TABLE, TALL_SVG, bare, make_document, pdf_pages, pdf_text

EVERY_BLOCK = tuple(block for block, _ in EACH_BLOCK.values())
SENTENCE = "We horen een probleem voordat het de levering raakt. "
WALL = (SENTENCE * 200)[:10_000]
RUN = "x" * 10_000
MARKS = "e\u0301\u0323" * 3_000


def roles(written: bytes) -> list[str]:
    """Give the roles in the structure tree of a PDF, in reading order."""
    with pikepdf.open(io.BytesIO(written)) as file:
        return list(_roles_below(file.Root.StructTreeRoot))


def _roles_below(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _roles_below(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        yield from _roles_below(node.get("/K"))


def column(key: str, title: str = "") -> TableColumn:
    return TableColumn(key=key, title=title or key, about="")


@pytest.mark.parametrize("kind", ["page", "report", "form", "table"])
def test_a_paper_passes_the_checks_a_machine_can_make(kind: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(pdf(make_document(*EVERY_BLOCK, kind=kind, logo=png(SVG, 20))))

    assert [finding.message for finding in validate(paper).findings] == []


def test_a_paper_says_that_it_is_tagged_and_what_it_is() -> None:
    document = make_document(title="Een vraag", language="en", subject="Loon", kind="page")

    with pikepdf.open(io.BytesIO(pdf(document))) as file:
        root, info, meta = file.Root, file.docinfo, file.open_metadata()
        facts = (bool(root.MarkInfo.Marked), str(root.Lang), bool(root.ViewerPreferences.DisplayDocTitle))
        about = (
            str(info.Title),
            str(info.Author),
            meta["pdfuaid:part"],
            meta["pdfaid:part"],
            meta["pdfaid:conformance"],
        )

    assert facts == (True, "en-GB", True)
    assert about == ("Een vraag", "Noorderdraad", "1", "2", "A")


def test_titles_lists_tables_and_pictures_keep_their_role() -> None:
    document = make_document(
        Heading(text="Deel"),
        Heading(text="Stuk", level=3),
        Bullets(items=("a", "b")),
        Paragraph(text="‘zo’", tone="quote"),
        TABLE,
        Drawing(svg=SVG, alt="Een balk", width_mm=30),
    )

    found = Counter(roles(pdf(document)))

    assert [found[role] for role in ("/H1", "/H2", "/H3", "/L", "/LI", "/BlockQuote", "/Figure", "/Caption")] == [
        1, 1, 1, 1, 2, 1, 1, 1
    ]  # fmt: skip
    assert (found["/Table"], found["/TH"], found["/TR"], found["/TD"]) == (1, 6, 3, 12)


def test_a_picture_is_described() -> None:
    written = pdf(make_document(Drawing(svg=SVG, alt="Een balk: 'heel' lang", width_mm=30)))

    with pikepdf.open(io.BytesIO(written)) as file:
        described = [str(item.Alt) for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert described == ["Een balk: 'heel' lang"]


def test_a_table_over_pages_repeats_its_head() -> None:
    rows = tuple((f"rij {number}", SENTENCE * 3) for number in range(40))
    table = Table(name="t", caption="Alles", columns=(column("a", "Kolomkop"), column("b")), rows=rows)

    pages = pdf_pages(pdf(make_document(Section(title="Deel", blocks=(table,)))))

    assert len(pages) > 2
    assert [page.count("Kolomkop") for page in pages] == [1] * len(pages)


def test_a_report_says_on_each_page_where_you_are() -> None:
    document = make_document(Paragraph(text="een"), PageBreak(), Paragraph(text="twee"), foot_end="editie 2025-04")

    first, second = pdf_pages(pdf(document))

    assert ("bladzijde 1 van 2" in first, "bladzijde 2 van 2" in second) == (True, True)
    assert (second.count("Noorderdraad"), second.count("Een vraag"), second.count("editie 2025-04")) == (1, 1, 1)


@pytest.mark.parametrize("kind", ["page", "report", "form", "table"])
def test_a_paper_of_one_page_has_no_page_number(kind: str) -> None:
    assert "page 1" not in pdf_text(pdf(make_document(Paragraph(text="kort"), kind=kind, language="en")))


@pytest.mark.parametrize("kind", ["page", "form"])
def test_a_longer_form_has_page_numbers(kind: str) -> None:
    pages = pdf_pages(pdf(make_document(WritingLines(count=70), kind=kind, language="en")))

    assert [f"page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )


def test_a_link_leads_to_the_address_as_typed() -> None:
    address = "https://www.example.org/een/heel/lang/adres?met=vraag"
    link = TableColumn(key="link", title="Bewijs", about="", kind="link")
    table = Table(name="t", caption="", columns=(link,), rows=((address,), ("javascript:alert(1)",)))

    reader = pypdf.PdfReader(io.BytesIO(pdf(make_document(table))))

    notes = [note.get_object() for note in reader.pages[0].get("/Annots", [])]
    assert [note["/A"]["/URI"] for note in notes] == [address] * len(notes)
    assert len(notes) > 0


def test_a_logo_takes_the_place_of_the_mark_and_the_name() -> None:
    wide = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 900 30'><rect width='900' height='30'/></svg>"

    texts = [pdf_text(pdf(make_document(kind="page", logo=png(svg, 20)))) for svg in (SVG, wide)]

    assert ["Noorderdraad" in text for text in texts] == [False, False]


def test_a_picture_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(typst.TypstError):
        pdf(make_document(Drawing(svg=b"geen plaatje", alt="Niets", width_mm=30)))


def test_several_papers_are_made_at_the_same_time() -> None:
    documents = [make_document(Paragraph(text=f"paper {number}")) for number in range(12)]
    made: dict[int, bytes] = {}
    threads = [
        threading.Thread(target=lambda at=at: made.update({at: pdf(documents[at])})) for at in range(len(documents))
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [f"paper {number}" in pdf_text(made[number]) for number in range(12)] == [True] * 12


ROWS = Table(name="t", caption="Rijen", columns=(column("a"), column("b")), rows=(("x", "y"),) * 300)
WIDE = Table(
    name="t", caption=WALL, columns=tuple(column(str(at), WALL) for at in range(12)), rows=((WALL,) * 12,) * 20
)
NARROW = Table(
    name="t", caption="", columns=tuple(column(str(at), "a " * 5_000) for at in range(40)), rows=(("a " * 5_000,) * 40,)
)
HUGE: dict[str, Document] = {
    name: make_document(*blocks, **({"kind": "page", "fits_one_page": True} | more))
    for name, (blocks, more) in {
        "nothing": ((), {}),
        "a little too much": ((Paragraph(text=SENTENCE * 60), Paragraph(text="kort")), {}),
        "long texts everywhere": (
            (Paragraph(text=WALL),),
            dict.fromkeys(("title", "lead", "sender_line", "organisation", "foot_start", "foot_end"), WALL),
        ),
        "many blocks": (tuple(block for block in EVERY_BLOCK if not isinstance(block, PageBreak)) * 6, {}),
        "walls of text": ((Paragraph(text=WALL),) * 40, {}),
        "many rows": ((ROWS, Bullets(items=("punt",) * 200)), {}),
        "no spaces": ((Paragraph(text=RUN), WIDE), {"title": RUN, "lead": MARKS}),
        "paper to write on": (
            (
                WritingLines(count=400, label=WALL),
                Choices(items=(Choice(label=WALL, text=WALL, lines=50),) * 9),
                Signature(labels=(WALL,) * 9),
            ),
            {"kind": "form"},
        ),
        "narrow columns": ((NARROW,), {}),
        "tall drawings": ((Drawing(svg=TALL_SVG, alt="Een toren", width_mm=170),) * 9, {}),
        "all of it": ((ROWS, WIDE, Drawing(svg=TALL_SVG, alt="x", width_mm=170)) * 3, {"title": WALL, "lead": RUN}),
    }.items()
}


@pytest.mark.parametrize("name", HUGE)
def test_a_document_of_one_page_is_always_exactly_one_page(name: str) -> None:
    assert len(pdf_pages(pdf(HUGE[name]))) == 1


def test_shortening_is_the_same_every_time_and_said_on_the_page() -> None:
    document = HUGE["walls of text"]

    first, second = pdf(document), pdf(document)

    assert first == second
    assert bare(WORDS["nl"].short_note) in bare(pdf_text(first))


@pytest.mark.parametrize("sentences", [1, 30, 60])
def test_a_page_is_set_tighter_before_anything_is_cut(sentences: int) -> None:
    text = SENTENCE * sentences

    found = bare(pdf_text(pdf(make_document(Paragraph(text=text), kind="page", fits_one_page=True))))

    assert (bare(text) in found, "…" in found) == (True, False)


@pytest.mark.parametrize("block", EVERY_BLOCK, ids=EACH_BLOCK)
def test_what_fits_is_never_cut(block: Block) -> None:
    if isinstance(block, PageBreak):
        return

    found = pdf_text(pdf(make_document(block, kind="page", fits_one_page=True)))

    assert ("…" in found, bare(WORDS["nl"].short_note) in bare(found)) == (False, False)
