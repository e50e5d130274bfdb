import zipfile
from io import BytesIO

import pytest
import typst
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn

from samenspraak.documents.blocks import (
    Bullets,
    Choice,
    Choices,
    Drawing,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    StateRow,
    States,
    Table,
    WritingLines,
)
from samenspraak.documents.pictures import png
from samenspraak.documents.word import word
from tests.documents.factory import DAY, SVG, TABLE, make_document, word_file


def written(*blocks: object, **more: object) -> WordFile:
    return word_file(word(make_document(*blocks, **more)))  # type: ignore[arg-type]


def styled(file: WordFile) -> list[tuple[str, str]]:
    return [(str(p.style and p.style.name), p.text) for p in file.paragraphs if p.text]


def test_titles_are_headings_without_a_gap() -> None:
    file = written(
        Heading(text="Klein", level=3),
        Section(title="Deel", blocks=(Heading(text="Stuk"), Heading(text="Fijn", level=3))),
        lead="Vooraf",
    )

    assert styled(file) == [
        ("Normal", "Noorderdraad"),
        ("Heading 1", "Een vraag"),
        ("Lead", "Vooraf"),
        ("Heading 2", "Klein"),
        ("Heading 2", "Deel"),
        ("Heading 3", "Stuk"),
        ("Heading 4", "Fijn"),
    ]


def test_every_tone_has_its_style() -> None:
    file = written(
        Paragraph(text="a"),
        Paragraph(text="b", tone="lead"),
        Paragraph(text="c", tone="quiet"),
        Paragraph(text="d", tone="quote"),
        Notice(text="e"),
        Notice(text="f", tone="attention"),
    )

    assert styled(file)[2:] == [
        ("Normal", "a"), ("Lead", "b"), ("Quiet", "c"), ("Quote", "d"), ("Notice", "e"), ("Attention", "Let op. f")
    ]  # fmt: skip


def test_the_file_knows_its_title_language_and_day() -> None:
    file = written(language="en", subject="Loon", title="x" * 400)

    about = file.core_properties
    languages = {language.get(qn("w:val")) for language in file.styles.element.iter(qn("w:lang"))}
    assert (about.title, about.subject, about.language) == ("x" * 254 + "…", "Loon", "en-GB")
    assert (about.author, about.created.date(), about.modified.date()) == ("Noorderdraad", DAY, DAY)
    assert languages == {"en-GB"}


def test_each_numbered_list_starts_at_one() -> None:
    file = written(Bullets(items=("a", "b"), is_numbered=True), Bullets(items=("c",), is_numbered=True))

    items = [p for p in file.paragraphs if p.style and p.style.name == "List Number"]
    numbers = [item._p.pPr.numPr.numId.val for item in items]
    assert [item.text for item in items] == ["a", "b", "c"]
    assert (numbers[0] == numbers[1], numbers[1] == numbers[2]) == (True, False)


def test_a_table_has_a_head_that_repeats_and_its_caption() -> None:
    file = written(TABLE)

    (table,) = file.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert cells[0] == ["Onderwerp", "Uren", "Sinds", "Tijdstip", "Stand", "Bewijs"]
    assert cells[1][:4] == ["Loon", "1.234,50", "21 november 2026", "21 november 2026, 13.30 uur"]
    assert cells[2] == ["Herstel", "12.000", "–", "–", "Ja", "in de kast"]
    assert heads == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Mandaat per onderwerp"
    assert ("Caption", "Mandaat per onderwerp") in styled(file)


def test_a_hidden_caption_is_there_for_who_listens_only() -> None:
    file = written(Table(name="t", caption="Stil", columns=TABLE.columns, rows=(), is_caption_shown=False))

    assert [text for style, text in styled(file) if style == "Caption"] == []
    assert file.tables[0]._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Stil"


def test_facts_are_a_table_without_a_head() -> None:
    (table,) = written(Facts(rows=(("Door", "Sanne"), ("Op", "maandag")))).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Door", "Sanne"], ["Op", "maandag"]]
    assert list(table._tbl.iter(qn("w:tblHeader"))) == []


def test_states_and_choices_begin_with_a_sign() -> None:
    file = written(
        States(rows=(StateRow(state="good", word="Ja", text="Tijd", detail="ruim"),)),
        Choices(items=(Choice(label="Akkoord", text="met alles"), Choice(label="Nee:", lines=2))),
    )

    assert styled(file)[2:] == [
        ("State", "✔\tJa Tijd\nruim"),
        ("State", "☐\tAkkoord met alles"),
        ("State", "☐\tNee:"),
        ("Writing Line", "\t"),
        ("Writing Line", "\t"),
    ]


def test_lines_to_write_on_are_dots_to_the_margin() -> None:
    file = written(WritingLines(count=1, label="Rol"), WritingLines(count=1), Signature(labels=("Naam",)))

    lines = [p for p in file.paragraphs if p.style and p.style.name == "Writing Line"]
    stops = {(round(stop.position.mm), str(stop.leader)) for line in lines for stop in line.paragraph_format.tab_stops}
    assert [line.text for line in lines] == ["\t", "\t", "Naam  \t"]
    assert stops == {(174, "DOTS (1)")}


def test_pictures_are_described() -> None:
    file = written(Drawing(svg=SVG, alt="Een balk", width_mm=400), logo=png(SVG, 20))

    described = [picture._inline.docPr.get("descr") for picture in file.inline_shapes]
    assert described == ["Noorderdraad", "Een balk"]
    assert round(file.inline_shapes[1].width.mm) == 174


def test_a_drawing_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(typst.TypstError):
        written(Drawing(svg=b"geen plaatje", alt="Niets", width_mm=30))


def test_head_and_foot_hold_the_sender_the_edition_and_the_page() -> None:
    file = written(sender_line="Van Sanne", foot_start="Gemaakt met Samenspraak", foot_end="editie 2025-04")

    foot = file.sections[0].footer.paragraphs[0]
    codes = [code.text for code in foot._p.iter(qn("w:instrText"))]
    assert file.paragraphs[0].text == "Noorderdraad\tVan Sanne"
    assert foot.text == "Gemaakt met Samenspraak\teditie 2025-04   bladzijde  van "
    assert codes == ["PAGE", "NUMPAGES"]


def test_text_from_the_right_is_set_from_the_right() -> None:
    file = written(Paragraph(text="שלום"), Paragraph(text="gewoon"), Facts(rows=(("שכר", "loon"),)))

    turned = ["".join(run.text for run in p.r_lst) for p in file.element.iter(qn("w:p")) if list(p.iter(qn("w:bidi")))]
    assert turned == ["שלום", "שכר"]


def test_a_page_break_starts_a_page() -> None:
    breaks = list(written(PageBreak()).element.iter(qn("w:br")))

    assert [one.get(qn("w:type")) for one in breaks] == ["page"]


@pytest.mark.parametrize(
    ("kind", "orientation"), [("table", WD_ORIENTATION.LANDSCAPE), ("page", WD_ORIENTATION.PORTRAIT)]
)
def test_a_paper_of_tables_lies_on_its_side(kind: str, orientation: WD_ORIENTATION) -> None:
    page = written(kind=kind).sections[0]

    assert page.orientation == orientation
    assert {round(page.page_width.mm), round(page.page_height.mm)} == {210, 297}


def test_the_format_fixes_the_order_of_properties_and_we_keep_it() -> None:
    order = [
        qn(f"w:{name}")
        for name in ("pStyle", "keepNext", "numPr", "pBdr", "shd", "tabs", "bidi", "spacing", "ind", "jc")
    ]
    file = written(Section(title="שלום", blocks=(Bullets(items=("א",), is_numbered=True), TABLE, Notice(text="א"))))

    properties = [*file.element.iter(qn("w:pPr")), *file.styles.element.iter(qn("w:pPr"))]
    places = [[order.index(child.tag) for child in each if child.tag in order] for each in properties]
    assert [place for place in places if place != sorted(place)] == []


def test_the_file_does_not_say_when_it_was_packed() -> None:
    with zipfile.ZipFile(BytesIO(word(make_document()))) as packed:
        times = {entry.date_time for entry in packed.infolist()}

    assert times == {(1980, 1, 1, 0, 0, 0)}
