from __future__ import annotations

import pytest

from tests.architecture import pages
from tests.architecture.source import PACKAGE, name_of, templates, text_of, told, under

DRAWINGS = "ui/illustrations/"
# No style sheet reaches a mail: these two hold all of its looks, and the letters are made of them.
LOOKS_OF_MAIL = ("ui/mail/layout.html", "ui/mail/parts.html")


def wrong(text: str, file: str = "page.html") -> list[str]:
    return [f"{breach.line}: {breach.what}" for breach in pages.not_in_pages(text, file)]


def colours(css: str, *, holds_tokens: bool = False) -> list[int]:
    return [breach.line for breach in pages.loose_colours(css, "page.css", holds_tokens=holds_tokens)]


def test_pages_hold_no_script_no_style_no_colour_and_nothing_unescaped() -> None:
    html = [p for p in templates() if p.suffix == ".html" and DRAWINGS not in name_of(p)]
    pages_and_letters = [p for p in html if not name_of(p).endswith(LOOKS_OF_MAIL)]

    assert len(html) - len(pages_and_letters) == len(LOOKS_OF_MAIL)
    assert told(b for p in pages_and_letters for b in pages.not_in_pages(text_of(p), name_of(p))) == []


@pytest.mark.parametrize(
    "line",
    [
        '<p style="margin:0">',
        '<p {% if x %}style="margin:0"{% endif %}>',
        '<button onclick="go()">',
        '<form hx-on:submit="go()">',
        "<script>go()</script>",
        "<style>p { margin: 0 }</style>",
        '<a href="javascript:go()">',
        '<path fill="#741b57"/>',
        '<meta name="theme-color" content="#fff">',
        "{{ text|safe }}",
        "{% autoescape false %}{{ text }}{% endautoescape %}",
    ],
)
def test_what_a_page_may_not_hold_is_found(line: str) -> None:
    assert [found.split(":")[0] for found in wrong(f"<main>\n{line}\n")][:1] == ["2"]


def test_a_literal_may_be_called_safe_as_in_code() -> None:
    assert wrong("{{ field(form.file, extra='accept=\"image/png\"'|safe) }}") == []
    assert wrong("{{ field(form.file, extra=kinds|safe) }}") == ["1: |safe: pages escape everything"]


def test_a_place_on_the_page_is_not_a_colour() -> None:
    assert wrong('<a href="#add">{{ _("Add") }}</a><script src="{{ asset("a.js") }}" defer></script>') == []


def test_colours_are_tokens_in_one_style_sheet() -> None:
    sheets = under(PACKAGE, ".css")

    found = [
        breach
        for sheet in sheets
        for breach in pages.loose_colours(
            text_of(sheet), name_of(sheet), holds_tokens=name_of(sheet).endswith("ui/static/samenspraak.css")
        )
    ]

    assert told(found) == []
    assert len(sheets) > 1


def test_a_colour_outside_the_tokens_is_found() -> None:
    assert colours("a { color: #741b57; }") == [1]
    assert colours("/* #fff\n*/ a {\n  border: 1px solid rgb(0 0 0 / .5);\n}") == [3]
    assert colours("#add a { color: var(--samenspraak-color-text); }") == []


def test_a_token_may_hold_a_colour_in_its_own_sheet_alone() -> None:
    css = ":root { --samenspraak-color-page: #f7f6f2; }"

    assert colours(css, holds_tokens=True) == []
    assert colours(css) == [1]
