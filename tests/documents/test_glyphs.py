import sys
import unicodedata

import pytest

from samenspraak.documents import glyphs
from samenspraak.documents.blocks import Paragraph
from samenspraak.documents.glyphs import printable, writable
from samenspraak.documents.pdf import pdf
from samenspraak.documents.words import WORDS
from tests.documents.factory import bare, make_document, pdf_text

# A line in each script that workers and companies may write in.
SCRIPTS = (
    "Coöperatie, naïef, ĳs, ŝ, ễ",
    "Συμφωνία Договорённость",
    "اتفاق على الأجور، سندھی",
    "הסכם שכר",
    "मजदूरी पर समझौता",
    "মজুরি চুক্তি",
    "ஊதிய ஒப்பந்தம்",
    "వేతన ఒప్పందం",
    "ಒಪ್ಪಂದ കരാർ",
    "કરાર ਸਮਝੌਤਾ ଚୁକ୍ତି",
    "වැටුප් ගිවිසුම",
    "ข้อตกลงค่าจ้าง",
    "កិច្ចព្រមព្រៀង",
    "လုပ်ခ သဘောတူညီချက်",
    "ຂໍ້ຕົກລົງ",
    "የደመወዝ ስምምነት",
    "պայմանագիր ხელშეკრულება",
    "工资协议 賃金協定 임금 협약",
    "👩🏽‍🏭 🇳🇱 ❤️ ✔ ☐ ≤ ≥ → ⟨⟩ ½ ²",
)


@pytest.mark.parametrize("text", SCRIPTS)
def test_our_fonts_draw_every_script_people_write_in(text: str) -> None:
    assert printable(text) == text


def test_every_script_can_be_set_in_sans_and_in_serif() -> None:
    normal = [Paragraph(text=text) for text in SCRIPTS]
    quoted = [Paragraph(text=text, tone="quote") for text in SCRIPTS]

    assert pdf(make_document(*normal, *quoted, title=" ".join(SCRIPTS))).startswith(b"%PDF")


def test_every_sign_that_we_say_typst_brings_is_drawn() -> None:
    signs = "".join(chr(point) for start, end in glyphs._SIGNS_IN_TYPST for point in range(start, end + 1))

    found = pdf_text(pdf(make_document(Paragraph(text=" ".join(signs)))))

    assert set(bare(signs)) - set(found) == set()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("oud \U00010380 schrift", "oud ⟨U+10380⟩ schrift"),
        ("x\u0951y", "x⟨U+0951⟩y"),
        ("\U00010380\u0301", "⟨U+10380⟩⟨U+0301⟩"),
        ("bel\x07", "bel⟨U+0007⟩"),
        ("nul\x00", "nul⟨U+0000⟩"),
        ("half\ud800", "half⟨U+D800⟩"),
        ("eigen\ue000", "eigen⟨U+E000⟩"),
        ("\ufeffmerk", "merk"),
        ("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier"),
        ("a\tb", "a\u2003b"),
    ],
)
def test_what_no_font_draws_is_written_out(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_a_note_explains_the_codes_and_only_then() -> None:
    note = WORDS["nl"].glyph_note

    with_code = pdf_text(pdf(make_document(Paragraph(text="oud \U00010380"))))
    without = pdf_text(pdf(make_document(Paragraph(text="⟨U+4E2D⟩ typte iemand zelf"))))

    assert (bare(note) in bare(with_code), bare(note) in bare(without)) == (True, False)


def test_a_file_keeps_every_letter_and_writes_out_control_characters() -> None:
    text = "oud \U00010380 en x\u0951 én\tbel\x07\r\nhalf\ud800"

    assert writable(text) == "oud \U00010380 en x\u0951 én\u2003bel⟨U+0007⟩\nhalf⟨U+D800⟩"


def test_every_assigned_character_of_the_first_plane_is_drawn_or_written_out() -> None:
    every = [chr(point) for point in range(0x20, 0x10000) if unicodedata.category(chr(point)) not in {"Cs", "Co", "Cn"}]
    # One of each hundred, in groups that do not touch, so that a mark stands on what a mark may meet.
    some = "".join(every[::97])

    assert pdf(make_document(Paragraph(text=some), Paragraph(text=some[::-1], tone="quote"))).startswith(b"%PDF")


def test_a_missing_font_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "FONT_PACKAGES", ("fonts_that_nobody_has",))
    monkeypatch.setattr(sys, "path", [])

    with pytest.raises(ModuleNotFoundError, match="fonts_that_nobody_has"):
        glyphs.shipped_fonts.__wrapped__()
