"""What a template says, read as Jinja2 and then as HTML: words outside the catalogue, and what pages never hold.

Whatever is computed stands as ``COMPUTED`` in the text that is read, so that nothing of it is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from jinja2 import Environment, nodes

from tests.architecture.source import Breach

COMPUTED = "\N{REPLACEMENT CHARACTER}"
SPOKEN = {"alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title", "summary"}
WORD = re.compile(r"[^\W_]*[^\W\d_][^\W_]*")
# Names that are the same in every language, and what belongs to a name.
NAMES = {"Samenspraak", "PDF", "Word", "Excel", "PowerPoint", "English", "Nederlands", "SER", "kB", "MB", "sha256"}
COLOUR = re.compile(
    r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])|\b(?:rgba?|hsla?|oklch|lab)\(\s*\d", re.IGNORECASE
)
ATTRIBUTES = re.compile(rf"(?:\s*[a-z][a-z-]*=\"[^\"<>]*\"|\s|{COMPUTED})*")
POINTING = {"href", "action", "for", "src", "id", "datetime"}


@cache
def _jinja() -> Environment:
    made = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True, trim_blocks=True)
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return made


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A template in the order it is read, with lines: its own text, the literals it prints, a mark for the rest."""
    yield from _pieces(_jinja().parse(text))


def _is_for_machines(macro: nodes.Macro) -> bool:
    """Whether a macro gives a class, the name of an icon, or attributes: nothing that people read."""
    if macro.name.endswith(("_kind", "_icon")):
        return True
    said = "".join(piece for child in macro.body for _line, piece in _pieces(child))
    return "=" in said and bool(ATTRIBUTES.fullmatch(said))


def _pieces(node: nodes.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, nodes.TemplateData):
        yield node.lineno, node.data
    elif isinstance(node, nodes.Output):
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                yield part.lineno, part.data
            else:
                yield part.lineno, COMPUTED.join(_printed(part)) or COMPUTED
    elif not isinstance(node, nodes.Expr) and not (isinstance(node, nodes.Macro) and _is_for_machines(node)):
        for child in node.iter_child_nodes():
            yield from _pieces(child)


def _printed(node: nodes.Expr) -> Iterator[str]:
    """The literals an expression can print itself: of ``"a" if x else "b"`` both."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _printed(node.expr1)
        yield from _printed(node.expr2) if node.expr2 else ()
    elif isinstance(node, nodes.Or):
        yield from _printed(node.right)


class _Page(HTMLParser):
    """Collects what a page shows and what it may not hold, each with the line of the template."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[tuple[int, str]] = []
        self.wrong: list[tuple[int, str]] = []
        self._inside = ""

    @property
    def line(self) -> int:
        """The line that is read now."""
        return self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = tag if tag in ("script", "style") else ""
        if tag == "style" or (tag == "script" and "src" not in given):
            self.wrong.append((self.line, f"<{tag}> in the page: give it a file"))
        for name, value in given.items():
            self._attribute(name, value)

    def _attribute(self, name: str, value: str) -> None:
        if name == "style" or re.match(r"on|hx-on|data-hx-on", name):
            self.wrong.append((self.line, f"{name}= in the page: give it a class or a file"))
        if value.lstrip().lower().startswith(("javascript:", "vbscript:")):
            self.wrong.append((self.line, f"script in {name}="))
        if name not in POINTING and not name.startswith(("hx-", "aria-")) and COLOUR.search(value):
            self.wrong.append((self.line, f"a colour in {name}=: take a token"))
        if name in SPOKEN:
            self.shown.append((self.line, value))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.shown.append((self.line, data))
        elif data.strip():
            self.wrong.append((self.line, f"text in <{self._inside}>"))


def _read(text: str) -> _Page:
    page, line = _Page(), 1
    for place, piece in pieces(text):
        page.feed("\n" * (place - line) + piece)
        line = max(line, place) + piece.count("\n")
    page.close()
    return page


def untranslated(text: str, file: str) -> Iterator[Breach]:
    """Words people see that do not come out of the catalogue."""
    shown = _read(text).shown if file.endswith(".html") else pieces(text)
    for line, words in shown:
        strange = [word for word in WORD.findall(words.replace(COMPUTED, " ")) if word not in NAMES]
        if strange:
            yield Breach(file, line, f"not in the catalogue: {' '.join(words.replace(COMPUTED, '…').split())[:60]}")
    yield from _unsaid(text, file)


def _unsaid(text: str, file: str) -> Iterator[Breach]:
    """Sentences handed to a component as they are: a literal that starts with a capital and has a space."""
    tree = _jinja().parse(text)
    translated = {id(c) for call in tree.find_all(nodes.Call) if _is_gettext(call) for c in call.find_all(nodes.Const)}
    for const in tree.find_all(nodes.Const):
        if id(const) not in translated and isinstance(const.value, str) and re.match(r"[A-Z]\w* \w", const.value):
            yield Breach(file, const.lineno, f"not in the catalogue: {const.value[:60]}")


def _is_gettext(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext", "pgettext", "npgettext")


def not_in_pages(text: str, file: str) -> Iterator[Breach]:
    """Scripts, styles and colours in the page itself, and text that is not escaped."""
    for line, what in _read(text).wrong:
        yield Breach(file, line, what)
    tree = _jinja().parse(text)
    for used in tree.find_all(nodes.Filter):
        if used.name in ("safe", "xmlattr") and not isinstance(used.node, nodes.Const):
            yield Breach(file, used.lineno, f"|{used.name}: pages escape everything")
    for option in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
        yield Breach(file, option.lineno, "autoescape is switched: pages escape everything")


def loose_colours(css: str, file: str, *, holds_tokens: bool) -> Iterator[Breach]:
    """Colours in a style sheet that are not a token; tokens themselves stand in one sheet, as ``--samenspraak-color-…``."""
    plain = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), css, flags=re.DOTALL)
    for number, line in enumerate(plain.splitlines(), 1):
        for declaration in line.split(";"):
            is_token = re.match(r"[\s{]*--samenspraak-(color|elevation)-", declaration.rsplit("{", 1)[-1])
            if COLOUR.search(_values(declaration)) and not (holds_tokens and is_token):
                yield Breach(file, number, f"a colour that is no token: {declaration.strip()[:60]}")


def _values(declaration: str) -> str:
    """What stands after the colon; a selector such as ``#add:hover {`` is no value."""
    return declaration.rsplit("{", 1)[-1].partition(":")[2]
